import { areApart, rangeOf } from '../../structures/apart.ts';
import { jwtEnd } from './jwt.ts';
import { formatOf, isName, type ValueFormat } from './value-format.ts';

const unitsMs: ReadonlyMap<ValueFormat | null, number> = new Map([
  ['epoch-s', 1e3],
  ['epoch-ms', 1],
  ['epoch-us', 1e-3],
  ['epoch-ns', 1e-6],
]);

/** A day and a time of it, with a zone as some libraries spell it or without one: `20261122T183138Z`, `… +0000 UTC`, `…Z[UTC]`. */
const spelled =
  /^(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d):?(\d\d)(?:[.,](\d+))? ?(?:Z|UTC|GMT|([+-]\d\d):?(\d\d)(?: [A-Z]{3,4})?)?(?:\[[\w/+-]+\])?$/;

/** As `ctime` of C does: no zone, and the year last. */
const ctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;

/** Seconds since 1970 with a fraction; and milliseconds, as .NET once wrote them. */
const fraction = /^[1-4]\d{9}\.\d+$/;
const dotNet = /^\\?\/Date\(([1-4]\d{12})(?:[+-]\d{4})?\)\\?\/$/;

/** A time in milliseconds since 1970, as in UTC where no zone is told, and how it is written. */
interface Time {
  readonly ms: number;
  readonly format: ValueFormat | null;
}

/** The time that a JSON scalar tells, given as source text, or null. */
function timeOf(source: string): Time | null {
  const format = formatOf(source);
  const text = source.replaceAll('"', '');
  if (fraction.test(text)) return { ms: Number(text) * 1e3, format: 'epoch-s' };
  const unit = unitsMs.get(format);
  const ms = unit === undefined ? Date.parse(parsable(text, format)) : Number(text) * unit;
  return Number.isNaN(ms) ? null : { ms, format };
}

/** The time as `Date.parse` reads it everywhere alike; an empty text for none. */
function parsable(text: string, format: ValueFormat | null): string {
  if (format !== null) return isName(format) ? '' : text;
  const [, year, month, day, hour, minute, second, digits = '0', zone, zoneMinute = ''] = spelled.exec(text) ?? [];
  if (year !== undefined)
    return `${year}-${month}-${day}T${hour}:${minute}:${second}.${digits.slice(0, 3)}${zone === undefined ? 'Z' : `${zone}:${zoneMinute}`}`;
  if (ctime.test(text)) return `${text} UTC`;
  const [, ms] = dotNet.exec(text) ?? [];
  return ms === undefined ? '' : new Date(Number(ms)).toISOString();
}

/** Further apart than this, two clocks do not tell one time. */
export const momentMs = 5000;

/** Two values, as source text, are times of one format that differ a little: it may be one clock that went on meanwhile. */
export function areMomentsApart(sides: {
  readonly reference: string | null;
  readonly candidate: string | null;
}): boolean {
  const [a, b] = [timeOf(sides.reference ?? ''), timeOf(sides.candidate ?? '')];
  return a !== null && b !== null && a.format === b.format && Math.abs(a.ms - b.ms) <= momentMs;
}

/** Further from its clock than this, a time was not told when the answer was made. */
const nearMs = 60_000;

/** Whether a plain text is a time that is near this one, in milliseconds since 1970. */
export function isClockReadingNear(text: string, at: number): boolean {
  const time = timeOf(JSON.stringify(text));
  return time !== null && Math.abs(time.ms - at) <= nearMs;
}

const zoneAtEnd = /[+-]\d\d:?\d\d(?: [A-Z]{3,4})?$/;

/**
 * How a time is written: its digits and the names in it as placeholders, the digits of a fraction in threes, its zone, and its format. Of
 * seconds with a fraction, which are written without the zeros at their end, whether they are finer than milliseconds.
 */
export function timeSkeleton(text: string): string {
  if (fraction.test(text)) return text.length > '1700000000.000'.length ? 'epoch-s finer' : 'epoch-s ms';
  const [zone = ''] = zoneAtEnd.exec(text) ?? [];
  const masked = text
    .slice(0, text.length - zone.length)
    .replace(/[.,](\d+)/g, (_, digits: string) => `.${'f'.repeat(Math.ceil(digits.length / 3))}`)
    .replace(/\d/g, '0')
    .replace(/[A-Z][a-z]{2}/g, 'Aaa');
  return `${formatOf(JSON.stringify(text)) ?? ''} ${masked}${zone}`;
}

/** What the answers of two targets say of their clocks. */
export interface TargetClocks {
  /** When the first of them was made, in milliseconds since 1970. */
  readonly at: number;
  /** By how many milliseconds the candidate's is ahead of the reference's. */
  readonly ahead: number;
}

/** A number may be a size or a sequence as well (`2026000123` is one): as a time it is not further away than this, and goes no faster than a clock. */
const yearsMs = 5 * 366 * 24 * 3600_000;
const fastestMs = 60_000;

/** Closer to one another, two times may be of one clock that is read late, or of two that are not set alike. */
const apartMs = 60_000;

/**
 * Whether two sides tell times, in several answers each, as source text, that change less than they are apart: a local time that is
 * said to be UTC, or what ends after an hour on one side and after a day on the other. Also by the clocks of the two targets.
 */
export function tellOtherTimes(
  [a, b]: readonly [readonly string[], readonly string[]],
  { at, ahead }: TargetClocks,
): boolean {
  const [x, y] = [timesOf(a, at), timesOf(b, at)];
  if (x === null || y === null) return false;
  return [0, ahead].every((more) => areApart([x, y.map((time) => time - more)], apartMs));
}

/** The times that a side tells, or at which its signed tokens end; null if there is no value or some value is none, or the numbers are not times. */
function timesOf(sources: readonly string[], at: number): readonly number[] | null {
  if (sources.length === 0) return null;
  const times: number[] = [];
  let areNumbers = false;
  for (const source of sources) {
    const end = jwtEnd(source.replaceAll('"', ''));
    const time = timeOf(end ?? source);
    if (time === null) return null;
    areNumbers ||= end === null && unitsMs.has(time.format);
    times.push(time.ms);
  }
  const { from, to } = rangeOf(times);
  const areTimes = to - from <= fastestMs && Math.abs(from - at) <= yearsMs && Math.abs(to - at) <= yearsMs;
  return areNumbers && !areTimes ? null : times;
}
