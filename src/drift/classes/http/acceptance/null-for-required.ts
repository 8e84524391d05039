import type { JsonNode } from '../../../../json/tree.ts';
import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { someNode } from '../../../http-kit/predicates.ts';
import { refusesNull } from './acceptance-fields.ts';

function hasNullMember(node: JsonNode, field: string | null): boolean {
  return (
    node.kind === 'object' &&
    node.members.some(({ key, value }) => value.kind === 'null' && (field === null || key === field))
  );
}

export const nullForRequired = defineClass({
  id: 'null-for-required',
  title: 'null for a member that must have a value is refused on one side, and accepted on the other',
  severity: 'breaking',
  reach: 'route',
  pass: 'field',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'A member of the request is null. One side refuses it, the other one reads it as zero, empty or not given.',
    request: `POST /v1/things␊content-type: application/json␊␊{"name":null}`,
    example: [
      [
        'Rust (axum)',
        `422␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize the JSON body into the target type: name: invalid type: null, expected a string at line 1 column 12`,
      ],
      ['Go (encoding/json)', `201␊content-type: application/json␊␊{"id":1,"name":""}␊`],
    ],
    why: [
      ['Rust (serde)', 'null is a value of its own, that only Option takes'],
      ['Go', 'null leaves a field as it was'],
      ['Java (Jackson 2)', 'null is 0 for primitives; Node (Fastify, ajv) makes it "" or 0'],
    ],
    breaks: 'The lenient side stores empty values in silence.',
    fix: [
      ['Rust (serde)', 'Option<T>, or deserialize_with a function that turns null into the default'],
      ['Go', 'a pointer field and a check for nil'],
    ],
    proof: 'The request has a member that is null, one side refuses null by name, the other accepts.',
    flips: ['Jackson 3 refuses null for primitives'],
    sources: ['https://pkg.go.dev/encoding/json#Unmarshal'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) =>
      refusesNull(scene) &&
      (scene.asked.json?.kind === 'null' ||
        someNode(scene.asked, (node) => hasNullMember(node, scene.first.error?.field ?? null))),
  },
});
