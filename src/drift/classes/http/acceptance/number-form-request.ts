import type { JsonNode } from '../../../../json/tree.ts';
import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor, someNode } from '../../../http-kit/predicates.ts';

/** A whole number spelled with a fraction or an exponent. */
function isWholeFraction(node: JsonNode): boolean {
  return node.kind === 'number' && /[.eE]/.test(node.raw) && Number.isInteger(Number(node.raw));
}

export const numberFormRequest = defineClass({
  id: 'number-form-request',
  title: 'a whole number with a fraction or an exponent is an integer on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'lexeme',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and FastAPI',
  page: {
    what: 'The request spells an integer as 1.0 or 1e2. One side takes it, the other refuses.',
    request: `POST /v1/things␊content-type: application/json␊␊{"age":1.0}`,
    example: [
      [
        'Go (int)',
        `400␊content-type: text/plain; charset=utf-8␊␊json: cannot unmarshal number 1.0 into Go struct field In.age of type int␊`,
      ],
      ['Python (FastAPI)', `201␊content-type: application/json␊␊{"id":1,"age":1}`],
    ],
    why: [
      ['Rust (serde), Go', 'the spelling decides'],
      ['Python (pydantic), Java (Jackson), Node', 'the value decides'],
    ],
    breaks: 'Clients in languages with one number type fail on the strict side.',
    fix: [
      ['Go', 'json.Number, and a check that the value is whole'],
      ['Python (FastAPI)', 'StrictInt'],
    ],
    proof: 'The request holds a whole number spelled so, one side refuses a number of this form, the other accepts.',
    sources: ['https://pkg.go.dev/encoding/json#Number'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) =>
      refusedFor(scene, 'wrong-type') &&
      /number|floating point/.test(scene.first.error?.got ?? '') &&
      someNode(scene.asked, isWholeFraction),
  },
});
