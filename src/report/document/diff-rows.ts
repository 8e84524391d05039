import { create, type Delta } from 'jsondiffpatch';
import { maxArrayLength } from '../limits.ts';
import { bracketsOf, lineParts, printLines, type Sketch, sketchJson } from './json-lines.ts';

/** One line of two bodies side by side; null where a side has no line there. */
export interface DiffRow {
  readonly left: string | null;
  readonly right: string | null;
  readonly same: boolean;
}

type Plain = string | readonly Plain[] | { readonly [key: string]: Plain };

/** Keys that an ordinary object, or the differ's own notation, would take for something else. */
const isSafeKey = (key: string): boolean => !(key in {}) && key !== '_t';

/** An ordinary copy for the differ, leaves as their source text; null where a copy could lose something. */
const plainCopy = (sketch: Sketch): Plain | null => {
  if (sketch.kind === 'leaf') return sketch.text;
  if (sketch.kind === 'array') {
    const items = sketch.items.length > maxArrayLength ? [null] : sketch.items.map(plainCopy);
    return items.every((item) => item !== null) ? items : null;
  }
  const copy: Record<string, Plain> = {};
  for (const [source, value] of sketch.members) {
    const key: unknown = JSON.parse(source);
    const plain = plainCopy(value);
    if (typeof key !== 'string' || plain === null || !isSafeKey(key) || Object.hasOwn(copy, key)) return null;
    copy[key] = plain;
  }
  return copy;
};

const identity = (item: object, index?: number): string => {
  for (const key of ['id', 'key', 'name']) {
    const value: unknown = Object.hasOwn(item, key) ? Reflect.get(item, key) : undefined;
    if (typeof value === 'string') return `${key} ${value}`;
  }
  return `at ${index}`;
};

const differ = create({ objectHash: identity, arrays: { detectMove: false }, cloneDiffValues: false });

const sameLine = (left: string, right: string): boolean => left.replace(/,$/, '') === right.replace(/,$/, '');

const zip = (left: readonly string[], right: readonly string[]): readonly DiffRow[] =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const [a = null, b = null] = [left[index], right[index]];
    return { left: a, right: b, same: a !== null && b !== null && sameLine(a, b) };
  });

/** Where a value stands on one side. */
interface Spot {
  readonly sketch: Sketch;
  readonly before: string;
  readonly after: string;
}

const spotsOf = (sketch: Sketch): readonly Spot[] => {
  const parts = lineParts(sketch);
  return parts.map(([before, part], index) => ({ sketch: part, before, after: index < parts.length - 1 ? ',' : '' }));
};

const linesOf = (spot: Spot | undefined, indent: string): readonly string[] =>
  spot === undefined ? [] : printLines(spot.sketch, indent, spot.before, spot.after);

const partDelta = (delta: Delta, key: string): Delta =>
  typeof delta === 'object' && !Array.isArray(delta) && Object.hasOwn(delta, key)
    ? (Reflect.get(delta, key) as Delta)
    : undefined;

/** Pairs of places that belong together, in drawing order; one side is missing where only the other has it. */
type Pair = readonly [left: Spot | undefined, right: Spot | undefined, delta: Delta];

const memberPairs = (left: readonly Spot[], right: readonly Spot[], delta: Delta): readonly Pair[] => {
  const keyOf = ({ before }: Spot): string => String(JSON.parse(before.slice(0, -2)));
  const others = new Map(right.map((spot) => [keyOf(spot), spot]));
  const pairs = left.map((spot): Pair => [spot, others.get(keyOf(spot)), partDelta(delta, keyOf(spot))]);
  const known = new Set(left.map(keyOf));
  return [
    ...pairs,
    ...right.filter((spot) => !known.has(keyOf(spot))).map((spot): Pair => [undefined, spot, undefined]),
  ];
};

const itemPairs = (left: readonly Spot[], right: readonly Spot[], delta: Delta): readonly Pair[] => {
  const pairs: Pair[] = [];
  let [from, to] = [0, 0];
  while (from < left.length || to < right.length) {
    const added = partDelta(delta, String(to));
    if (from < left.length && partDelta(delta, `_${from}`) !== undefined)
      pairs.push([left[from++], undefined, undefined]);
    else if (to < right.length && Array.isArray(added) && added.length === 1)
      pairs.push([undefined, right[to++], undefined]);
    else pairs.push([left[from++], right[to++], added]);
  }
  return pairs;
};

const draw = (left: Spot, right: Spot, delta: Delta, indent: string): readonly DiffRow[] => {
  const [a, b] = [bracketsOf(left.sketch), bracketsOf(right.sketch)];
  const nested = a !== null && b !== null && left.sketch.kind === right.sketch.kind && delta !== undefined;
  if (!nested || Array.isArray(delta)) return zip(linesOf(left, indent), linesOf(right, indent));
  const pairsOf = left.sketch.kind === 'array' ? itemPairs : memberPairs;
  const inner = pairsOf(spotsOf(left.sketch), spotsOf(right.sketch), delta).flatMap(([one, other, change]) =>
    one !== undefined && other !== undefined
      ? draw(one, other, change, `${indent}  `)
      : zip(linesOf(one, `${indent}  `), linesOf(other, `${indent}  `)),
  );
  return [
    ...zip([indent + left.before + a[0]], [indent + right.before + b[0]]),
    ...inner,
    ...zip([indent + a[1] + left.after], [indent + b[1] + right.after]),
  ];
};

/** Lines with the equal ones at both ends aligned, and the rest side by side. */
const alignEnds = (left: readonly string[], right: readonly string[]): readonly DiffRow[] => {
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start++;
  let end = 0;
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
  return [
    ...zip(left.slice(0, start), right.slice(0, start)),
    ...zip(left.slice(start, left.length - end), right.slice(start, right.length - end)),
    ...zip(left.slice(left.length - end), right.slice(right.length - end)),
  ];
};

/** What only the left has and what only the right has, where they meet, goes side by side. */
const packed = (rows: readonly DiffRow[]): readonly DiffRow[] => {
  const out: DiffRow[] = [];
  let one: { left: string[]; right: string[] } = { left: [], right: [] };
  const flush = (): void => {
    out.push(...zip(one.left, one.right).map((row) => ({ ...row, same: false })));
    one = { left: [], right: [] };
  };
  for (const row of rows) {
    if (row.left !== null && row.right === null) one.left.push(row.left);
    else if (row.left === null && row.right !== null) one.right.push(row.right);
    else {
      flush();
      out.push(row);
    }
  }
  flush();
  return out;
};

/**
 * Two body texts as rows for display. JSON is aligned by key and item where a safe copy can be made (at most 100 KB, no key
 * that an object has by itself, none twice); anything else line by line. It draws what was decided elsewhere and decides nothing.
 */
export const diffRows = (left: string, right: string): readonly DiffRow[] => {
  const [a, b] = [sketchJson(left), sketchJson(right)];
  if (a === null || b === null) return alignEnds(left.split('\n'), right.split('\n'));
  const [plainA, plainB] = [plainCopy(a), plainCopy(b)];
  if (plainA === null || plainB === null) return alignEnds(printLines(a), printLines(b));
  const spot = (sketch: Sketch): Spot => ({ sketch, before: '', after: '' });
  return packed(draw(spot(a), spot(b), differ.diff(plainA, plainB), ''));
};
