import { charsetOf } from '../../../../compare/headers/media-type.ts';
import { defineClass } from '../../../definition/define-class.ts';
import type { Answered, ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { headerDivergence } from '../../../http-kit/predicates.ts';

function otherParameters(answer: Answered): string {
  return JSON.stringify(answer.type.parameters.filter(([name]) => name !== 'charset'));
}

/** The side with the charset, and that it is the one that everybody means. */
function namesUtf8({ first, second }: ExchangePair): boolean {
  return (
    charsetOf(first.type) === 'utf-8' &&
    charsetOf(second.type) === null &&
    otherParameters(first) === otherParameters(second)
  );
}

export const contentTypeCharset = defineClass({
  id: 'content-type-charset',
  title: 'the content type names the charset utf-8 on one side only',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'content-header',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and chi',
  page: {
    what: 'Both sides send the same media type; one adds charset=utf-8.',
    request: 'GET /v1/things',
    example: [
      ['Node (Express)', `200␊content-type: application/json; charset=utf-8␊␊[]`],
      ['Rust (axum)', `200␊content-type: application/json␊␊[]`],
    ],
    why: [
      ['Node (Express, Fastify, Koa, Nest)', 'add it'],
      ['Rust (axum), FastAPI, Flask, Django, Spring', 'do not: application/json has no such parameter'],
      ['Rust (tower-http, ServeDir)', 'text/plain where Go (FileServer) says text/plain; charset=utf-8'],
    ],
    breaks:
      'Clients that compare the header as a text; for text/* also those that take no charset for another one than UTF-8.',
    fix: [
      ['Node (Express)', 'res.setHeader("Content-Type", "application/json") and res.end(JSON.stringify(value))'],
      ['Rust (axum)', '([(CONTENT_TYPE, "application/json; charset=utf-8")], body)'],
    ],
    proof: 'Both values are read as media types; with charset=utf-8 added to the bare one they are the same.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-11'],
  },
  recognise: {
    facet: 'headers',
    owns: ['content-type'],
    proved: true,
    find: (scene) =>
      headerDivergence(scene, 'content-type') !== null &&
      scene.first.type.essence !== '' &&
      scene.first.type.essence === scene.second.type.essence &&
      namesUtf8(scene),
  },
});
