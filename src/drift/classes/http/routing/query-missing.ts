import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor } from '../../../http-kit/predicates.ts';

export const queryMissing = defineClass({
  id: 'query-missing',
  title: 'a query parameter that is not there is required on one side only',
  severity: 'breaking',
  reach: 'route',
  pass: 'query',
  rank: 3,
  evidence: 'documented',
  page: {
    what: 'One side refuses the request and names the parameter; the other goes on with an empty value.',
    request: 'GET /search',
    example: [
      [
        'Rust (axum)',
        '400␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize query string: missing field `q`',
      ],
      ['Go (net/http)', '200␊content-type: application/json␊␊[]'],
    ],
    why: [
      ['Rust (serde)', 'a field that is not an Option and has no default is required'],
      ['Go', 'url.Values.Get gives "" for what is not there'],
    ],
    breaks: 'A client that relies on the error gets everything instead of nothing, or the other way round.',
    fix: [
      ['Rust (serde)', '#[serde(default)] on the field, or Option<T>'],
      ['Go', 'check r.URL.Query().Has("q") and answer 400'],
    ],
    proof:
      'One side refuses and names a parameter that the query does not have; the request has no body; the other side accepts.',
    sources: ['https://docs.rs/axum/latest/axum/extract/struct.Query.html', 'https://pkg.go.dev/net/url#ParseQuery'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => {
      const { asked, first } = scene;
      const field = first.error?.field ?? null;
      return (
        refusedFor(scene, 'missing-field') && asked.body.length === 0 && !asked.pairs.some(({ name }) => name === field)
      );
    },
  },
});
