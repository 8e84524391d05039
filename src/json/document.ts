/** Kinds of JSON values, as stored in `JsonDocument.kind`. */
export const Kind = { null: 0, false: 1, true: 2, number: 3, string: 4, array: 5, object: 6 } as const;

/** Marks on strings (keys too), as stored in `JsonDocument.marks`. */
export const Mark = { escaped: 1, nonAscii: 2, invalid: 4 } as const;

/**
 * A JSON text read without loss (RFC 8259): a flat list of nodes in document order over the source bytes.
 *
 * Node `i` covers `bytes[start[i] … end[i])`; its subtree is the nodes `i … next[i] - 1`. The children of an array follow it
 * one after another, each beginning at the `next` of the one before; the members of an object are pairs of a string node
 * (the key) and the value's node. Number lexemes, key order, duplicates, escapes and invalid bytes are all still there.
 * Flat arrays, because a tree of a million objects costs ten times the memory and three times the time.
 */
export interface JsonDocument {
  readonly bytes: Buffer;
  /** Number of nodes; the root is node 0. */
  readonly size: number;
  readonly kind: Uint8Array;
  readonly marks: Uint8Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly next: Uint32Array;
  /** The text begins with a UTF-8 byte-order mark. */
  readonly bom: boolean;
  /** Written from XML: the order of members counts, and what is there once may be addressed as a list of one. */
  readonly isXml?: true;
}

/** Why a text is not JSON, and at which byte. */
export class JsonSyntaxError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'JsonSyntaxError';
    this.offset = offset;
  }
}

/** The number of members of an object, or of items of an array; 0 for scalars. O(children). */
export function childCount(document: JsonDocument, node: number): number {
  const step = document.kind[node] === Kind.object ? 1 : 0;
  let count = 0;
  for (let child = node + 1; child < document.next[node]!; child = document.next[child + step]!) count += 1;
  return count;
}

/** The node numbers of an array's items, in order. */
export function items(document: JsonDocument, node: number): number[] {
  const found: number[] = [];
  for (let child = node + 1; child < document.next[node]!; child = document.next[child]!) found.push(child);
  return found;
}

/** The members of an object, each as the nodes of its key and its value, in order; duplicates kept. */
export function members(document: JsonDocument, node: number): (readonly [key: number, value: number])[] {
  const found: (readonly [number, number])[] = [];
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!) found.push([key, key + 1]);
  return found;
}
