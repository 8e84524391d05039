import { items, type JsonDocument, Kind } from '../json/document.ts';
import { numberKey } from '../json/number.ts';
import { pointerTokens } from '../json/pointer.ts';
import { sameSource, sourceText, stringText } from '../json/text.ts';
import type { ValueHash } from './hash.ts';

/** Which items of two arrays belong together. Indices count from 0; -1 where an item has no partner. */
export interface Alignment {
  /** Without those at either end that are the same bytes. */
  readonly pairs: readonly (readonly [index: number, other: number])[];
  readonly missing: readonly number[];
  readonly extra: readonly number[];
  /** Items that have a partner, but in another order. */
  readonly moved: boolean;
}

export interface Side {
  readonly document: JsonDocument;
  /** Nodes of the items. */
  readonly items: readonly number[];
  readonly hash: ValueHash;
}

/** The array at `node`, ready to be lined up. */
export function side(document: JsonDocument, node: number, hash: ValueHash): Side {
  return { document, items: items(document, node), hash };
}

export interface AlignOptions {
  /** The order of the items means something. */
  readonly ordered: boolean;
  /** What tells the items apart, if a rule says so: the name of a member, or a JSON Pointer inside the item. */
  readonly key: string | null;
  /** Begin with `b`: ties are settled alike from either side if exactly one of the two ways is flipped. */
  readonly flipped: boolean;
}

/**
 * Lines up the items of two arrays in O(n log n): equal heads and tails first, then equal values by hash, then items that
 * share an identifying member (those that a `key` names by it alone), then the rest in order between their neighbours. Pairs come in the order of `a`.
 */
export function alignItems(a: Side, b: Side, { ordered, key, flipped }: AlignOptions): Alignment {
  if (!flipped) return align(a, b, { ordered, key });
  const { pairs, missing, extra, moved } = align(b, a, { ordered, key });
  const back = pairs.map(([j, i]) => [i, j] as const).sort(([x], [y]) => x - y);
  return { pairs: back, missing: extra, extra: missing, moved };
}

function align(a: Side, b: Side, { ordered, key }: Omit<AlignOptions, 'flipped'>): Alignment {
  const partner = new Int32Array(a.items.length).fill(-1);
  const taken = new Uint8Array(b.items.length);
  const link = (i: number, j: number) => {
    partner[i] = j;
    taken[j] = 1;
  };
  const [head, tail] = ordered ? trimEnds(a, b, link) : [0, 0];
  const middle = { a, b, partner, taken, from: head, toA: a.items.length - tail, toB: b.items.length - tail };
  if (key !== null) linkByKey(middle, key);
  else if (middle.from < middle.toA && middle.from < middle.toB && !(ordered && oneOnOne(middle))) {
    linkByValue(middle);
    linkByName(middle);
  }
  if (key === null) linkGaps(middle, ordered);
  return describe(middle, ordered);
}

interface Middle {
  readonly a: Side;
  readonly b: Side;
  readonly partner: Int32Array;
  readonly taken: Uint8Array;
  readonly from: number;
  readonly toA: number;
  readonly toB: number;
}

/** A single item on either side: nothing to line up. */
function oneOnOne(middle: Middle): boolean {
  return middle.toA - middle.from === 1 && middle.toB - middle.from === 1;
}

function trimEnds(a: Side, b: Side, link: (i: number, j: number) => void): [head: number, tail: number] {
  const same = (i: number, j: number) => sameSource(a.document, a.items[i]!, b.document, b.items[j]!);
  const shorter = Math.min(a.items.length, b.items.length);
  let head = 0;
  while (head < shorter && same(head, head)) link(head, head++);
  let tail = 0;
  while (tail < shorter - head && same(a.items.length - 1 - tail, b.items.length - 1 - tail)) {
    tail += 1;
    link(a.items.length - tail, b.items.length - tail);
  }
  return [head, tail];
}

type ItemKeys = ReadonlyMap<number, string | number>;

/** Links free items of both sides that have the same key, first come first served. */
function linkBy(middle: Middle, keysA: ItemKeys, keysB: ItemKeys): void {
  const waiting = new Map<string | number, number[]>();
  for (const [j, key] of keysB) {
    if (middle.taken[j]) continue;
    const queue = waiting.get(key);
    if (queue === undefined) waiting.set(key, [j]);
    else queue.push(j);
  }
  for (const queue of waiting.values()) queue.reverse();
  for (const [i, key] of keysA) {
    const j = middle.partner[i] === -1 ? waiting.get(key)?.pop() : undefined;
    if (j === undefined) continue;
    middle.partner[i] = j;
    middle.taken[j] = 1;
  }
}

/** Links items with equal values. */
function linkByValue(middle: Middle): void {
  const keys = ({ hash, items: nodes }: Side, to: number) => {
    const found = new Map<number, number>();
    for (let i = middle.from; i < to; i += 1) found.set(i, hash(nodes[i]!));
    return found;
  };
  linkBy(middle, keys(middle.a, middle.toA), keys(middle.b, middle.toB));
}

