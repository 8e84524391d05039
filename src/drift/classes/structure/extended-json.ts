import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { quoted } from '../../kit/fix-text.ts';
import { either } from '../../kit/kinds.ts';
import { memberOf, objectOf, onlyMember } from '../../kit/node-predicates.ts';
import { textOf } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';

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
const rule = twoForms<Extended>({
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

export const extendedJson = defineClass({
  id: 'extended-json',
  title: 'a database value carries its type around it',
  severity: 'breaking',
  pass: 'document',
  rank: 1,
  evidence: 'documented',
  page: {
    what: 'One side writes MongoDB Extended JSON, {"$oid": …} and the like, the other the bare value.',
    example: [
      ['Rust (bson)', '{"id":{"$oid":"64b7"}}'],
      ['Go (mongo driver)', '{"id":"64b7"}'],
    ],
    why: [
      ['Rust', 'bson types serialize as Extended JSON'],
      ['Go', 'primitive.ObjectID has a MarshalJSON that writes hex'],
    ],
    breaks: 'The id is [object Object] in every link that is made from it.',
    fix: [
      ['Rust', '#[serde(serialize_with = "bson::serde_helpers::serialize_object_id_as_hex_string")]'],
      ['Go', 'bson.MarshalExtJSON where clients want types'],
      ['Node', 'id.toHexString(), or EJSON.stringify'],
    ],
    proof:
      'The text inside must be the value, digit by digit. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/'],
  },
  rule,
});
