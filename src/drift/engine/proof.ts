import { compareJson } from '../../compare/json/compare-json.ts';
import type { JsonOptions } from '../../compare/json/json-options.ts';
import type { JsonDivergence } from '../../compare/model/divergence-list.ts';
import { type JsonDocument, JsonSyntaxError, Kind } from '../../json/document.ts';
import { pointerShape } from '../../json/pointer.ts';
import { readJson } from '../../json/read.ts';
import { type JsonNode, printTree } from '../../json/tree.ts';
import type { Readable } from '../kit/array-alignment.ts';
import { type Bodies, readBody } from './sample.ts';

/** What is to be proved: that the rewritten reference of a sample gives its candidate. */
export interface Claim {
  readonly sample: Bodies;
  readonly reference: JsonDocument;
  readonly rewritten: JsonNode;
}

/** A shape at which the rewritten reference still differs from the candidate. */
export interface Residue {
  readonly shape: string;
  /** It differs in spelling or order alone. */
  readonly wire: boolean;
  /** The order of an object's members. */
  readonly order: boolean;
  /** What is below the place cannot be told, so that it counts as different too. */
  readonly whole: boolean;
}

/** How near the rewritten reference comes to the candidate. */
export interface Proof {
  /** Byte for byte the same, but for a final newline. */
  readonly exact: boolean;
  /** A final newline is on one side only. */
  readonly newline: boolean;
  /** Null if there is too much to list, or if the candidate cannot be read. */
  readonly residue: readonly Residue[] | null;
  /** Null if it was not read: where the bytes are the same there is no need to. */
  readonly candidate: Readable | null;
}

/** Compares a rewritten reference with the candidate, under the comparison's own rules. */
export function prove({ sample, reference, rewritten }: Claim): Proof {
  const text = print(rewritten, reference);
  const newline = endsWithNewline(sample.reference) !== endsWithNewline(sample.candidate);
  if (bare(sample.candidate).equals(text) && isCompact(reference))
    return { exact: true, newline, residue: [], candidate: null };
  const candidate = readBody(sample.candidate);
  const residue = candidate === null ? null : residueOf(text, candidate.document, sample.options);
  return { exact: false, newline, residue, candidate };
}

/**
 * There is no white space between the tokens, but for a final newline. Printing drops it, so that no other body can be
 * reproduced byte for byte.
 */
function isCompact({ bytes, bom, size, kind, start, end, next }: JsonDocument): boolean {
  // A comma or a colon before every node but the root and the first child of a container.
  let length = size - 1 + (bom ? 3 : 0);
  for (let node = 0; node < size; node += 1) {
    const isContainer = kind[node] === Kind.object || kind[node] === Kind.array;
    if (isContainer) length += next[node]! > node + 1 ? 1 : 2;
    else length += end[node]! - start[node]!;
  }
  return length === bare(bytes).length;
}

function residueOf(text: Buffer, candidate: JsonDocument, options: JsonOptions): Residue[] | null {
  const document = readJson(text);
  if (document instanceof JsonSyntaxError) return null;
  const { divergences, omitted } = compareJson(document, candidate, options);
  return omitted > 0 ? null : divergences.map(residueAt);
}

/** Where these are, the items and members that both sides have were compared all the same. */
const lookedInto: ReadonlySet<JsonDivergence['kind']> = new Set(['missing', 'extra', 'order'] as const);

function residueAt({ pointer, kind, rung }: JsonDivergence): Residue {
  const wire = rung === 'wire';
  const whole = !wire && !lookedInto.has(kind);
  return { shape: pointerShape(pointer), wire, order: wire && kind === 'order', whole };
}

function print(tree: JsonNode, document: JsonDocument): Buffer {
  return Buffer.from(`${document.bom ? '\xef\xbb\xbf' : ''}${printTree(tree)}`, 'latin1');
}

function endsWithNewline(bytes: Buffer): boolean {
  return bytes.at(-1) === 0x0a;
}

function bare(bytes: Buffer): Buffer {
  return endsWithNewline(bytes) ? bytes.subarray(0, -1) : bytes;
}

/** Two bodies, neither of them empty, are the same but for one final newline. */
export function isNewlineApart(a: Buffer, b: Buffer): boolean {
  const [longer, shorter] = a.length > b.length ? [a, b] : [b, a];
  return shorter.length > 0 && endsWithNewline(longer) && longer.subarray(0, -1).equals(shorter);
}
