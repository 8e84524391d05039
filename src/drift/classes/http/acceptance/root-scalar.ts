import type { JsonNode } from '../../../../json/tree.ts';
import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { oneRefuses } from '../../../http-kit/predicates.ts';

function isScalar(node: JsonNode | null): boolean {
  return node !== null && node.kind !== 'object' && node.kind !== 'array';
}

export const rootScalar = defineClass({
  id: 'root-scalar',
  title: 'a body that is one bare value is refused on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'field-value',
  rank: 5,
  evidence: 'observed',
  observedBetween: 'axum and Express',
  page: {
    what: 'The request body is null, a number or a string where an object is due.',
    request: `POST /v1/things␊content-type: application/json␊␊null`,
    example: [
      [
        'Node (Express)',
        `400␊content-type: text/html; charset=utf-8␊␊<pre>SyntaxError: Unexpected token &#39;n&#39;, &quot;null&quot; is not valid JSON</pre>`,
      ],
      ['Go (encoding/json)', `201␊content-type: application/json␊␊{"id":1,"name":""}␊`],
    ],
    why: [
      ['Go', 'null leaves everything as it was, and is not an error'],
      ['Node (Express)', 'express.json is strict: objects and lists only'],
      ['Rust (axum)', '422'],
    ],
    breaks: 'A client that sends null by mistake gets an error on one side, and an empty row on the other.',
    fix: [
      ['Node (Express)', 'express.json({ strict: false })'],
      ['Go', 'read into json.RawMessage and refuse what does not begin with a brace'],
    ],
    proof: 'The body is one value without structure, one side refuses it, the other accepts.',
    sources: ['https://expressjs.com/en/api.html#express.json'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => isScalar(scene.asked.json) && oneRefuses(scene),
  },
});
