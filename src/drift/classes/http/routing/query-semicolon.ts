import { defineClass } from '../../../definition/define-class.ts';
import { isReadByOne, ofWritten, valueWith } from './query-escapes.ts';

export const querySemicolon = defineClass({
  id: 'query-semicolon',
  title: 'a semicolon in the query divides, is kept or is refused',
  severity: 'risky',
  reach: 'api',
  pass: 'query-escape',
  rank: 1,
  evidence: 'documented',
  page: {
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
  },
  recognise: {
    facet: 'status',
    owns: ofWritten(/;/),
    find: (scene) => isReadByOne(scene, valueWith(scene.asked, /;/)),
  },
});
