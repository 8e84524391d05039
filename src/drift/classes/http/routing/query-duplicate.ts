import { defineClass } from '../../../definition/define-class.ts';
import type { Asked } from '../../../http-kit/exchange-pair.ts';
import { anyOf, ofEcho, ofStatus } from '../../../http-kit/owned.ts';
import { echoes, oneRefuses } from '../../../http-kit/predicates.ts';

function repeated({ pairs }: Asked): string[] | null {
  const seen = new Map<string, string>();
  for (const { name, value } of pairs) {
    const before = seen.get(name);
    if (before !== undefined) return [before, value ?? ''];
    seen.set(name, value ?? '');
  }
  return null;
}

export const queryDuplicate = defineClass({
  id: 'query-duplicate',
  title: 'a query parameter that is there twice is refused, or read otherwise',
  severity: 'risky',
  reach: 'api',
  pass: 'query',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The query names one parameter twice. One side refuses it or takes one of the values, the other takes another one or a list.',
    request: 'GET /v1/objects?prefix=a&prefix=b',
    example: [
      [
        'Rust (axum)',
        '400␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize query string: duplicate field `prefix`',
      ],
      ['Go (net/http)', '200␊content-type: application/json␊␊{"objects":[]}'],
    ],
    why: [
      ['Rust (axum)', 'Query<Struct> refuses a duplicate field; Query<HashMap> keeps the last'],
      ['Go', 'url.Values.Get gives the first'],
      ['Python (FastAPI), PHP, Rails', 'a scalar takes the last'],
      ['Node (Express, Fastify)', 'a list of both'],
    ],
    breaks: 'Clients that add a parameter instead of replacing it get an error, or the other value.',
    fix: [
      ['Rust (axum)', 'axum_extra::extract::Query with a Vec<T> field, which takes several'],
      ['Go', 'check len(r.URL.Query()["prefix"]) and answer 400'],
    ],
    proof:
      'The query has a name twice, and one side refuses while the other accepts, or each answers with another one of the two values.',
    sources: ['https://docs.rs/axum/latest/axum/extract/struct.Query.html', 'https://pkg.go.dev/net/url#ParseQuery'],
  },
  recognise: {
    facet: 'status',
    owns: anyOf(ofStatus, (scene, divergence) => ofEcho(scene, divergence, repeated(scene.asked) ?? [])),
    find: (scene) => {
      const values = repeated(scene.asked);
      return values !== null && (oneRefuses(scene) || echoes(scene, values[0]!, values[1]!));
    },
  },
});
