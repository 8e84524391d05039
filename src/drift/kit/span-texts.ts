import type { JsonNode } from '../../json/tree.ts';
import { billion, fitting, fractionOf, type Nanoseconds, shortText, spanOf, textual } from './duration-value.ts';
import type { Notation } from './notation.ts';
import { clockText } from './timestamp.ts';

const isoPattern = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,12})(?:\.(\d{1,9}))?S)?)?$/;

function readIso(node: JsonNode): Nanoseconds | null {
  const match = isoPattern.exec(shortText(node));
  if (match === null || match[0] === 'P' || match[0].endsWith('T')) return null;
  const [days = 0, hours = 0, minutes = 0, whole = 0] = match.slice(1, 5).map((part) => Number(part ?? 0));
  return spanOf(days * 86_400 + hours * 3600 + minutes * 60 + whole, match[5] ?? '');
}

/** Days, hours, minutes and seconds of ISO 8601; parts that are zero are left out. */
function printIso(span: Nanoseconds, withDays: boolean): string {
  const whole = span / billion;
  const days = withDays ? whole / 86_400n : 0n;
  const [hours, minutes, rest] = [(whole - days * 86_400n) / 3600n, (whole / 60n) % 60n, whole % 60n];
  const fraction = fractionOf(span)!;
  const last = rest > 0n || fraction !== '' ? `${rest}${fraction === '' ? '' : `.${fraction}`}S` : '';
  const time = `${hours > 0n ? `${hours}H` : ''}${minutes > 0n ? `${minutes}M` : ''}${last}`;
  if (days === 0n && time === '') return 'PT0S';
  return `P${days > 0n ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`;
}

function printDjango(span: Nanoseconds): string | null {
  const fraction = fractionOf(span, 6);
  if (fraction === null) return null;
  const [hours, minutes, rest] = clockText(Number((span / billion) % 86_400n)).split(':');
  return `P${span / billion / 86_400n}DT${hours}H${minutes}M${rest}${/[1-9]/.test(fraction) ? `.${fraction}` : ''}S`;
}

const iso: Notation<Nanoseconds> = {
  name: 'ISO 8601',
  read: readIso,
  writers: {
    days: textual((span) => printIso(span, true)),
    hours: textual((span) => printIso(span, false)),
    django: textual(printDjango),
  },
  recipe: () =>
    'ISO 8601 text (PT1.5S): Jackson with WRITE_DURATIONS_AS_TIMESTAMPS off, pydantic v2, iso8601::Duration of an encoder of your own in Rust and Go',
};

/** What `time.Duration.String()` gives. */
function printGo(span: Nanoseconds): string {
  if (span === 0n) return '0s';
  if (span < 1000n) return `${span}ns`;
  const small: readonly (readonly [bigint, number, string])[] = [
    [1_000_000n, 3, 'µs'],
    [billion, 6, 'ms'],
  ];
  for (const [above, digits, unit] of small)
    if (span < above) {
      const size = 10n ** BigInt(digits);
      const fraction = String(span % size)
        .padStart(digits, '0')
        .replace(/0{1,9}$/, '');
      return `${span / size}${fraction === '' ? '' : `.${fraction}`}${unit}`;
    }
  const whole = span / billion;
  const fraction = fractionOf(span)!;
  const last = `${whole % 60n}${fraction === '' ? '' : `.${fraction}`}s`;
  if (whole < 60n) return last;
  return whole < 3600n ? `${whole / 60n}m${last}` : `${whole / 3600n}h${(whole / 60n) % 60n}m${last}`;
}

const goUnits: Readonly<Record<string, bigint>> = {
  ns: 1n,
  µs: 1000n,
  ms: 1_000_000n,
  s: billion,
  m: 60n * billion,
  h: 3600n * billion,
};

function readGo(node: JsonNode): Nanoseconds | null {
  const text = shortText(node);
  let total = 0n;
  let rest = text;
  for (let part = 0; part < 3 && rest !== ''; part += 1) {
    const match = /^(\d{1,12})(?:\.(\d{1,9}))?(ns|µs|ms|s|m|h)/.exec(rest);
    if (match === null) return null;
    const unit = goUnits[match[3]!]!;
    const fraction = match[2] ?? '';
    total += BigInt(match[1]!) * unit + (BigInt(fraction.padEnd(9, '0')) * unit) / billion;
    rest = rest.slice(match[0].length);
  }
  return text === '' || rest !== '' || printGo(total) !== text ? null : fitting(total);
}

const go: Notation<Nanoseconds> = {
  name: 'Go String()',
  read: readGo,
  writers: { '': textual(printGo) },
  recipe: () => 'text as in 1h0m1.5s: d.String() in Go',
};

/** Seconds and the letter s, with 0, 3, 6 or 9 digits: the mapping of google.protobuf.Duration. */
const proto: Notation<Nanoseconds> = {
  name: 'protojson',
  read(node) {
    const match = /^(\d{1,12})(?:\.(\d{3}|\d{6}|\d{9}))?s$/.exec(shortText(node));
    return match === null ? null : spanOf(match[1]!, match[2] ?? '');
  },
  writers: {
    '': textual((span) => {
      const digits = fractionOf(span)!;
      const length = Math.ceil(digits.length / 3) * 3;
      return `${span / billion}${length === 0 ? '' : `.${digits.padEnd(length, '0')}`}s`;
    }),
  },
  recipe: () => 'text as in 1.500s: google.protobuf.Duration by protojson',
};

/** `[d.]hh:mm:ss[.fraction]` of .NET, `d day(s), h:mm:ss` of Python, `[d ]hh:mm:ss` of Django REST. */
function clock(
  name: string,
  form: { days: string; hour: 1 | 2; digits: number; recipe: string },
): Notation<Nanoseconds> {
  const print = (span: Nanoseconds) => {
    const fraction = fractionOf(span, form.digits);
    if (fraction === null) return null;
    const days = span / billion / 86_400n;
    const time = clockText(Number((span / billion) % 86_400n)).replace(form.hour === 1 ? /^0/ : /^$/, '');
    const before = days === 0n ? '' : `${days}${days === 1n ? form.days.replace('days', 'day') : form.days}`;
    return `${before}${time}${/[1-9]/.test(fraction) ? `.${fraction}` : ''}`;
  };
  return {
    name,
    read(node) {
      const text = shortText(node);
      const match = /^(?:(\d{1,7})(?: days?, |\.| ))?(\d{1,2}):(\d\d):(\d\d)(?:\.(\d{1,7}))?$/.exec(text);
      if (match === null) return null;
      const [days = 0, hours = 0, minutes = 0, rest = 0] = match.slice(1, 5).map((part) => Number(part ?? 0));
      const span = spanOf(days * 86_400 + hours * 3600 + minutes * 60 + rest, match[5] ?? '');
      return span !== null && print(span) === text ? span : null;
    },
    writers: { '': textual(print) },
    recipe: () => form.recipe,
  };
}

const clocks = [
  clock('.NET', { days: '.', hour: 2, digits: 7, recipe: 'text as in 1.02:03:04.5000000: TimeSpan in .NET' }),
  clock('Python', {
    days: ' days, ',
    hour: 1,
    digits: 6,
    recipe: 'text as in 1 day, 2:03:04.500000: str(timedelta) in Python',
  }),
  clock('Django REST', {
    days: ' ',
    hour: 2,
    digits: 6,
    recipe: 'text as in 1 02:03:04.500000: DurationField of Django REST framework',
  }),
];

/** Durations as text. */
export const spanTexts: readonly Notation<Nanoseconds>[] = [iso, go, proto, ...clocks];
