import { canonicalNumber, type Value } from './oracle-values.ts';

export interface Side {
  readonly items: readonly Value[];
  /** One text for all items with one value. */
  readonly values: readonly string[];
  /** The same, where some orders mean nothing. */
  readonly orderless: readonly string[];
}

const identifying = ['id', '_id', 'ID', 'Id', 'uuid', 'key', 'Key', 'code', 'name', 'Name'];

/** For each item of the first side the index of its partner on the other, or -1. */
export function lineUp([a, b]: readonly [Side, Side], rule: { ordered: boolean; key: string | null }): number[] {
  const partners = a.items.map(() => -1);
  const isFree = (j: number) => !partners.includes(j);
  const link = (keysA: readonly unknown[], keysB: readonly unknown[]) => {
    for (const [i, key] of keysA.entries())
      if (partners[i] === -1 && key !== null) partners[i] = keysB.findIndex((other, j) => other === key && isFree(j));
  };
  const { from, tail } = rule.ordered ? equalEnds(a, b, partners) : { from: 0, tail: 0 };
  const inside =
    (side: Side) =>
    <T>(key: T, at: number) =>
      at >= from && at < side.items.length - tail ? key : null;
  if (rule.key !== null) {
    const [namesA, namesB] = [a, b].map(({ items }) => items.map((item) => nameBelow(item, rule.key!)));
    const unnamed =
      (names: readonly (string | null)[]) =>
      <T>(key: T, at: number) =>
        names[at] === null ? key : null;
    link(namesA!, namesB!);
    link(a.values.map(unnamed(namesA!)), b.values.map(unnamed(namesB!)));
    link(a.orderless.map(unnamed(namesA!)), b.orderless.map(unnamed(namesB!)));
    link(
      namesA!.map((name) => name === null || null),
      namesB!.map((name) => name === null || null),
    );
    return partners;
  }
  const [sizeA, sizeB] = [a.items.length - from - tail, b.items.length - from - tail];
  if (!(rule.ordered && sizeA === 1 && sizeB === 1)) {
    for (const kind of rule.ordered ? (['orderless', 'values'] as const) : (['values', 'orderless'] as const))
      link(a[kind].map(inside(a)), b[kind].map(inside(b)));
    const names = namesFor(a.items.slice(from, from + sizeA), b.items.slice(from, from + sizeB));
    if (names !== null) {
      const padded = (list: readonly string[]) => [...Array.from({ length: from }, () => null), ...list];
      link(padded(names[0]), padded(names[1]));
    }
  }
  if (rule.ordered) linkNeighbours(partners, b.items.length - tail, from);
  else
    link(
      a.items.map(() => true),
      b.items.map(() => true),
    );
  return partners;
}

/** Links what is spelled alike from either end. */
function equalEnds(a: Side, b: Side, partners: number[]): { from: number; tail: number } {
  const shorter = Math.min(a.items.length, b.items.length);
  let [from, tail] = [0, 0];
  for (; from < shorter && a.items[from]!.source === b.items[from]!.source; from += 1) partners[from] = from;
  while (tail < shorter - from && a.items.at(-1 - tail)!.source === b.items.at(-1 - tail)!.source) {
    tail += 1;
    partners[a.items.length - tail] = b.items.length - tail;
  }
  return { from, tail };
}

/** A free item goes with the one that follows its predecessor's partner, if that is free. */
function linkNeighbours(partners: number[], end: number, from: number): void {
  for (let i = from; i < partners.length; i += 1) {
    const before = i === from ? from - 1 : partners[i - 1]!;
    const isFree = before + 1 < end && !partners.includes(before + 1);
    if (partners[i] === -1 && isFree && (i === from || before !== -1)) partners[i] = before + 1;
  }
}

/** The names of all items by the first identifying member that every item has, each its own, and that both sides share. */
function namesFor(a: readonly Value[], b: readonly Value[]): readonly [string[], string[]] | null {
  for (const key of identifying) {
    const [namesA, namesB] = [a, b].map((items) => items.map((item) => nameOf(memberOf(item, key))));
    const all = [namesA!, namesB!];
    if (all.some((names) => names.includes(null) || new Set(names).size < names.length)) continue;
    if (namesA!.some((name) => namesB!.includes(name))) return [namesA as string[], namesB as string[]];
  }
  return null;
}

function memberOf(item: Value, key: string): Value | undefined {
  return item.members.find(([name]) => name === key)?.[1];
}

/** A string or a number as a name; a number and its text are one name. */
function nameOf(value: Value | undefined): string | null {
  if (value?.kind === 'number') return canonicalNumber(value.source);
  if (value?.kind !== 'string') return null;
  const text: string = JSON.parse(value.source);
  return /^(?:0|-?[1-9]\d{0,99})$/.test(text) ? canonicalNumber(text) : `"${text}`;
}

function nameBelow(item: Value, key: string): string | null {
  const tokens = key.startsWith('/') ? key.slice(1).split('/') : [key];
  let value: Value | undefined = item;
  for (const token of tokens)
    value =
      value?.kind === 'array' ? value.items[Number(token)] : value?.members.findLast(([name]) => name === token)?.[1];
  return nameOf(value);
}
