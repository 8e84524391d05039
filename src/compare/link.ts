import { items, type JsonDocument, Kind } from '../json/document.ts';
import { pointerTokens } from '../json/pointer.ts';
import { sameSource, sourceText } from '../json/text.ts';
import type { ValueHash } from './hash.ts';
import { memberOf, nameAt, nameIn } from './item-names.ts';

/** One array whose items are lined up. */
export interface Side {
  readonly document: JsonDocument;
  /** Nodes of the items. */
  readonly items: readonly number[];
  /** Equal for items with equal values. */
  readonly hash: ValueHash;
  /** Equal for items that are equal but for orders which mean nothing; null where there are no such rules. */
  readonly orderless: ValueHash | null;
  /** Equal for items that are equal but for numbers which rules tolerate; null where there are no such rules. */
  readonly rough: ValueHash | null;
  /** Made when first asked for; null where no captured values differ, or no order means nothing. */
  readonly alike: (() => Twin) | null;
}

/** The document of a side in which captured values stand as one text for both sides, and the hashes of it: the same nodes. */
export type Twin = Pick<Side, 'document' | 'hash'>;

/** The hashes of a document. */
export type Hashing = Pick<Side, 'hash' | 'orderless' | 'rough' | 'alike'>;

/** The array at `node`. */
export function side(document: JsonDocument, node: number, hashing: Hashing): Side {
  return { document, items: items(document, node), ...hashing };
}

/** What is left of two arrays once equal heads and tails are gone: the items `from … toA - 1` of `a`, and `from … toB - 1` of `b`. */
export interface Middle {
  readonly a: Side;
  readonly b: Side;
  /** For each item of `a` the index of its partner in `b`, or -1. */
  readonly partner: Int32Array;
  /** For each item of `b` 1 if it has a partner. */
  readonly taken: Uint8Array;
  readonly from: number;
  readonly toA: number;
  readonly toB: number;
  /** A member that tells the items apart linked some. */
  named: boolean;
}

/** Items by index, and the key of each in the same order. */
interface Keyed {
  readonly at: readonly number[];
  readonly keys: ArrayLike<string | number>;
}

const none = -1;

/** Links free items of both sides that have the same key, first come first served. */
function linkBy({ partner, taken }: Middle, a: Keyed, b: Keyed): void {
  const first = new Map<string | number, number>();
  const next = new Int32Array(b.at.length);
  for (let y = b.at.length - 1; y >= 0; y -= 1) {
    if (taken[b.at[y]!]) continue;
    next[y] = first.get(b.keys[y]!) ?? none;
    first.set(b.keys[y]!, y);
  }
  for (let x = 0; x < a.at.length; x += 1) {
    const y = partner[a.at[x]!] === none ? (first.get(a.keys[x]!) ?? none) : none;
    if (y === none) continue;
    first.set(a.keys[x]!, next[y]!);
    partner[a.at[x]!] = b.at[y]!;
    taken[b.at[y]!] = 1;
  }
}

/** Indices of items on either side. */
type Both = readonly [a: readonly number[], b: readonly number[]];

/** The indices of the items that have no partner yet, of these or of all. */
function freeOf({ partner, taken, from, toA, toB }: Middle, among?: Both): Both {
  if (among !== undefined) return [among[0].filter((i) => partner[i] === none), among[1].filter((j) => !taken[j])];
  const [a, b]: [number[], number[]] = [[], []];
  for (let i = from; i < toA; i += 1) if (partner[i] === none) a.push(i);
  for (let j = from; j < toB; j += 1) if (!taken[j]) b.push(j);
  return [a, b];
}

/** Links items with equal values: those of these indices, or all that are free. */
export function linkByValue(middle: Middle, among?: Both): void {
  linkHashed(middle, freeOf(middle, among), ({ hash }) => hash);
}

/** As `linkByValue`, but items that are equal but for orders which mean nothing. */
export function linkOrderless(middle: Middle, among?: Both): void {
  if (middle.a.orderless !== null)
    linkHashed(middle, freeOf(middle, among), ({ orderless, hash }) => orderless ?? hash);
}

/** As `linkOrderless`, but items that are equal but for captured values, each side its own. */
export function linkAlike(middle: Middle, among?: Both): void {
  if (middle.a.alike !== null) linkHashed(middle, freeOf(middle, among), ({ alike, hash }) => alike?.().hash ?? hash);
}

function linkHashed(middle: Middle, [a, b]: Both, hashOf: (side: Side) => ValueHash): void {
  if (a.length === 0 || b.length === 0) return;
  linkBy(middle, hashed(middle.a, a, hashOf(middle.a)), hashed(middle.b, b, hashOf(middle.b)));
}

function hashed({ items: nodes }: Side, at: readonly number[], hash: ValueHash): Keyed {
  return { at, keys: Float64Array.from(at, (i) => hash(nodes[i]!)) };
}

/** Links items that are equal but for numbers which may be near to one another: items that are numbers from the least to the greatest. */
export function linkRoughly(middle: Middle): void {
  const [a, b] = freeOf(middle);
  if (a.length === 0 || b.length === 0) return;
  const keyed = ({ document, items: nodes, hash, rough }: Side, at: readonly number[]): Keyed => {
    const size = (i: number) => {
      const node = nodes[i]!;
      return document.kind[node] === Kind.number ? Number(sourceText(document, node)) : 0;
    };
    const sizes = new Map(at.map((i) => [i, size(i)]));
    const sorted = at.toSorted((i, j) => Math.sign(sizes.get(i)! - sizes.get(j)!) || i - j);
    return { at: sorted, keys: Float64Array.from(sorted, (i) => (rough ?? hash)(nodes[i]!)) };
  };
  linkBy(middle, keyed(middle.a, a), keyed(middle.b, b));
}

/** Members that name an item, most telling first. */
export const identifying: readonly string[] = ['id', '_id', 'ID', 'Id', 'uuid', 'key', 'Key', 'code', 'name', 'Name'];

/**
 * Links items by the first identifying member that names them on both sides; ids that are made anew each time name nothing. Items
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

function link({ partner, taken }: Middle, i: number, j: number): void {
  if (partner[i] !== none || taken[j]) return;
  partner[i] = j;
  taken[j] = 1;
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
    const [i, j] = [memberOf(a.document, a.items[at]!, name), memberOf(b.document, b.items[at]!, name)];
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
  const node = memberOf(document, nodes[item]!, name);
  return node === null ? null : nameIn(document, node);
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
