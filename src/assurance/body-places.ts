import { jsonIn } from '../compare/media/body-content.ts';
import { type JsonDocument, Kind } from '../json/document.ts';
import { shapeToken } from '../json/pointer.ts';
import { stringText } from '../json/text.ts';
import { maxKeyLength, maxShapes, maxShapesInAll } from './limits.ts';

/** Places of one sort. */
export interface Empties {
  /** All of them; `places` stops at 100. */
  readonly count: number;
  /** Sorted by route and pointer. Pointers are shapes: array indices folded to `*`. */
  readonly places: readonly { readonly route: string; readonly pointer: string }[];
}

/** A place, given as a shape; at `isNull` there was nothing but null. */
export interface SeenPlace {
  readonly pointer: string;
  readonly isNull: boolean;
}

/** Bits: 1 the reference, 2 the candidate. */
export type Sides = 1 | 2 | 3;

/** Keys that each side makes for itself: they stand as `*`. */
export interface OwnKeys {
  readonly keys: ReadonlySet<string>;
  /** Objects, as shapes, and the keys of each that are not. */
  readonly objects: ReadonlyMap<string, readonly string[]>;
}

/** Gathers what was there, and what was empty, in all bodies so far. */
export interface BodyPlaces {
  /** Takes a body and the sides that gave it; null is one that cannot be looked into. A body that is not JSON says nothing. */
  add(route: string, sides: Sides, body: Buffer | null, own?: OwnKeys | null): void;
  /** By route the shapes of places at which the reference had something; null where some body could not be looked into. */
  seen(): ReadonlyMap<string, readonly SeenPlace[] | null>;
  empties(most: number): { readonly emptyArrays: Empties; readonly emptyFields: Empties };
}

/** Shapes of one route, in a tree: one node for each shape. `emptied` and `nulled` are the bits of the sides that showed it. */
interface Shape {
  readonly token: string;
  /** Null at the root. */
  readonly outer: Shape | null;
  readonly isMember: boolean;
  readonly depth: number;
  readonly inner: Map<string, Shape>;
  emptied: number;
  nulled: number;
  /** An array with items was there. */
  filled: boolean;
  /** Bits of the sides that showed a value other than null. */
  valued: number;
}

interface RouteShapes {
  readonly root: Shape;
  size: number;
  /** Something of a body was not looked into. */
  isPartial: boolean;
}
const deepest = 32;

const referenceSide: Sides = 1;
const bothSides: Sides = 3;

function newShape(token: string, outer: Shape | null, isMember: boolean): Shape {
  const depth = outer === null ? 0 : outer.depth + 1;
  const state = { emptied: 0, nulled: 0, filled: false, valued: 0 };
  return { token, outer, isMember, depth, inner: new Map(), ...state };
}

/** Nothing seen yet. Memory stays within 100 000 shapes. */
export function bodyPlaces(): BodyPlaces {
  const routes = new Map<string, RouteShapes>();
  let total = 0;
  return {
    add(route, sides, body, own = null) {
      const shapes = routes.get(route) ?? { root: newShape('', null, false), size: 0, isPartial: false };
      routes.set(route, shapes);
      const document = body === null ? null : jsonIn(body);
      if (document === null) {
        shapes.isPartial ||= body === null;
        return;
      }
      const before = shapes.size;
      gather(document, shapes, { sides, own, room: Math.min(maxShapes, before + maxShapesInAll - total) });
      total += shapes.size - before;
    },
    seen: () => new Map([...routes].map(([route, shapes]) => [route, placesSeen(shapes)])),
    empties: (most) => ({
      emptyArrays: list(routes, most, (shape) => shape.emptied === bothSides && !shape.filled),
      emptyFields: list(routes, most, (shape) => shape.isMember && shape.nulled === bothSides && shape.valued === 0),
    }),
  };
}

interface Limits {
  readonly sides: Sides;
  readonly own: OwnKeys | null;
  /** The most shapes that the route may come to. */
  readonly room: number;
}

/** Notes what each place of a document holds. O(nodes). */
function gather(document: JsonDocument, shapes: RouteShapes, limits: Limits): void {
  const stack = [{ node: 0, shape: shapes.root }];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const { node, shape } = at;
    note(shape, document, { node, sides: limits.sides });
    const isObject = document.kind[node] === Kind.object;
    if (!isObject && document.kind[node] !== Kind.array) continue;
    if (shape.depth >= deepest) {
      shapes.isPartial = true;
      continue;
    }
    const skip = isObject ? 1 : 0;
    const steady = limits.own?.objects.get(pointerOf(shape)) ?? null;
    for (let child = node + 1; child < document.next[node]!; child = document.next[child + skip]!) {
      const inner = innerShape(shapes, shape, {
        key: isObject ? keyAt(document, child, { own: limits.own, steady }) : '*',
        isObject,
        ...limits,
      });
      if (inner === null) shapes.isPartial = true;
      else stack.push({ node: child + skip, shape: inner });
    }
  }
}

/** The key as a token of a shape, or null if it is too long to keep. */
function keyAt(
  document: JsonDocument,
  node: number,
  { own, steady }: { own: OwnKeys | null; steady: readonly string[] | null },
): string | null {
  if (document.end[node]! - document.start[node]! > maxKeyLength) return null;
  const key = stringText(document, node);
  const isOwn = own?.keys.has(key) === true || steady?.includes(key) === false;
  return isOwn ? '*' : shapeToken(key);
}

function innerShape(
  shapes: RouteShapes,
  outer: Shape,
  { key, isObject, room }: Limits & { key: string | null; isObject: boolean },
): Shape | null {
  if (key === null) return null;
  const known = outer.inner.get(key);
  if (known !== undefined || shapes.size >= room) return known ?? null;
  const shape = newShape(key, outer, isObject);
  outer.inner.set(key, shape);
  shapes.size += 1;
  return shape;
}

function note(shape: Shape, document: JsonDocument, { node, sides }: { node: number; sides: Sides }): void {
  const kind = document.kind[node]!;
  if (kind === Kind.null) shape.nulled |= sides;
  else shape.valued |= sides;
  if (kind !== Kind.array) return;
  if (document.next[node] === node + 1) shape.emptied |= sides;
  else shape.filled = true;
}

function list(routes: ReadonlyMap<string, RouteShapes>, most: number, isEmpty: (shape: Shape) => boolean): Empties {
  const found = [...routes].flatMap(([route, { root }]) =>
    shapesBelow(root)
      .filter(isEmpty)
      .map((shape) => ({ route, pointer: pointerOf(shape) })),
  );
  found.sort((a, b) => compareText(a.route, b.route) || compareText(a.pointer, b.pointer));
  return { count: found.length, places: found.slice(0, most) };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function shapesBelow(root: Shape): Shape[] {
  const found = [root];
  for (let at = 0; at < found.length; at += 1) for (const shape of found[at]!.inner.values()) found.push(shape);
  return found;
}

function placesSeen({ root, isPartial }: RouteShapes): readonly SeenPlace[] | null {
  if (isPartial) return null;
  const isThere = ({ valued, nulled }: Shape) => ((valued | nulled) & referenceSide) !== 0;
  return shapesBelow(root)
    .filter(isThere)
    .map((shape) => ({ pointer: pointerOf(shape), isNull: (shape.valued & referenceSide) === 0 }));
}

function pointerOf(shape: Shape): string {
  return shape.outer === null ? '' : `${pointerOf(shape.outer)}/${shape.token}`;
}
