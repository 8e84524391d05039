import { defineClass } from '../../../definition/define-class.ts';
import { brokenEscape } from '../../../http-kit/predicates.ts';
import { isReadByOne, ofWritten, valueWith } from './query-escapes.ts';

export const queryPercent = defineClass({
  id: 'query-percent',
  title: 'a malformed percent-escape in the query is kept, dropped or refused',
  severity: 'risky',
  reach: 'api',
  pass: 'query-escape',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
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
    sources: ['https://pkg.go.dev/net/url#ParseQuery', 'https://url.spec.whatwg.org/#percent-decode'],
  },
  recognise: {
    facet: 'status',
    owns: ofWritten(brokenEscape),
    find: (scene) => isReadByOne(scene, valueWith(scene.asked, brokenEscape)),
  },
});
