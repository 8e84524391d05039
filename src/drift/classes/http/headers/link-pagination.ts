import { defineClass } from '../../../definition/define-class.ts';
import { headerDivergence, onlyFirstSends } from '../../../http-kit/predicates.ts';

export const linkPagination = defineClass({
  id: 'link-pagination',
  title: 'the next page is named in the header Link on one side only',
  severity: 'breaking',
  reach: 'route',
  pass: 'repeated-header',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'json-server 0.17 and json-server 1.0',
  page: {
    request: 'GET /v1/things?page=2',
    what: 'One side sends Link with rel="next" or its like. The other sends no Link: clients that turn pages by it see one page.',
    example: [
      ['Ruby (Rails with Pagy)', `200␊link: </v1/things?page=3>; rel="next"␊content-type: application/json␊␊[]`],
      ['Go', `200␊content-type: application/json␊␊[]`],
    ],
    why: [
      ['Ruby (Pagy, api-pagination), Python (flask-smorest)', 'Link headers come with the library'],
      ['Go, Rust (axum)', 'a cursor in the body, or what the handler writes'],
    ],
    breaks: 'Clients that follow Link (GitHub style) stop after the first page, and take it for everything.',
    fix: [
      ['Ruby (Rails with Pagy)', 'keep it; or a cursor in the body on both sides'],
      ['Go', 'w.Header().Set("Link", fmt.Sprintf(`<%s>; rel="next"`, next))'],
    ],
    proof: 'Exactly one side sends Link, and it names a next, previous, first or last page.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8288#section-3'],
  },
  recognise: {
    facet: 'headers',
    owns: ['link'],
    find: (scene) =>
      headerDivergence(scene, 'link') !== null &&
      onlyFirstSends(scene, 'link') &&
      /;\s{0,4}rel="?(?:next|prev|previous|first|last)\b/i.test(scene.first.headers('link').join()),
  },
});
