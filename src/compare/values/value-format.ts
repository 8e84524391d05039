import { jwtForm } from './jwt.ts';

/** What a value looks like it was made by: something that differs each time it is made, so that two of them are rarely equal. */
type Maker =
  | 'uuid'
  | 'ulid'
  | 'jwt'
  | 'hash'
  | 'rfc3339'
  | 'http-date'
  | 'epoch-s'
  | 'epoch-ms'
  | 'epoch-us'
  | 'epoch-ns';

/** How one maker writes: `hash-64-upper`, `rfc3339-ms-offset`. Values of one maker in two formats are read otherwise. */
export type ValueFormat = Maker | `${Maker}-${string}`;

/** What is written otherwise than the maker writes it most of the time, each with a dash in front. */
type Finer = (text: string) => string;

const asItIs: Finer = () => '';
const inCase: Finer = (text) => (!/[A-F]/.test(text) ? '' : /[a-f]/.test(text) ? '-mixed' : '-upper');

/** Digits of a second in threes: some writers leave out zeros at the end. */
const fractions = ['', '-ms', '-us', '-ns'];

const timeForm: Finer = (text) => {
  const digits = /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
  const fraction = fractions[Math.ceil(digits / 3)] ?? '-finer';
  const zone = text.endsWith('Z')
    ? ''
    : /[Zz]$/.test(text)
      ? '-lower'
      : /:\d\d$/.test(text)
        ? '-offset'
        : '-short-offset';
  return `${fraction}${zone}${text[10] === 'T' ? '' : text[10] === 't' ? '-t' : '-space'}`;
};

const textFormats: readonly (readonly [Maker, RegExp, Finer])[] = [
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, inCase],
  ['ulid', /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, asItIs],
  ['jwt', /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/, jwtForm],
  [
    'hash',
    /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i,
    (text) => `-${text.length}${inCase(text)}`,
  ],
  ['rfc3339', /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:?\d\d)$/, timeForm],
  ['http-date', /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/, asItIs],
];

/** Whole numbers between 2001 and 2100, by unit: the digits before and after leave no overlap. */
const epochs: readonly (readonly [Maker, RegExp, Finer])[] = [
  ['epoch-s', /^[1-4]\d{9}$/, asItIs],
  ['epoch-ms', /^[1-4]\d{12}$/, asItIs],
  ['epoch-us', /^[1-4]\d{15}$/, asItIs],
  ['epoch-ns', /^[1-4]\d{18}$/, asItIs],
];

/** The format of a JSON scalar given as source text (a string in its quotes, a number as it is), or null. */
export function formatOf(source: string): ValueFormat | null {
  const isText = source.startsWith('"') && source.endsWith('"');
  const text = isText ? source.slice(1, -1) : source;
  const formats = isText ? [...textFormats, ...epochs] : epochs;
  const found = formats.find(([, pattern]) => pattern.test(text));
  return found === undefined ? null : (`${found[0]}${found[2](text)}` as ValueFormat);
}

/**
 * Whether one maker may write either: a time without the zeros at its end, hexadecimal digits without a letter among them, or a number that
 * looks like a time.
 */
export function isOneMaker(a: ValueFormat | null, b: ValueFormat | null): boolean {
  if (a?.startsWith('epoch-') || b?.startsWith('epoch-')) return true;
  return a !== null && b !== null && a.split('-', 1)[0] === b.split('-', 1)[0];
}

const timed = /^(?:rfc3339|http-date|epoch-\w+?)(?:-|$)/;

/** Whether a text, without its quotes, is a time in a known format. */
export function isTime(text: string): boolean {
  return timed.test(formatOf(JSON.stringify(text)) ?? '');
}

const named = /^(?:uuid|ulid|jwt|hash)(?:-|$)/;

/** A format as people are told of it: a token without what was read in it. */
export function formatName(format: ValueFormat): string {
  return format.startsWith('jwt-') ? 'jwt' : format;
}

/** The value names one thing: seen twice, it is the same thing. Clocks are not: two of them meet by chance. */
export function isName(format: ValueFormat | null): boolean {
  return format !== null && named.test(format);
}

/** The format of a text; null also for a whole number, which looks like a time by chance. */
export function textFormat(text: string): ValueFormat | null {
  const format = formatOf(`"${text}"`);
  return format?.startsWith('epoch-') ? null : format;
}
