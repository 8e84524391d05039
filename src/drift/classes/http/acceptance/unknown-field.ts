import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor } from '../../../http-kit/predicates.ts';

export const unknownField = defineClass({
  id: 'unknown-field',
  title: 'a member that nobody knows is refused on one side, and accepted on the other',
  severity: 'risky',
  reach: 'route',
  pass: 'field-value',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'The request has a member more. One side refuses it by name, the other ignores it.',
    request: `POST /v1/things␊content-type: application/json␊␊{"name":"n","extra":1}`,
    example: [
      [
        'Rust (serde, deny_unknown_fields)',
        `422␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize the JSON body into the target type: unknown field \`extra\`, expected \`name\` at line 1 column 19`,
      ],
      ['Go (encoding/json)', `201␊content-type: application/json␊␊{"id":1,"name":"n"}␊`],
    ],
    why: [
      ['Rust (serde)', 'ignored unless #[serde(deny_unknown_fields)]'],
      ['Go', 'ignored unless Decoder.DisallowUnknownFields'],
      ['Java', 'refused by Jackson 2 alone, ignored in Spring Boot'],
    ],
    breaks:
      'Newer clients, that send what older servers do not know, fail on the strict side; typos go through on the other.',
    fix: [
      ['Rust (serde)', 'remove #[serde(deny_unknown_fields)]'],
      ['Go', 'decoder.DisallowUnknownFields()'],
    ],
    proof: 'One side refuses and names a field that it does not know; the other side accepts.',
    sources: [
      'https://serde.rs/container-attrs.html',
      'https://pkg.go.dev/encoding/json#Decoder.DisallowUnknownFields',
    ],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => refusedFor(scene, 'unknown-field') && scene.asked.json !== null,
  },
});
