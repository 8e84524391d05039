import { isJsonType, mediaType } from '../../../../compare/headers/media-type.ts';
import { looksLikeJson } from '../../../../compare/media/body-content.ts';
import { defineClass } from '../../../definition/define-class.ts';
import { type Asked, isNoUtf8 } from '../../../http-kit/exchange-pair.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { oneRefuses } from '../../../http-kit/predicates.ts';

function isJsonRequest({ type, body }: Asked): boolean {
  return isJsonType(type) || looksLikeJson({ bytes: body, type: mediaType(null), problem: null });
}

export const invalidUtf8Request = defineClass({
  id: 'invalid-utf8-request',
  title: 'a body that is not UTF-8 is refused on one side, and accepted on the other',
  severity: 'breaking',
  reach: 'api',
  pass: 'body-bytes',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The request body holds bytes that are not UTF-8, or half of a surrogate pair as an escape. One side refuses it, the other puts U+FFFD in their place.',
    request: `POST /v1/things␊content-type: application/json␊␊{"name":"\\ud800"}`,
    example: [
      [
        'Rust (axum)',
        `400␊content-type: text/plain; charset=utf-8␊␊Failed to parse the request body as JSON: unexpected end of hex escape at line 1 column 16`,
      ],
      ['Go (encoding/json)', `201␊content-type: application/json␊␊{"id":1,"name":"\\ufffd"}␊`],
    ],
    why: [
      ['Rust (serde_json)', 'strings are UTF-8, and a lone surrogate is none'],
      ['Go', 'encoding/json replaces what is invalid; so do Node and many decoders'],
    ],
    breaks: 'The lenient side stores another text than it was sent.',
    fix: [
      ['Rust (axum)', 'take Bytes and String::from_utf8_lossy, to accept it too'],
      ['Go', 'utf8.Valid over the body first, or encoding/json/v2, which refuses'],
    ],
    proof: 'The body holds such bytes or such an escape, one side refuses, the other accepts.',
    flips: ['Go with encoding/json/v2 refuses'],
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-8.1', 'https://go.dev/doc/jsonv2-migration'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => {
      const { body } = scene.asked;
      const lone = /\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])/.test(body.toString('latin1', 0, 1 << 16));
      const { error } = scene.first;
      const isOfBytes = error === null || ['utf8', 'syntax', 'eof'].includes(error.kind);
      return oneRefuses(scene) && isOfBytes && isJsonRequest(scene.asked) && (lone || isNoUtf8(body));
    },
  },
});
