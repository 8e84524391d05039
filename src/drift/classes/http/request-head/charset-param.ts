import { charsetOf } from '../../../../compare/headers/media-type.ts';
import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

export const charsetParam = defineClass({
  id: 'charset-param',
  title: 'a charset in the content type of the request is refused on one side, and accepted on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'request-head',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and Express',
  page: {
    what: 'The request names a charset other than UTF-8 for its JSON.',
    request: `POST /v1/things␊content-type: application/json; charset=iso-8859-1␊␊{"name":"n"}`,
    example: [
      [
        'Node (Express)',
        '415␊content-type: text/html; charset=utf-8␊␊<pre>UnsupportedMediaTypeError: unsupported charset &quot;ISO-8859-1&quot;</pre>',
      ],
      ['Go (encoding/json)', `201␊content-type: application/json␊␊{"id":1,"name":"n"}␊`],
    ],
    why: [
      ['Node (Express, Nest)', 'body-parser takes UTF-8, UTF-16 and UTF-32 only'],
      ['Go, axum, Fastify, Koa', 'nobody looks at the parameter'],
    ],
    breaks:
      'Old clients that name a charset by habit fail on the strict side; on the other, letters outside of ASCII are read wrongly.',
    fix: [
      ['Node (Express)', 'a middleware that removes the parameter'],
      ['Go', 'mime.ParseMediaType, and 415 for another charset than utf-8'],
    ],
    proof:
      'The content type of the request has such a charset, one side answers 415, or 400 and speaks of a charset, the other accepts.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-8.1'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: ({ asked, first, second }) => {
      const charset = charsetOf(asked.type);
      const isFor = first.status === 415 || (first.status === 400 && /charset|encoding/i.test(first.text));
      return charset !== null && !/^utf-?8$/.test(charset) && isFor && second.accepts;
    },
  },
});
