const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const tag = /<(\/?)([a-z][\w-]*)((?: [a-z]+="[^"<]*")*)(\/?)>/g;
const references = /&(?!(?:amp|lt|gt|quot|#39|#96);)/;

/** Why a text is not well-formed XML 1.0 of the plain kind that reports use; empty if it is. */
export const xmlProblems = (text: string): readonly string[] => {
  const body = text.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '');
  const problems = body === text ? ['no declaration'] : [];
  const open: string[] = [];
  for (const [, slash, name = '', , end] of body.matchAll(tag)) {
    if (slash === '/' && open.pop() !== name) problems.push(`</${name}> closes nothing`);
    else if (slash === '' && end === '') open.push(name);
  }
  if (open.length > 0) problems.push(`open: ${open.join(' ')}`);
  if (/[<>]/.test(body.replace(tag, ''))) problems.push('a bracket outside of tags');
  if (forbidden.test(body)) problems.push('a forbidden character');
  if (references.test(body)) problems.push('an unknown reference');
  return problems;
};
