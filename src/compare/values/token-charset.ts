import { maxSegments, maxStayingLength, maxTokenCharsetLength, minDigits, minVarying } from '../limits.ts';

/** Characters that an alphabet has all of or none of. */
const classes: readonly RegExp[] = [
  ...[/[0189]/, /[2-7]/, /[a-f]/, /[g-z]/, /[A-F]/, /[G-Z]/],
  // Of RFC 4648: base64url (section 5), and base64 (section 4).
  ...[/[-_]/, /[+/]/],
];
const [urlSafe, notUrlSafe] = [classes.length - 2, classes.length - 1];

/** Segments of a token; and a number with points and perhaps a unit, or a version, which is none. */
const token = /^(?:[\w+/-]|%[0-9A-F]{2})+(?:[.~](?:[\w+/-]|%[0-9A-F]{2})+)+={0,2}$/i;
const measure = /^-?\d+(?:\.\d+)+(?:[a-z%]{0,3}$|-)/i;

/** Behind a token. */
const counter = /[-_]\d+$/;

/** What one side draws its tokens from, as far as its answers tell. */
interface TokenTraits {
  readonly answers: number;
  /** Of every token, or null. */
  readonly length: number | null;
  /** How many characters there are, without those that are the same in all tokens, and how many of each class. */
  readonly size: number;
  readonly counts: readonly number[];
  readonly isEscaped: boolean | null;
}

/**
 * Whether two sides draw their tokens otherwise, by several answers each: of another number of segments, in one of which something else
 * stays the same; or a segment of one length here and of another there, or from other characters, so that chance does not explain it.
 * Where more answers may be had a smaller chance will do: it is asked for these.
 */
export function charsetsDiffer(a: readonly string[], b: readonly string[]): boolean {
  const [x, y] = [segmentsOf(a), segmentsOf(b)];
  if (x === null || y === null) return false;
  if (x.length !== y.length) return true;
  return x.some((one, at) => stayOtherwise(one, y[at]!) || differInCharset(one, y[at]!, x.length));
}

/** What tokens have between points, by where it stands; null if the texts are none, or not all of so many segments. */
function segmentsOf(texts: readonly string[]): (readonly string[])[] | null {
  const rows = texts.map((text) => text.split(/[.~]/));
  const [first = []] = rows;
  if (first.length > maxSegments || rows.some((row) => row.length !== first.length)) return null;
  const segments = first.map((_, at) => rows.map((row) => row[at]!));
  if (segments.length === 1) return segments;
  const areTokens = texts.every((text) => token.test(text) && !measure.test(text));
  return areTokens && segments.some((one) => tokenTraitsIn(one) !== null) ? segments : null;
}

/** A short segment that stays the same is another on the other side; what is longer is told apart by its pieces, or may be a time. */
function stayOtherwise([a = '', ...moreA]: readonly string[], [b = '', ...moreB]: readonly string[]): boolean {
  return (
    a !== b &&
    Math.max(a.length, b.length) <= maxStayingLength &&
    moreA.every((one) => one === a) &&
    moreB.every((one) => one === b)
  );
}

/** The same of one segment; the more there are, the more has chance to explain. */
function differInCharset(a: readonly string[], b: readonly string[], segments: number): boolean {
  const [x, y] = [tokenTraitsIn(a), tokenTraitsIn(b)];
  if (x === null || y === null) return false;
  if (x.length !== null && y.length !== null && areOtherLengths(x.length, y.length)) return true;
  if (x.isEscaped !== null && y.isEscaped !== null && x.isEscaped !== y.isEscaped) return true;
  const [p, q] = [x.counts, y.counts];
  if (p[urlSafe]! * q[notUrlSafe]! + p[notUrlSafe]! * q[urlSafe]! > 0)
    return p[urlSafe]! * p[notUrlSafe]! + q[urlSafe]! * q[notUrlSafe]! === 0;
  return hasMore(x, y, segments) || hasMore(y, x, segments);
}

