import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { keysIn, refusedFor } from '../../../http-kit/predicates.ts';

export const missingRequired = defineClass({
  id: 'missing-required',
  title: 'a member that is not there is required on one side only',
  severity: 'breaking',
  reach: 'route',
  pass: 'field',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The request leaves a member out. One side refuses and names it, the other goes on with an empty value.',
    request: `POST /v1/things␊content-type: application/json␊␊{}`,
    example: [
      [
        'Rust (axum)',
        `422␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize the JSON body into the target type: missing field \`name\` at line 1 column 2`,
      ],
      ['Go (encoding/json)', `201␊content-type: application/json␊␊{"id":1,"name":""}␊`],
    ],
    why: [
      ['Rust (serde)', 'a field is required unless it is an Option or has a default'],
      ['Go', 'what is not there leaves the zero value, and no error'],
      ['Python (FastAPI)', 'required unless it has a default, 422; Node (Express) checks nothing'],
    ],
    breaks: 'The lenient side stores rows with empty values that the strict one would never have written.',
    fix: [
      ['Rust (serde)', '#[serde(default)] on the field'],
      ['Go', 'a pointer field and a check for nil, or a validator with `validate:"required"`'],
    ],
    proof: 'One side refuses and names a field that no object of the request has; the other side accepts.',
    sources: ['https://serde.rs/attr-default.html', 'https://pkg.go.dev/encoding/json#Unmarshal'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => {
      const field = scene.first.error?.field ?? null;
      return (
        refusedFor(scene, 'missing-field') &&
        scene.asked.json !== null &&
        (field === null || !keysIn(scene.asked).has(field))
      );
    },
  },
});
