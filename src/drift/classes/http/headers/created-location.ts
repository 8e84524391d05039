import { defineClass } from '../../../definition/define-class.ts';
import { onlyFirstSends } from '../../../http-kit/predicates.ts';

export const createdLocation = defineClass({
  id: 'created-location',
  title: 'what was created is named in Location on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'header-value',
  rank: 7,
  evidence: 'observed',
  observedBetween: 'json-server 0.17 and json-server 1.0',
  page: {
    request: 'POST /v1/things',
    what: 'Both sides answer 201. One of them says where the new thing is.',
    example: [
      ['Java (Spring)', `201␊location: /v1/things/1␊content-type: application/json␊␊{"id":1}`],
      ['Rust (axum)', `201␊content-type: application/json␊␊{"id":1}`],
    ],
    why: [
      ['Java (Spring)', 'ResponseEntity.created(uri) sends it; Django REST framework where there is a field url'],
      ['Rust (axum), Go, Express', 'only if the handler does'],
    ],
    breaks: 'Clients that follow Location have nowhere to go.',
    fix: [
      ['Java (Spring)', 'ResponseEntity.status(201)'],
      ['Rust (axum)', '(StatusCode::CREATED, [(LOCATION, uri)], Json(thing))'],
    ],
    proof: 'Both status codes are 201, and exactly one side sends Location.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.3.2'],
  },
  recognise: {
    facet: 'headers',
    owns: ['location'],
    find: (scene) => scene.first.status === 201 && scene.second.status === 201 && onlyFirstSends(scene, 'location'),
  },
});
