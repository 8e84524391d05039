import { compareJson, type JsonDivergence, type JsonOptions } from '../compare/json.ts';
import { type JsonDocument, JsonSyntaxError } from '../json/document.ts';
import { pointerShape } from '../json/pointer.ts';
import { readJson } from '../json/read.ts';
import { type JsonNode, printTree } from '../json/tree.ts';

/** What is to be proved: the reference as it came and as it was rewritten, against the candidate. */
export interface Claim {
  readonly reference: { readonly document: JsonDocument; readonly tree: JsonNode };
  readonly rewritten: JsonNode;
  readonly candidate: JsonDocument;
  readonly options: JsonOptions;
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
  /** Null if there is too much to list. */
  readonly residue: readonly Residue[] | null;
}

/** Compares a rewritten reference with the candidate, under the comparison's own rules. */
export function prove({ reference, rewritten, candidate, options }: Claim): Proof {
  const text = print(rewritten, reference.document);
  const [from, to] = [reference.document.bytes, candidate.bytes];
  const newline = endsWithNewline(from) !== endsWithNewline(to);
  // Printing drops white space between tokens, so only a body without any can be reproduced byte for byte.
  const exact = bare(to).equals(text) && bare(from).equals(print(reference.tree, reference.document));
  return { exact, newline, residue: exact ? [] : residueOf(text, candidate, options) };
}

function residueOf(text: Buffer, candidate: JsonDocument, options: JsonOptions): Residue[] | null {
  const document = readJson(text);
  if (document instanceof JsonSyntaxError) return null;
  const { divergences, omitted } = compareJson(document, candidate, options);
  return omitted > 0 ? null : divergences.map(residueAt);
}

function residueAt({ pointer, kind, rung }: JsonDivergence): Residue {
  const wire = rung === 'wire';
  const whole = !wire && kind !== 'missing' && kind !== 'extra';
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
