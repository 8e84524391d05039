import { items, type JsonDocument, Kind } from '../../json/document.ts';
import { sourceText } from '../../json/text.ts';
import type { ValueHash } from './hash.ts';

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
export interface Keyed {
  readonly at: readonly number[];
  readonly keys: ArrayLike<string | number>;
}

const none = -1;

/** Links two items if both are free. */
export function link({ partner, taken }: Middle, i: number, j: number): void {
  if (partner[i] !== none || taken[j]) return;
  partner[i] = j;
  taken[j] = 1;
}

/** Links free items of both sides that have the same key, first come first served. */
export function linkBy({ partner, taken }: Middle, a: Keyed, b: Keyed): void {
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
