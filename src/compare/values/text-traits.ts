import { maxTextTraitsLength } from '../limits.ts';
import { jwtFractions } from './jwt.ts';
import { charsetsDiffer, isReadable } from './token-charset.ts';

/** What a client may go by in a text that another one stands for each time; null where the text has no such thing. */
type Trait = (text: string) => string | null;

/** What is between the digits: `INV#`, `PT#S`, `#m#s`. */
const frame: Trait = (text) => (/\d/.test(text) ? text.replace(/\d+/g, '#') : null);

/** A number or a text: who reads the one cannot read the other. */
const digits: Trait = (text) => (/^\d+$/.test(text) ? 'all' : 'not all');

const letterCase: Trait = (text) =>
  /\p{Lu}/u.test(text) ? (/\p{Ll}/u.test(text) ? null : 'upper') : /\p{Ll}/u.test(text) ? 'lower' : null;

/** A word that begins with a capital, or with none. */
const wordForm: Trait = (text) =>
  /^\p{Lu}\p{Ll}{2,}$/u.test(text) ? 'title' : /^\p{Ll}{3,}$/u.test(text) ? 'lower' : null;

/** How far a time is from UTC, where it says so in digits. */
const zone: Trait = (text) => /^\d{4}-\d\d-\d\d[Tt ].*([+-]\d\d:?\d\d)$/.exec(text)?.[1]?.replace(':', '') ?? null;

/** Letters follow digits twice or more: `machine-17` is none, and may be of any length. */
function isToken(text: string): boolean {
  return /^[\w+/-]{8,}={0,2}$/.test(text) && (text.match(/\d[A-Za-z]/g)?.length ?? 0) > 1;
}

/** How long a token is, with its padding, without a counter behind it. One that stands for text may hold a counter, and be of any length. */
const tokenLength: Trait = (text) => {
  const token = text.replace(/[-_]\d+$/, '');
  if (!isToken(token)) return null;
  return isReadable(token) ? 'text' : String(token.length);
};

/** Whether a token in base64 is filled up; the length of some does not tell. */
const filling: Trait = (text) => {
  const [, bare = '', fill = ''] = /^([\w+/-]{8,})(={0,2})$/.exec(text) ?? [];
  if (bare.length % 4 === 0) return null;
  return fill === '' ? 'not filled up' : 'filled up';
};

const base: Trait = (text) => (/^0x[0-9a-f]/i.test(text) ? 'told' : 'not told');

/** Of an identifier in hexadecimal digits; a shorter one may be a counter. */
const hexLength: Trait = (text) => (/^(?=.*[a-f])[0-9a-f]{16,}$/i.test(text) ? String(text.length) : null);

/** A part of an address or of a version; what has one point may be a measure. */
const part =
  (at: number): Trait =>
  (text) =>
    /^\d+(?:\.\d+){2,3}$/.test(text) ? (text.split('.')[at] ?? null) : null;

/**
 * Whether a whole number beyond 2^53 is one that a double can hold, to the digit or as JavaScript writes it: of identifiers that were never
 * in a double hardly one in five hundred is.
 */
export function isRounded(text: string): boolean {
  if (!/^-?[1-9]\d{16,39}$/.test(text)) return false;
  const read = Number(text);
  return String(BigInt(read)) === text || String(read) === text;
}

const rounding: Trait = (text) => (/^\d{17,40}$/.test(text) ? (isRounded(text) ? 'rounded' : 'not rounded') : null);

/** Of a UUID of RFC 9562: by time, or drawn. One that has all of its digits at random hardly ever says the same each time. */
const uuidVersion: Trait = (text) =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-([1-8])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.exec(text)?.[1] ?? null;

/** Of texts in one format. */
const formal: readonly Trait[] = [uuidVersion, jwtFractions];
/** Of texts of any length. */
const lasting: readonly Trait[] = [letterCase, filling];
const traits: readonly Trait[] = [
  ...[...formal, ...lasting, frame, digits, wordForm, zone, tokenLength, base, hexLength, rounding],
  ...[part(0), part(1), part(2)],
];

/** Whether two sides, in several answers each, have a trait that is the same in all texts of a side and another on the other, or draw otherwise. */
export function haveOtherTraits(a: readonly string[], b: readonly string[]): boolean {
  const areLong = [...a, ...b].some((text) => text.length > maxTextTraitsLength);
  return differIn(areLong ? lasting : traits, a, b) || charsetsDiffer(a, b);
}

/** The same of texts in a format that says how they are written, but for the version of a UUID, and for fractions in a signed token. */
export function haveOtherForms(a: readonly string[], b: readonly string[]): boolean {
  return differIn(formal, a, b);
}

function differIn(some: readonly Trait[], a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 0 || b.length === 0) return false;
  return some.some((trait) => {
    const [x, y] = [steady(a, trait), steady(b, trait)];
    return x !== null && y !== null && x !== y;
  });
}

function steady(texts: readonly string[], trait: Trait): string | null {
  const first = trait(texts[0]!);
  return texts.every((text) => trait(text) === first) ? first : null;
}

/** A price or the like: nothing is called by a number with so short a fraction. */
function isMeasure(text: string): boolean {
  return /^-?\d{1,9}\.\d{1,4}$/.test(text);
}

/**
 * Whether two texts that stand for one another differ in what is not drawn, as far as one answer of each side tells: digits against
 * letters, or the length of an identifier in hexadecimal digits. What chance makes of two drawn texts counts for none.
 */
export function lookApart(a: string, b: string): boolean {
  if (isMeasure(a) || isMeasure(b)) return true;
  if (/^\d+$/.test(a) !== /^\d+$/.test(b)) return a.length !== b.length;
  const [m, n] = [hexLength(a), hexLength(b)];
  return m !== null && n !== null && m !== n;
}
