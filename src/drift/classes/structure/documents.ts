import { JsonSyntaxError } from '../../../json/document.ts';
import { readJson } from '../../../json/read.ts';
import { type JsonNode, printTree, stringNode, toTree } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { quoted } from '../../kit/fix-text.ts';
import { either } from '../../kit/kinds.ts';
import { isAlike, memberOf, objectOf, onlyMember } from '../../kit/node-predicates.ts';
import { textOf } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';

/** Texts above this are not read as JSON. */
const longestText = 256 << 10;

function parsed(node: JsonNode): JsonNode | null {
  const text = textOf(node);
  if (text === null || !/^[{[]/.test(text) || text.length > longestText) return null;
  const document = readJson(Buffer.from(text));
  const tree = document instanceof JsonSyntaxError ? null : toTree(document);
  return tree?.kind === 'object' || tree?.kind === 'array' ? tree : null;
}

function isFilled(node: JsonNode): boolean {
  return (node.kind === 'object' && node.members.length > 0) || (node.kind === 'array' && node.items.length > 0);
}

/** A document as text inside of a document. */
const jsonInString = twoForms<{ readonly text: true }>({
  id: 'json-in-string',
  kinds: either(['object', 'array'], ['string']),
  find(rich, plain) {
    const inner = isFilled(rich) ? parsed(plain) : null;
    return inner !== null && isAlike(rich, inner) ? { text: true } : null;
  },
  toPlain: (rich) =>
    rich.kind === 'object' || rich.kind === 'array'
      ? stringNode(Buffer.from(printTree(rich), 'latin1').toString('utf8'))
      : rich,
  toRich: (plain) => parsed(plain) ?? plain,
  advice: () => ({
    plain:
      'write the value itself: serde_json::value::RawValue in Rust, json.RawMessage in Go, JSON.parse(text) in Node, @JsonRawValue in Jackson, a JSON column type in the ORM',
    rich: 'or write it as text: serde_with::json::JsonString in Rust, a string with json.Marshal in Go, JSON.stringify(value) in Node',
  }),
});

interface Extended {
  /** `$` keys from the outside to the value. */
  readonly path: readonly string[];
  readonly kind: 'string' | 'number';
}

const extendedPaths = [
  ['$oid'],
  ['$numberLong'],
  ['$numberInt'],
  ['$numberDouble'],
  ['$numberDecimal'],
  ['$date', '$numberLong'],
  ['$date'],
  ['$uuid'],
];

function extendedOf(node: JsonNode): { path: readonly string[]; text: string } | null {
  for (const path of extendedPaths) {
    const value = path.reduce<JsonNode | null>((at, key) => {
      const only = at === null ? null : onlyMember(at);
      return only?.key === key ? only.value : null;
    }, node);
    const text = value === null ? null : textOf(value);
    if (text !== null) return { path, text };
  }
  return null;
}

function isNumber(text: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text);
}

function bare(text: string, kind: Extended['kind']): JsonNode | null {
  if (kind === 'string') return stringNode(text);
  return isNumber(text) ? { kind: 'number', raw: text } : null;
}

/** MongoDB Extended JSON: the type of a value around it. */
const extendedJson = twoForms<Extended>({
  id: 'extended-json',
  kinds: either(['object'], ['string', 'number']),
  find(rich, plain) {
    const found = extendedOf(rich);
    if (found === null || (plain.kind !== 'string' && plain.kind !== 'number')) return null;
    const text = plain.kind === 'number' ? plain.raw : textOf(plain);
    return text === found.text ? { path: found.path, kind: plain.kind } : null;
  },
  toPlain(rich, { path, kind }) {
    const found = extendedOf(rich);
    return found === null || found.path.join() !== path.join() ? rich : (bare(found.text, kind) ?? rich);
  },
  toRich(plain, { path, kind }) {
    if (plain.kind !== kind) return plain;
    const text = plain.kind === 'number' ? plain.raw : textOf(plain);
    return [...path].reverse().reduce<JsonNode>((node, key) => objectOf([memberOf(key, node)]), stringNode(text ?? ''));
  },
  terms: ({ path }) => ({ path: [path.join('.')] }),
  advice: ({ path }) => ({
    rich: `write the bare value: bson::serde_helpers (serialize_object_id_as_hex_string and its like) in Rust, to_s in Ruby, relaxed or plain JSON in the drivers`,
    plain: `or write {${quoted(path[0]!)}: …}, Extended JSON, as bson does: bson.MarshalExtJSON in Go, EJSON.stringify in Node`,
  }),
});

/** Rules for documents in documents. */
export const documentRules: readonly DriftRule[] = [extendedJson, jsonInString];
