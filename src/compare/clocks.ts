import { type Format, formatOf, isName } from './format.ts';

const unitsMs: ReadonlyMap<Format | null, number> = new Map([
  ['epoch-s', 1e3],
  ['epoch-ms', 1],
  ['epoch-us', 1e-3],
  ['epoch-ns', 1e-6],
]);

/** A day and a time of it without a zone. */
const zoneless = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?$/;

/** The time that a JSON scalar tells, given as source text: milliseconds since 1970, as in UTC where no zone is told; or null. */
function timeOf(source: string): number | null {
  const format = formatOf(source);
  const text = source.replaceAll('"', '');
  const unit = unitsMs.get(format);
  const time = unit === undefined ? Date.parse(parsable(text, format)) : Number(text) * unit;
  return Number.isNaN(time) ? null : time;
}

function parsable(text: string, format: Format | null): string {
  if (format !== null) return isName(format) ? '' : text;
  return zoneless.test(text) ? `${text.replace(' ', 'T')}Z` : '';
}

/** Further apart than this, two clocks do not tell one time. */
const momentMs = 5000;

/** Two values, as source text, are times of one format that differ a little: it may be one clock that went on meanwhile. */
export function areMomentsApart(sides: {
  readonly reference: string | null;
  readonly candidate: string | null;
}): boolean {
  const [a, b] = [sides.reference ?? '', sides.candidate ?? ''];
  const [x, y] = [timeOf(a), timeOf(b)];
  return x !== null && y !== null && formatOf(a) === formatOf(b) && Math.abs(x - y) <= momentMs;
}

/** What the answers of two targets say of their clocks. */
export interface TargetClocks {
  /** When the first of them was made, in milliseconds since 1970. */
  readonly at: number;
  /** By how many milliseconds the candidate's is ahead of the reference's. */
  readonly ahead: number;
}

/** A whole number may be a size or a sequence as well: as a time it is not further away than this, and goes no faster than a clock. */
const yearsMs = 10 * 366 * 24 * 3600_000;
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
  return [0, ahead].every((more) => stayApart([x, y.map((time) => time - more)], apartMs));
}

/** The times that a side tells; null if some value is none, or the numbers are no times. */
function timesOf(sources: readonly string[], at: number): readonly number[] | null {
  const times: number[] = [];
  let areNumbers = false;
  for (const source of sources) {
    const time = timeOf(source);
    if (time === null) return null;
    areNumbers ||= unitsMs.has(formatOf(source));
    times.push(time);
  }
  const { from, to } = rangeOf(times);
  const areTimes = to - from <= fastestMs && Math.abs(from - at) <= yearsMs && Math.abs(to - at) <= yearsMs;
  return areNumbers && !areTimes ? null : times;
}

/** Some numbers are at least so far from some others, and several times as far as any of them are from each other. */
export function stayApart([a, b]: readonly [readonly number[], readonly number[]], least: number): boolean {
  const [x, y] = [rangeOf(a), rangeOf(b)];
  const gap = Math.max(y.from - x.to, x.from - y.to);
  return gap >= least && gap >= 4 * Math.max(x.to - x.from, y.to - y.from);
}

function rangeOf(numbers: readonly number[]): { from: number; to: number } {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const one of numbers) {
    from = Math.min(from, one);
    to = Math.max(to, one);
  }
  return { from, to };
}
