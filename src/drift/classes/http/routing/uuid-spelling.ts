import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const uuidSpelling = defineClass({
  id: 'uuid-spelling',
  title: 'a UUID in capitals names a thing on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'path-parameter',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The path holds a UUID in capitals. One side reads it as a UUID and finds the thing, the other compares texts and does not.',
    request: 'GET /skus/9B2F1C3D-4E5F-4A6B-8C7D-000000000001',
    example: [
      ['Rust (axum, Uuid)', '200␊content-type: application/json␊␊{"id":1}'],
      ['Go (string)', '404␊content-type: text/plain; charset=utf-8␊␊part not found␊'],
    ],
    why: [
      ['Rust (uuid), Java, Python', 'a UUID is 128 bits, read from either case'],
      ['Go, Node', 'a string is compared byte for byte unless it is parsed'],
    ],
    breaks: 'Clients that write UUIDs in capitals, as Windows and Swift do, find nothing.',
    fix: [
      ['Rust (axum)', 'Path<String>, to compare texts'],
      ['Go', 'uuid.Parse of github.com/google/uuid, and its String() as the key'],
    ],
    proof: 'A segment of the path is a UUID with capitals, one side accepts, the other answers 400 or 404.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9562#section-4'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: ({ asked, first, second }) =>
      asked.path.split('/').some((one) => uuid.test(one) && /[A-F]/.test(one)) &&
      first.accepts &&
      [400, 404].includes(second.status),
  },
});