/** Links items by what `key` finds in them, and those in which it finds nothing by their values, then in order. */
function linkByKey(middle: Middle, key: string): void {
  const tokens = key.startsWith('/') ? (pointerTokens(key) ?? []) : [key];
  const [keysA, keysB] = [namesOf(middle.a, tokens), namesOf(middle.b, tokens)];
  linkBy(middle, keysA.named, keysB.named);
  linkBy(middle, keysA.valued, keysB.valued);
  const [restA, restB] = [unlinked(keysA, (i) => middle.partner[i] === -1), unlinked(keysB, (j) => !middle.taken[j])];
  linkBy(middle, restA, restB);
}

interface Named {
  readonly named: ItemKeys;
  /** Hashes of the items without a name. */
  readonly valued: ItemKeys;
}

function namesOf({ document, items: nodes, hash }: Side, tokens: readonly string[]): Named {
  const [named, valued] = [new Map<number, string>(), new Map<number, number>()];
  for (const [at, node] of nodes.entries()) {
    const name = nameAt(document, node, tokens);
    if (name === null) valued.set(at, hash(node));
    else named.set(at, name);
  }
  return { named, valued };
}

/** The items without a name that are free: one key for all. */
function unlinked({ valued }: Named, isFree: (at: number) => boolean): ItemKeys {
  return new Map([...valued.keys()].filter(isFree).map((at) => [at, '']));
}

/** The string or number at these tokens below a node, a number and its text alike; null if there is none. */
function nameAt(document: JsonDocument, item: number, tokens: readonly string[]): string | null {
  let node: number | null = item;
  for (const token of tokens) node = node === null ? null : childAt(document, node, token);
  if (node === null) return null;
  const isNumber = document.kind[node] === Kind.number;
  if (!isNumber && document.kind[node] !== Kind.string) return null;
  const text = isNumber ? sourceText(document, node) : stringText(document, node);
  return isNumber || /^(?:0|-?[1-9]\d{0,99})$/.test(text) ? `#${numberKey(text)}` : `"${text}`;
}

/** The member or item below a node; of a key that is there twice the last one. */
function childAt(document: JsonDocument, node: number, token: string): number | null {
  if (document.kind[node] === Kind.array)
    return items(document, node)[/^\d{1,9}$/.test(token) ? Number(token) : -1] ?? null;
  if (document.kind[node] !== Kind.object) return null;
  let found: number | null = null;
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!)
    if (stringText(document, key) === token) found = key + 1;
  return found;
}

/** Members that name an item, most telling first. */
const identifying = ['id', '_id', 'ID', 'Id', 'uuid', 'key', 'Key', 'code', 'name', 'Name'];

/** Links items by the first identifying member that names them on both sides; ids that are made anew each time name nothing. */
function linkByName(middle: Middle): void {
  for (const name of identifying) {
    const keysA = memberKeys(middle.a, [middle.from, middle.toA], name);
    const keysB = keysA === null ? null : memberKeys(middle.b, [middle.from, middle.toB], name);
    if (keysA === null || keysB === null) continue;
    const there = new Set(keysB.values());
    if (![...keysA.values()].some((key) => there.has(key))) continue;
    linkBy(middle, keysA, keysB);
    return;
  }
}

/** The scalar member `name` of every item, if each has another one; else null. */
function memberKeys(side: Side, [from, to]: readonly [number, number], name: string): ItemKeys | null {
  const keys = new Map<number, string>();
  const seen = new Set<string>();
  for (let i = from; i < to; i += 1) {
    const value = scalarMember(side.document, side.items[i]!, name);
    if (value === null || seen.has(value)) return null;
    seen.add(value);
    keys.set(i, value);
  }
  return keys;
}

function scalarMember(document: JsonDocument, node: number, name: string): string | null {
  if (document.kind[node] !== Kind.object) return null;
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!) {
    if (stringText(document, key) !== name) continue;
    const kind = document.kind[key + 1]!;
    if (kind === Kind.string) return stringText(document, key + 1);
    return kind === Kind.number ? sourceText(document, key + 1) : null;
  }
  return null;
}

/** Links the items left over, in order, where they stand between the same neighbours (or anywhere, if order is nothing). */
function linkGaps(middle: Middle, ordered: boolean): void {
  let other = middle.from;
  for (let i = middle.from; i < middle.toA; i += 1) {
    const j = middle.partner[i]!;
    if (j !== -1) {
      if (ordered) other = j + 1;
      continue;
    }
    while (!ordered && other < middle.toB && middle.taken[other]) other += 1;
    if (other >= middle.toB || middle.taken[other]) continue;
    middle.partner[i] = other;
    middle.taken[other] = 1;
    other += 1;
  }
}

function describe(middle: Middle, ordered: boolean): Alignment {
  const pairs: [number, number][] = [];
  const missing: number[] = [];
  const extra: number[] = [];
  let last = -1;
  let moved = false;
  for (let i = middle.from; i < middle.toA; i += 1) {
    const j = middle.partner[i]!;
    if (j === -1) missing.push(i);
    else {
      pairs.push([i, j]);
      if (j < last) moved = ordered;
      last = Math.max(last, j);
    }
  }
  for (let j = middle.from; j < middle.toB; j += 1) if (!middle.taken[j]) extra.push(j);
  return { pairs, missing, extra, moved };
}

/** Items paired by their index, for `a` and `b` items. */
export function pairByPosition(a: number, b: number): Alignment {
  const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  const pairs = range(0, Math.min(a, b)).map((i) => [i, i] as const);
  return { pairs, missing: range(b, a), extra: range(a, b), moved: false };
}
