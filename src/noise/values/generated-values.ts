import { isClockReadingNear, timeSkeleton } from '../../compare/values/timestamps.ts';
import { textFormat } from '../../compare/values/value-format.ts';
import type { Both } from '../evidence/self-diff.ts';
import { maxCounterDigits } from '../limits.ts';
import { areSignedTokens, areTokens } from './tokens.ts';

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
  if (format.startsWith('jwt')) return areSignedTokens(texts, areGeneratedIds);
  if (format.startsWith('uuid')) return a[14] === b[14] && generatedVersion.test(a[14]!);
  return format === 'ulid' || (format.startsWith('hash') && isIdName(name));
}

function isIdName(name: string): boolean {
  return idNames.some((one) => one.test(name));
}

function areCounters([a, b]: Both<string>): boolean {
  return a.length === b.length || Math.max(a.length, b.length) <= maxCounterDigits;
}
