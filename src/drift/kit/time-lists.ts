import type { JsonNode } from '../../json/tree.ts';
import { isInteger, numberNode, numberOf } from './nodes.ts';
import type { Notation } from './notation.ts';
import { calendarOf, dayOf, type Instant, stampOf } from './timestamp.ts';

/** Numbers of an array that a time or a date is written as; null where one of them is none. */
function partsOf(node: JsonNode): number[] | null {
  if (node.kind !== 'array' || node.items.length < 2 || node.items.length > 9) return null;
  const parts = node.items.map((item) => numberOf(item));
  return parts.every((raw) => raw !== null && raw.length <= 10 && isInteger(raw)) ? parts.map(Number) : null;
}

function list(parts: readonly number[]): JsonNode {
  return { kind: 'array', items: parts.map((part) => numberNode(String(part))) };
}

function instantAt(day: number | null, clock: readonly number[]): Instant | null {
  const [hour = 0, minute = 0, second = 0, nanos = 0] = clock;
  const isClock = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (day === null || !isClock || nanos < 0 || nanos >= 1e9) return null;
  return (BigInt(day) * 86_400n + BigInt(hour * 3600 + minute * 60 + second)) * 1_000_000_000n + BigInt(nanos);
}

function clockOf(instant: Instant): readonly number[] {
  const { second, fraction } = stampOf(instant)!;
  return [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60, Number(fraction)];
}

/** What the time crate writes: year, day of the year, hour, minute, second, nanoseconds, and the offset in three parts. */
const ordinal: Notation<Instant> = {
  name: 'ordinal',
  read(node) {
    const parts = partsOf(node);
    if (parts?.length !== 9 || parts[1]! < 1 || parts[1]! > 366) return null;
    const start = dayOf(parts[0]!, 1, 1);
    const instant = instantAt(start === null ? null : start + parts[1]! - 1, parts.slice(2, 6));
    const offset = parts[6]! * 3600 + parts[7]! * 60 + parts[8]!;
    return instant === null || Math.abs(offset) > 86_400 ? null : instant - BigInt(offset) * 1_000_000_000n;
  },
  writers: {
    '': (instant) => {
      const stamp = stampOf(instant);
      if (stamp === null) return null;
      const [year] = calendarOf(stamp.day);
      return list([year, stamp.day - dayOf(year, 1, 1)! + 1, ...clockOf(instant), 0, 0, 0]);
    },
  },
  recipe: (field) => `nine numbers: ${field.rust('OffsetDateTime')} of the time crate without an attribute`,
};

/** What Jackson 2 writes for a LocalDateTime: year to minute, then seconds and nanoseconds if they are not zero. */
const calendar: Notation<Instant> = {
  name: 'calendar',
  read(node) {
    const parts = partsOf(node);
    if (parts === null || parts.length < 5 || parts.length > 7) return null;
    return instantAt(dayOf(parts[0]!, parts[1]!, parts[2]!), parts.slice(3));
  },
  writers: {
    '': (instant) => {
      const stamp = stampOf(instant);
      if (stamp === null) return null;
      const clock = clockOf(instant);
      return list([...calendarOf(stamp.day), ...clock.slice(0, clock[3] !== 0 ? 4 : clock[2] !== 0 ? 3 : 2)]);
    },
  },
  recipe: () => 'a list of numbers: LocalDateTime with WRITE_DATES_AS_TIMESTAMPS of Jackson 2',
};

/** Times written as a list of numbers. */
export const listForms: readonly Notation<Instant>[] = [ordinal, calendar];
