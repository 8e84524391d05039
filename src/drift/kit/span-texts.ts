import type { JsonNode } from '../../json/tree.ts';
import {
  billion,
  fitting,
  fractionOf,
  lengthOf,
  type Nanoseconds,
  shortText,
  signed,
  spanOf,
  textual,
  withSign,
} from './duration-value.ts';
import type { Notation } from './notation.ts';
import { clockText } from './timestamp.ts';

const isoPattern =
  /^(-?)P(?:(\d{1,4})Y)?(?:(\d{1,5})W)?(?:(-?\d{1,6})D)?(?:T(?:(-?\d{1,7})H)?(?:(-?\d{1,9})M)?(?:(-?\d{1,12})(?:\.(\d{1,9}))?S)?)?$/;

/** Years have 365 days, as pydantic has it. Each part may have a sign, as in Java. */
function readIso(node: JsonNode): Nanoseconds | null {
  const match = isoPattern.exec(shortText(node));
  if (match === null || match[0].endsWith('P') || match[0].endsWith('T')) return null;
  const [years = 0, weeks = 0, days = 0, hours = 0, minutes = 0] = match.slice(2, 7).map((part) => Number(part ?? 0));
  const [sign, whole = '0', fraction = ''] = [match[1], match[7], match[8]];
  const seconds = withSign(whole.startsWith('-') ? '-' : '', spanOf(whole.replace('-', ''), fraction));
  if (seconds === null) return null;
  const before = (years * 365 + weeks * 7 + days) * 86_400 + hours * 3600 + minutes * 60;
  return fitting(withSign(sign, BigInt(before) * billion + seconds));
}

const secondsIn = { year: 31_536_000n, day: 86_400n } as const;

/** Hours, minutes and seconds of ISO 8601, and years and days before them where these are used; parts that are zero are left out. */
function printIso(length: Nanoseconds, units: readonly (keyof typeof secondsIn)[]): string {
  let whole = length / billion;
  let text = 'P';
  for (const unit of units) {
    const count = whole / secondsIn[unit];
    whole -= count * secondsIn[unit];
    if (count > 0n) text += `${count}${unit === 'year' ? 'Y' : 'D'}`;
  }
  const time = printIsoTime(whole, fractionOf(length)!, '');
  if (text === 'P' && time === '') return 'PT0S';
  return time === '' ? text : `${text}T${time}`;
}

/** `26H3M1.5S`, each part with the sign. */
function printIsoTime(whole: bigint, fraction: string, sign: '' | '-'): string {
  const [hours, minutes, rest] = [whole / 3600n, (whole / 60n) % 60n, whole % 60n];
  const last = rest > 0n || fraction !== '' ? `${sign}${rest}${fraction === '' ? '' : `.${fraction}`}S` : '';
  return `${hours > 0n ? `${sign}${hours}H` : ''}${minutes > 0n ? `${sign}${minutes}M` : ''}${last}`;
}

/** What `java.time.Duration.toString()` gives. */
function printJava(span: Nanoseconds): string {
  const length = lengthOf(span);
  const time = printIsoTime(length / billion, fractionOf(length)!, span < 0n ? '-' : '');
  return `PT${time === '' ? '0S' : time}`;
}

function printDjango(length: Nanoseconds): string | null {
  const fraction = fractionOf(length, 6);
  if (fraction === null) return null;
  const [hours, minutes, rest] = clockText(Number((length / billion) % 86_400n)).split(':');
  return `P${length / billion / 86_400n}DT${hours}H${minutes}M${rest}${/[1-9]/.test(fraction) ? `.${fraction}` : ''}S`;
}

