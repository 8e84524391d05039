import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { anyOf, type Owns, ofEcho, ofStatus } from '../../../http-kit/owned.ts';
import { brokenEscape, echoes, oneRefuses } from '../../../http-kit/predicates.ts';
import type { Asked, Scene } from '../../../http-kit/scene.ts';

const common = { severity: 'risky', facet: 'status', owns: ofStatus } as const;
const urlSource = 'https://pkg.go.dev/net/url#ParseQuery';

/** The first value of the query that has this. */
function valueWith({ pairs }: Asked, has: RegExp): string | null {
  return pairs.find(({ value }) => value !== null && has.test(value))?.value ?? null;
}

/** One side refuses, or the second alone answers with the value as it is written. */
function isReadByOne(scene: Scene, value: string | null): boolean {
  if (value === null) return false;
  const { first, second } = scene;
  return (
    oneRefuses(scene) || (first.accepts && second.accepts && second.text.includes(value) && !first.text.includes(value))
  );
}

/** The status, or where both accept the places at which one side alone shows what is written in the query. */
function ofWritten(has: RegExp): Owns {
  return anyOf(ofStatus, (scene, divergence) => {
    const value = valueWith(scene.asked, has);
    return value !== null && ofEcho(scene, divergence, [value]);
  });
}

/** What signs and escapes in a query become on the way to the code of the service. */
export const escapeBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'query-semicolon',
    owns: ofWritten(/;/),
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
    find: (scene) => isReadByOne(scene, valueWith(scene.asked, /;/)),
  },
  {
    ...common,
    id: 'query-percent',
    owns: ofWritten(brokenEscape),
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
    find: (scene) => isReadByOne(scene, valueWith(scene.asked, brokenEscape)),
  },
  {
    ...common,
    id: 'query-plus',
    owns: ofWritten(/\+/),
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
