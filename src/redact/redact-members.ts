import { isSecretMember, isSecretName, secretMembers } from '../config/secret-name.ts';
import { masked } from './find-secrets.ts';
import { marksSecret, maskMarkup } from './redact-markup.ts';

/** A member with such a name, also where its JSON stands in a string of JSON: the quotes have the same backslashes before them. */
const member = `(\\\\{0,7})"[@\\w .-]{0,64}?(?:${secretMembers})\\1"\\s{0,8}:\\s{0,8}`;
/** Quick, and asked first: a text in which it finds nothing has no such member. */
const anyMember = new RegExp(`(?:${secretMembers})\\\\{0,7}"\\s{0,8}:`, 'i');
const scalar = /(?:\\{0,7}")?-?\d[\d.eE+-]{0,400}/y;

function mayHoldMember(text: string): boolean {
  return text.includes('"') && anyMember.test(text);
}

/** Takes a text; returns whether a member, element or attribute may be in it that is a credential by its name. */
export function namesSecret(text: string): boolean {
  return mayHoldMember(text) || marksSecret(text);
}

/** Takes any text; returns it without the credentials in its JSON and XML, found by their names. */
export function maskMembers(text: string): string {
  return maskMarkup(maskJson(text));
}

/**
 * Takes a text that may be JSON, hold some, or be cut off in it; returns it with the texts and numbers left out that belong to members
 * whose names say that they are credentials. What is empty stays, and so do `true`, `false` and `null`.
 */
function maskJson(text: string): string {
  if (!mayHoldMember(text)) return text;
  const members = new RegExp(member, 'gi');
  let shown = '';
  let from = 0;
  for (let found = members.exec(text); found !== null; found = members.exec(text)) {
    const start = members.lastIndex;
    const end = endOfScalar(text, start, found[1]!);
    if (end === start) continue;
    shown += `${text.slice(from, start)}${found[1]}"${masked}${found[1]}"`;
    from = end;
    members.lastIndex = end;
  }
  return shown + text.slice(from);
}

/** Where the text or number that begins at `start` ends; `start` itself where there is none, or nothing in it. */
function endOfScalar(text: string, start: number, slashes: string): number {
  const open = `${slashes}"`;
  if (text.startsWith(open, start)) return endOfText(text, start + open.length, slashes.length) ?? start;
  scalar.lastIndex = start;
  return scalar.test(text) ? scalar.lastIndex : start;
}

/** Where the text ends that begins at `start`: with the excerpt where that ends first. Null for an empty text. */
function endOfText(text: string, start: number, slashes: number): number | null {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote;
    while (before > start && text[before - 1] === '\\') before -= 1;
    // Backslashes in the text itself come in twos of the level that it is written on.
    if ((quote - before) % (2 * slashes + 2) !== slashes) continue;
    return quote - slashes === start ? null : quote + 1;
  }
  return text.length === start ? null : text.length;
}

/** A place in an answer: a header, or a JSON Pointer into the body (RFC 6901). */
interface NamedPlace {
  readonly facet: string;
  readonly pointer: string;
}

/** Takes the name of a place and what is there; returns that without credentials, of cookies with their names and attributes. */
export function maskPlace({ facet, pointer }: NamedPlace, text: string): string {
  const name = nameOf(pointer);
  if (facet !== 'headers') return isSecretMember(name) && /^["\d-]/.test(text) ? `"${masked}"` : maskMembers(text);
  if (name === 'set-cookie') return text.split(' | ').map(maskCookie).join(' | ');
  return isSecretName(name) ? masked : maskMembers(text);
}

/** RFC 6265, 4.1: the name and the attributes are not secret. */
function maskCookie(cookie: string): string {
  const [first = '', ...attributes] = cookie.split(';');
  const at = first.indexOf('=');
  return [at < 0 ? masked : first.slice(0, at + 1) + masked, ...attributes].join(';');
}

/** The last name on the way: an item of a list, and the text of an XML element, are called as what they are in. */
function nameOf(pointer: string): string {
  for (let end = pointer.length; end > 0; ) {
    const slash = pointer.lastIndexOf('/', end - 1);
    const segment = pointer.slice(slash + 1, end);
    if (!/^(?:\d+|\*|#text)$/.test(segment)) return segment.replaceAll('~1', '/').replaceAll('~0', '~');
    end = slash;
  }
  return '';
}
