import { type JsonNode, stringNode } from '../../json/tree.ts';
import { isInteger, numberNode, numberOf, textOf } from './nodes.ts';
import type { Notation } from './notation.ts';
import {
  calendarOf,
  clockText,
  dateText,
  dayOf,
  fractions,
  type Instant,
  instantOf,
  readStamp,
  stampOf,
  two,
} from './timestamp.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const billion = 1_000_000_000n;

/** What is made of a moment for a form that spells it out. */
interface Moment {
  readonly weekday: string;
  readonly date: string;
  readonly month: string;
  readonly year: string;
  readonly clock: string;
}

function momentOf(instant: Instant): Moment | null {
  const stamp = stampOf(instant);
  if (stamp === null || instant % billion !== 0n) return null;
  const [year, month, date] = calendarOf(stamp.day);
  const weekday = weekdays[(((stamp.day + 4) % 7) + 7) % 7]!;
  const clock = clockText(stamp.second);
  return { weekday, date: two(date), month: months[month - 1]!, year: String(year).padStart(4, '0'), clock };
}

/** A form that is recognised by writing it again: the pattern finds day, month, year and time, whatever else is checked so. */
function spelledOut(
  name: string,
  form: { pattern: RegExp; print: (moment: Moment) => string; recipe: string },
): Notation<Instant> {
  const write = (instant: Instant) => {
    const moment = momentOf(instant);
    return moment === null ? null : form.print(moment);
  };
  return {
    name,
    read(node) {
      const found = form.pattern.exec(shortText(node))?.groups;
      if (found === undefined) return null;
      const year = Number(found.year) + (found.year!.length === 2 ? (Number(found.year) < 70 ? 2000 : 1900) : 0);
      const day = dayOf(year, months.indexOf(found.month!) + 1, Number(found.date));
      const [hour = 0, minute = 0, second = 0] = found.clock!.split(':').map(Number);
      if (day === null) return null;
      const instant = BigInt(day * 86_400 + hour * 3600 + minute * 60 + second) * billion;
      return write(instant) === textOf(node) ? instant : null;
    },
    writers: {
      '': (instant) => {
        const text = write(instant);
        return text === null ? null : stringNode(text);
      },
    },
    recipe: () => form.recipe,
  };
}

function shortText(node: JsonNode): string {
  const text = textOf(node) ?? '';
  return text.length > 60 ? '' : text;
}

const spelled = /^\w{3}, (?<date>\d\d) (?<month>\w{3}) (?<year>\d{4}) (?<clock>\d\d:\d\d:\d\d) /;

/** The forms of RFC 9110, section 5.6.7, and those of RFC 2822 that come near. */
export const httpForms: readonly Notation<Instant>[] = [
  spelledOut('IMF-fixdate', {
    pattern: spelled,
    print: ({ weekday, date, month, year, clock }) => `${weekday.slice(0, 3)}, ${date} ${month} ${year} ${clock} GMT`,
    recipe:
      'Sun, 06 Nov 1994 08:49:37 GMT: http.TimeFormat in Go, httpdate in Rust, toUTCString() in JavaScript, jsonify of Flask',
  }),
  spelledOut('RFC 2822', {
    pattern: spelled,
    print: ({ weekday, date, month, year, clock }) => `${weekday.slice(0, 3)}, ${date} ${month} ${year} ${clock} +0000`,
    recipe:
      'Sun, 06 Nov 1994 08:49:37 +0000: time.RFC1123Z in Go, to_rfc2822() in Rust, email.utils.format_datetime in Python',
  }),
  spelledOut('RFC 1123 with UTC', {
    pattern: spelled,
    print: ({ weekday, date, month, year, clock }) => `${weekday.slice(0, 3)}, ${date} ${month} ${year} ${clock} UTC`,
    recipe: 'Sun, 06 Nov 1994 08:49:37 UTC: time.RFC1123 in Go',
  }),
  spelledOut('RFC 850', {
    pattern: /^\w{6,9}, (?<date>\d\d)-(?<month>\w{3})-(?<year>\d\d) (?<clock>\d\d:\d\d:\d\d) GMT$/,
    print: ({ weekday, date, month, year, clock }) => `${weekday}, ${date}-${month}-${year.slice(2)} ${clock} GMT`,
    recipe: 'Sunday, 06-Nov-94 08:49:37 GMT: obsolete, see RFC 9110',
  }),
  spelledOut('asctime', {
    pattern: /^\w{3} (?<month>\w{3}) (?<date>[ \d]\d) (?<clock>\d\d:\d\d:\d\d) (?<year>\d{4})$/,
    print: ({ weekday, date, month, year, clock }) =>
      `${weekday.slice(0, 3)} ${month} ${date.replace(/^0/, ' ')} ${clock} ${year}`,
    recipe: 'Sun Nov  6 08:49:37 1994: time.ANSIC in Go, ctime() in Python and C',
  }),
];

