import type { JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { quoted } from '../../kit/fix-text.ts';
import { plainName } from '../../kit/key-case.ts';
import { alike } from '../../kit/kinds.ts';
import { areAlike, memberOf, objectOf, plainNames, unionOf } from '../../kit/node-predicates.ts';
import { hasInnerObject, member, uniqueKeys } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { holdSeats, resultArms } from './envelopes.ts';

interface Envelope {
  readonly key: string;
  readonly rest: readonly string[];
}

const envelopeKeys = new Set(
  'data result results response payload content body d root attributes item resource object value'.split(' '),
);

/** The member that holds what the plain side is, beside members that the plain side has not. */
function envelopeOf(rich: JsonNode, plain: JsonNode): Envelope | null {
  if (rich.kind !== 'object' || plain.kind !== 'object' || !hasInnerObject(rich)) return null;
  if (uniqueKeys(rich) === null || resultArms.has(rich.members[0]?.key ?? '')) return null;
  const names = plainNames(plain);
  if (rich.members.some((one) => names.has(plainName(one.key)))) return null;
  const found = rich.members.filter((one) => one.value.kind === 'object' && areAlike(one.value, plain));
  const rest = rich.members.filter((one) => one !== found[0]).map((one) => one.key);
  if (found.length !== 1 || (rest.length > 0 && !envelopeKeys.has(plainName(found[0]!.key)))) return null;
  return plain.members.length === 0 ? null : { key: found[0]!.key, rest };
}

const rule = twoForms<Envelope>({
  id: 'envelope-data-wrapper',
  kinds: alike('object'),
  find: envelopeOf,
  toPlain(rich, { key }) {
    const found = rich.kind === 'object' ? member(rich, key) : null;
    return found?.value.kind === 'object' ? found.value : rich;
  },
  toRich: (plain, { key, rest }) =>
    plain.kind === 'object' ? objectOf([memberOf(key, plain), ...holdSeats(rest)]) : plain,
  unite(found) {
    const { key } = found[0]!;
    return found.some((one) => one.key !== key) ? null : { key, rest: unionOf(found.map((one) => one.rest)) };
  },
  rest: (by) => by.rest,
  terms: ({ key, rest }) => ({ key: [key], beside: rest }),
  advice: ({ key }) => ({
    rich: `send what is inside ${quoted(key)} itself: Json(value) instead of Json(json!({${quoted(key)}: value})) in Rust, Encode(v) in Go, no WRAP_ROOT_VALUE in Jackson`,
    plain: `or put the object under ${quoted(key)}: a struct with that one field in Rust and Go, {${quoted(key)}: value} in Node and Python`,
  }),
});

export const envelopeDataWrapper = defineClass({
  id: 'envelope-data-wrapper',
  title: 'an object stands in another object that only carries it',
  severity: 'breaking',
  pass: 'envelope',
  rank: 4,
  evidence: 'documented',
  page: {
    what: 'One side sends the object, the other an envelope with the object under one key.',
    example: [
      ['Node (JSON:API style)', '{"data":{"id":1}}'],
      ['Go', '{"id":1}'],
    ],
    why: [
      ['Java', 'SerializationFeature.WRAP_ROOT_VALUE, or a generic Response<T> class'],
      ['Ruby', 'ActiveModel::Serializers with include_root_in_json'],
      ['PHP', 'Laravel API resources wrap in data'],
    ],
    breaks: 'Every field is undefined, one level too high or too deep.',
    fix: [
      ['Rust', 'Json(value) or Json(json!({"data": value})), the same on both sides'],
      ['Go', 'Encode(v) or Encode(map[string]any{"data": v})'],
      ['Java', 'mapper.disable(SerializationFeature.WRAP_ROOT_VALUE)'],
      ['PHP', 'JsonResource::withoutWrapping()'],
      ['Python', 'return the model, or {"data": model}'],
    ],
    proof:
      'One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis. Members beside the content are named as lost.',
    sources: ['https://github.com/FasterXML/jackson-databind/wiki/Serialization-Features'],
  },
  rule,
});