const iso: Notation<Nanoseconds> = {
  name: 'ISO 8601',
  respells: true,
  read: readIso,
  writers: {
    days: textual(signed((length) => printIso(length, ['day']))),
    hours: textual(printJava),
    years: textual(signed((length) => printIso(length, ['year', 'day']))),
    'hours, sign in front': textual(signed((length) => printIso(length, []))),
    django: textual(signed(printDjango)),
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
  const [, sign, length = ''] = /^(-?)(.*)$/s.exec(text)!;
  let total = 0n;
  let rest = length;
  for (let part = 0; part < 3 && rest !== ''; part += 1) {
    const match = /^(\d{1,12})(?:\.(\d{1,9}))?(ns|µs|ms|s|m|h)/.exec(rest);
    if (match === null) return null;
    const unit = goUnits[match[3]!]!;
    const fraction = match[2] ?? '';
    total += BigInt(match[1]!) * unit + (BigInt(fraction.padEnd(9, '0')) * unit) / billion;
    rest = rest.slice(match[0].length);
  }
  return length === '' || rest !== '' || printGo(total) !== length ? null : fitting(withSign(sign, total));
}

const go: Notation<Nanoseconds> = {
  name: 'Go String()',
  read: readGo,
  writers: { '': textual(signed(printGo)) },
  recipe: () => 'text as in 1h0m1.5s: d.String() in Go',
};

function printProto(length: Nanoseconds): string {
  const digits = fractionOf(length)!;
  const places = Math.ceil(digits.length / 3) * 3;
  return `${length / billion}${places === 0 ? '' : `.${digits.padEnd(places, '0')}`}s`;
}

/** Seconds and the letter s, with 0, 3, 6 or 9 digits: the mapping of google.protobuf.Duration. */
const proto: Notation<Nanoseconds> = {
  name: 'protojson',
  read(node) {
    const match = /^(-?)(\d{1,12})(?:\.(\d{3}|\d{6}|\d{9}))?s$/.exec(shortText(node));
    return match === null ? null : withSign(match[1], spanOf(match[2]!, match[3] ?? ''));
  },
  writers: { '': textual(signed(printProto)) },
  recipe: () => 'text as in 1.500s: google.protobuf.Duration by protojson',
};

interface ClockForm {
  readonly days: string;
  readonly hour: 1 | 2;
  readonly digits: number;
  /** Below zero: a sign in front, or a negative number of days and the time that is added to them. */
  readonly below: 'sign' | 'days';
  readonly recipe: string;
}

const day = 86_400n * billion;

function printClock(span: Nanoseconds, form: ClockForm): string | null {
  const days = span < 0n ? -((day - 1n - span) / day) : span / day;
  const rest = span - days * day;
  const fraction = fractionOf(rest, form.digits);
  if (fraction === null) return null;
  const time = clockText(Number(rest / billion)).replace(form.hour === 1 ? /^0/ : /^$/, '');
  const before = days === 0n ? '' : `${days}${lengthOf(days) === 1n ? form.days.replace('days', 'day') : form.days}`;
  return `${before}${time}${/[1-9]/.test(fraction) ? `.${fraction}` : ''}`;
}

/** `[d.]hh:mm:ss[.fraction]` of .NET, `d day(s), h:mm:ss` of Python, `[d ]hh:mm:ss` of Django REST. */
function clock(name: string, form: ClockForm): Notation<Nanoseconds> {
  const plain = (span: Nanoseconds) => printClock(span, form);
  const print = form.below === 'sign' ? signed(plain) : plain;
  return {
    name,
    read(node) {
      const text = shortText(node);
      const match = /^(-?)(?:(\d{1,7})(?: days?, |\.| ))?(\d{1,2}):(\d\d):(\d\d)(?:\.(\d{1,7}))?$/.exec(text);
      if (match === null) return null;
      const [days = 0, hours = 0, minutes = 0, rest = 0] = match.slice(2, 6).map((part) => Number(part ?? 0));
      const time = spanOf(hours * 3600 + minutes * 60 + rest, match[6] ?? '');
      if (time === null) return null;
      const before = BigInt(days) * day;
      const span = match[1] === '' || form.below === 'sign' ? withSign(match[1], before + time) : time - before;
      return span !== null && print(span) === text ? fitting(span) : null;
    },
    writers: { '': textual(print) },
    recipe: () => form.recipe,
  };
}

const clocks = [
  clock('.NET', {
    days: '.',
    hour: 2,
    digits: 7,
    below: 'sign',
    recipe: 'text as in 1.02:03:04.5000000: TimeSpan in .NET',
  }),
  clock('Python', {
    days: ' days, ',
    hour: 1,
    digits: 6,
    below: 'days',
    recipe: 'text as in 1 day, 2:03:04.500000: str(timedelta) in Python',
  }),
  clock('Django REST', {
    days: ' ',
    hour: 2,
    digits: 6,
    below: 'days',
    recipe: 'text as in 1 02:03:04.500000: DurationField of Django REST framework',
  }),
];

/** Durations as text. */
export const spanTexts: readonly Notation<Nanoseconds>[] = [iso, go, proto, ...clocks];
