import { type JsonDocument, Kind } from '../json/document.ts';
import { numberKey } from '../json/number.ts';
import { sourceText, stringText } from '../json/text.ts';

/** Says of a node a number that is equal for equal values, however they are spelled and ordered. 53 bits. */
export type ValueHash = (node: number) => number;

/** Says of a node that its value does not matter. */
export type Forgiven = (node: number) => boolean;

/** Two families of hashes: 32 bits alone would line up strangers in arrays of 100,000 items. */
const multipliers = [
  [0x01000193, 0x9e3779b1],
  [0x5bd1e995, 0x85ebca77],
] as const;
type Multipliers = (typeof multipliers)[number];

/**
 * Hashes of the values of all nodes, made when first asked for; nodes that are `forgiven` have no say. Hashes only line items up,
 * they never decide that two values are equal.
 */
export function lazyHashes(document: JsonDocument, forgiven: () => Forgiven): ValueHash {
  let halves: readonly Int32Array[] | null = null;
  return (node) => {
    halves ??= makeHalves(document, forgiven());
    const [low, high] = halves;
    return (high![node]! & 0x1fffff) * 0x1_0000_0000 + (low![node]! >>> 0);
  };
}

function makeHalves(document: JsonDocument, forgiven: Forgiven): readonly Int32Array[] {
  return multipliers.map((family) => valueHashes(document, family, forgiven));
}

function valueHashes(document: JsonDocument, family: Multipliers, forgiven: Forgiven): Int32Array {
  const hashes = new Int32Array(document.size);
  for (let node = document.size - 1; node >= 0; node -= 1) {
    const kind = document.kind[node]!;
    if (forgiven(node)) hashes[node] = 0;
    else if (kind === Kind.object) hashes[node] = hashObject(document, node, { hashes, family });
    else if (kind === Kind.array) hashes[node] = hashArray(document, node, { hashes, family });
    else hashes[node] = hashLeaf(document, node, family);
  }
  return hashes;
}

function mix(hash: number, word: number, [, multiplier]: Multipliers): number {
  let mixed = Math.imul(hash ^ word, multiplier);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae3d);
  return mixed ^ (mixed >>> 13);
}

function hashText(text: string, seed: number, family: Multipliers): number {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), family[0]);
  return mix(hash, text.length, family);
}

function hashLeaf(document: JsonDocument, node: number, family: Multipliers): number {
  const kind = document.kind[node]!;
  if (kind === Kind.string) return hashText(stringText(document, node), 5, family);
  if (kind === Kind.number) return hashText(numberKey(sourceText(document, node)), 3, family);
  return mix(0x51ab, kind, family);
}

interface Children {
  readonly hashes: Int32Array;
  readonly family: Multipliers;
}

function hashObject(document: JsonDocument, node: number, { hashes, family }: Children): number {
  let sum = 0;
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!)
    sum = (sum + mix(hashText(stringText(document, key), 11, family), hashes[key + 1]!, family)) | 0;
  return mix(sum, 0x0b1ec7, family);
}

function hashArray(document: JsonDocument, node: number, { hashes, family }: Children): number {
  let hash = 0xa88a7;
  for (let item = node + 1; item < document.next[node]!; item = document.next[item]!)
    hash = mix(hash, hashes[item]!, family) + 1;
  return hash;
}
