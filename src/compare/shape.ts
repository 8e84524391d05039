import { type JsonDocument, Kind } from '../json/document.ts';
import { stringText } from '../json/text.ts';

/**
 * Type trees, each distinct one under a number. A type tree knows kinds, keys and element shapes; array lengths, order and
 * scalar values do not count, and an array without elements says nothing about them, so it agrees with every array.
 */
interface ShapeTable {
  readonly ids: Map<string, number>;
  readonly skeletons: Map<string, number>;
  readonly shapes: Shape[];
  readonly agreed: Map<string, boolean>;
  /** Steps left, see `mostSteps`. */
  left: number;
}

/** `skeleton` is the shape without what arrays hold: shapes with different skeletons never agree. */
type Shape = { readonly skeleton: number } & (
  | { readonly kind: 'scalar' }
  | { readonly kind: 'array'; readonly elements: readonly number[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, number> }
);

const scalarNames: Readonly<Record<number, string>> = {
  [Kind.null]: 'null',
  [Kind.false]: 'boolean',
  [Kind.true]: 'boolean',
  [Kind.number]: 'number',
  [Kind.string]: 'string',
};

/** The number of a name, a new one for a new name. */
function numberOf(names: Map<string, number>, name: string): number {
  const known = names.get(name);
  if (known !== undefined) return known;
  names.set(name, names.size);
  return names.size - 1;
}

function scalarShape(table: ShapeTable, name: string): number {
  const id = numberOf(table.ids, name);
  table.shapes[id] ??= { kind: 'scalar', skeleton: numberOf(table.skeletons, name) };
  return id;
}

function arrayShape(table: ShapeTable, children: readonly number[]): number {
  const elements = [...new Set(children)].sort((a, b) => a - b);
  const id = numberOf(table.ids, `[${elements.join()}]`);
  table.shapes[id] ??= { kind: 'array', elements, skeleton: numberOf(table.skeletons, '[]') };
  return id;
}

function objectShape(table: ShapeTable, members: ReadonlyMap<string, number>): number {
  const sorted = [...members].map(([key, shape]) => [JSON.stringify(key), shape] as const);
  sorted.sort(([a], [b]) => (a < b ? -1 : 1));
  const id = numberOf(table.ids, `{${sorted.map(([key, shape]) => `${key}:${shape}`).join()}}`);
  if (table.shapes[id] === undefined) {
    const bones = sorted.map(([key, shape]) => `${key}:${table.shapes[shape]!.skeleton}`);
    table.shapes[id] = { kind: 'object', members, skeleton: numberOf(table.skeletons, `{${bones.join()}}`) };
  }
  return id;
}

/** The numbers of the type trees of all nodes. Linear: nodes are visited from last to first, children before their parents. */
function shapesOf(table: ShapeTable, { document, skipped }: ShapedSide): Uint32Array {
  const found = new Uint32Array(document.size);
  for (let node = document.size - 1; node >= 0; node -= 1) {
    const kind = document.kind[node]!;
    if (kind === Kind.object) found[node] = objectShape(table, membersOf(document, node, { found, skipped }));
    else if (kind === Kind.array) found[node] = arrayShape(table, elementsOf(document, node, { found, skipped }));
    else found[node] = scalarShape(table, scalarNames[kind]!);
  }
  return found;
}

interface Children {
  readonly found: Uint32Array;
  readonly skipped: (node: number) => boolean;
}

function membersOf(document: JsonDocument, node: number, { found, skipped }: Children): Map<string, number> {
  const members = new Map<string, number>();
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!)
    if (!skipped(key + 1)) members.set(stringText(document, key), found[key + 1]!);
  return members;
}

function elementsOf(document: JsonDocument, node: number, { found, skipped }: Children): number[] {
  const elements: number[] = [];
  for (let child = node + 1; child < document.next[node]!; child = document.next[child]!)
    if (!skipped(child)) elements.push(found[child]!);
  return elements;
}

/** Deeper than this two shapes agree only if they are the same one. */
const deepestAgreement = 500;

/** After so many steps two shapes agree only if they are the same one: a hostile body has millions that nearly are. */
const mostSteps = 2_000_000;

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

function compareShapes(table: ShapeTable, a: Shape, b: Shape, depth: number): boolean {
  if (a.kind === 'array' && b.kind === 'array') return elementsAgree(table, a.elements, b.elements, depth);
  if (a.kind !== 'object' || b.kind !== 'object') return false;
  table.left -= 1 + a.members.size;
  for (const [key, shape] of a.members) if (!shapesAgree(table, shape, b.members.get(key)!, depth)) return false;
  return true;
}

function elementsAgree(table: ShapeTable, a: readonly number[], b: readonly number[], depth: number): boolean {
  table.left -= 1 + a.length + b.length;
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
  const table: ShapeTable = { ids: new Map(), skeletons: new Map(), shapes: [], agreed: new Map(), left: mostSteps };
  let shapes: readonly [Uint32Array, Uint32Array] | null = null;
  return (i, j) => {
    shapes ??= [shapesOf(table, a()), shapesOf(table, b())];
    return shapesAgree(table, shapes[0][i]!, shapes[1][j]!);
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
