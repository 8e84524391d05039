import { defineClass } from '../../definition/define-class.ts';
import { isNull, presenceRule } from './presence.ts';

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
    ],
    proof:
      'Adding or dropping exactly these null members, at the same keys in all samples, must give the candidate body.',
    sources: ['https://serde.rs/field-attrs.html', 'https://pkg.go.dev/encoding/json#Marshal'],
  },
  rule: presenceRule('null-vs-absent', isNull, (keys) => ({
    leaveOut: `leave ${keys} out when there is none: #[serde(skip_serializing_if = "Option::is_none")] in Rust, a pointer with omitempty in Go`,
    write: `write ${keys} as null when there is none: an Option without skip_serializing_if in Rust, a pointer without omitempty in Go`,
  })),
});
