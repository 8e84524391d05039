import { isJsonType } from '../../../../compare/headers/media-type.ts';
import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor } from '../../../http-kit/predicates.ts';

export const nonstandardJson = defineClass({
  id: 'nonstandard-json',
  title: 'a body that is almost JSON is taken on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'body-bytes',
  rank: 6,
  evidence: 'documented',
  page: {
    what: 'The request body holds NaN, a comment or a trailing comma. One decoder takes it, the other refuses.',
    request: `POST /v1/things␊content-type: application/json␊␊{"score":NaN}`,
    example: [
      [
        'Go (encoding/json)',
        `400␊content-type: text/plain; charset=utf-8␊␊invalid character 'N' looking for beginning of value␊`,
      ],
      ['Python (Flask)', `201␊content-type: application/json␊␊{"id":1}␊`],
    ],
    why: [
      ['Python', 'json.loads takes NaN and Infinity'],
      ['Ruby', 'takes comments'],
      ['Go, Rust, Node, Java', 'refuse'],
    ],
    breaks: 'Clients with a sloppy writer fail after the cutover.',
    fix: [
      ['Go', 'nothing: this is not JSON'],
      ['Python', 'json.loads(text, parse_constant=refuse)'],
    ],
    proof: 'The body claims to be JSON and is none, one side refuses for its syntax, the other accepts.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-6'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => {
      const { body, json: tree, type } = scene.asked;
      return body.length > 0 && tree === null && isJsonType(type) && refusedFor(scene, 'syntax');
    },
  },
});
