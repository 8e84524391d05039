import { sameSource } from '../../json/text.ts';
import { linkByKey, linkByName } from './identity-keys.ts';
import { linkAlike, linkByValue, linkOrderless, linkRoughly, type Middle, type Side } from './item-matching.ts';

/** Which items of two arrays belong together. Indices count from 0. */
export interface Alignment {
  /** For each item of the first array the index of its partner in the second, or -1. */
  readonly partner: Int32Array;
  readonly missing: readonly number[];
  readonly extra: readonly number[];
  /** Items that have a partner, but in another order. */
  readonly moved: boolean;
  /** A member that tells the items apart says which belong together, not their values and places alone. */
  readonly named: boolean;
}

export interface AlignOptions {
  /** The order of the items means something. */
  readonly ordered: boolean;
  /** What tells the items apart, if a rule says so: the name of a member, or a JSON Pointer inside the item. */
  readonly key: string | null;
  /** Some values do not count: names may be among them, so equal values go before equal names. */
  readonly noiseJudge: boolean;
}

/**
 * Lines up the items of two arrays in O(n log n): equal heads and tails first, then equal values by hash and items that share an
 * identifying member (if a `key` names them, by it alone), then the rest in order between their neighbours. Each step pairs the first
 * with the first that it may have, then the next two, so swapped sides give the same pairs.
 */
export function alignItems(a: Side, b: Side, options: AlignOptions): Alignment {
  const { ordered, key } = options;
  const partner = new Int32Array(a.items.length).fill(-1);
  const taken = new Uint8Array(b.items.length);
  const link = (i: number, j: number) => {
    partner[i] = j;
    taken[j] = 1;
  };
  const [head, tail] = ordered ? trimEnds(a, b, link) : [0, 0];
  const [toA, toB] = [a.items.length - tail, b.items.length - tail];
  const middle = { a, b, partner, taken, from: head, toA, toB, named: key !== null };
  if (key !== null) linkByKey(middle, key);
  else if (middle.from < middle.toA && middle.from < middle.toB && !(ordered && oneOnOne(middle)))
    for (const step of stepsFor(options, a)) step(middle);
  if (key === null && !ordered && a.rough !== null) linkRoughly(middle);
  if (key === null) linkGaps(middle, ordered);
  return describe(middle, options);
}

/** Where the order counts, items that differ in nothing that counts keep theirs; else the same go with the same first. */
function stepsFor({ ordered, noiseJudge }: AlignOptions, a: Side): readonly ((middle: Middle) => void)[] {
  if (!ordered && a.alike !== null) return [linkByValue, linkOrderless, linkAlike, linkByName];
  const byValue = ordered ? [linkOrderless, linkByValue] : [linkByValue, linkOrderless];
  return noiseJudge ? [...byValue, linkByName] : [linkByName, ...byValue];
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

/** Links the items left over, in order, where they are between the same neighbours (or anywhere, if order is nothing). */
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

function describe({ partner, taken, named }: Middle, { ordered }: AlignOptions): Alignment {
  const [missing, extra]: [number[], number[]] = [[], []];
  let [last, moved] = [-1, false];
  for (let i = 0; i < partner.length; i += 1) {
    const j = partner[i]!;
    if (j === -1) missing.push(i);
    else if (j < last) moved = ordered;
    else last = j;
  }
  for (let j = 0; j < taken.length; j += 1) if (!taken[j]) extra.push(j);
  return { partner, missing, extra, moved, named };
}

/** Items paired by their index, for `a` and `b` items. */
export function pairByPosition(a: number, b: number): Alignment {
  const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  const partner = Int32Array.from({ length: a }, (_, i) => (i < b ? i : -1));
  return { partner, missing: range(b, a), extra: range(a, b), moved: false, named: false };
}
