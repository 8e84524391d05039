import { defineClass } from '../../../definition/define-class.ts';
import { headerDivergence } from '../../../http-kit/predicates.ts';

export const retryAfterForm = defineClass({
  id: 'retry-after-form',
  title: 'the header Retry-After is a number of seconds on one side, and a date on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'header-value',
  rank: 6,
  evidence: 'documented',
  page: {
    request: 'GET /v1/things',
    what: 'Both sides say when to come back, in the two forms that the header has.',
    example: [
      ['Go', '503␊retry-after: 120␊content-length: 0'],
      ['Java', '503␊retry-after: Sat, 21 Nov 2026 00:02:00 GMT␊content-length: 0'],
    ],
    why: [
      ['All', 'the header allows both'],
      ['Go, Rust (tower)', 'what the code writes; most limiters count in seconds'],
    ],
    breaks: 'Clients that know one form alone come back at once, or never.',
    fix: [
      ['Go', 'strconv.Itoa of the seconds'],
      ['Java', 'seconds: clocks differ'],
    ],
    proof: 'Both sides send the header, one with digits alone and the other with a date.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3'],
  },
  recognise: {
    facet: 'headers',
    owns: ['retry-after'],
    even: true,
    find: (scene) => headerDivergence(scene, 'retry-after')?.kind === 'type',
  },
});
