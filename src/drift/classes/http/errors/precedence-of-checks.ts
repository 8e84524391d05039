import { defineClass } from '../../../definition/define-class.ts';
import type { ErrorReason } from '../../../http-kit/error-text.ts';
import { ofRefusal } from '../../../http-kit/owned.ts';
import { keysIn } from '../../../http-kit/predicates.ts';

export const precedenceOfChecks = defineClass({
  id: 'precedence-of-checks',
  title: 'both refuse a request with two faults, each for another one',
  severity: 'risky',
  reach: 'route',
  pass: 'error',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The request has several faults. Each side stops at the first that it finds, and names another field.',
    request: `POST /v1/parts␊content-type: application/json␊␊{"category":"hand_tool","price":"9.90"}`,
    example: [
      [
        'Rust (axum)',
        `422␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize the JSON body into the target type: category: unknown variant \`hand_tool\`, expected one of \`HandTool\` at line 1 column 23`,
      ],
      [
        'Go (encoding/json)',
        `400␊content-type: text/plain; charset=utf-8␊␊json: cannot unmarshal string into Go struct field NewPart.price of type float64␊`,
      ],
    ],
    why: [
      ['Rust (serde)', 'stops at the first fault in the order of the text'],
      ['Go', 'reads everything, and reports the first fault of type'],
      ['Python (FastAPI)', 'reports all faults'],
    ],
    breaks: 'Users mend one field and are told of the next; the order, and the status, are others.',
    fix: [
      ['Rust (axum)', 'collect all faults, as the validator crate does'],
      ['Go', 'collect all faults under the names of their fields, as errors.Join does'],
    ],
    proof:
      'Both answer 4xx, both texts are known and name different fields, and the request bears out both: it has each field, or lacks the one that is said to be missing.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9457#section-3.1'],
  },
  recognise: {
    facet: 'status',
    owns: ofRefusal,
    even: true,
    find: ({ asked, first, second }) => {
      if (!first.refuses || !second.refuses || first.error === null || second.error === null) return false;
      const keys = new Set([...keysIn(asked)].map((key) => key.toLowerCase()));
      const borneOut = ({ kind, field }: ErrorReason) =>
        field !== null && keys.has(field.toLowerCase()) === (kind !== 'missing-field');
      const apart = first.error.field?.toLowerCase() !== second.error.field?.toLowerCase();
      return apart && keys.size > 0 && borneOut(first.error) && borneOut(second.error);
    },
  },
});
