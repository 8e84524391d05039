import { secretMembers } from '../config/secret-name.ts';
import { masked } from './find-secrets.ts';

/** A name of XML that ends like one of a credential, with or without a prefix. */
const secretName = `[\\w:.-]{0,64}?(?:${secretMembers})`;
/** Quick, and asked first: a text in which it finds nothing has no such element or attribute. */
const anyName = new RegExp(
  `(?:${secretMembers})(?:\\s{0,8}=\\s{0,8}\\\\{0,7}["']|[^<>"']{0,8}>)|<${secretName}\\s`,
  'i',
);
/** The quote of an attribute has backslashes before it where the XML is in a string of JSON. */
const attribute = `(?<![\\w:.-])${secretName}\\s{0,8}=\\s{0,8}(\\\\{0,7}["'])`;
const startTag = `<${secretName}(?=[\\s>])[^<>]*>`;
/** The end of a text whose beginning an excerpt cut off. */
const cutBefore = new RegExp(`…[^<…]+(?=<\\\\?/${secretName}\\s{0,8}>)`, 'gi');

/** Takes a text; returns whether an element or attribute may be in it that is a credential by its name. */
export function marksSecret(text: string): boolean {
  // Finding a character takes a fiftieth of the time that the pattern takes.
  return (text.includes('=') || text.includes('>') || text.includes('<')) && anyName.test(text);
}

/**
 * Takes a text that may be XML, contain some, or be cut off in it; returns it with the texts of elements and attributes masked whose names
 * say that they are credentials. What is empty stays, and so do elements in such an element: they have names of their own.
 */
export function maskMarkup(text: string): string {
  if (!marksSecret(text)) return text;
  const attributes = maskAfter(text, attribute, ({ 1: quote }, start) => endAt(text, quote!, start));
  const elements = maskAfter(attributes, startTag, ({ 0: tag }, start) =>
    tag.endsWith('/>') ? start : endOfContent(attributes, tag, start),
  );
  return elements.replace(cutBefore, `…${masked}`);
}

/** Masks what follows each match, up to the end that is found for it; nothing where that is where it starts. */
function maskAfter(text: string, pattern: string, endOf: (found: RegExpExecArray, start: number) => number): string {
  const all = new RegExp(pattern, 'gi');
  let shown = '';
  let from = 0;
  for (let found = all.exec(text); found !== null; found = all.exec(text)) {
    const start = all.lastIndex;
    const end = endOf(found, start);
    if (end === start) continue;
    shown += text.slice(from, start) + masked;
    from = end;
    all.lastIndex = end;
  }
  return shown + text.slice(from);
}

/** Where the text ends that an element begins with; if elements follow it, where the element ends. `start` where there is no such text. */
function endOfContent(text: string, tag: string, start: number): number {
  const end = endOfText(text, start);
  if (text.slice(start, end).trim() === '') return start;
  if (end === text.length || /^<\\?\//.test(text.slice(end, end + 3))) return end;
  return endAt(text, `</${/^<([\w:.-]+)/.exec(tag)![1]}`, end);
}

/** The end of text, CDATA and comments. */
function endOfText(text: string, start: number): number {
  let at = endAt(text, '<', start);
  for (let close = closing(text, at); close !== null; close = closing(text, at))
    at = endAt(text, '<', endAt(text, close, at));
  return at;
}

function closing(text: string, at: number): string | null {
  if (text.startsWith('<![CDATA[', at)) return ']]>';
  return text.startsWith('<!--', at) ? '-->' : null;
}

/** Where something is next: the end of the text if it is not in it, as that was cut off. */
function endAt(text: string, part: string, from: number): number {
  const found = text.indexOf(part, from);
  return found < 0 ? text.length : found;
}
