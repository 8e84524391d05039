import { isClockReadingNear, timeSkeleton } from '../../compare/values/timestamps.ts';
import { textFormat } from '../../compare/values/value-format.ts';
import type { Both } from '../evidence/self-diff.ts';
import { maxCounterDigits, minChanges, minUnnamedLength } from '../limits.ts';

/** Names of members that hold an identifier: `id`, `order_id`, `orderId`, `ids`, `uuid`, `token`. */
const idNames = [
  /(?:^|[_-])(?:ids?|uuid|guid|token|nonce|key|ref)$/i,
  /[a-z\d](?:I[dD]s?|Uuid|UUID|Guid|GUID|Token|Nonce|Key|Ref)$/,
];
/** Of numbers the name must say `id`: a `key` or a `ref` may be a number that means something. */
const numberName = /(?:^|[_-])[iI][dD]s?$|[a-z\d]I[dD]s?$/;
/** A whole number above zero, without zeros in front. */
const counter = /^[1-9]\d{0,18}$/;
/** Versions of UUID that are random or hold a time (RFC 9562); those of 3 and 5 are computed from a name. */
const generatedVersion = /^[14678]$/;
/** A text of one word, perhaps behind a prefix of letters: `ord_8fk2Zq71`. */
const token = /^([A-Za-z]{1,12}[_-])?([\w-]{8,128})$/;

/** The name of the member that a JSON Pointer leads to, its own or that of its list; of XML without its marks. */
export function memberName(pointer: string): string {
  const names = pointer.split('/').filter((one) => !/^(?:\d+|\*|#text)$/.test(one));
  return (names.at(-1) ?? '').replace(/^@/, '');
}

/** Whether two values, as plain texts, are times of one format that are near the clocks of the two sides. */
export function areCurrentTimes([a, b]: Both<string>, [here, there]: Both<number>): boolean {
  return timeSkeleton(a) === timeSkeleton(b) && isClockReadingNear(a, here) && isClockReadingNear(b, there);
}

/** Whether two values, as plain texts, are generated identifiers of one format; `name` is that of their member. */
export function areGeneratedIds(texts: Both<string>, name: string): boolean {
  const [a, b] = texts;
  if (texts.every((text) => counter.test(text))) return numberName.test(name) && areCounters(texts);
  const format = textFormat(a);
  if (format !== textFormat(b)) return false;
  if (format === null) return areTokens(texts, isIdName(name));
  if (format.startsWith('uuid')) return a[14] === b[14] && generatedVersion.test(a[14]!);
  return format === 'ulid' || (format.startsWith('hash') && isIdName(name));
}

function isIdName(name: string): boolean {
  return idNames.some((one) => one.test(name));
}

function areCounters([a, b]: Both<string>): boolean {
  return a.length === b.length || Math.max(a.length, b.length) <= maxCounterDigits;
}

function areTokens([a, b]: Both<string>, isNamed: boolean): boolean {
  const [one, other] = [token.exec(a), token.exec(b)];
  if (one === null || other === null || a.length !== b.length || one[1] !== other[1]) return false;
  const parts = [one[2]!, other[2]!];
  const isLong = parts.every((part) => part.length >= minUnnamedLength && changes(part) >= minChanges);
  return (isLong || (isNamed && parts.every(isMixed))) && charset(parts[0]!) === charset(parts[1]!);
}

function isMixed(part: string): boolean {
  return /\d/.test(part) && /[A-Za-z]/.test(part);
}

/** How often digits follow letters, and letters digits. */
function changes(part: string): number {
  return (part.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g) ?? []).length;
}

/** Small letters, capitals or both; and hexadecimal digits alone, where there are too many of them for chance. */
function charset(part: string): string {
  const isHex = part.length >= minUnnamedLength && /^[\da-fA-F]+$/.test(part);
  return `${/[a-z]/.test(part) ? 'a' : ''}${/[A-Z]/.test(part) ? 'A' : ''}${isHex ? ' hex' : ''}`;
}
