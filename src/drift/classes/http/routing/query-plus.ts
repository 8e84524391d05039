import { defineClass } from '../../../definition/define-class.ts';
import { echoes } from '../../../http-kit/predicates.ts';
import { ofWritten } from './query-escapes.ts';

export const queryPlus = defineClass({
  id: 'query-plus',
  title: 'a plus sign in the query is a space on one side, and a plus sign on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'query-escape',
  rank: 3,
  evidence: 'documented',
  page: {
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
  },
  recognise: {
    facet: 'body',
    owns: ofWritten(/\+/),
    find: (scene) =>
      scene.asked.pairs.some(({ value }) => value?.includes('+') && echoes(scene, value.replaceAll('+', ' '), value)),
  },
});
