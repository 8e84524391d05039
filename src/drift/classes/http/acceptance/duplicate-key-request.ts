import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { hasDuplicate, oneRefuses, someNode } from '../../../http-kit/predicates.ts';

export const duplicateKeyRequest = defineClass({
  id: 'duplicate-key-request',
  title: 'a key that is there twice is refused on one side, and accepted on the other',
  severity: 'breaking',
  reach: 'api',
  pass: 'field-value',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'An object of the request has a key twice. One side refuses it, the other takes one of the values.',
    request: `POST /v1/things␊content-type: application/json␊␊{"name":"n","name":"m"}`,
    example: [
      [
        'Rust (axum)',
        `422␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize the JSON body into the target type: duplicate field \`name\` at line 1 column 18`,
      ],
      ['Go (encoding/json)', `201␊content-type: application/json␊␊{"id":1,"name":"m"}␊`],
    ],
    why: [
      ['Rust (serde)', 'structs refuse duplicates; maps and Value take the last'],
      ['Go, Node, Python, Jackson', 'the last wins'],
    ],
    breaks: 'What one side checks and the other stores may be two values: a way around validation.',
    fix: [
      ['Rust (serde)', 'a map or Value first, then the struct from it'],
      ['Go', 'encoding/json/v2, which refuses duplicates'],
      ['Rust (serde)', 'serde_json::Map first, which keeps the last, and serde_json::from_value'],
      ['Go', 'jsontext.AllowDuplicateNames(false) of encoding/json/v2'],
    ],
    proof: 'An object of the request has a key twice, one side refuses with 400 or 422, the other accepts.',
    flips: ['Go with encoding/json/v2 refuses'],
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-4', 'https://go.dev/doc/jsonv2-migration'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) =>
      oneRefuses(scene) &&
      [400, 422].includes(scene.first.status) &&
      someNode(scene.asked, hasDuplicate) &&
      (scene.first.error === null || ['duplicate-field', 'syntax'].includes(scene.first.error.kind)),
  },
});
