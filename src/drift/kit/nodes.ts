import { JsonSyntaxError, Kind } from '../../json/document.ts';
import { readJson } from '../../json/read.ts';
import { stringText } from '../../json/text.ts';
import { type JsonMember, type JsonNode, printTree } from '../../json/tree.ts';

export type ObjectNode = Extract<JsonNode, { kind: 'object' }>;

/** The member of an object with this key; of a key that is there twice none, since no rewrite could tell which is meant. */
export function member(node: ObjectNode, key: string): JsonMember | null {
  let found: JsonMember | null = null;
  for (const one of node.members) {
    if (one.key !== key) continue;
    if (found !== null) return null;
    found = one;
  }
  return found;
}

/** The keys of an object, or null if one of them is there twice. */
export function uniqueKeys(node: ObjectNode): Set<string> | null {
  const keys = new Set(node.members.map((one) => one.key));
  return keys.size === node.members.length ? keys : null;
}

/** Two objects have the same keys in the same order: no rule for keys has anything to say. */
export function hasSameKeys(a: ObjectNode, b: ObjectNode): boolean {
  if (a.members.length !== b.members.length) return false;
  for (let i = 0; i < a.members.length; i += 1) if (a.members[i]!.key !== b.members[i]!.key) return false;
  return true;
}

/** A member of an object is an object itself. */
export function hasInnerObject(node: ObjectNode): boolean {
  for (const one of node.members) if (one.value.kind === 'object') return true;
  return false;
}

/** Source of a string that is its own text: ASCII without escapes. */
const plain = /^"[ !#-[\]-~]*"$/;

/** Every rule asks for the same texts, and reading one takes longer than finding it. */
const texts = new WeakMap<JsonNode, string | null>();

/** The text of a string node, escapes resolved; null for every other node. */
export function textOf(node: JsonNode): string | null {
  if (node.kind !== 'string') return null;
  const known = texts.get(node);
  if (known !== undefined) return known;
  const text = plain.test(node.raw) ? node.raw.slice(1, -1) : readText(node);
  texts.set(node, text);
  return text;
}

function readText(node: Extract<JsonNode, { raw: string }>): string | null {
  const document = readJson(Buffer.from(node.raw, 'latin1'));
  return document instanceof JsonSyntaxError || document.kind[0] !== Kind.string ? null : stringText(document, 0);
}

/** Two nodes mean the same text, or are spelled alike. */
export function isSameText(x: JsonNode, y: JsonNode): boolean {
  if (x.kind !== y.kind) return false;
  if (x.kind === 'string' && y.kind === 'string') return x.raw === y.raw || textOf(x) === textOf(y);
  if ('raw' in x && 'raw' in y) return x.raw === y.raw;
  return printTree(x) === printTree(y);
}

/** A number node with this source. */
export function numberNode(raw: string): JsonNode {
  return { kind: 'number', raw };
}

/** The source of a number node; null for every other node. */
export function numberOf(node: JsonNode): string | null {
  return node.kind === 'number' ? node.raw : null;
}

const integer = /^-?(?:0|[1-9]\d*)$/;

/** A number spelled as an integer: no fraction, no exponent, no leading zero. */
export function isInteger(text: string): boolean {
  return integer.test(text);
}

/** Two nodes are spelled alike and have the very same children: what `rewrite` gives where it changed nothing. */
export function isUnchanged(before: JsonNode, after: JsonNode): boolean {
  if (before === after) return true;
  if (before.kind === 'object' && after.kind === 'object')
    return (
      before.members.length === after.members.length && before.members.every((one, i) => isKept(one, after.members[i]!))
    );
  if (before.kind === 'array' && after.kind === 'array')
    return before.items.length === after.items.length && before.items.every((one, i) => one === after.items[i]);
  if (before.kind === 'object' || before.kind === 'array' || after.kind === 'object' || after.kind === 'array')
    return false;
  return before.kind === after.kind && before.raw === after.raw;
}

function isKept(before: JsonMember, after: JsonMember): boolean {
  return before === after || (before.raw === after.raw && before.key === after.key && before.value === after.value);
}
