import { defineClass } from '../../../definition/define-class.ts';
import { bodiesDiffer } from '../../../http-kit/predicates.ts';
import { anyOpen } from './added-headers.ts';

const framing = ['content-length', 'transfer-encoding', 'connection', 'keep-alive'];

export const framingHeader = defineClass({
  id: 'framing-header',
  title: 'the same body is framed otherwise',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'added-header',
  rank: 2,
  evidence: 'documented',
  page: {
    request: 'GET /v1/things',
    what: 'One side sends the length, the other chunks; or they keep the connection in other ways.',
    example: [
      ['Rust (hyper)', `200␊content-length: 2␊content-type: application/json␊␊[]`],
      ['Go (net/http)', `200␊transfer-encoding: chunked␊content-type: application/json␊␊[]`],
    ],
    why: [
      ['Go (net/http)', 'chunks beyond 2048 bytes, unless the length is set'],
      ['Rust (axum)', 'the length where the body is whole, chunks where it is streamed'],
      ['Node', 'Connection: keep-alive and Keep-Alive: timeout=5'],
    ],
    breaks: 'Clients that show progress, or ask with HEAD how much there is, miss the length.',
    fix: [
      ['Rust (hyper)', 'nothing'],
      ['Go (net/http)', 'w.Header().Set("Content-Length", strconv.Itoa(len(body)))'],
    ],
    proof: 'Only headers of framing differ, and the bodies do not.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9112#section-6'],
  },
  recognise: {
    facet: 'headers',
    owns: framing,
    even: true,
    find: (scene) => anyOpen(scene, framing) && !bodiesDiffer(scene),
  },
});
