import { defineClass } from '../../definition/define-class.ts';

export const paginationEnvelope = defineClass({
  id: 'pagination-envelope',
  title: 'a page of a list carries its cursor or total in the body on one side only',
  severity: 'breaking',
  shownBy: 'array-vs-wrapped-list',
  evidence: 'documented',
  page: {
    what: 'One side sends the list, the other an object with the list and what leads to the next page.',
    example: [
      ['Django REST framework', '{"count":9,"next":"/?page=2","previous":null,"results":[1]}'],
      ['Go', '[1]'],
    ],
    why: [
      ['Python', 'PageNumberPagination writes count, next, previous and results'],
      ['Java', 'Spring Data writes a Page with content, totalElements and more'],
      ['Go', 'ports often put the same into a Link header'],
    ],
    breaks:
      'A client without the cursor reads the first page and takes it for all; one that expects it fails on a list.',
    fix: [
      ['Python', 'pagination_class = None, or the same members in the port'],
      ['Java', 'return page.getContent(), or @EnableSpringDataWebSupport(pageSerializationMode = VIA_DTO)'],
      ['Rust, Go', 'a struct with the list and the same members, or Link headers (RFC 8288) on both sides'],
    ],
    proof:
      'The list must be equal under one set of parameters for all samples of the route. It is recognised, but never called verified: cursors and totals that only one side sends are named as lost.',
    sources: ['https://www.django-rest-framework.org/api-guide/pagination/', 'https://www.rfc-editor.org/rfc/rfc8288'],
  },
});
