import { type JsonDocument, Kind } from '../../json/document.ts';
import { pointerTokens } from '../../json/pointer.ts';
import { sameSource } from '../../json/text.ts';
import { identityName, memberNamed, nameAt } from './identity-names.ts';
import {
  type Keyed,
  link,
  linkAlike,
  linkBy,
  linkByValue,
  linkOrderless,
  type Middle,
  type Side,
  type Twin,
} from './item-matching.ts';

/** Members that name an item, most telling first. */
export const identifying: readonly string[] = ['id', '_id', 'ID', 'Id', 'uuid', 'key', 'Key', 'code', 'name', 'Name'];

/**
 * Links items by the first identifying member that names them on both sides; ids that are generated each time name nothing. Items
 * with equal values have equal names, so links by name take none of the links by value away, and cost less than hashes.
 */
export function linkByName(middle: Middle): void {
  for (const name of identifying) {
    if (nameOf(middle.a, middle.from, name) === null || nameOf(middle.b, middle.from, name) === null) continue;
    if (inStep(middle, name)) {
      middle.named = true;
      for (let at = middle.from; at < middle.toA; at += 1) link(middle, at, at);
      return;
    }
    const partners = partnersByName(middle, name);
    if (partners === null) continue;
    middle.named = true;
    for (const [i, j] of partners) link(middle, i, j);
    return;
  }
}

/** Items that have the same scalar member `name`; null if there are none, or it does not tell all items of either side apart. */
function partnersByName(middle: Middle, name: string): ReadonlyMap<number, number> | null {
  const { b, from, toB } = middle;
  const there = new Map<string, number>();
  for (let j = from; j < toB; j += 1) {
    const value = nameOf(b, j, name);
    if (value === null || there.has(value)) return null;
    there.set(value, j);
  }
  return partnersIn(there, middle, name);
}

function partnersIn(
  there: ReadonlyMap<string, number>,
  { a, from, toA }: Middle,
  name: string,
): ReadonlyMap<number, number> | null {
  const partners = new Map<number, number>();
  const seen = new Set<string>();
  for (let i = from; i < toA; i += 1) {
    const value = nameOf(a, i, name);
    if (value === null || seen.has(value)) return null;
    seen.add(value);
    const j = there.get(value);
    if (j !== undefined) partners.set(i, j);
  }
  return partners.size > 0 ? partners : null;
}

/** Items stand in the order of their names, and the names on both sides are spelled alike: no need to make texts of them. */
function inStep({ a, b, from, toA, toB }: Middle, name: string): boolean {
  let last: number | null = null;
  for (let at = from; at < toA && toA === toB; at += 1) {
    const [i, j] = [memberNamed(a.document, a.items[at]!, name), memberNamed(b.document, b.items[at]!, name)];
    if (i === null || j === null || !sameSource(a.document, i, b.document, j)) return false;
    if (!isPlain(a.document, i) || (last !== null && !ascends(a.document, last, i))) return false;
    last = i;
  }
  return toA === toB;
}

/** A string whose source is its text, or an integer in nothing but digits: each name has one such spelling. */
function isPlain({ bytes, kind, marks, start, end }: JsonDocument, node: number): boolean {
  if (kind[node] === Kind.string) return marks[node] === 0;
  if (kind[node] !== Kind.number) return false;
  let at = start[node]!;
  while (at < end[node]! && bytes[at]! >= 0x30 && bytes[at]! <= 0x39) at += 1;
  return at === end[node];
}

/** Node `i` comes before node `j`: both are strings, byte by byte; or integers, by their values. */
function ascends({ bytes, kind, start, end }: JsonDocument, i: number, j: number): boolean {
  const [length, other] = [end[i]! - start[i]!, end[j]! - start[j]!];
  if (kind[i] !== kind[j]) return false;
  if (kind[i] === Kind.number && length !== other) return length < other;
  let at = 0;
  while (at < length && at < other && bytes[start[i]! + at] === bytes[start[j]! + at]) at += 1;
  return at < length && at < other && bytes[start[i]! + at]! < bytes[start[j]! + at]!;
}

/** The name that the member `name` of an item gives it, if it is a string or a number; else null. */
function nameOf({ document, items: nodes }: Side, item: number, name: string): string | null {
  const node = memberNamed(document, nodes[item]!, name);
  return node === null ? null : identityName(document, node);
}

/** Links items by what `key` finds in them, and those in which it finds nothing by their values, then in order. */
export function linkByKey(middle: Middle, key: string): void {
  const tokens = key.startsWith('/') ? (pointerTokens(key) ?? []) : [key];
  const [a, b] = [namesOf(middle.a, tokens), namesOf(middle.b, tokens)];
  if (middle.a.alike !== null && !sameNames(a.named, b.named)) linkNamedAlike(middle, [a.named, b.named], tokens);
  linkBy(middle, a.named, b.named);
  linkByValue(middle, [a.unnamed, b.unnamed]);
  linkOrderless(middle, [a.unnamed, b.unnamed]);
  linkAlike(middle, [a.unnamed, b.unnamed]);
  const rest = (at: readonly number[]): Keyed => ({ at, keys: new Uint8Array(at.length) });
  linkBy(middle, rest(a.unnamed), rest(b.unnamed));
}

function sameNames(a: Named['named'], b: Named['named']): boolean {
  const [namesA, namesB] = [new Set(a.keys), new Set(b.keys)];
  return a.at.length === b.at.length && namesA.size === namesB.size && a.keys.every((name) => namesB.has(name));
}

/** Links items that are equal, then those whose names are one captured value: one side's id may be another item's on the other. */
function linkNamedAlike(middle: Middle, [a, b]: readonly [Keyed, Keyed], tokens: readonly string[]): void {
  const [twinA, twinB] = [middle.a.alike?.(), middle.b.alike?.()];
  if (twinA === undefined || twinB === undefined) return;
  const whole = ({ items: nodes, hash }: Side, { at, keys }: Keyed): Keyed => ({
    at,
    keys: at.map((i, n) => `${hash(nodes[i]!)} ${keys[n]}`),
  });
  linkBy(middle, whole(middle.a, a), whole(middle.b, b));
  const named = ({ items: nodes }: Side, { document }: Twin) => namesOf({ document, items: nodes }, tokens).named;
  linkBy(middle, named(middle.a, twinA), named(middle.b, twinB));
}

interface Named {
  readonly named: Keyed & { readonly keys: readonly string[] };
  /** The items without a name. */
  readonly unnamed: readonly number[];
}

function namesOf({ document, items: nodes }: Pick<Side, 'document' | 'items'>, tokens: readonly string[]): Named {
  const names = nodes.map((node) => nameAt(document, node, tokens));
  const named = [...names.keys()].filter((at) => names[at] !== null);
  const unnamed = [...names.keys()].filter((at) => names[at] === null);
  return { named: { at: named, keys: named.map((at) => names[at]!) }, unnamed };
}
