/** What a value looks like it was made by: something that differs each time it is made, so that two of them are rarely equal. */
export type Format =
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

const textFormats: readonly (readonly [Format, RegExp])[] = [
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['ulid', /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/],
  ['jwt', /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/],
  ['hash', /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i],
  ['rfc3339', /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:?\d\d)$/],
  ['http-date', /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/],
];

/** Whole numbers between 2001 and 2100, by unit: the digits before and after leave no overlap. */
const epochs: readonly (readonly [Format, RegExp])[] = [
  ['epoch-s', /^[1-4]\d{9}$/],
  ['epoch-ms', /^[1-4]\d{12}$/],
  ['epoch-us', /^[1-4]\d{15}$/],
  ['epoch-ns', /^[1-4]\d{18}$/],
];

/** The format of a JSON scalar given as source text (a string in its quotes, a number as it is), or null. */
export function formatOf(source: string): Format | null {
  const isText = source.startsWith('"') && source.endsWith('"');
  const text = isText ? source.slice(1, -1) : source;
  const formats = isText ? [...textFormats, ...epochs] : epochs;
  return formats.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

const names: ReadonlySet<Format | null> = new Set(['uuid', 'ulid', 'jwt', 'hash'] as const);

/** The value names one thing: seen twice, it is the same thing. Clocks are not: two of them meet by chance. */
export function isName(format: Format | null): boolean {
  return names.has(format);
}
