import { type JsonDocument, Kind } from '../../json/document.ts';
import { sameSource, stringText } from '../../json/text.ts';
import { maxSteps } from '../limits.ts';

/**
 * Type trees, each distinct one under a number. A type tree knows kinds, keys and element shapes; array lengths, order and
 * scalar values do not count, and an array without elements says nothing about them, so it agrees with every array.
 */
interface ShapeTable {
  readonly ids: Map<string, number>;
  readonly skeletons: Map<string, number>;
  readonly shapes: Shape[];
  /** Objects that were seen, some of them. */
  readonly seen: Parent[];
  /** The shapes of arrays with one element shape, by that shape. */
  readonly arraysOf: Map<number, number>;
  readonly agreed: Map<string, boolean>;
  /** Steps left, see `mostSteps`. */
  left: number;
}

interface Shape {
  /** The shape without what arrays hold: those with different skeletons never agree, so those of two kinds never do. */
  readonly skeleton: number;
  /** Of an array; empty for what is none. */
  readonly elements: readonly number[];
  /** Of an object; empty for what is none. */
  readonly members: ReadonlyMap<string, number>;
}

const nothing = { elements: [], members: new Map<string, number>() };

/** By kind: `null`, `false`, `true`, number, string. */
const scalarNames = ['null', 'boolean', 'boolean', 'number', 'string'] as const;

/** The number of a name, a new one for a new name. */
function numberOf(names: Map<string, number>, name: string): number {
  const known = names.get(name);
  if (known !== undefined) return known;
  names.set(name, names.size);
  return names.size - 1;
}

function scalarShape(table: ShapeTable, name: string): number {
  const id = numberOf(table.ids, name);
  table.shapes[id] ??= { ...nothing, skeleton: numberOf(table.skeletons, name) };
  return id;
}

function arrayShape(table: ShapeTable, children: Iterable<number>): number {
  const elements = [...children].sort((a, b) => a - b);
  const id = numberOf(table.ids, `[${elements.join()}]`);
  table.shapes[id] ??= { ...nothing, elements, skeleton: numberOf(table.skeletons, '[]') };
  return id;
}

function objectShape(table: ShapeTable, members: ReadonlyMap<string, number>): number {
  const sorted = [...members].map(([key, shape]) => [JSON.stringify(key), shape] as const);
  sorted.sort(([a], [b]) => (a < b ? -1 : 1));
  const id = numberOf(table.ids, `{${sorted.map(([key, shape]) => `${key}:${shape}`).join()}}`);
  if (table.shapes[id] === undefined) {
    const bones = sorted.map(([key, shape]) => `${key}:${table.shapes[shape]!.skeleton}`);
    table.shapes[id] = { ...nothing, members, skeleton: numberOf(table.skeletons, `{${bones.join()}}`) };
  }
  return id;
}

/** Stands for a member or an item that does not count. */
const uncounted = 0xffff_ffff;

/** The numbers of the type trees of all nodes. Linear: nodes are visited from last to first, children before their parents. */
function shapesOf(table: ShapeTable, { document, skipped }: ShapedSide): Uint32Array {
  const found = new Uint32Array(document.size);
  const scalars = scalarNames.map((name) => scalarShape(table, name));
  for (let node = document.size - 1; node >= 0; node -= 1) {
    const kind = document.kind[node]!;
    if (skipped(node)) found[node] = uncounted;
    else if (kind === Kind.object) found[node] = knownObject(table, { document, found, node });
    else if (kind === Kind.array) found[node] = knownArray(table, { document, found, node });
    else found[node] = scalars[kind]!;
  }
  return found;
}

/** A container whose children have their shapes. */
interface Parent {
  readonly document: JsonDocument;
  readonly found: Uint32Array;
  readonly node: number;
}

/** The shape of an object: that of one that was seen, if it has the same keys in the same order and members of the same shapes. */
function knownObject(table: ShapeTable, parent: Parent): number {
  const { document, found, node } = parent;
  let key = (found[node + 2] ?? 0) + document.end[node + 1]! - document.start[node + 1]!;
  key = document.next[node] === node + 1 ? 0 : 1 + (key & 0xff);
  const seen = table.seen[key];
  if (seen !== undefined && alike(seen, parent)) return seen.found[seen.node]!;
  table.seen[key] = parent;
  return objectShape(table, membersOf(parent));
}

function alike(a: Parent, b: Parent): boolean {
  const [endA, endB, nextA, nextB] = [
    a.document.next[a.node]!,
    b.document.next[b.node]!,
    a.document.next,
    b.document.next,
  ];
  let [i, j] = [a.node + 1, b.node + 1];
  for (; i < endA && j < endB; i = nextA[i + 1]!, j = nextB[j + 1]!)
    if (a.found[i + 1] !== b.found[j + 1] || !sameSource(a.document, i, b.document, j)) return false;
  return i >= endA && j >= endB;
}

