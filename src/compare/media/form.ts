import { isFormType } from '../headers/media-type.ts';
import { type Body, type BodyReader, readBoth } from './body-content.ts';
import { atLeastBytes, compareSources, quoteBytes } from './embedded-json.ts';

/** Form fields (WHATWG URL, section 5.1), decoded, as members of an object: pointers are `/field`, repeated fields count. */
export const readForm: BodyReader = (reference, candidate, { options }) => {
  if (!isFormType(reference.type) && !isFormType(candidate.type)) return null;
  return readBoth([reference, candidate], formOf, (a, b) =>
    atLeastBytes(compareSources(a.source, b.source, options), reference, candidate),
  );
};

function formOf(body: Body): { source: string } | null {
  const text = body.bytes.toString('latin1');
  if (/^\s*[{[<]/.test(text)) return null;
  if (!isFormType(body.type) && !(text.includes('=') && /^[!-~]+$/.test(text))) return null;
  const fields = text
    .split('&')
    .filter((field) => field !== '')
    .map(member);
  return { source: `{${fields.join()}}` };
}

function member(field: string): string {
  const at = field.indexOf('=');
  const [name, value] = at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
  return `${quoteBytes(decode(name))}:${quoteBytes(decode(value))}`;
}

/** Bytes stay bytes, one character each: what they say as UTF-8 is for the comparison to see. */
function decode(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