/** A long token may hold what differs by a few characters from one target to the other, and is the same in a few answers by chance. */
function areOtherLengths(a: number, b: number): boolean {
  return Math.abs(a - b) > (Math.max(a, b) > maxTokenCharsetLength ? Math.min(a, b) / 8 : 0);
}

/**
 * Whether a side has characters of a class of which the other has none, more of them than chance would give it alone. Of tokens of any
 * length, hyphens do not count: they may part groups.
 */
function hasMore(x: TokenTraits, y: TokenTraits, segments: number): boolean {
  const answers = Math.min(12, x.answers + y.answers);
  const limit = 10 ** (0.5 - (3 / 8) * answers) / segments;
  const share = x.size / (x.size + y.size);
  const isTold = (at: number) => at !== urlSafe || (x.length !== null && y.length !== null);
  return x.counts.some((count, at) => isTold(at) && y.counts[at] === 0 && share ** count < limit);
}

/** Null for texts that are not drawn, as far as it shows: words, names with numbers, counters, and what stands for a text. */
function tokenTraitsIn(texts: readonly string[]): TokenTraits | null {
  if (texts.length < 2 || new Set(texts).size < texts.length) return null;
  const bare = texts.map((text) => withoutEscapes(text).replace(/(?<!=)=+$/, ''));
  const tokens = bare.every((text) => counter.test(text)) ? bare.map((text) => text.replace(counter, '')) : bare;
  if (!tokens.every((token) => /^[\w+/-]+$/.test(token)) || tokens.every(isReadable)) return null;
  const [first = ''] = tokens;
  const areLong = tokens.every(({ length }) => length === first.length);
  const varying = areLong ? varyingParts(tokens) : tokens.map((token) => token.replaceAll(/[-_]/g, ''));
  if (!isRandom(varying)) return null;
  const all = varying.join('');
  return {
    answers: texts.length,
    length: areLong ? first.length : null,
    size: all.length,
    counts: classes.map((one) => all.match(new RegExp(one, 'g'))?.length ?? 0),
    isEscaped: escapes(texts),
  };
}

/** Of base64 as it is written in an address (RFC 3986). */
const escaped = /%(?:2B|2F|3D)/gi;

function withoutEscapes(text: string): string {
  return text.includes('%') ? text.replaceAll(escaped, decodeURIComponent) : text;
}

/** Whether what may be escaped in base64 is; null where some is and some is not, or there is nothing. */
function escapes(texts: readonly string[]): boolean | null {
  const all = texts.join(' ');
  const [are, areNot] = [/%/.test(all), /[+/=]/.test(all)];
  return are === areNot ? null : are;
}

/** Texts of one length without the characters that all of them have at one place. */
function varyingParts(tokens: readonly string[]): readonly string[] {
  const [first = ''] = tokens;
  const varies = [...first].map((char, at) => tokens.some((token) => token[at] !== char));
  return tokens.map((token) => [...token].filter((_, at) => varies[at]).join(''));
}

/** Of digits and letters in turn, capitals and small letters in turn, of more consonants than can be said, or of digits alone that are not counters. */
function isRandom(texts: readonly string[]): boolean {
  const total = texts.reduce((sum, { length }) => sum + length, 0);
  if (texts.every((text) => /^\d+$/.test(text))) return total >= minDigits * texts.length;
  if (total < minVarying * texts.length) return false;
  const turns = texts.reduce(
    (sum, text) => sum + (text.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)|[a-z](?=[A-Z])/g)?.length ?? 0),
    0,
  );
  const unsaid = texts.filter((text) => /[bcdfghjklmnpqrstvwxz]{5}/i.test(text)).length;
  return turns * 6 >= total || unsaid * 2 >= texts.length;
}

/** It stands for text in base64 (RFC 4648); six bytes or more that are drawn hardly ever do. */
export function isReadable(token: string): boolean {
  return /^[\x20-\x7e]{6,}$/.test(Buffer.from(token, 'base64').toString('latin1'));
}
