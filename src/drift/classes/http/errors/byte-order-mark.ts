import { defineClass } from '../../../definition/define-class.ts';
import { ofLayout } from '../../../http-kit/owned.ts';
import { isMarked, sayTheSame } from './layout.ts';

export const byteOrderMark = defineClass({
  id: 'byte-order-mark',
  title: 'one side begins the body with a byte-order mark',
  severity: 'breaking',
  reach: 'api',
  pass: 'error-layout',
  rank: 1,
  evidence: 'documented',
  page: {
    request: 'GET /v1/things/1',
    what: 'The bodies are the same JSON; one of them begins with the bytes EF BB BF.',
    example: [
      ['.NET (StreamWriter, Encoding.UTF8)', `200␊content-type: application/json␊␊\\xef\\xbb\\xbf{"ok":true}`],
      ['Rust (axum)', `200␊content-type: application/json␊␊{"ok":true}`],
    ],
    why: [
      [
        '.NET',
        'Encoding.UTF8 writes a mark at the start of a stream; files that editors saved with one are sent as they are',
      ],
      ['Rust, Go, Node, Python', 'no mark, unless it is in the file that is sent'],
    ],
    breaks:
      'Decoders (serde_json, encoding/json, JSON.parse) refuse the mark as a syntax error; fetch and many clients hide it.',
    fix: [
      [
        '.NET',
        'new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), or JsonSerializer.SerializeAsync to the stream',
      ],
      ['Rust (axum)', 'nothing: implementations must not add one (RFC 8259, section 8.1)'],
    ],
    proof: 'Behind the mark the body is the other one: the same values, keys and spellings in the same order.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-8.1'],
  },
  recognise: {
    facet: 'body',
    owns: ofLayout,
    proved: true,
    find: (scene) => sayTheSame(scene) && isMarked(scene.first) && !isMarked(scene.second),
  },
});
