import type { Behaviour } from './behaviour.ts';
import { brokenEscape, oneRefuses, refusedFor } from './predicates.ts';
import type { Asked, Scene } from './scene.ts';

function repeated({ pairs }: Asked): string[] | null {
  const seen = new Map<string, string>();
  for (const { name, value } of pairs) {
    const before = seen.get(name);
    if (before !== undefined) return [before, value ?? ''];
    seen.set(name, value ?? '');
  }
  return null;
}

/** The first side answers with one text of the request, the second with another. */
function echoes({ first, second }: Scene, a: string, b: string): boolean {
  if (a === '' || b === '' || !first.accepts || !second.accepts) return false;
  return first.text.includes(a) && !first.text.includes(b) && second.text.includes(b) && !second.text.includes(a);
}

const common = { severity: 'risky', facet: 'status', covers: 'answer' } as const;
const fieldSource = 'https://docs.rs/axum/latest/axum/extract/struct.Query.html';
const urlSource = 'https://pkg.go.dev/net/url#ParseQuery';

/** What the query of a request becomes on the way to the code of the service. */
export const queryBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'query-duplicate',
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
    id: 'query-semicolon',
    reach: 'api',
    title: 'a semicolon in the query divides, is kept or is refused',
    what: 'One side drops or refuses the parameter with the semicolon, the other takes it as part of the value.',
    request: 'GET /echo?a=1;b=2',
    example: [
      ['Go (net/http)', '400␊content-type: text/plain; charset=utf-8␊␊invalid semicolon separator in query␊'],
      ['Rust (axum)', '200␊content-type: application/json␊␊{"a":"1;b=2"}'],
    ],
    why: [
      ['Go', 'since 1.17 ParseForm refuses it, and URL.Query drops the pair without a word'],
      ['Rust, Node, Python', 'only & divides, as the URL Standard has it'],
    ],
    breaks: 'Old links that use the semicolon as a separator lose parameters.',
    fix: [
      ['Go', 'http.AllowQuerySemicolons around the handler'],
      ['Rust', 'nothing: this is what the URL Standard says'],
    ],
    proof:
      'The query holds a semicolon, and one side refuses while the other accepts, or only one side answers with the text around it.',
    flips: ['Go 1.17'],
    sources: ['https://pkg.go.dev/net/http#AllowQuerySemicolons', 'https://url.spec.whatwg.org/#urlencoded-parsing'],
    find: (scene) => {
      const value = scene.asked.pairs.find((one) => one.value?.includes(';'))?.value ?? null;
      if (value === null) return false;
      const { first, second } = scene;
      return (
        oneRefuses(scene) ||
        (first.accepts && second.accepts && second.text.includes(value) && !first.text.includes(value))
      );
    },
  },
  {
    ...common,
    id: 'query-percent',
    reach: 'api',
    title: 'a malformed percent-escape in the query is kept, dropped or refused',
    what: 'The query holds a percent sign without two hex digits. One side keeps the text, the other drops the pair or refuses.',
    request: 'GET /echo?q=%zz',
    example: [
      ['Go (net/http)', '200␊content-type: application/json␊␊{"q":""}␊'],
      ['Rust (axum)', '200␊content-type: application/json␊␊{"q":"%zz"}'],
    ],
    why: [
      ['Go', 'URL.Query drops a pair that it cannot decode without a word; ParseForm fails'],
      ['Rust, Node', 'the text stays as it is written, as the URL Standard has it'],
    ],
    breaks: 'A search for text with a percent sign finds everything on one side.',
    fix: [
      ['Go', 'url.ParseQuery(r.URL.RawQuery), and 400 if it returns an error'],
      ['Rust', 'check the raw query for malformed escapes, to refuse them too'],
    ],
    proof:
      'The query holds such an escape, and one side refuses while the other accepts, or only one side answers with the text as written.',
    sources: [urlSource, 'https://url.spec.whatwg.org/#percent-decode'],
    find: (scene) => {
      const value = scene.asked.pairs.find((one) => brokenEscape.test(one.value ?? ''))?.value ?? null;
      if (value === null) return false;
      const { first, second } = scene;
      return (
        oneRefuses(scene) ||
        (first.accepts && second.accepts && second.text.includes(value) && !first.text.includes(value))
      );
    },
  },
  {
    ...common,
    id: 'query-plus',
    reach: 'api',
    facet: 'body',
    title: 'a plus sign in the query is a space on one side, and a plus sign on the other',
    what: 'One side decodes the query as a form, where + stands for a space; the other one decodes escapes alone.',
    request: 'GET /echo?q=a+b',
    example: [
      ['Go (net/http)', '200␊content-type: application/json␊␊{"q":"a b"}␊'],
      ['Node (decodeURIComponent)', '200␊content-type: application/json␊␊{"q":"a+b"}'],
    ],
    why: [
      ['Go, axum, Express', 'the query is read as application/x-www-form-urlencoded'],
      ['Hand-written parsers', 'decodeURIComponent, url.PathUnescape and percent_decode leave the plus sign alone'],
    ],
    breaks: 'Searches and signatures over text with spaces or plus signs give other results.',
    fix: [
      ['Go', 'nothing: this is what the URL Standard says'],
      ['Node', 'new URLSearchParams(query) instead of decodeURIComponent'],
    ],
    proof:
      'The query holds a plus sign; one side answers with the text as written, the other with a space in its place.',
    sources: ['https://url.spec.whatwg.org/#urlencoded-parsing'],
    find: (scene) =>
      scene.asked.pairs.some(({ value }) => value?.includes('+') && echoes(scene, value.replaceAll('+', ' '), value)),
  },
];
