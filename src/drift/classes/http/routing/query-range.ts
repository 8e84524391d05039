import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor } from '../../../http-kit/predicates.ts';

export const queryRange = defineClass({
  id: 'query-range',
  title: 'a number in the query that is too small or too large is refused on one side, and taken on the other',
  severity: 'risky',
  reach: 'route',
  pass: 'query',
  rank: 6,
  evidence: 'observed',
  observedBetween: 'axum and chi',
  page: {
    what: 'The query has a number that makes no sense, a page zero or a negative limit. One side refuses it and names the parameter, the other goes on with it or with a default.',
    request: 'GET /items?page=0',
    example: [
      ['Go (by hand)', '400␊content-type: text/plain; charset=utf-8␊␊page must be a positive number␊'],
      ['Rust (axum)', '200␊content-type: application/json␊␊[]'],
    ],
    why: [
      ['Rust (axum)', 'Query<u32> takes every number of the type, zero too'],
      ['Go', 'what the code behind strconv.Atoi checks'],
      ['Python (FastAPI)', 'Query(ge=1) answers 422; Node (Fastify) minimum in the schema, 400'],
    ],
    breaks: 'A client whose pages count from zero gets an error on one side, and the first page twice on the other.',
    fix: [
      ['Go', 'take what is too small for the default'],
      ['Rust (axum)', 'Option<NonZeroU32>, or a check that answers 400'],
    ],
    proof:
      'The query has the parameter that one side names, with a number, and that side refuses it for its range; the other accepts.',
    sources: ['https://docs.rs/axum/latest/axum/extract/struct.Query.html'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => {
      const field = scene.first.error?.field ?? null;
      const isNumber = (value: string | null) => /^-?\d{1,40}$/.test(value ?? '');
      return (
        refusedFor(scene, 'out-of-range') &&
        scene.asked.pairs.some(({ name, value }) => name === field && isNumber(value))
      );
    },
  },
});
