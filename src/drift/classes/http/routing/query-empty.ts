import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor } from '../../../http-kit/predicates.ts';

export const queryEmpty = defineClass({
  id: 'query-empty',
  title: 'a query parameter with an empty value is refused on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'query',
  rank: 4,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The query has a name with nothing after the equals sign. One side tries to read a number and refuses, the other takes it as not given.',
    request: 'GET /items?page=',
    example: [
      [
        'Rust (axum)',
        '400␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize query string: cannot parse integer from empty string',
      ],
      ['Go (net/http)', '200␊content-type: application/json␊␊[]'],
    ],
    why: [
      ['Rust (serde)', 'Option<u32> is None only if the name is not there'],
      ['Go', 'code that checks for "" treats both alike'],
    ],
    breaks: 'Forms that send every field, filled in or not, fail on one side.',
    fix: [
      ['Rust (serde)', 'deserialize_with = "empty_string_as_none", as in the examples of axum'],
      ['Go', 'tell "" from not given with r.URL.Query().Has'],
    ],
    proof: 'The query has an empty value, one side refuses in the words of a number parser, the other accepts.',
    sources: ['https://docs.rs/axum/latest/axum/extract/struct.Query.html'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) =>
      scene.asked.pairs.some(({ value }) => value === '') && refusedFor(scene, 'bad-number', 'out-of-range'),
  },
});
