import { charsetOf, isJsonType } from '../../../../compare/headers/media-type.ts';
import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

const common = { severity: 'risky', facet: 'status', owns: ofStatus, reach: 'api' } as const;
const json = 'content-type: application/json';
const text = 'content-type: text/plain; charset=utf-8';

/** What the head of a request alone decides. */
export const headBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'charset-param',
    title: 'a charset in the content type of the request is refused on one side, and accepted on the other',
    what: 'The request names a charset other than UTF-8 for its JSON.',
    request: `POST /v1/things␊${json}; charset=iso-8859-1␊␊{"name":"n"}`,
    example: [
      [
        'Node (Express)',
        '415␊content-type: text/html; charset=utf-8␊␊<pre>UnsupportedMediaTypeError: unsupported charset &quot;ISO-8859-1&quot;</pre>',
      ],
      ['Go (encoding/json)', `201␊${json}␊␊{"id":1,"name":"n"}␊`],
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
    find: ({ asked, first, second }) => {
      const charset = charsetOf(asked.type);
      const isFor = first.status === 415 || (first.status === 400 && /charset|encoding/i.test(first.text));
      return charset !== null && !/^utf-?8$/.test(charset) && isFor && second.accepts;
    },
  },
  {
    ...common,
    id: 'content-type-required',
    severity: 'breaking',
    title: 'a request without the right content type is refused on one side only',
    what: 'The request has a body, but names no content type, or one that is not JSON.',
    request: 'POST /v1/things␊␊{"name":"n"}',
    example: [
      ['Rust (axum)', `415␊${text}␊␊Expected request with \`Content-Type: application/json\``],
      ['Go (encoding/json)', `201␊${json}␊␊{"id":1,"name":"n"}␊`],
    ],
    why: [
      ['Rust (axum)', 'Json<T> answers 415; actix 400'],
      ['Node (Fastify), Python (Flask)', '415; Express gives an empty or undefined body'],
      ['Go', 'a handler that decodes the body does not look'],
      ['Python (FastAPI)', 'accepted until 0.131, refused since 0.132'],
    ],
    breaks: 'Clients that never set the header, such as curl -d and many scripts, fail after the cutover.',
    fix: [
      ['Rust (axum)', 'take Bytes and serde_json::from_slice, to accept it too'],
      ['Go', 'mime.ParseMediaType(r.Header.Get("Content-Type")), and 415 unless it is application/json'],
    ],
    proof: 'The request has a body and no JSON content type, one side refuses for its content type, the other accepts.',
    flips: ['FastAPI 0.132 refuses'],
    sources: ['https://docs.rs/axum/latest/axum/struct.Json.html', 'https://github.com/fastapi/fastapi/pull/14978'],
    find: ({ asked, first, second }) =>
      asked.body.length > 0 &&
      !isJsonType(asked.type) &&
      (first.status === 415 || (first.refuses && first.error?.kind === 'content-type')) &&
      second.accepts,
  },
  {
    ...common,
    id: 'accept-negotiation',
    title: 'a format that the client asks for is refused on one side, and accepted on the other',
    what: 'The request accepts a format that the service does not write. One side answers 406, the other what it always writes.',
    request: 'GET /items␊accept: text/xml',
    example: [
      ['Java (Spring)', '406␊content-length: 0'],
      ['Rust (axum)', `200␊${json}␊␊[]`],
    ],
    why: [
      ['Java (Spring), Django REST framework, Rails', 'negotiate, and answer 406 if nothing fits'],
      ['Rust (axum), Go, Express', 'write what the handler writes'],
    ],
    breaks: 'Clients with a careless Accept header get an error on one side.',
    fix: [
      ['Java (Spring)', 'ContentNegotiationConfigurer.ignoreAcceptHeader(true)'],
      ['Rust (axum)', 'check the Accept header and answer 406'],
    ],
    proof: 'The request has an Accept header, one side answers 406 and the other accepts.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1'],
    find: ({ asked, first, second }) => asked.header('accept') !== null && first.status === 406 && second.accepts,
  },
  {
    ...common,
    id: 'expectation',
    title: 'an expectation in the request is refused on one side, and accepted on the other',
    severity: 'cosmetic',
    what: 'The request has an Expect header other than 100-continue.',
    request: `POST /v1/things␊expect: foo␊${json}␊␊{"name":"n"}`,
    example: [
      ['Go (net/http)', '417␊content-length: 0'],
      ['Rust (axum)', `201␊${json}␊␊{"id":1}`],
    ],
    why: [
      ['Go (net/http), Node', '417'],
      ['Rust (hyper)', 'ignored'],
    ],
    breaks: 'Hardly anybody: clients that send it are tests.',
    fix: [
      ['Go (net/http)', 'nothing: RFC 9110 allows both'],
      ['Rust (axum)', 'a layer that answers 417'],
    ],
    proof: 'The request has an Expect header, and exactly one side answers 417.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1'],
    find: ({ asked, first, second }) => asked.header('expect') !== null && first.status === 417 && second.accepts,
  },
  {
    ...common,
    id: 'method-override',
    title: 'a request that names another method in a header is refused on one side, and accepted on the other',
    what: 'The request names another method in X-HTTP-Method-Override.',
    request: `POST /v1/things/1␊x-http-method-override: DELETE␊${json}␊␊{}`,
    example: [
      ['Rust (axum)', '405␊allow: DELETE,GET,HEAD␊content-length: 0'],
      ['Ruby (Rails)', '204'],
    ],
    why: [
      ['Ruby (Rails), PHP (Symfony, Laravel)', 'obey it'],
      ['Rust (axum), Go', 'ignore it'],
    ],
    breaks: 'Clients behind proxies that let only GET and POST through cannot delete any more.',
    fix: [
      ['Rust (axum)', 'a layer that rewrites the method before the router'],
      ['Ruby (Rails)', 'config.middleware.delete Rack::MethodOverride'],
    ],
    proof: 'The request has the header, one side refuses it, the other accepts.',
    sources: ['https://guides.rubyonrails.org/rails_on_rack.html'],
    find: ({ asked, first, second }) =>
      asked.header('x-http-method-override') !== null && first.refuses && second.accepts,
  },
  {
    ...common,
    id: 'header-limit',
    title: 'a request with large or many headers is refused on one side only',
    what: 'One side answers 431 to headers that the other one takes.',
    request: 'GET /items␊x-big: xxxxxxxx',
    example: [
      ['Node', '431␊connection: close'],
      ['Go (net/http)', `200␊${json}␊␊[]`],
    ],
    why: [
      ['Rust (hyper)', '100 headers'],
      ['Node', '16 KB in all'],
      ['Go (net/http)', '1 MB in all'],
    ],
    breaks: 'Users with large cookies or tokens are locked out, and nobody else sees it.',
    fix: [
      ['Node', 'node --max-http-header-size, or maxHeaderSize of http.createServer'],
      ['Go (net/http)', 'Server.MaxHeaderBytes'],
    ],
    proof: 'One side answers 431 to the headers; the other one does not refuse the request at all.',
    sources: ['https://www.rfc-editor.org/rfc/rfc6585#section-5', 'https://pkg.go.dev/net/http#Server'],
    find: ({ first, second }) => first.status === 431 && second.outcome !== 'failure',
  },
  {
    ...common,
    id: 'uri-limit',
    title: 'a long address is refused on one side only',
    what: 'One side answers 414 to an address that the other one takes.',
    request: 'GET /items?q=xxxxxxxx',
    example: [
      ['Rust (hyper)', '414␊content-length: 0'],
      ['Go (net/http)', `200␊${json}␊␊[]`],
    ],
    why: [
      ['Rust (hyper)', '65,534 bytes'],
      ['Go (net/http)', '1 MB together with the headers'],
      ['Node', '16 KB together with the headers'],
    ],
    breaks: 'Searches and filters with long lists of ids fail, and only for those who have many.',
    fix: [
      ['Rust (hyper)', 'send the filter in a body: the limit is fixed'],
      ['Go (net/http)', 'Server.MaxHeaderBytes'],
    ],
    proof: 'One side answers 414 to the address; the other one does not refuse the request at all.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5.15'],
    find: ({ first, second }) => first.status === 414 && second.outcome !== 'failure',
  },
  {
    ...common,
    id: 'auth-status',
    severity: 'breaking',
    even: true,
    title: 'a request without credentials is 401 on one side, and 403 on the other',
    what: 'Both sides refuse, but one says "log in" and the other "you may not".',
    request: 'GET /me',
    example: [
      ['Rust (axum)', '401␊www-authenticate: Bearer␊content-length: 0'],
      ['Python (FastAPI, HTTPBearer)', `403␊${json}␊␊{"detail":"Not authenticated"}`],
    ],
    why: [
      ['Python (FastAPI)', 'HTTPBearer said 403 in older releases'],
      ['Django REST framework', '401 if the first authenticator has a challenge, else 403'],
      ['Java (Spring Security)', '403 without an entry point'],
    ],
    breaks: 'Clients renew their token on 401 only; on 403 they give up.',
    fix: [
      ['Rust (axum)', '401 with WWW-Authenticate where credentials are missing'],
      ['Python (FastAPI)', 'HTTPBearer(auto_error=False), and an HTTPException with 401'],
    ],
    proof: 'One status is 401, the other 403, and the request has no Authorization header.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2'],
    find: ({ asked, first, second }) =>
      asked.header('authorization') === null &&
      asked.header('cookie') === null &&
      [first.status, second.status].sort().join() === '401,403',
  },
  {
    ...common,
    id: 'cors-preflight',
    severity: 'breaking',
    even: true,
    title: 'a preflight is answered in two ways',
    what: 'The request is a CORS preflight. One side answers 200, the other 204, or refuses it.',
    request: 'OPTIONS /items␊origin: https://app.example␊access-control-request-method: PUT',
    example: [
      ['Rust (tower-http)', '200␊access-control-allow-origin: *␊access-control-allow-methods: *␊content-length: 0'],
      ['Go (rs/cors)', '204␊access-control-allow-origin: *␊access-control-allow-methods: PUT'],
    ],
    why: [
      ['Rust (tower-http)', '200, and * for what is not named'],
      ['Go (rs/cors), Node (cors)', '204, and what was asked for'],
    ],
    breaks: 'With credentials a browser does not take *, and the request is never sent.',
    fix: [
      ['Rust (tower-http)', 'CorsLayer with allow_methods and allow_headers as lists'],
      ['Go (rs/cors)', 'cors.Options{OptionsSuccessStatus: 200}'],
    ],
    proof: 'The method is OPTIONS with an Origin and a method that is asked for; the status codes differ.',
    sources: ['https://fetch.spec.whatwg.org/#cors-preflight-request'],
    find: ({ asked, first, second }) =>
      asked.method === 'OPTIONS' &&
      asked.header('origin') !== null &&
      asked.header('access-control-request-method') !== null &&
      first.status !== second.status &&
      [first, second].every(({ status }) => status < 500),
  },
];
