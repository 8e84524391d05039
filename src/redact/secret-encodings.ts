import { canonicalText } from './canonical-text.ts';
import { maxShown, minAnyCase, minForm, minPiece, minTokenPart } from './limits.ts';

/** A text that gives a secret away, in canonical form. */
export interface SecretForm {
  /** In small letters. */
  readonly folded: string;
  /** As written, where only this case of its letters gives the secret away; else null. */
  readonly exact: string | null;
  /** So many units that follow one another are not shown. */
  readonly minPiece: number;
}

/**
 * Takes a secret; returns all that it can be written as, but for escapes: as it is, in capitals, in small letters, as servers read the head
 * of a request (ISO 8859-1; RFC 9110, 5.5), the parts of a token; all of it in hex, and in Base64 of both alphabets (RFC 4648) for each
 * place in a longer text that it can begin at, also escaped inside of it, and one in the other.
 */
export function encodingsOf(secret: string): readonly SecretForm[] {
  const isAnyCase = secret.length >= minAnyCase;
  const inCases = (text: string) => (isAnyCase ? inAllCases(text) : [text]);
  const texts = distinct([secret, ...tokenParts(secret)].flatMap(inCases));
  const written = distinct(texts.flatMap((text) => [text, misread(text)]));
  const encoded = distinct(
    [...written.flatMap(escaped).flatMap(byteForms), ...inCases(secret).flatMap(twiceEncoded)].flatMap(encodings),
  );
  const forms = distinct([...written, ...encoded]).map((text) => formOf(text, isAnyCase));
  const found = new Map(forms.map((form) => [form.exact ?? form.folded, form]));
  return [...found.values()].filter(({ folded }) => folded.length >= Math.min(minForm, secret.length));
}

function formOf(text: string, isAnyCase: boolean): SecretForm {
  const { units, folded } = canonicalText(text);
  // Where decoding made it shorter, a few units of it may be many characters.
  const longest = folded.length < text.length ? 0 : Math.min(maxShown, Math.floor(Array.from(folded).length / 4));
  return { folded, exact: isAnyCase ? null : units.text, minPiece: Math.max(minPiece, longest + 1) };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function inAllCases(text: string): string[] {
  return [text, text.toUpperCase(), text.toLowerCase()];
}

/** Payload and signature; the header of a token is not a secret. */
function tokenParts(secret: string): string[] {
  const parts = secret.startsWith('eyJ') ? secret.split('.') : [];
  return parts.length === 3 ? parts.slice(1).filter((part) => part.length >= minTokenPart) : [];
}

/** UTF-8 read as ISO 8859-1; a text of ASCII alone stays what it is. */
function misread(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** What Base64 and hex are made of: the text, and as it stands in JSON, a URL and a form. */
function escaped(text: string): string[] {
  return distinct([
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD')),
    new URLSearchParams([['', text]]).toString().slice(1),
  ]);
}

function byteForms(text: string): Buffer[] {
  const bytes = Buffer.from(text, 'utf8');
  const isLatin1 = bytes.length > text.length && /^[\0-\xff]*$/.test(text);
  return isLatin1 ? [bytes, Buffer.from(text, 'latin1')] : [bytes];
}

function twiceEncoded(secret: string): Buffer[] {
  const bytes = Buffer.from(secret, 'utf8');
  const inner = [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')];
  return inner.map((text) => Buffer.from(text, 'latin1'));
}

function encodings(bytes: Buffer): string[] {
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].flatMap((offset) => base64At(bytes, offset)).filter((text) => text.length >= minForm);
  const url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [hex, hex.toUpperCase(), hex.replace(/..(?=.)/g, '$& '), ...base64, ...url];
}

/** What is the same in Base64 whatever comes before the bytes, if they begin at `offset` modulo 3: also whatever comes after them, and where nothing does. */
function base64At(bytes: Buffer, offset: number): string[] {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const start = Math.ceil((offset * 8) / 6);
  return [text.slice(start, Math.floor(((offset + bytes.length) * 8) / 6)), text.slice(start)];
}
