import type { DivergenceKind } from './divergence.ts';
import { shorten, visibleText } from './excerpt.ts';
import { mediaType, splitUnquoted } from './media.ts';

export type HeaderPairs = readonly (readonly [name: string, value: string])[];

export interface HeaderDivergence {
  readonly name: string;
  readonly kind: DivergenceKind;
  readonly reference: string | null;
  readonly candidate: string | null;
}

/** All values of a header, in order; the name in lower case. */
export function headerValues(headers: HeaderPairs, name: string): string[] {
  return headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
}

/** The first value of a header, or null. */
export function headerValue(headers: HeaderPairs, name: string): string | null {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? null;
}

type Normalise = (value: string, origin: string) => string;

function list(value: string): string[] {
  return splitUnquoted(value, ',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Members of a list whose order and repetition mean nothing, in one spelling. */
function sortedList(value: string, spell: (part: string) => string): string {
  return [...new Set(list(value).map(spell))].sort().join(', ');
}

/** An absolute URL on the target itself says the same as its path: each target has an origin of its own. */
function location(value: string, origin: string): string {
  if (!value.startsWith(origin)) return value;
  const rest = value.slice(origin.length);
  if (rest.startsWith('/')) return rest;
  return rest === '' || rest.startsWith('?') || rest.startsWith('#') ? `/${rest}` : value;
}

function contentType(value: string): string {
  const type = mediaType(value);
  if (type.essence === '') return value;
  const spelled = type.parameters.map(([name, text]) => `; ${name}=${name === 'charset' ? text.toLowerCase() : text}`);
  return type.essence + spelled.join('');
}

/** What a value means, by the grammar of its header (RFC 9110): equal results say the same. */
const grammars: ReadonlyMap<string, Normalise> = new Map([
  ['allow', (value) => sortedList(value, (method) => method)],
  ['cache-control', (value) => sortedList(value, (directive) => directive.toLowerCase())],
  ['content-type', contentType],
  ['location', location],
  ['vary', (value) => sortedList(value, (name) => name.toLowerCase())],
]);

const joined = new Set(['allow', 'cache-control', 'vary']);

function meaning(name: string, values: readonly string[], origin: string): string[] {
  const lines = joined.has(name) && values.length > 1 ? [values.join(', ')] : values;
  const normalise = grammars.get(name);
  return normalise === undefined ? [...lines] : lines.map((value) => normalise(value, origin));
}

function show(values: readonly string[]): string | null {
  return values.length === 0 ? null : shorten(visibleText(values.join(' | ')));
}

export interface HeaderSide {
  readonly headers: HeaderPairs;
  /** `http://127.0.0.1:3100`, without a trailing slash. */
  readonly origin: string;
}

export interface HeaderOptions {
  /** Names to compare, lower case. */
  readonly names: readonly string[];
  /** Both texts are one captured value, each side its own. */
  readonly sameCapture: (reference: string, candidate: string) => boolean;
}

/** Where the named headers differ in meaning: presence, number of values, each value by its own grammar. Sorted by name. */
export function compareHeaders(
  reference: HeaderSide,
  candidate: HeaderSide,
  options: HeaderOptions,
): HeaderDivergence[] {
  const found: HeaderDivergence[] = [];
  for (const name of [...new Set(options.names)].sort()) {
    const [a, b] = [headerValues(reference.headers, name), headerValues(candidate.headers, name)];
    const kind = headerKind(meaning(name, a, reference.origin), meaning(name, b, candidate.origin), options);
    if (kind !== null) found.push({ name, kind, reference: show(a), candidate: show(b) });
  }
  return found;
}

function headerKind(a: readonly string[], b: readonly string[], options: HeaderOptions): DivergenceKind | null {
  if (a.length === 0 && b.length === 0) return null;
  if (b.length === 0) return 'missing';
  if (a.length === 0) return 'extra';
  if (a.length !== b.length) return 'duplicate';
  return a.every((value, i) => value === b[i] || options.sameCapture(value, b[i]!)) ? null : 'value';
}
