import { defineClass } from '../../../definition/define-class.ts';
import { anyOpen } from './added-headers.ts';

const identity = ['server', 'x-powered-by', 'x-aspnet-version', 'x-aspnetmvc-version', 'via', 'date'];

export const serverIdentity = defineClass({
  id: 'server-identity',
  title: 'the servers name themselves',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'added-header',
  rank: 3,
  evidence: 'documented',
  page: {
    request: 'GET /v1/things',
    what: 'Server, X-Powered-By, Via or Date differ: they say who answers and when, not what.',
    example: [
      ['Python (uvicorn)', `200␊server: uvicorn␊content-type: application/json␊␊[]`],
      ['Node (Express)', `200␊x-powered-by: Express␊content-type: application/json␊␊[]`],
    ],
    why: [
      ['Python (uvicorn, Werkzeug), .NET (Kestrel)', 'Server'],
      ['Node (Express), PHP', 'X-Powered-By'],
      ['Rust (axum), Go', 'neither'],
    ],
    breaks: 'No client; scanners look at it, and logs that tell the servers apart.',
    fix: [
      ['Python (uvicorn)', 'uvicorn --no-server-header, or leave these names out of compare.headers'],
      ['Node (Express)', 'app.disable("x-powered-by")'],
    ],
    proof: 'The header is one of those that name the software.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.2.4'],
  },
  recognise: {
    facet: 'headers',
    owns: identity,
    even: true,
    find: (scene) => anyOpen(scene, identity),
  },
});
