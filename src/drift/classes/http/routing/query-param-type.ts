import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor } from '../../../http-kit/predicates.ts';

export const queryParamType = defineClass({
  id: 'query-param-type',
  title: 'a query parameter of the wrong type is refused on one side, and accepted on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'query',
  rank: 5,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The query has a word where a number is due. One side refuses it, the other goes on as if it were not there.',
    request: 'GET /items?page=x',
    example: [
      [
        'Rust (axum)',
        '400␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize query string: page: invalid digit found in string',
      ],
      ['Go (net/http)', '200␊content-type: application/json␊␊[]'],
    ],
    why: [
      ['Rust (axum)', 'Query<Struct> refuses what is not a T'],
      ['Go', 'code that drops the error of strconv.Atoi goes on with 0'],
    ],
    breaks: 'A client with a typo gets the first page instead of an error.',
    fix: [
      ['Rust (axum)', 'a String field, parsed by hand with a default'],
      ['Go', 'answer 400 where strconv.Atoi returns an error'],
    ],
    proof: 'The query has a value, one side refuses in the words of a number parser, the other accepts.',
    sources: ['https://docs.rs/axum/latest/axum/extract/struct.Query.html', 'https://pkg.go.dev/strconv#Atoi'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => scene.asked.pairs.some(({ value }) => (value ?? '') !== '') && refusedFor(scene, 'bad-number'),
  },
});
