import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor } from '../../../http-kit/predicates.ts';

export const enumUnknownRequest = defineClass({
  id: 'enum-unknown-request',
  title: 'a word that is not one of the allowed ones is refused on one side only',
  severity: 'breaking',
  reach: 'route',
  pass: 'field-value',
  rank: 4,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'The request names a value that an enum does not have. One side refuses it, the other stores it.',
    request: `POST /v1/things␊content-type: application/json␊␊{"kind":"Zed"}`,
    example: [
      [
        'Rust (axum)',
        `422␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize the JSON body into the target type: kind: unknown variant \`Zed\`, expected \`Unit\` or \`Schema\` at line 1 column 13`,
      ],
      ['Go', `201␊content-type: application/json␊␊{"id":1,"kind":"Zed"}␊`],
    ],
    why: [
      ['Rust (serde)', 'an enum takes its variants and nothing else'],
      ['Go', 'a string type takes every string'],
      ['Java (Jackson)', 'refuses unknown names, but takes an ordinal'],
    ],
    breaks: 'The lenient side stores words that the strict one cannot even read back.',
    fix: [
      ['Rust (serde)', '#[serde(other)] on a variant for all the rest'],
      ['Go', 'UnmarshalText on the type, with a switch over the constants'],
    ],
    proof: 'One side refuses an unknown variant, in the words of its enum decoder; the other side accepts.',
    sources: ['https://serde.rs/variant-attrs.html'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => refusedFor(scene, 'unknown-variant'),
  },
});
