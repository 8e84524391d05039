import { type JsonDocument, Mark } from '../../json/document.ts';
import { sameSource, stringText } from '../../json/text.ts';
import { below, type Location } from '../model/location.ts';
import { ignoredAt, type Rules, unorderedAt } from '../rules/compiled-rules.ts';
import type { JsonOptions } from './json-options.ts';

/** The key nodes of an object by their text, in order of first appearance. */
export type Members = ReadonlyMap<string, readonly number[]>;

/** The members of the object at `node`, keys that are there twice under one entry. */
export function membersOf(document: JsonDocument, node: number): Members {
  const members = new Map<string, number[]>();
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!) {
    const text = stringText(document, key);
    const keys = members.get(text);
    if (keys === undefined) members.set(text, [key]);
    else keys.push(key);
  }
  return members;
}

/**
 * How the keys of two objects differ besides presence, given that they are not the same bytes in the same order: `order` if
 * those that both have come in another order, `spelling` if they are the same all through, null if nothing is left to say.
 */
export function keyDifference(a: Members, b: Members): 'order' | 'spelling' | null {
  const common = [...a.keys()].filter((key) => b.has(key));
  const other = [...b.keys()].filter((key) => a.has(key));
  if (common.some((key, at) => key !== other[at])) return 'order';
  if (a.size !== b.size || [...a].some(([key, keys]) => b.get(key)?.length !== keys.length)) return null;
  const [sequence, otherSequence] = [inDocument(a), inDocument(b)];
  return sequence.every((key, at) => key === otherSequence[at]) ? 'spelling' : 'order';
}

/** Stands in a pointer for a key that each side has made for itself, as an index of an array does in the place of all items. */
export const anyKey = '*';

/** Of the keys that one side alone has those that are one captured value, each side its own: by that of `a` that of `b`, and back. */
export function capturedTwins(
  a: Members,
  b: Members,
  { standIns, sameCapture }: Pick<JsonOptions, 'standIns' | 'sameCapture'>,
): readonly [to: ReadonlyMap<string, string>, back: ReadonlyMap<string, string>] {
  const [to, back] = [new Map<string, string>(), new Map<string, string>()];
  if (standIns == null) return [to, back];
  const free = new Map<string, string>();
  for (const key of b.keys()) {
    const standIn = a.has(key) ? null : standIns[1](key);
    if (standIn !== null && !free.has(standIn)) free.set(standIn, key);
  }
  for (const key of a.keys()) {
    const twin = b.has(key) ? undefined : free.get(standIns[0](key));
    if (twin === undefined || back.has(twin) || !sameCapture(key, twin)) continue;
    to.set(key, twin);
    back.set(twin, key);
  }
  return [to, back];
}

/** The texts of all keys, repeated ones too, as the document has them. */
function inDocument(members: Members): string[] {
  const keys = [...members].flatMap(([text, nodes]) => nodes.map((node) => ({ text, node })));
  return keys.sort((x, y) => x.node - y.node).map((key) => key.text);
}

/** How often a key is there, for people. */
export function timesText(keys: readonly number[]): string {
  return keys.length === 1 ? 'once' : `${keys.length} times`;
}

/** Up to so many members, comparing each key with each is faster than a map; escapes would have to be resolved each time. */
const fewMembers = 24;

/** The size where no object was taken, or one that is not small. */
const none = -1;

/** The keys of one small object of a document, until those of another take their place. */
class FewKeys {
  readonly nodes = new Uint32Array(fewMembers);
  size = none;
  readonly #document: JsonDocument;

  constructor(document: JsonDocument) {
    this.#document = document;
  }

  /** Takes the keys of the object at `node`; `known` if they are spelled as the last ones; `many` if it is not small. */
  take(node: number): 'known' | 'new' | 'many' {
    const { next, marks } = this.#document;
    const last = this.size;
    let [at, known] = [0, true];
    this.size = none;
    for (let key = node + 1; key < next[node]!; key = next[key + 1]!) {
      if (at === fewMembers || marks[key]! & Mark.escaped) return 'many';
      known &&= sameSource(this.#document, this.nodes[at]!, this.#document, key);
      this.nodes[at] = key;
      at += 1;
    }
    this.size = at;
    return known && at === last ? 'known' : 'new';
  }
}

/** Matches the keys of small objects. Remembers the last ones, for most items of an array have the same keys in the same order. */
export class KeyMatcher {
  readonly #a: FewKeys;
  readonly #b: FewKeys;
  readonly #sameKey: (a: number, b: number) => boolean;
  /** For each key of `a` the index of its partner in `b`. */
  readonly #order = new Uint8Array(fewMembers);
  #matches = false;

  constructor(a: JsonDocument, b: JsonDocument) {
    this.#a = new FewKeys(a);
    this.#b = new FewKeys(b);
    this.#sameKey = (i, j) => sameSource(a, i, b, j);
  }

  /** Two objects are small and have the same keys as often, spelled alike. */
  match(a: number, b: number): boolean {
    const [keysA, keysB] = [this.#a.take(a), this.#b.take(b)];
    if (keysA === 'many' || keysB === 'many') return false;
    if (keysA === 'new' || keysB === 'new') this.#matches = this.#findPartners();
    return this.#matches;
  }

  /** How many members each of the objects has that were matched last. */
  get size(): number {
    return this.#a.size;
  }

  /** The nodes of the key at this index of the first object, and of its partner. */
  pair(at: number): readonly [a: number, b: number] {
    return [this.#a.nodes[at]!, this.#b.nodes[this.#order[at]!]!];
  }

  #findPartners(): boolean {
    const { nodes, size } = this.#b;
    let taken = 0;
    for (let at = 0; at < this.#a.size; at += 1) {
      let other = 0;
      while (other < size && (taken & (1 << other) || !this.#sameKey(this.#a.nodes[at]!, nodes[other]!))) other += 1;
      if (other === size) return false;
      taken |= 1 << other;
      this.#order[at] = other;
    }
    return this.#a.size === size;
  }
}

/** Both objects have the same keys, spelled alike and in the same order: the common case, without a map. */
export function haveSameKeys(a: JsonDocument, one: number, [b, other]: readonly [b: JsonDocument, j: number]): boolean {
  const [endA, endB] = [a.next[one]!, b.next[other]!];
  let [i, j] = [one + 1, other + 1];
  for (; i < endA && j < endB; i = a.next[i + 1]!, j = b.next[j + 1]!) if (!sameSource(a, i, b, j)) return false;
  return i >= endA && j >= endB;
}

/** Whether the children of two elements are in another order, but for those that a rule ignores; null if they are not, or any order will do. */
export function childDifference(sides: readonly [Members, Members], place: Location, rules: Rules): 'order' | null {
  if (unorderedAt(rules, place) !== null) return null;
  const counts = ([key]: readonly [string, unknown]) => ignoredAt(rules, below(place, key)) !== 'nothing';
  const [a, b] = rules.none ? sides : sides.map((members) => new Map([...members].filter(counts)));
  return keyDifference(a!, b!) === 'order' ? 'order' : null;
}
