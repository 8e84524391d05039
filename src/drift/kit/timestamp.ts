/** A date and a time of day as it is written, with or without an offset from UTC. */
export interface Stamp {
  /** Days since 1970-01-01 (proleptic Gregorian calendar). */
  readonly day: number;
  /** Seconds since midnight. */
  readonly second: number;
  /** Digits after the point of the second; empty if there is none. */
  readonly fraction: string;
  /** Minutes east of UTC; null if it is not said. */
  readonly offset: number | null;
  /** The offset as written: `Z`, `+00:00`. */
  readonly zone: string;
  /** What is between date and time. */
  readonly separator: string;
}

/** Nanoseconds since 1970-01-01T00:00:00Z. */
export type Instant = bigint;

const secondsADay = 86_400;
const billion = 1_000_000_000n;
const written =
  /^(\d{4})-(\d\d)-(\d\d)([Tt ])(\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?( ?(?:[Zz]|UTC|[+-]\d\d(?::?\d\d)?))?$/;

/** Days since 1970-01-01 of a calendar date; null if there is no such day. */
export function dayOf(year: number, month: number, date: number): number | null {
  if (month < 1 || month > 12 || date < 1 || date > 31) return null;
  const time = Date.UTC(2000, month - 1, date) + 0;
  const moved = new Date(time).setUTCFullYear(year, month - 1, date);
  const back = new Date(moved);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === date ? moved / (secondsADay * 1000) : null;
}

/** Year, month and date of a day since 1970-01-01. */
export function calendarOf(day: number): readonly [year: number, month: number, date: number] {
  const date = new Date(day * secondsADay * 1000);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

function offsetOf(zone: string): number | null {
  const text = zone.trim();
  if (text === '') return null;
  if (!/^[+-]/.test(text)) return 0;
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return text.startsWith('-') ? -minutes : minutes;
}

/** Reads RFC 3339 and what comes near it: a space for the T, no colon in the offset, no offset; null if it is no such time. */
export function readStamp(text: string | null): Stamp | null {
  const match = text === null || text.length > 60 ? null : written.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, date = 0] = [match[1], match[2], match[3]].map(Number);
  const [hour = 0, minute = 0, second = 0] = [match[5], match[6], match[7]].map(Number);
  const day = dayOf(year, month, date);
  if (day === null || hour > 23 || minute > 59 || second > 59) return null;
  const zone = match[8 + 1] ?? '';
  const clock = { second: hour * 3600 + minute * 60 + second, fraction: match[8] ?? '', separator: match[4]! };
  return { day, ...clock, offset: offsetOf(zone), zone };
}

/** Two digits. */
export function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** `22:13:20`. */
export function clockText(second: number): string {
  return [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(two).join(':');
}

/** `2023-11-14`. */
export function dateText(day: number): string {
  const [year, month, date] = calendarOf(day);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;
}

/** The stamp as text, as it was written. */
export function printStamp({ day, second, fraction, zone, separator }: Stamp): string {
  return `${dateText(day)}${separator}${clockText(second)}${fraction === '' ? '' : `.${fraction}`}${zone}`;
}

/** The instant of a stamp, one without an offset taken as UTC; null if it has more digits than nanoseconds. */
export function instantOf({ day, second, fraction, offset }: Stamp): Instant | null {
  const digits = fraction.replace(/0{1,12}$/, '');
  if (digits.length > 9) return null;
  const seconds = BigInt(day) * BigInt(secondsADay) + BigInt(second - (offset ?? 0) * 60);
  return seconds * billion + BigInt(digits.padEnd(9, '0'));
}

/** The stamp of an instant at an offset from UTC in minutes, with all nine digits; null outside the years 0 to 9999. */
export function stampOf(instant: Instant, offset = 0): Stamp | null {
  const local = instant + BigInt(offset) * 60n * billion;
  const nanos = ((local % billion) + billion) % billion;
  const seconds = Number((local - nanos) / billion);
  const day = Math.floor(seconds / secondsADay);
  if (day < -719_528 || day > 2_932_896) return null;
  const second = seconds - day * secondsADay;
  return { day, second, fraction: String(nanos).padStart(9, '0'), offset, zone: zoneText(offset), separator: 'T' };
}

/** `Z` or `+01:00`. */
export function zoneText(offset: number): string {
  if (offset === 0) return 'Z';
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** How runtimes write the digits after the point of a second. */
export const fractions: Readonly<Record<string, (digits: string) => string | null>> = {
  trimmed: (digits) => digits.replace(/0{1,12}$/, ''),
  threes(digits) {
    const length = Math.ceil(digits.replace(/0{1,12}$/, '').length / 3) * 3;
    return digits.slice(0, length).padEnd(length, '0');
  },
  'none or six': (digits) => fixedFraction(digits, /^0*$/.test(digits) ? 0 : 6),
  none: (digits) => fixedFraction(digits, 0),
  one: (digits) => digits.replace(/0{1,12}$/, '') || '0',
  three: (digits) => fixedFraction(digits, 3),
  six: (digits) => fixedFraction(digits, 6),
  seven: (digits) => fixedFraction(digits, 7),
  nine: (digits) => fixedFraction(digits, 9),
};

/** The digits at one length; null if some would be lost. */
function fixedFraction(digits: string, length: number): string | null {
  return /[1-9]/.test(digits.slice(length)) ? null : digits.slice(0, length).padEnd(length, '0');
}
