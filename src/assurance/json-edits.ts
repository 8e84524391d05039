import { type JsonDocument, Kind } from '../json/document.ts';
import { rawString, sourceText, stringText } from '../json/text.ts';
import type { Random } from './seeded-random.ts';
import { differ } from './tree-distance.ts';
import { childrenOf, type Layout, type Spot, spotOf } from './tree-layout.ts';

/** What is done to a JSON body. */
export type JsonEditKind =
  | 'key-dropped'
  | 'key-added'
  | 'type'
  | 'value'
  | 'big-integer'
  | 'last-digit'
  | 'item-moved'
  | 'item-lost';

/** A body that differs at one place, every other byte as it was. */
export interface JsonEdit extends Spot {
  readonly bytes: Buffer;
}

/** Puts `text` (one character for each byte) in the place of the bytes `from … to`. `spot` is where the difference shows. */
interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly spot: Spot;
}

type Edit = (layout: Layout, node: number, random: Random) => Splice | null;

const edits: Readonly<Record<JsonEditKind, Edit>> = {
  'key-dropped': dropKey,
  'key-added': addKey,
  type: changeType,
  value: changeValue,
  'big-integer': (layout, node) => (isBigInteger(layout.document, node) ? stepNumber(layout, node) : null),
  'last-digit': (layout, node) => (isBigInteger(layout.document, node) ? null : stepNumber(layout, node)),
  'item-moved': moveItem,
  'item-lost': loseItem,
};

/** All kinds of edits, in a fixed order. */
export const jsonEditKinds = Object.keys(edits) as readonly JsonEditKind[];

/**
 * Edits a document at one place: at the first that allows it from a random one on. Null if no place does. In the result the body
 * always means something else (it breaks the value rung, and the shape if the place is `firm` and the edit structural). O(bytes).
 */
export function editJson(layout: Layout, kind: JsonEditKind, random: Random): JsonEdit | null {
  const { size, bytes } = layout.document;
  const start = random(size);
  for (let step = 0; step < size; step += 1) {
    const node = (start + step) % size;
    const splice = layout.isKey[node] === 1 ? null : edits[kind](layout, node, random);
    if (splice === null) continue;
    const parts = [bytes.subarray(0, splice.from), Buffer.from(splice.text, 'latin1'), bytes.subarray(splice.to)];
    return { ...splice.spot, bytes: Buffer.concat(parts) };
  }
  return null;
}

function replace(layout: Layout, node: number, text: string): Splice {
  const { start, end } = layout.document;
  return { from: start[node]!, to: end[node]!, text, spot: spotOf(layout, node) };
}

/** Cuts one child out of its container, with the comma that belongs to it. `head` is how many nodes come before its value. */
function cut(layout: Layout, children: readonly number[], at: number, head: 0 | 1): Splice {
  const { start, end } = layout.document;
  const [before, node, after] = [children[at - 1], children[at]!, children[at + 1]];
  const from = before === undefined ? start[node - head]! : end[before]!;
  const to = before === undefined && after !== undefined ? start[after - head]! : end[node]!;
  return { from, to, text: '', spot: spotOf(layout, node) };
}

function dropKey(layout: Layout, node: number, random: Random): Splice | null {
  if (layout.document.kind[node] !== Kind.object) return null;
  const children = [...childrenOf(layout.document, node)];
  return children.length === 0 ? null : cut(layout, children, random(children.length), 1);
}

function loseItem(layout: Layout, node: number, random: Random): Splice | null {
  if (layout.document.kind[node] !== Kind.array) return null;
  const children = [...childrenOf(layout.document, node)];
  return children.length === 0 ? null : cut(layout, children, random(children.length), 0);
}

function addKey(layout: Layout, node: number): Splice | null {
  const { document } = layout;
  if (document.kind[node] !== Kind.object) return null;
  const taken = new Set([...childrenOf(document, node)].map((value) => stringText(document, value - 1)));
  let name = 'added';
  while (taken.has(name)) name += '-1';
  const at = document.start[node]! + 1;
  const spot = spotOf(layout, node);
  const text = `${rawString(name)}:null${taken.size > 0 ? ',' : ''}`;
  return { from: at, to: at, text, spot: { pointer: `${spot.pointer}/${name}`, firm: spot.firm } };
}

function changeType(layout: Layout, node: number): Splice {
  return replace(layout, node, layout.document.kind[node] === Kind.null ? '"x"' : 'null');
}

function changeValue(layout: Layout, node: number): Splice | null {
  const { kind } = layout.document;
  const source = kind[node]! < Kind.array ? sourceText(layout.document, node) : '';
  if (kind[node] === Kind.true) return replace(layout, node, 'false');
  if (kind[node] === Kind.false) return replace(layout, node, 'true');
  if (kind[node] === Kind.string) return replace(layout, node, `${source.slice(0, -1)}x"`);
  return kind[node] === Kind.number ? replace(layout, node, otherNumber(source)) : null;
}

/** The number with the other sign; for zero, which has none, one. */
function otherNumber(lexeme: string): string {
  if (/^-?[0.]+(?:[eE]|$)/.test(lexeme)) return '1';
  return lexeme.startsWith('-') ? lexeme.slice(1) : `-${lexeme}`;
}

/** A whole number of 16 digits or more: where doubles begin to run together. */
function isBigInteger(document: JsonDocument, node: number): boolean {
  return document.kind[node] === Kind.number && /^-?\d{16,}$/.test(sourceText(document, node));
}

function stepNumber(layout: Layout, node: number): Splice | null {
  if (layout.document.kind[node] !== Kind.number) return null;
  return replace(layout, node, numberBesides(sourceText(layout.document, node)));
}

/** The number with its last digit one up or one down: the way that a double does not notice, if there is one. */
function numberBesides(lexeme: string): string {
  const end = lexeme.search(/[eE]|$/);
  const digit = Number(lexeme[end - 1]);
  const others = [digit + 1, digit - 1].filter((other) => other >= 0 && other <= 9);
  const spelled = others.map((other) => `${lexeme.slice(0, end - 1)}${other}${lexeme.slice(end)}`);
  return spelled.find((other) => Number(other) === Number(lexeme)) ?? spelled[0]!;
}

/** Swaps two neighbours that differ in meaning. */
function moveItem(layout: Layout, node: number, random: Random): Splice | null {
  const { document } = layout;
  if (document.kind[node] !== Kind.array) return null;
  const children = [...childrenOf(document, node)];
  const start = random(Math.max(1, children.length - 1));
  for (let step = 0; step < children.length - 1; step += 1) {
    const at = (start + step) % (children.length - 1);
    const [item, other] = [children[at]!, children[at + 1]!];
    if (!differ(document, item, other)) continue;
    const between = document.bytes.toString('latin1', document.end[item], document.start[other]);
    const text = `${sourceText(document, other)}${between}${sourceText(document, item)}`;
    return { from: document.start[item]!, to: document.end[other]!, text, spot: spotOf(layout, node) };
  }
  return null;
}
