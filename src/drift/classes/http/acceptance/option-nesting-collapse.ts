import { defineClass } from '../../../definition/define-class.ts';
import { at, keptByFirst } from './absence.ts';

export const optionNestingCollapse = defineClass({
  id: 'option-nesting-collapse',
  title: 'null clears a member on one side, and leaves it as it was on the other',
  severity: 'breaking',
  reach: 'route',
  pass: 'absence',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'Express 4 and Go net/http',
  page: {
    what: 'The request sets a member to null. One side clears it; the other cannot tell null from a member that is not there, and keeps the old value.',
    request: `PATCH /v1/things/1␊content-type: application/json␊␊{"note":null}`,
    example: [
      ['Rust (serde, Option<String>)', `200␊content-type: application/json␊␊{"id":1,"note":"old"}`],
      ['Node (Express)', `200␊content-type: application/json␊␊{"id":1,"note":null}`],
    ],
    why: [
      [
        'Rust (serde)',
        'Option<T> is None both for null and for a member that is not there; Option<Option<T>> collapses the same way without a deserialize_with',
      ],
      ['Go', 'a nil pointer is both; only json.RawMessage, a map or an UnmarshalJSON sees null'],
      ['Python (pydantic)', 'model_fields_set tells them apart; Node has null and undefined'],
    ],
    breaks: 'JSON Merge Patch (RFC 7396) clears with null: what a user removed is still there.',
    fix: [
      ['Rust (serde)', 'Option<Option<T>> with #[serde(default, with = "serde_with::rust::double_option")]'],
      ['Node (Express)', 'keep it, and say in the contract that null clears'],
      ['Go', 'a generic type with Set and Null flags and an UnmarshalJSON, which is called for null too'],
    ],
    proof:
      'The request is a PATCH or PUT with a member that is null; both accept, and the answer of one has a value there that is not empty, that of the other none. It speaks for these members alone.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc7396',
      'https://docs.rs/serde_with/latest/serde_with/rust/double_option/index.html',
    ],
  },
  recognise: {
    facet: 'body',
    owns: at(keptByFirst),
    find: (scene) => keptByFirst(scene).length > 0,
  },
});
