import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { anyOf, ofEcho, ofStatus } from '../../../http-kit/owned.ts';
import { echoes, oneRefuses, refusedFor } from '../../../http-kit/predicates.ts';
import type { Asked } from '../../../http-kit/scene.ts';

function repeated({ pairs }: Asked): string[] | null {
  const seen = new Map<string, string>();
  for (const { name, value } of pairs) {
    const before = seen.get(name);
    if (before !== undefined) return [before, value ?? ''];
    seen.set(name, value ?? '');
  }
  return null;
}

const common = { severity: 'risky', facet: 'status', owns: ofStatus } as const;
const fieldSource = 'https://docs.rs/axum/latest/axum/extract/struct.Query.html';
const urlSource = 'https://pkg.go.dev/net/url#ParseQuery';

/** Which parameters of a query must be there, and how often. */
export const queryBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'query-duplicate',
    owns: anyOf(ofStatus, (scene, divergence) => ofEcho(scene, divergence, repeated(scene.asked) ?? [])),
    reach: 'api',
    title: 'a query parameter that is there twice is refused, or read otherwise',
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
    sources: [fieldSource, urlSource],
    find: (scene) => {
      const values = repeated(scene.asked);
      return values !== null && (oneRefuses(scene) || echoes(scene, values[0]!, values[1]!));
    },
  },
  {
    ...common,
    id: 'query-brackets',
    reach: 'api',
    title: 'brackets in a parameter name make a list on one side, and are part of the name on the other',
    what: 'One side reads a[]=1 or a[b]=1 as a list or an object, the other one as a parameter with this very name.',
    request: 'GET /items?id[]=1',
    example: [
      [
        'Rust (axum)',
        '400␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize query string: missing field `id`',
      ],
      ['Node (Express 4)', '200␊content-type: application/json; charset=utf-8␊␊{"id":["1"]}'],
    ],
    why: [
      ['Node (Express 4), PHP, Rails', 'brackets nest'],
      ['Rust, Go, Fastify, Express 5', 'brackets are letters like any other'],
    ],
    breaks: 'Filters sent as lists are ignored or refused.',
    fix: [
      ['Rust (axum)', 'serde_qs::axum::QsQuery instead of Query'],
      ['Node (Express)', 'app.set("query parser", "simple")'],
    ],
    proof: 'A parameter name holds brackets, and one side refuses while the other accepts.',
    flips: ['Express 5 made the simple parser the default'],
    sources: ['https://expressjs.com/en/guide/migrating-5.html'],
    find: (scene) =>
      scene.asked.pairs.some(({ name }) => /(?:\[|%5B)[^&]{0,80}(?:\]|%5D)$/i.test(name)) && oneRefuses(scene),
  },
  {
    ...common,
    id: 'query-missing',
    reach: 'route',
    severity: 'breaking',
    title: 'a query parameter that is not there is required on one side only',
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
      ['Rust (serde)', 'a field that is no Option and has no default is required'],
      ['Go', 'url.Values.Get gives "" for what is not there'],
    ],
    breaks: 'A client that relies on the error gets everything instead of nothing, or the other way round.',
    fix: [
      ['Rust (serde)', '#[serde(default)] on the field, or Option<T>'],
      ['Go', 'check r.URL.Query().Has("q") and answer 400'],
    ],
    proof:
      'One side refuses and names a parameter that the query does not have; the request has no body; the other side accepts.',
    sources: [fieldSource, urlSource],
    find: (scene) => {
      const { asked, first } = scene;
      const field = first.error?.field ?? null;
      return (
        refusedFor(scene, 'missing-field') && asked.body.length === 0 && !asked.pairs.some(({ name }) => name === field)
      );
    },
  },
  {
    ...common,
    id: 'query-empty',
    reach: 'api',
    title: 'a query parameter with an empty value is refused on one side only',
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
    sources: [fieldSource],
    find: (scene) =>
      scene.asked.pairs.some(({ value }) => value === '') && refusedFor(scene, 'bad-number', 'out-of-range'),
  },
  {
    ...common,
    id: 'query-param-type',
    reach: 'api',
    title: 'a query parameter of the wrong type is refused on one side, and accepted on the other',
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
      ['Rust (axum)', 'Query<Struct> refuses what is no T'],
      ['Go', 'code that drops the error of strconv.Atoi goes on with 0'],
    ],
    breaks: 'A client with a typo gets the first page instead of an error.',
    fix: [
      ['Rust (axum)', 'a String field, parsed by hand with a default'],
      ['Go', 'answer 400 where strconv.Atoi returns an error'],
    ],
    proof: 'The query has a value, one side refuses in the words of a number parser, the other accepts.',
    sources: [fieldSource, 'https://pkg.go.dev/strconv#Atoi'],
    find: (scene) => scene.asked.pairs.some(({ value }) => (value ?? '') !== '') && refusedFor(scene, 'bad-number'),
  },
  {
    ...common,
    id: 'query-range',
    reach: 'route',
    title: 'a number in the query that is too small or too large is refused on one side, and taken on the other',
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
    sources: [fieldSource],
    find: (scene) => {
      const field = scene.first.error?.field ?? null;
      const isNumber = (value: string | null) => /^-?\d{1,40}$/.test(value ?? '');
      return (
        refusedFor(scene, 'out-of-range') &&
        scene.asked.pairs.some(({ name, value }) => name === field && isNumber(value))
      );
    },
  },
];
