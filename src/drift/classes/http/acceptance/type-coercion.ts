import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor } from '../../../http-kit/predicates.ts';

export const typeCoercion = defineClass({
  id: 'type-coercion',
  title: 'a value of another type is accepted on one side, and refused on the other',
  severity: 'breaking',
  reach: 'route',
  pass: 'field-value',
  rank: 6,
  evidence: 'observed',
  observedBetween: 'axum and FastAPI',
  page: {
    what: 'The request sends a string for a number, a number for a string or the like. One side converts it, the other refuses.',
    request: `POST /v1/things␊content-type: application/json␊␊{"age":"1"}`,
    example: [
      [
        'Rust (axum)',
        `422␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize the JSON body into the target type: age: invalid type: string "1", expected u8 at line 1 column 10`,
      ],
      ['Python (FastAPI)', `201␊content-type: application/json␊␊{"id":1,"age":1}`],
    ],
    why: [
      ['Rust (serde), Go', 'no conversion'],
      [
        'Python (pydantic), Java (Jackson), Node (ajv in Fastify), .NET',
        'strings become numbers where they can; Jackson cuts 1.9 to 1',
      ],
    ],
    breaks: 'Clients that send every value as a string fail on the strict side.',
    fix: [
      ['Rust (serde)', '#[serde_as(as = "PickFirst<(_, DisplayFromStr)>")] of serde_with'],
      ['Python (pydantic)', 'ConfigDict(strict=True)'],
      ['Java (Jackson)', 'MapperFeature.ALLOW_COERCION_OF_SCALARS off'],
    ],
    proof: 'The request is JSON, one side refuses the type of a value in known words, the other accepts.',
    sources: ['https://docs.pydantic.dev/latest/concepts/conversion_table/'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => refusedFor(scene, 'wrong-type') && scene.asked.json !== null,
  },
});
