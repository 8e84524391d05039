import type { JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import type { DriftRule, TrainingSample } from '../../kit/drift-rule.ts';
import { isNull, isZero, type Presence, presenceRule } from './presence.ts';

/** One side never has the member, and the other one has a value in it: a member that was added or lost, not one without a value. */
function isOfOneSide(key: string, places: readonly TrainingSample[]): boolean {
  const valueIn = (node: JsonNode) =>
    node.kind === 'object' ? node.members.find((one) => one.key === key)?.value : undefined;
  const found = places.map(({ a, b }) => [valueIn(a), valueIn(b)]);
  const isShared = found.some((values) => values.every((value) => value !== undefined));
  return !isShared && found.flat().some((value) => value !== undefined && !isNull(value) && !isZero(value));
}

const rule: DriftRule<Presence> = {
  ...presenceRule('null-vs-absent', isNull, (keys) => ({
    leaveOut: `leave ${keys} out when there is none: #[serde(skip_serializing_if = "Option::is_none")] in Rust, a pointer with omitempty in Go`,
    write: `write ${keys} as null when there is none: an Option without skip_serializing_if in Rust, a pointer without omitempty in Go`,
  })),
  confirm({ drop, add, after }, places) {
    const shared = (keys: ReadonlyMap<string, string>) =>
      new Map([...keys].filter(([key]) => !isOfOneSide(key, places)));
    const [dropped, added] = [shared(drop), shared(add)];
    return dropped.size + added.size === 0 ? null : { drop: dropped, add: added, after };
  },
};

export const nullVsAbsent = defineClass({
  id: 'null-vs-absent',
  title: 'a member that has no value is null on one side and absent on the other',
  severity: 'risky',
  pass: 'presence',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'One side writes a key with null where the other leaves the key out.',
    example: [
      ['Rust (serde)', '{"a":null,"b":1}'],
      ['Go (encoding/json)', '{"b":1}␊'],
    ],
    why: [
      ['Rust', 'Option::None is written as null unless skip_serializing_if says otherwise'],
      ['Go', 'a nil pointer is null, and absent with omitempty'],
    ],
    breaks: 'Code that asks whether the key is there decides otherwise; in a JSON Merge Patch null means delete.',
    fix: [
      ['Rust', '#[serde(skip_serializing_if = "Option::is_none")] to leave it out'],
      ['Go', 'a pointer without omitempty to write null'],
      [
        'Java (Jackson)',
        'spring.jackson.default-property-inclusion=non_null, or @JsonInclude(JsonInclude.Include.NON_NULL)',
      ],
      ['.NET', 'JsonSerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull'],
      ['Python (pydantic)', 'response_model_exclude_none=True on the route, or model_dump(exclude_none=True)'],
      ['Node', 'undefined instead of null leaves the member out of JSON.stringify(); null keeps it'],
      [
        'PHP',
        'array_filter($row, fn($value) => $value !== null) before json_encode; $this->when() in a Laravel resource',
      ],
    ],
    proof:
      'Adding or dropping exactly these null members, at the same keys in all samples, must give the candidate body. Not of a member that one side never has and the other one has a value in.',
    sources: ['https://serde.rs/field-attrs.html', 'https://pkg.go.dev/encoding/json#Marshal'],
  },
  rule,
});
