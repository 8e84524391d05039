import { defineClass } from '../../../definition/define-class.ts';
import type { Owns } from '../../../http-kit/owned.ts';
import { bodiesDiffer, onlyFirstSends } from '../../../http-kit/predicates.ts';

/** A content-coding, what it does to the length, and that caches must know of it. */
const ofCoding: Owns = ({ first, second }, { facet, pointer }) => {
  if (facet !== 'headers') return false;
  if (pointer !== '/vary') return ['/content-encoding', '/content-length', '/transfer-encoding'].includes(pointer);
  const others = [first, second].map((side) =>
    side
      .headers('vary')
      .flatMap((value) => value.toLowerCase().split(','))
      .map((name) => name.trim())
      .filter((name) => name !== 'accept-encoding')
      .sort()
      .join(),
  );
  return others[0] === others[1];
};

export const compressionDefault = defineClass({
  id: 'compression-default',
  title: 'the answer is compressed on one side only',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'added-header',
  rank: 1,
  evidence: 'documented',
  page: {
    request: 'GET /v1/things␊accept-encoding: gzip',
    what: 'One side has a content-coding, the other none; what is inside does not differ.',
    example: [
      ['Ruby (Rack::Deflater)', `200␊content-encoding: identity␊content-type: application/json␊␊[]`],
      ['Go', `200␊content-type: application/json␊␊[]`],
    ],
    why: [
      ['Ruby (Rack), Java (Spring with server.compression), .NET', 'compress where they are told to, from a size on'],
      ['Rust (axum), Go, Express', 'only with a layer or middleware'],
    ],
    breaks: 'Hardly anybody, if clients say what they take; sizes and times change.',
    fix: [
      ['Ruby (Rack)', 'remove Rack::Deflater'],
      ['Go', 'a gzip handler around the mux'],
    ],
    proof: 'Exactly one side sends Content-Encoding, and the decoded bodies do not differ.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-8.4'],
  },
  recognise: {
    facet: 'headers',
    owns: ofCoding,
    find: (scene) => onlyFirstSends(scene, 'content-encoding') && !bodiesDiffer(scene),
  },
});
