import { type JsonDocument, Kind } from '../json/document.ts';
import { pointerToken } from '../json/pointer.ts';
import { sameString, stringText } from '../json/text.ts';
import { maxPointerLength } from './limits.ts';

/** A document with the way up from each node. */
export interface Layout {
  readonly document: JsonDocument;
  /** The container of each node; -1 for the root. */
  readonly parent: Int32Array;
  /** 1 for the string nodes that are keys. */
  readonly isKey: Uint8Array;
  /** Levels of nesting under the root. */
  readonly depth: number;
}

/** Finds the container of every node of a document, in one pass: containers come before what they hold. */
export function layoutOf(document: JsonDocument): Layout {
  const parent = new Int32Array(document.size).fill(-1);
  const isKey = new Uint8Array(document.size);
  const depths = new Uint32Array(document.size);
  let depth = 0;
  for (let node = 0; node < document.size; node += 1) {
    const isObject = document.kind[node] === Kind.object;
    if (!isObject && document.kind[node] !== Kind.array) continue;
    for (const child of childrenOf(document, node)) {
      parent[child] = node;
      depths[child] = depths[node]! + 1;
      depth = Math.max(depth, depths[child]!);
      if (isObject) parent[child - 1] = node;
      if (isObject) isKey[child - 1] = 1;
    }
  }
  return { document, parent, isKey, depth };
}

/** The nodes of the values in a container, in order; of a scalar none. */
export function* childrenOf(document: JsonDocument, node: number): Generator<number> {
  const skip = document.kind[node] === Kind.object ? 1 : 0;
  for (let at = node + 1; at < document.next[node]!; at = document.next[at + skip]!) yield at + skip;
}

/** A place in a body. */
export interface Spot {
  /** JSON Pointer, at most 300 characters. */
  readonly pointer: string;
  /** No array and no repeated key on the way: what differs in structure here differs in shape. */
  readonly firm: boolean;
}

/** Where a node stands. */
export function spotOf({ document, parent }: Layout, node: number): Spot {
  const tokens: (string | number)[] = [];
  let firm = true;
  for (let at = node; parent[at]! >= 0; at = parent[at]!) {
    const isMember = document.kind[parent[at]!] === Kind.object;
    tokens.push(isMember ? stringText(document, at - 1) : indexOf(document, parent[at]!, at));
    firm &&= isMember && isOnlyOne(document, parent[at]!, at - 1);
  }
  const pointer = tokens
    .reverse()
    .map((token) => `/${pointerToken(token)}`)
    .join('');
  return { pointer: pointer.length > maxPointerLength ? `${pointer.slice(0, maxPointerLength - 1)}…` : pointer, firm };
}

function indexOf(document: JsonDocument, array: number, item: number): number {
  let index = 0;
  for (const child of childrenOf(document, array)) {
    if (child === item) break;
    index += 1;
  }
  return index;
}

function isOnlyOne(document: JsonDocument, object: number, key: number): boolean {
  for (const value of childrenOf(document, object))
    if (value - 1 !== key && sameString(document, value - 1, document, key)) return false;
  return true;
}
