import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { bodiesDiffer } from '../../../http-kit/predicates.ts';

export const createdStatus = defineClass({
  id: 'created-status',
  title: 'a write that went well is another success on the other side',
  severity: 'risky',
  reach: 'api',
  pass: 'success',
  rank: 4,
  evidence: 'observed',
  observedBetween: 'axum and chi',
  page: {
    what: 'Both sides accept the write and answer with the same body, one with 200 and the other with 201 or 202.',
    request: `POST /v1/things␊content-type: application/json␊␊{"name":"n"}`,
    example: [
      ['Rust (axum)', `200␊content-type: application/json␊␊{"id":1}`],
      ['Node (Nest)', `201␊content-type: application/json␊␊{"id":1}`],
    ],
    why: [
      ['Node (Nest)', '201 for every POST'],
      ['Rust (axum), Go, Express, FastAPI', '200 unless the handler says otherwise'],
    ],
    breaks: 'Clients that wait for 201 take 200 for a failure.',
    fix: [
      ['Rust (axum)', '(StatusCode::CREATED, Json(thing))'],
      ['Node (Nest)', '@HttpCode(200)'],
    ],
    proof: 'The request is a write, both codes are different ones of 200, 201 and 202, and the bodies do not differ.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.3.2'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    even: true,
    find: (scene) => {
      const { asked, first, second } = scene;
      const successes = [first, second].every(({ status }) => [200, 201, 202].includes(status));
      return asked.writes && successes && first.status !== second.status && !bodiesDiffer(scene);
    },
    detail: ({ first, second }) => `${first.status} ${second.status}`,
  },
});
