import { type Alignment, alignItems, pairByPosition } from '../../compare/json/array-alignment.ts';
import { compareJson } from '../../compare/json/compare-json.ts';
import { lazyHashes } from '../../compare/json/hash.ts';
import { identifying } from '../../compare/json/identity-keys.ts';
import { side } from '../../compare/json/item-matching.ts';
import type { JsonOptions } from '../../compare/json/json-options.ts';
import { walkTrail } from '../../compare/rules/pointer-matcher.ts';
import { type JsonDocument, JsonSyntaxError } from '../../json/document.ts';
import { readJson } from '../../json/read.ts';
import { type JsonNode, printTree } from '../../json/tree.ts';
import type { TreePair } from './drift-rule.ts';
import { isSame } from './tree-equal.ts';

export type ArrayNode = Extract<JsonNode, { kind: 'array' }>;

/** A body that was read: the document, and the tree for rewriting. */
export interface Readable {
  readonly document: JsonDocument;
  readonly tree: JsonNode;
}

/** How the items of an array of the reference are lined up with those of one of the candidate. */
interface Line {
  readonly b: ArrayNode;
  readonly alignment: Alignment;
  /** Indices of all items of the reference, in an order that has nothing to do with the one they came in. */
  readonly order: readonly number[];
}

/** By array of the reference. */
const lines = new WeakMap<ArrayNode, Line>();

/** Arrays of the reference of which rules say that the order means nothing. */
const unordered = new WeakSet<ArrayNode>();

/** Keeps how the comparison lines up the items of two bodies, for all that asks about these trees later on. */
export function lineUp(reference: Readable, candidate: Readable, options: JsonOptions): void {
  const [as, bs] = [arraysIn(reference.tree), arraysIn(candidate.tree)];
  if (as.size === 0 || bs.size === 0) return;
  if (options.rules.shuffles)
    walkTrail(reference.document, options.rules.trails.unordered, (node) => {
      const array = as.get(node);
      if (array !== undefined) unordered.add(array);
      return true;
    });
  const lined: JsonOptions['lined'] = (i, j, alignment) => {
    const [a, b] = [as.get(i)!, bs.get(j)!];
    if (isTelling(a, b, alignment)) lines.set(a, lineOf(a, b, alignment));
  };
  compareJson(reference.document, candidate.document, { ...options, lined });
}

/** The arrays of a tree by their nodes in the document: those come in the order of the text, a key before its value. */
function arraysIn(tree: JsonNode): Map<number, ArrayNode> {
  const arrays = new Map<number, ArrayNode>();
  let next = 0;
  const visit = (node: JsonNode) => {
    if (node.kind === 'array') arrays.set(next, node);
    next += 1;
    if (node.kind === 'array') for (const item of node.items) visit(item);
    if (node.kind !== 'object') return;
    for (const { value } of node.members) {
      next += 1;
      visit(value);
    }
  };
  visit(tree);
  return arrays;
}

/**
 * Which items belong together is known better than by their positions. Not in two lists of one length in which nothing names the
 * items: what is 2 on one side and 2 on the other may be the second on one and the first on the other, counted anew.
 */
function isTelling(a: ArrayNode, b: ArrayNode, { named }: Alignment): boolean {
  return named || unordered.has(a) || a.items.length !== b.items.length;
}

function lineOf(a: ArrayNode, b: ArrayNode, alignment: Alignment): Line {
  const order = [...a.items.keys()];
  if (!alignment.named && !unordered.has(a)) return { b, alignment, order };
  const texts = a.items.map(printTree);
  return { b, alignment, order: order.sort((i, j) => (texts[i]! < texts[j]! ? -1 : texts[i]! > texts[j]! ? 1 : 0)) };
}

/** How two arrays are lined up; null if it is by position. Those that the comparison never saw together are lined up as it would. */
function lineBetween(a: ArrayNode, b: ArrayNode): Line | null {
  const known = lines.get(a);
  if (known?.b === b) return known;
  if (a.items.length === b.items.length && !(isNamed(a) && isNamed(b) && isFarApart(a, b))) return null;
  const line = lineOf(a, b, alignmentOf(a, b));
  lines.set(a, line);
  return line;
}

function alignmentOf(a: ArrayNode, b: ArrayNode): Alignment {
  const [x, y] = [a, b].map((one) => readJson(Buffer.from(printTree(one), 'latin1')));
  const byPosition = pairByPosition(a.items.length, b.items.length);
  if (x instanceof JsonSyntaxError || y instanceof JsonSyntaxError) return byPosition;
  const sideOf = (document: JsonDocument) =>
    side(document, 0, { hash: lazyHashes(document, () => () => 'value'), orderless: null, rough: null, alike: null });
  const options = { ordered: !unordered.has(a), key: null, noiseJudge: false };
  const alignment = alignItems(sideOf(x!), sideOf(y!), options);
  return isTelling(a, b, alignment) ? alignment : byPosition;
}

function isNamed({ items: [first] }: ArrayNode): boolean {
  return first?.kind === 'object' && first.members.some(({ key }) => identifying.includes(key));
}

/** More than one item is spelled otherwise than the one at its position. */
function isFarApart(a: ArrayNode, b: ArrayNode): boolean {
  let apart = 0;
  for (let i = 0; i < a.items.length && apart < 2; i += 1) apart += isSame(a.items[i]!, b.items[i]!) ? 0 : 1;
  return apart > 1;
}

/** The items of two arrays that belong together. */
export function pairItems(a: ArrayNode, b: ArrayNode): readonly TreePair[] {
  const line = lineBetween(a, b);
  if (line === null) return a.items.slice(0, b.items.length).map((one, at) => ({ a: one, b: b.items[at]! }));
  const { partner } = line.alignment;
  return line.order.flatMap((at) => (partner[at] === -1 ? [] : [{ a: a.items[at]!, b: b.items[partner[at]!]! }]));
}

/** The items of two arrays that belong to none of the other one, and whether those that do come in another order. */
export function looseItems(
  a: ArrayNode,
  b: ArrayNode,
): { readonly alone: readonly JsonNode[]; readonly moved: boolean } {
  const line = lineBetween(a, b);
  if (line === null) return { alone: [], moved: false };
  const { missing, extra, moved } = line.alignment;
  return { alone: [...missing.map((at) => a.items[at]!), ...extra.map((at) => b.items[at]!)], moved };
}

/** Gives an array with rewritten items, each at its place, what is known of the array it was made from. */
export function handOn(from: ArrayNode, to: ArrayNode): ArrayNode {
  const line = lines.get(from);
  if (line !== undefined) lines.set(to, line);
  if (unordered.has(from)) unordered.add(to);
  return to;
}

/** The order of the items means nothing. */
export function isUnordered(node: ArrayNode): boolean {
  return unordered.has(node);
}

/** A tree as text, the same in whatever order items come if that means nothing. */
export function textInOrder(node: JsonNode): string {
  if (node.kind === 'object')
    return `{${node.members.map(({ raw, value }) => `${raw}:${textInOrder(value)}`).join(',')}}`;
  if (node.kind !== 'array') return node.raw;
  const texts = node.items.map(textInOrder);
  return `[${(unordered.has(node) ? texts.sort() : texts).join(',')}]`;
}
