import { comparedNames, isComparedHeader } from '../../config/header-patterns.ts';
import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import type { Captured } from '../captures/captured-values.ts';
import type { DivergenceKind } from '../model/divergence.ts';
import { shorten, visibleText } from '../model/excerpt.ts';
import { isVolatile, type Meaning, meanings, references, saySame } from './header-grammars.ts';
import type { HeaderPart } from './header-part.ts';
import type { Base } from './location.ts';
import { lastAlike } from './max-age.ts';

export type HeaderPairs = readonly (readonly [name: string, value: string])[];

export interface HeaderDivergence {
  readonly name: string;
  readonly kind: DivergenceKind;
  readonly reference: string | null;
  readonly candidate: string | null;
}

/** All values of a header, in order; the name in lower case. */
export function headerValues(headers: HeaderPairs, name: string): string[] {
  const found: string[] = [];
  for (const [other, value] of headers) if (isNamed(other, name)) found.push(value);
  return found;
}

/** The first value of a header, or null. */
export function headerValue(headers: HeaderPairs, name: string): string | null {
  return headers.find(([other]) => isNamed(other, name))?.[1] ?? null;
}

/** The length is asked first: most names are told apart by it, and every case asks for every name. */
function isNamed(other: string, name: string): boolean {
  return other.length === name.length && other.toLowerCase() === name;
}

function show(values: readonly string[]): string | null {
  return values.length === 0 ? null : shorten(visibleText(values.join(' | ')));
}

/** Headers of one side, and what their references are resolved against. */
export interface HeaderSide extends Base {
  readonly headers: HeaderPairs;
}

export interface HeaderOptions {
  /** Names to compare, lower case; one that ends in `*` is a pattern, see `isComparedHeader`. */
  readonly names: readonly string[];
  /** Both texts are one captured value, each side its own. */
  readonly sameCapture: Captured['sameCapture'];
  /** See `Captured`; absent or null: equal texts are equal. */
  readonly isForeign?: Captured['isForeign'];
  /** As `isForeign`, of headers that a client follows: they lead to the other target. */
  readonly leadsAway?: Captured['isForeign'];
}

/** Where the named headers differ in meaning: presence, number of values, each value by its own grammar. Sorted by name. */
export function compareHeaders(
  reference: HeaderSide,
  candidate: HeaderSide,
  options: HeaderOptions,
): HeaderDivergence[] {
  const isForeign = options.isForeign ?? null;
  const { names, areAlike } = namedIn(reference.headers)(candidate.headers)(options.names);
  if (isForeign === null && areAlike) return [];
  const found: HeaderDivergence[] = [];
  for (const name of names) {
    const [a, b] = [headerValues(reference.headers, name), headerValues(candidate.headers, name)];
    if ((isForeign === null || a.length + b.length === 0) && saySame(name, a, b)) continue;
    const said = [meaningsIn(reference, name, a), meaningsIn(candidate, name, b)] as const;
    const kind = headerKind(said, options, name);
    if (kind !== null) found.push({ name, kind, reference: show(a), candidate: show(b) });
  }
  return found;
}

/**
 * What an answer says in a header, by its grammar; `values` are all that it has there. The time is the one that the answer itself names,
 * by which its cookies have ended or not: it may be an old one that was recorded.
 */
export function meaningsIn(
  side: HeaderSide,
  name: string,
  values = headerValues(side.headers, name),
): readonly Meaning[] {
  const at = answeredAt(side.headers);
  return meanings(name, values, at === null ? side : { ...side, at });
}

/** When an answer was made, as it says itself: milliseconds since 1970; null if it does not. */
export function answeredAt(headers: HeaderPairs): number | null {
  const at = Date.parse(headerValue(headers, 'date') ?? '');
  return Number.isNaN(at) ? null : at;
}

/**
 * The names to compare in two answers, sorted, and whether these headers are the same texts, whatever they mean. The heads of most
 * answers came before.
 */
const namedIn = memoizeBounded(128, (a: HeaderPairs) =>
  memoizeBounded(16, (b: HeaderPairs) =>
    memoizeBounded(4, (listed: readonly string[]) => {
      const present = [...a, ...b].map(([name]) => name.toLowerCase());
      const names = [...comparedNames(listed, present)].sort();
      return { names, areAlike: names.every((name) => saySame(name, headerValues(a, name), headerValues(b, name))) };
    }),
  ),
);

type Said = readonly [reference: readonly Meaning[], candidate: readonly Meaning[]];

function headerKind([a, b]: Said, options: HeaderOptions, member: string): DivergenceKind | null {
  if (b.length === 0) return 'missing';
  if (a.length === 0) return 'extra';
  if (a.length !== b.length) return 'duplicate';
  if (a.some(({ form }, i) => form !== b[i]!.form)) return 'type';
  const isForeign = references.has(member) ? options.leadsAway : options.isForeign;
  const areEqual: SameText = (x, y, part) => {
    const place = { member, isHost: member === 'set-cookie' && part === 'domain' };
    return x === y ? isForeign?.(x, place) == null : options.sameCapture(x, y, place);
  };
  const areSame = (one: Meaning, other: Meaning) =>
    sameMeaning(one, other, areEqual) && lastAlike(one.lasts, other.lasts);
  return a.every((one, i) => areSame(one, b[i]!)) ? null : 'value';
}

type SameText = (reference: string, candidate: string, part?: string) => boolean;

/** Values taken apart are equal part by part, so that a part is found as a whole. */
function sameMeaning(a: Meaning, b: Meaning, areEqual: SameText): boolean {
  return a.parts.length > 0 && b.parts.length > 0 ? equalParts(a.parts, b.parts, areEqual) : areEqual(a.text, b.text);
}

function equalParts(a: readonly HeaderPart[], b: readonly HeaderPart[], areEqual: SameText): boolean {
  return a.length === b.length && a.every((part, at) => equalPart(part, b[at]!, areEqual));
}

function equalPart(a: HeaderPart, b: HeaderPart, areEqual: SameText): boolean {
  const areValues = a.value === null || b.value === null ? a.value === b.value : areEqual(a.value, b.value, a.name);
  return areEqual(a.name, b.name) && areValues && equalParts(a.parts, b.parts, areEqual);
}

/** Of one connection or one message on it (RFC 9110, section 7.6.1; RFC 9112, section 6): not what the answer says. */
const framing = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Response headers by what a comparison makes of them, each group in the order received. */
export interface HeaderGroups {
  readonly compared: HeaderPairs;
  /** Compared by presence alone. */
  readonly volatile: HeaderPairs;
  /** Framing and hop-by-hop headers that nobody asked for. */
  readonly framing: HeaderPairs;
  readonly notCompared: HeaderPairs;
}

/** Sorts headers by what comparing `names` (lower case, or patterns) makes of them, so that a report can show every one that was not compared. */
export function headerGroups(headers: HeaderPairs, names: readonly string[]): HeaderGroups {
  const groupOf = (name: string): keyof HeaderGroups => {
    if (isComparedHeader(name, names)) return isVolatile(name) ? 'volatile' : 'compared';
    return framing.has(name) || name.startsWith('proxy-') ? 'framing' : 'notCompared';
  };
  const of = (group: keyof HeaderGroups) => headers.filter(([name]) => groupOf(name.toLowerCase()) === group);
  return { compared: of('compared'), volatile: of('volatile'), framing: of('framing'), notCompared: of('notCompared') };
}
