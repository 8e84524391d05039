import { readPair, type Samples } from '../drift/engine/sample.ts';
import { plainName } from '../drift/kit/key-case.ts';
import { isDataKey, pointerShape, shapeToken } from '../json/pointer.ts';
import type { JsonMember, JsonNode } from '../json/tree.ts';
import { maxBytes, maxMapsSamples, minKeys, minScalarKeys, minSets } from './limits.ts';

/** Shapes of the objects that are maps: their keys look like names, but are data. */
export type Maps = ReadonlySet<string>;

type ObjectNode = Extract<JsonNode, { kind: 'object' }>;

/** The maps in the bodies of one route and status, seen over all samples and over both sides of each. */
export function mapsIn(samples: Samples): Maps {
  const maps = new Set<string>();
  let left = maxBytes;
  const trees: JsonNode[] = [];
  for (let at = 0; at < Math.min(samples.length, maxMapsSamples); at += 1) {
    const sample = samples.at(at)!;
    left -= sample.reference.length + sample.candidate.length;
    const pair = left < 0 ? null : readPair(sample);
    if (pair !== null) trees.push(...pair.map((side) => side.tree));
  }
  look(trees, '', maps);
  return maps;
}

/** All nodes of one shape, then those below them. */
function look(nodes: readonly JsonNode[], shape: string, maps: Set<string>): void {
  const items = nodes.flatMap((node) => (node.kind === 'array' ? node.items : []));
  if (items.length > 0) look(items, `${shape}/*`, maps);
  const objects = nodes.filter((node) => node.kind === 'object');
  if (objects.length === 0) return;
  const isOne = isMap(objects);
  if (isOne) maps.add(shape);
  const below = new Map<string, JsonNode[]>();
  for (const { key, value } of objects.flatMap((one) => one.members)) {
    const token = isOne ? '*' : shapeToken(key);
    const list = below.get(token) ?? [];
    below.set(token, list);
    list.push(value);
  }
  for (const [token, values] of below) look(values, `${shape}/${token}`, maps);
}
const manyKeys = 12;

/**
 * Objects are maps if their values are of one kind, and their keys come and go: no key is in all of them, and most have several.
 * Fields of a struct that are left out where they are empty look alike, so that values without a form of their own need more
 * keys. One object alone is a map if it has many keys, each with an object of the same fields.
 */
function isMap(objects: readonly ObjectNode[]): boolean {
  const members = objects.map((one) => one.members.filter(({ key }) => !isDataKey(key)));
  const filled = members.filter((list) => list.length > 0);
  const form = formOf(filled.flat());
  if (form === null) return false;
  const counts = new Map<string, number>();
  for (const list of filled) for (const name of namesOf(list)) counts.set(name, (counts.get(name) ?? 0) + 1);
  if (form === 'records' && filled.some((list) => list.length >= manyKeys)) return true;
  const sets = new Set(filled.map((list) => namesOf(list).sort().join('\0')));
  const isSteady = [...counts.values()].some((count) => count === filled.length);
  const several = filled.filter((list) => list.length > 1).length;
  const fewest = form === 'scalars' ? minScalarKeys : minKeys;
  return !isSteady && counts.size >= fewest && sets.size >= minSets && several * 2 > filled.length;
}

/** The names of some members, each once: the two sides may spell them in two ways. */
function namesOf(list: readonly JsonMember[]): string[] {
  return [...new Set(list.map(({ key }) => plainName(key) || key))];
}

type Form = 'records' | 'lists' | 'scalars';

/** What all values are that are not null; null if they are not of one kind, or objects that share no field. */
function formOf(members: readonly JsonMember[]): Form | null {
  const values = members.map((one) => one.value).filter((one) => one.kind !== 'null');
  const [first] = values;
  if (first === undefined || values.some((one) => one.kind !== first.kind)) return null;
  if (first.kind === 'array') return 'lists';
  if (first.kind !== 'object') return 'scalars';
  let shared = new Set(first.members.map((one) => plainName(one.key)));
  for (const one of values)
    if (one.kind === 'object')
      shared = new Set(one.members.map(({ key }) => plainName(key)).filter((key) => shared.has(key)));
  return shared.size > 0 ? 'records' : null;
}

/** The shape of a pointer, with the keys of maps folded, too. */
export function foldedShape(pointer: string, maps: Maps): string {
  if (maps.size === 0) return pointerShape(pointer);
  let shape = '';
  for (const token of pointer.split('/').slice(1)) shape += maps.has(shape) ? '/*' : pointerShape(`/${token}`);
  return shape;
}