/** The shape of an array: most hold one kind of element only. */
function knownArray(table: ShapeTable, parent: Parent): number {
  const { document, found, node } = parent;
  const [first, end] = [found[node + 1]!, document.next[node]!];
  let item = node + 1;
  while (item < end && found[item] === first) item = document.next[item]!;
  if (item < end || item === node + 1 || first === uncounted) return arrayShape(table, elementsOf(parent));
  const known = table.arraysOf.get(first);
  if (known !== undefined) return known;
  const shape = arrayShape(table, [first]);
  table.arraysOf.set(first, shape);
  return shape;
}

function membersOf({ document, found, node }: Parent): Map<string, number> {
  const members = new Map<string, number>();
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!)
    if (found[key + 1] !== uncounted) members.set(stringText(document, key), found[key + 1]!);
  return members;
}

function elementsOf({ document, found, node }: Parent): Set<number> {
  const elements = new Set<number>();
  for (let child = node + 1; child < document.next[node]!; child = document.next[child]!)
    if (found[child] !== uncounted) elements.add(found[child]!);
  return elements;
}

/** Deeper than this two shapes agree only if they are the same one. */
const deepestAgreement = 500;

function shapesAgree(table: ShapeTable, a: number, b: number, depth = 0): boolean {
  if (a === b) return true;
  if (table.shapes[a]!.skeleton !== table.shapes[b]!.skeleton || depth > deepestAgreement) return false;
  const name = a < b ? `${a} ${b}` : `${b} ${a}`;
  const known = table.agreed.get(name);
  if (known !== undefined || table.left <= 0) return known ?? false;
  const agrees = compareShapes(table, table.shapes[a]!, table.shapes[b]!, depth + 1);
  table.agreed.set(name, agrees);
  return agrees;
}

/** Of two shapes with one skeleton. */
function compareShapes(table: ShapeTable, a: Shape, b: Shape, depth: number): boolean {
  table.left -= 1 + a.members.size;
  for (const [key, shape] of a.members) if (!shapesAgree(table, shape, b.members.get(key)!, depth)) return false;
  return elementsAgree(table, a.elements, b.elements, depth);
}

function elementsAgree(table: ShapeTable, a: readonly number[], b: readonly number[], depth: number): boolean {
  table.left -= a.length + b.length;
  if (a.length === 0 || b.length === 0) return true;
  const covers = (from: readonly number[], to: readonly number[]) => {
    const groups = bySkeleton(table, to);
    const same = new Set(to);
    return from.every(
      (x) => same.has(x) || groups.get(table.shapes[x]!.skeleton)?.some((y) => shapesAgree(table, x, y, depth)),
    );
  };
  return covers(a, b) && covers(b, a);
}

function bySkeleton(table: ShapeTable, shapes: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  for (const shape of shapes) {
    const { skeleton } = table.shapes[shape]!;
    const group = groups.get(skeleton);
    if (group === undefined) groups.set(skeleton, [shape]);
    else group.push(shape);
  }
  return groups;
}

export interface ShapedSide {
  readonly document: JsonDocument;
  /** Members and items that do not count. */
  readonly skipped: (node: number) => boolean;
}

/** Says of a node on either side whether their type trees agree: the same, but that an empty array agrees with any array. */
export function shapeAgreement(a: () => ShapedSide, b: () => ShapedSide): (i: number, j: number) => boolean {
  const table: ShapeTable = {
    ids: new Map(),
    skeletons: new Map(),
    shapes: [],
    seen: [],
    arraysOf: new Map(),
    agreed: new Map(),
    left: maxSteps,
  };
  let shapes: readonly [Uint32Array, Uint32Array] | null = null;
  return (i, j) => {
    shapes ??= [shapesOf(table, a()), shapesOf(table, b())];
    const [x, y] = [shapes[0][i]!, shapes[1][j]!];
    return x !== uncounted && y !== uncounted && shapesAgree(table, x, y);
  };
}

/** A pair of arrays around the place that is compared, under the outer ones. */
export interface Surroundings {
  readonly outer: Surroundings | null;
  readonly a: number;
  readonly b: number;
  /** This pair or an outer one agrees; null until somebody asks. */
  agree: boolean | null;
}

/** Whether any of the surrounding pairs of arrays agrees. Each pair is asked once, so all questions together are linear. */
export function someAgree(innermost: Surroundings | null, agree: (a: number, b: number) => boolean): boolean {
  const asked: Surroundings[] = [];
  let found = false;
  for (let pair = innermost; pair !== null && !found; pair = pair.outer) {
    asked.push(pair);
    found = pair.agree ?? agree(pair.a, pair.b);
    if (pair.agree !== null) break;
  }
  for (const pair of asked) pair.agree = found;
  return found;
}
