import { isJsonType } from '../../../../compare/headers/media-type.ts';
import { defineClass } from '../../../definition/define-class.ts';

export const contentTypeSniffed = defineClass({
  id: 'content-type-sniffed',
  title: 'a body of JSON goes by another name on one side, because nobody set the content type',
  severity: 'breaking',
  reach: 'api',
  pass: 'content-header',
  rank: 4,
  evidence: 'documented',
  page: {
    what: 'Both bodies are JSON. One side calls it text, HTML or bytes.',
    request: 'GET /v1/things',
    example: [
      ['Rust (axum)', `200␊content-type: application/json␊␊[1]`],
      ['Go (net/http)', '200␊content-type: text/plain; charset=utf-8␊␊[1]␊'],
    ],
    why: [
      ['Go', 'net/http looks at the first 512 bytes, and JSON looks like text'],
      ['PHP', 'text/html unless a header is set'],
      ['Rust (axum)', 'Vec<u8> is application/octet-stream, String is text/plain'],
    ],
    breaks: 'Clients that check the header refuse the answer; with nosniff browsers do, too.',
    fix: [
      ['Rust (axum)', 'nothing'],
      ['Go', 'w.Header().Set("Content-Type", "application/json") before WriteHeader'],
    ],
    proof:
      'One side says JSON, the other text/plain, text/html or application/octet-stream, and its body is JSON all the same.',
    sources: ['https://pkg.go.dev/net/http#DetectContentType'],
  },
  recognise: {
    facet: 'headers',
    owns: ['content-type'],
    find: ({ first, second }) =>
      isJsonType(first.type) &&
      first.json !== null &&
      second.json !== null &&
      ['text/plain', 'text/html', 'application/octet-stream'].includes(second.type.essence),
  },
});