/** A date first, then what a type's own way to show itself adds. */
function shownAs(name: string, form: { ending: string; fraction: string; recipe: string }): Notation<Instant> {
  const write = (instant: Instant) => {
    const stamp = stampOf(instant);
    const digits = stamp === null ? null : fractions[form.fraction]!(stamp.fraction);
    if (stamp === null || digits === null) return null;
    return `${dateText(stamp.day)} ${clockText(stamp.second)}${digits === '' ? '' : `.${digits}`}${form.ending}`;
  };
  return {
    name,
    read(node) {
      const text = shortText(node);
      if (!text.endsWith(form.ending)) return null;
      const stamp = readStamp(`${text.slice(0, text.length - form.ending.length)}Z`);
      const instant = stamp === null || stamp.separator !== ' ' ? null : instantOf(stamp);
      return instant !== null && write(instant) === text ? instant : null;
    },
    writers: {
      '': (instant) => {
        const text = write(instant);
        return text === null ? null : stringNode(text);
      },
    },
    recipe: () => form.recipe,
  };
}

/** The legacy form of .NET: `/Date(1700000000120)/`. */
const dotnetDate: Notation<Instant> = {
  name: '.NET Date()',
  read(node) {
    const match = /^\/Date\((-?\d{1,15})\)\/$/.exec(shortText(node));
    return match === null ? null : BigInt(match[1]!) * 1_000_000n;
  },
  writers: { '': (instant) => (instant % 1_000_000n === 0n ? stringNode(`/Date(${instant / 1_000_000n})/`) : null) },
  recipe: () => '/Date(…)/: DateFormatHandling.MicrosoftDateFormat of Newtonsoft.Json',
};

/** How types show themselves where nobody told them how to be written. */
export const displayForms: readonly Notation<Instant>[] = [
  shownAs('Go String()', {
    ending: ' +0000 UTC',
    fraction: 'trimmed',
    recipe: 't.String() of Go, and what its SQLite drivers store',
  }),
  shownAs('chrono Display', {
    ending: ' UTC',
    fraction: 'threes',
    recipe: 'to_string() of chrono in Rust, Time#to_json of Ruby',
  }),
  shownAs('time Display', {
    ending: ' +00:00:00',
    fraction: 'one',
    recipe: 'to_string() of the time crate in Rust, or its feature serde-human-readable',
  }),
  dotnetDate,
];

const day = 86_400n * billion;

/** A date alone, as midnight UTC: as text, as year and day of the year (the time crate), as three numbers (Jackson 2). */
export const dateForms: readonly Notation<Instant>[] = [
  {
    name: 'date',
    read(node) {
      const text = shortText(node);
      const stamp = text.length === 10 ? readStamp(`${text}T00:00:00Z`) : null;
      return stamp === null ? null : instantOf(stamp);
    },
    writers: { '': (instant) => (instant % day === 0n ? stringNode(dateText(Number(instant / day))) : null) },
    recipe: (field) =>
      `text: ${field.rust('Date', 'with = "…"')} with time::serde::format_description!, or NaiveDate of chrono in Rust`,
  },
  {
    name: 'ordinal date',
    read: (node) =>
      dateAt(node, 2, ([year, ordinal]) =>
        ordinal! > 0 && ordinal! <= 366 ? dayOf(year!, 1, 1)! + ordinal! - 1 : null,
      ),
    writers: {
      '': (instant) => {
        const [year] = calendarOf(Number(instant / day));
        return instant % day === 0n ? numbers([year, Number(instant / day) - dayOf(year, 1, 1)! + 1]) : null;
      },
    },
    recipe: (field) => `year and day of the year: ${field.rust('Date')} of the time crate without an attribute`,
  },
  {
    name: 'calendar date',
    read: (node) => dateAt(node, 3, ([year, month, date]) => dayOf(year!, month!, date!)),
    writers: { '': (instant) => (instant % day === 0n ? numbers(calendarOf(Number(instant / day))) : null) },
    recipe: () => 'three numbers: LocalDate with WRITE_DATES_AS_TIMESTAMPS of Jackson 2',
  },
];

function numbers(parts: readonly number[]): JsonNode {
  return { kind: 'array', items: parts.map((part) => numberNode(String(part))) };
}

function dateAt(node: JsonNode, length: number, find: (parts: readonly number[]) => number | null): Instant | null {
  if (node.kind !== 'array' || node.items.length !== length) return null;
  const parts = node.items.map((item) => numberOf(item));
  if (!parts.every((raw) => raw !== null && raw.length <= 4 && isInteger(raw)) || parts[0]!.length !== 4) return null;
  const found = find(parts.map(Number));
  return found === null ? null : BigInt(found) * day;
}
