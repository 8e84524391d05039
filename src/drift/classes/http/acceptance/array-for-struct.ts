import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor, someNode } from '../../../http-kit/predicates.ts';

export const arrayForStruct = defineClass({
  id: 'array-for-struct',
  title: 'a list where an object is due is accepted on one side, and refused on the other',
  severity: 'breaking',
  reach: 'api',
  pass: 'field-value',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The request sends a list where an object is due. One side reads its items as the fields in their order.',
    request: `POST /v1/things␊content-type: application/json␊␊["n",null]`,
    example: [
      [
        'Go (encoding/json)',
        `400␊content-type: text/plain; charset=utf-8␊␊json: cannot unmarshal array into Go value of type main.In␊`,
      ],
      ['Rust (axum)', `201␊content-type: application/json␊␊{"id":1,"name":"n"}`],
    ],
    why: [
      ['Rust (serde)', 'a derived struct can be read from a sequence, field by field'],
      ['Go', 'a list is not a struct'],
    ],
    breaks: 'The lenient side writes rows for requests that the strict one refused, with values in the wrong fields.',
    fix: [
      ['Go', 'nothing: this is what clients expect'],
      ['Rust (serde)', 'a newtype whose Deserialize calls deserialize_map'],
    ],
    proof: 'The request holds a list, one side refuses a list by name, the other accepts.',
    sources: ['https://github.com/serde-rs/serde/issues/1587'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) =>
      refusedFor(scene, 'wrong-type') &&
      /^array\b/.test(scene.first.error?.got ?? '') &&
      someNode(scene.asked, ({ kind }) => kind === 'array'),
  },
});
