import { jwtClaims } from '../../compare/values/jwt.ts';
import type { Both } from '../evidence/self-diff.ts';
import { maxTokenParts, minChanges, minUnnamedLength, tokenChance, tokenTimesS } from '../limits.ts';

/** A text of one word, perhaps behind a prefix of letters: `ord_8fk2Zq71`. */
const token = /^([A-Za-z]{1,12}[_-])?([\w-]{8,512})$/;
const base64 = /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?:[A-Za-z0-9+/]{4}){4,128}$/;
const padded = /^(?:[A-Za-z0-9+/]{4}){3,128}[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=)$/;

/** What a generator draws from, in order of size, and how many characters it has. */
const alphabets: readonly (readonly [characters: RegExp, size: number])[] = [
  [/^\d+$/, 10],
  [/^[\da-f]+$/, 16],
  [/^[\dA-F]+$/, 16],
  [/^[a-z]+$/, 26],
  [/^[A-Z]+$/, 26],
  [/^[\da-z]+$/, 36],
  [/^[\dA-Z]+$/, 36],
  [/^[A-Za-z]+$/, 52],
  [/^[\dA-Za-z]+$/, 62],
  [/^[\w-]+$/, 64],
];

/** The smallest number of characters that a generator of these words draws from. */
function alphabetOf(...words: readonly string[]): number {
  return alphabets.find(([characters]) => words.every((word) => characters.test(word)))?.[1] ?? 64;
}

/**
 * Whether two texts are words of one length that one generator may have drawn, digits and letters in no order; behind one prefix, if they
 * have any. Where the name of their member says that they identify something (`isNamed`), shorter ones are enough. Words of which one
 * would show fewer kinds of characters by chance too seldom are of two generators.
 */
export function areTokens(texts: Both<string>, isNamed: boolean): boolean {
  const [a, b] = texts;
  if (a.length !== b.length || (!isNamed && texts.every(isEncodedText))) return false;
  if (texts.every((text) => base64.test(text) || padded.test(text)) && paddingOf(a) === paddingOf(b)) return true;
  const [one, other] = [token.exec(a), token.exec(b)];
  if (one === null || other === null) return areJoined(texts);
  // In Base64 for addresses a line may follow a few letters by chance, as it follows a prefix.
  const isChance = (one[1] === undefined) !== (other[1] === undefined) && texts.every((text) => /[_-]/.test(text));
  if (one[1] !== other[1] && !isChance) return false;
  const parts = isChance ? [...texts] : [one[2]!, other[2]!];
  const isLong = parts.every((part) => part.length >= minUnnamedLength && changes(part) >= minChanges);
  return (isLong || (isNamed && parts.some(isDrawn))) && mayBeOfOneAlphabet(parts);
}

/** Base64 of a text, such as a file or a page: it says something, where a token says nothing. Bytes that were drawn are hardly ever all text. */
function isEncodedText(text: string): boolean {
  if (text.length < minUnnamedLength || !/^[\w+/-]+={0,2}$/.test(text)) return false;
  return /^[\x20-\x7e\s]+$/.test(Buffer.from(text, 'base64').toString('latin1'));
}

/** Tokens with points between their parts (`v4.local.…`, a time and its signature): what is no token is the same on both sides. */
function areJoined(texts: Both<string>): boolean {
  const [a, b] = texts.map((text) => text.split('.'));
  if (a!.length < 2 || a!.length > maxTokenParts || a!.length !== b!.length) return false;
  return a!.every((part, at) => part === b![at] || areTokens([part, b![at]!], false));
}

/**
 * Whether two signed tokens (RFC 7519) of one form have claims that are the same, times that are near one another, or identifiers that
 * `areIds` takes, with the name of the claim, for generated.
 */
export function areSignedTokens(texts: Both<string>, areIds: (texts: Both<string>, name: string) => boolean): boolean {
  const [a, b] = texts.map(jwtClaims);
  if (!a || !b || a.size !== b.size || texts[0].split('.')[2]?.length !== texts[1].split('.')[2]?.length) return false;
  return [...a].every(([place, value]) => {
    const other = b.get(place);
    if (other === undefined || other === value) return other === value;
    return areTimesApart(value, other) || areIds([value, other], place.slice(place.lastIndexOf('/') + 1));
  });
}

/** Seconds since 1970 that are near one another. */
function areTimesApart(a: string, b: string): boolean {
  const areTimes = [a, b].every((text) => /^[1-4]\d{9}(?:\.\d+)?$/.test(text));
  return areTimes && Math.abs(Number(a) - Number(b)) <= tokenTimesS;
}

const paddingOf = (text: string) => text.length - text.indexOf('=');

function mayBeOfOneAlphabet(parts: readonly string[]): boolean {
  // Small letters alone here and capitals alone there are no chance, however few they are.
  const cases = parts.map((part) => part.replace(/[^A-Za-z]/g, ''));
  if (cases.some((letters) => /^[a-z]+$/.test(letters)) && cases.some((letters) => /^[A-Z]+$/.test(letters)))
    return false;
  const all = alphabetOf(...parts);
  return parts.every((part) => (alphabetOf(part) / all) ** part.length >= tokenChance);
}

/** No word that people write: digits among letters, or capitals among small letters. */
function isDrawn(part: string): boolean {
  return (/\d/.test(part) && /[A-Za-z]/.test(part)) || (part.match(/[a-z](?=[A-Z])/g) ?? []).length > 1;
}

/** How often digits follow letters, and letters digits. */
function changes(part: string): number {
  return (part.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g) ?? []).length;
}
