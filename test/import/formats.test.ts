import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ParityError } from '../../src/errors.ts';
import { detectFormat, type Format, type Importer, importers } from '../../src/import/importers.ts';
import type { ImportItem } from '../../src/import/read/entry.ts';
import { openSource } from '../../src/import/read/source.ts';

type Content = string | Buffer;

function written(content: Content, name = 'file'): string {
  const file = join(mkdtempSync(join(tmpdir(), 'parity-import-')), name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function itemsOf(format: Format, content: Content, name?: string): Promise<ImportItem[]> {
  const read: Importer = importers[format];
  const items: ImportItem[] = [];
  for await (const item of read(openSource(written(content, name)))) items.push(item);
  return items;
}

/** Each item in one line. */
function shown(items: readonly ImportItem[]): string[] {
  return items.map((item) => {
    if (item.kind === 'note') return `note: ${item.text}`;
    if (item.kind === 'leftOut') return `left out at ${item.where.line}: ${item.reason}`;
    const { request, response } = item.entry;
    const body = request.body === null ? '' : ` ${Buffer.from(request.body).toString()}`;
    const headers = request.headers.map(([name, value]) => ` [${name}: ${value}]`).join('');
    const line = `${request.method} ${request.path}${headers}${body}`.replace(/\$\{(\w+)\}/g, '<$1>');
    return `${line}${response === null ? '' : ` -> ${response.status}`}`;
  });
}

function tnet(value: unknown): Buffer {
  const wrap = (bytes: Buffer, kind: string) =>
    Buffer.concat([Buffer.from(`${bytes.length}:`), bytes, Buffer.from(kind)]);
  if (value === null) return wrap(Buffer.alloc(0), '~');
  if (typeof value === 'string') return wrap(Buffer.from(value), ',');
  if (typeof value === 'number') return wrap(Buffer.from(String(value)), Number.isInteger(value) ? '#' : '^');
  if (Array.isArray(value)) return wrap(Buffer.concat(value.map(tnet)), ']');
  return wrap(
    Buffer.concat(Object.entries(value as object).flatMap(([key, one]) => [wrap(Buffer.from(key), ';'), tnet(one)])),
    '}',
  );
}

const flow = (path: string, status: number | null) =>
  tnet({
    type: 'http',
    request: {
      method: 'GET',
      path,
      headers: [
        ['host', 'h'],
        ['accept', '*/*'],
      ],
      content: '',
      timestamp_start: 1700000000.5,
    },
    response: status === null ? null : { status_code: status, headers: [], content: 'ok' },
  });

const gor = (...records: string[]) => records.join('\n🐵🙈🙉\n');

const har = (...entries: object[]) => JSON.stringify({ log: { version: '1.2', entries } }, null, 1);
const harEntry = (method: string, url: string, status: number, more: object = {}) => ({
  request: {
    method,
    url,
    headers: [
      { name: ':authority', value: 'h' },
      { name: 'accept', value: '*/*' },
    ],
    ...more,
  },
  response: { status, headers: [], content: { size: 2, text: 'b2s=', encoding: 'base64' } },
});

interface Row {
  readonly title: string;
  readonly format: Format;
  readonly content: Content;
  readonly items: readonly string[];
  readonly name?: string;
}

const rows: readonly Row[] = [
  {
    title: 'A HAR file gives its entries one by one, aside from those without a whole answer',
    format: 'har',
    content: har(
      harEntry('GET', 'https://h/a?x=1', 200),
      harEntry('POST', 'https://h/f', 201, {
        postData: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'a', value: 'b c' }] },
      }),
      harEntry('GET', 'https://h/blocked', 0),
      harEntry('GET', 'data:text/plain,x', 200),
    ),
    items: [
      'GET /a?x=1 [accept: */*] -> 200',
      'POST /f [accept: */*] [content-type: application/x-www-form-urlencoded] a=b+c -> 201',
      expect.stringMatching(/^left out at \d+: no whole answer was recorded$/) as unknown as string,
      expect.stringMatching(/: not an HTTP address$/) as unknown as string,
    ],
  },
  {
    title: 'A text of curl commands gives a request a line, and leaves out what a file holds',
    format: 'curl',
    content:
      "curl 'https://h/a' -H 'x-y: 1'\ncurl -d '{\"a\":1}' -H 'content-type: application/json' https://h/b\ncurl -d @secret.txt https://h/c\n",
    items: [
      'GET /a [x-y: 1]',
      'POST /b [content-type: application/json] {"a":1}',
      'left out at 3: a body in a file: add it with parity add',
    ],
  },
  {
    title:
      'A Postman collection gives the requests of all folders, with inherited credentials open, and runs no script',
    format: 'postman',
    content: JSON.stringify({
      info: {
        _postman_id: 'x',
        name: 'c',
        schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
      },
      auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{apiToken}}' }] },
      variable: [{ key: 'base', value: 'https://h/api/' }],
      event: [{ listen: 'test', script: { exec: ['process.exit(1)'] } }],
      item: [
        {
          name: 'f',
          item: [
            {
              name: 'one',
              request: { method: 'GET', url: { raw: '{{base}}/users/:id?q=1', variable: [{ key: 'id', value: '7' }] } },
            },
          ],
        },
        {
          name: 'two',
          request: {
            auth: { type: 'noauth' },
            method: 'PUT',
            url: '{{base}}/u',
            body: { mode: 'raw', raw: '{"a":"{{name}}"}' },
          },
        },
        {
          name: 'three',
          request: {
            method: 'POST',
            url: 'https://h/up',
            body: { mode: 'formdata', formdata: [{ key: 'f', type: 'file', src: '/etc/passwd' }] },
          },
        },
      ],
    }),
    items: [
      'GET /api/users/7?q=1 [authorization: Bearer <API_TOKEN>]',
      'PUT /api/u [content-type: application/json] {"a":"<NAME>"}',
      'left out at 1: a form with a file: put it beside the case, multipart with file: NAME',
      expect.stringContaining('1 scripts of the collection are not run') as unknown as string,
    ],
  },
  {
    title: 'An Insomnia export of format 4 gives its requests with the values of its environments',
    format: 'insomnia',
    content: JSON.stringify({
      _type: 'export',
      __export_format: 4,
      resources: [
        { _type: 'environment', data: { base_url: 'https://h/v1', deep: { id: 5 } } },
        {
          _type: 'request',
          name: 'a',
          method: 'GET',
          url: '{{ _.base_url }}/x/{{ _.deep.id }}',
          parameters: [{ name: 'q', value: 'a b' }],
        },
        {
          _type: 'request',
          name: 'b',
          method: 'POST',
          url: 'https://h/y',
          body: { mimeType: 'application/json', text: '{}' },
        },
        { _type: 'request', name: 'c', method: 'GET', url: "https://h/{% uuid 'v4' %}" },
      ],
    }),
    items: [
      'GET /v1/x/5?q=a%20b',
      'POST /y [content-type: application/json] {}',
      'left out at 1: a template tag {% … %}, which is not run',
    ],
  },
  {
    title: 'An Insomnia export of format 5 gives the requests of its folders',
    format: 'insomnia',
    content:
      'type: collection.insomnia.rest/5.0\nname: c\ncollection:\n  - name: f\n    children:\n      - name: a\n        url: "{{ _.host }}/a"\n        method: GET\nenvironments:\n  name: e\n  data:\n    host: http://h\n',
    items: ['GET /a'],
  },
  {
    title: 'A Bruno file gives its request, with credentials that it leaves open',
    format: 'bruno',
    name: 'a.bru',
    content:
      'meta {\n  name: make\n  type: http\n}\n\npost {\n  url: {{host}}/users\n  body: json\n  auth: bearer\n}\n\nheaders {\n  x-a: 1\n  ~x-off: 2\n}\n\nauth:bearer {\n  token: {{token}}\n}\n\nbody:json {\n  {\n    "a": 1\n  }\n}\n\nscript:pre-request {\n  require("fs").unlinkSync("x")\n}\n',
    items: [
      'POST /users [x-a: 1] [authorization: Bearer <TOKEN>] [content-type: application/json] {\n  "a": 1\n}',
      '1 scripts and tests are not run: write what they check or capture into the cases',
    ].map((line, at) => (at === 1 ? `note: ${line}` : line)),
  },
  {
    title: 'A collection that Bruno exported as JSON gives the requests of its folders',
    format: 'bruno',
    content: JSON.stringify({
      name: 'c',
      version: '1',
      items: [
        {
          ...{ type: 'folder', name: 'f' },
          items: [
            {
              ...{ type: 'http', name: 'a' },
              request: {
                ...{ url: '{{host}}/a', method: 'POST', headers: [{ name: 'x-a', value: '1', enabled: true }] },
                body: { mode: 'json', json: '{"b":2}', formUrlEncoded: [] },
                ...{ auth: { mode: 'bearer', bearer: { token: '{{token}}' } }, script: { req: 'process.exit(1)' } },
              },
            },
          ],
        },
      ],
    }),
    items: [
      'POST /a [x-a: 1] [authorization: Bearer <TOKEN>] [content-type: application/json] {"b":2}',
      'note: the scripts and tests of 1 requests are not run: write what they check or capture into the cases',
    ],
  },
  {
    title: 'An .http file gives its requests with its variables, and leaves out what a file holds',
    format: 'http',
    content:
      '@host = https://h/api\n### list\nGET {{host}}/a\n  ?x=1\n  &y=2 HTTP/1.1\nAccept: text/plain\n# note\n\n> {% client.test() %}\n###\n# @name make\nPOST {{host}}/b\nContent-Type: application/json\n\n{"id": "{{id}}"}\n\n### up\nPOST {{host}}/c\n\n< ./big.bin\n',
    items: [
      'GET /api/a?x=1&y=2 [Accept: text/plain]',
      'POST /api/b [Content-Type: application/json] {"id": "<ID>"}',
      'left out at 18: a body in a file: put it beside the case, file: NAME',
      'note: 1 scripts are not run: write what they check or capture into the cases',
    ],
  },
  {
    title: 'An OpenAPI 3 description gives a request an operation, with examples and defaults, and fetches nothing',
    format: 'openapi',
    content: [
      'openapi: 3.0.3',
      'servers: [{ url: "https://{env}.h/v2/", variables: { env: { default: prod } } }]',
      'paths:',
      '  /pets/{id}:',
      '    parameters: [{ name: id, in: path, required: true, schema: { type: integer, example: 7 } }]',
      '    get: { responses: { "200": {}, "404": {} } }',
      '    put:',
      '      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }',
      '      responses: { "204": {} }',
      '  /far: { get: { parameters: [{ $ref: "http://127.0.0.1:9/p.yaml" }], responses: {} } }',
      '  /find: { get: { parameters: [{ name: q, in: query, schema: { type: string, default: x } }, { name: z, in: query, required: true, schema: { type: string } }], responses: { "200": {} } } }',
      'components: { schemas: { Pet: { type: object, required: [name, mate], properties: { name: { type: string, example: Rex }, mate: { $ref: "#/components/schemas/Pet" } } } } }',
    ].join('\n'),
    items: [
      'GET /v2/pets/7 -> 200',
      expect.stringMatching(
        /^PUT \/v2\/pets\/7 \[content-type: application\/json\] \{"name":"Rex","mate":/,
      ) as unknown as string,
      'left out at 10: a $ref to another document, which is not fetched: bundle the documents into one',
      'GET /v2/find?q=x&z=text',
      expect.stringMatching(/^note: 2 cases expect no status/) as unknown as string,
    ],
  },
  {
    title: 'A Swagger 2.0 description has its body among the parameters',
    format: 'openapi',
    content: JSON.stringify({
      swagger: '2.0',
      basePath: '/b',
      paths: {
        '/x': {
          post: {
            parameters: [{ in: 'body', name: 'b', schema: { type: 'object', example: { a: 1 } } }],
            responses: { 201: {} },
          },
        },
      },
    }),
    items: ['POST /b/x [content-type: application/json] {"a":1} -> 201'],
  },
  {
    title: 'A GoReplay file gives requests with the answers of their ids, and leaves out lengths that lie',
    format: 'gor',
    content: gor(
      '1 aa 1700000000000000000\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n',
      '1 bb 1700000000000000000\nPOST /b HTTP/1.1\r\nContent-Length: 900\r\n\r\nshort',
      '2 aa 1700000000000000001 5\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
      '1 cc 1700000000000000000\nGET /c HTTP/1.1\r\n\r\n',
      '',
    ),
    items: ['GET /a -> 200', 'left out at 7: a body that is shorter than its length', 'GET /c'],
  },
  {
    title: 'A mitmproxy file gives its flows, and leaves out what is cut off',
    format: 'mitmproxy',
    content: Buffer.concat([
      flow('/a?x=1', 200),
      flow('/lost', null),
      tnet({ type: 'tcp' }),
      flow('/cut', 200).subarray(0, 60),
    ]),
    items: [
      'GET /a?x=1 [accept: */*] -> 200',
      'left out at 1: no whole answer was recorded',
      'left out at 1: no HTTP request',
      'left out at 1: a flow that the file cuts off',
    ],
  },
  {
    title: 'A combined log of nginx or Apache gives a request a line, aside from those whose bodies are lost',
    format: 'access-log',
    content: [
      '1.2.3.4 - - [10/Oct/2026:13:55:36 +0000] "GET /a?x=\\x22 HTTP/1.1" 200 5 "-" "ua"',
      'example.com:443 1.2.3.4 - bob [10/Oct/2026:13:55:36 +0000] "HEAD /b HTTP/2.0" 404 0',
      '1.2.3.4 - - [10/Oct/2026:13:55:36 +0000] "POST /c HTTP/1.1" 201 5',
      '1.2.3.4 - - [10/Oct/2026:13:55:36 +0000] "\\x16\\x03\\x01" 400 0',
      'rubbish',
      '1.2.3.4 - - [10/Oct/2026:13:55:36 +0000] "GET /d HTTP/1.1" 499 0',
    ].join('\n'),
    items: [
      'GET /a?x=%22 -> 200',
      'HEAD /b -> 404',
      'left out at 3: a log has no bodies: POST',
      'left out at 4: a line of no known format',
      'left out at 5: a line of no known format',
      'left out at 6: no whole answer was recorded',
    ],
  },
  {
    title: 'JSON lines, Envoy and ALB logs are known by their lines',
    format: 'access-log',
    content: [
      '{"time":"2026-01-01T00:00:00Z","request":"GET /j?a=1 HTTP/1.1","status":"200"}',
      '{"request_method":"GET","uri":"/k","args":"b=2","status":304}',
      '{"request":{"method":"GET","uri":"/caddy"},"status":200,"ts":1700000000.1}',
      '[2026-04-15T20:17:00.310Z] "DELETE /envoy HTTP/2" 204 - 154 0 226 100 "10.0.35.28"',
      'https 2026-07-02T22:23:00.186641Z app/lb/5 192.168.131.39:2817 10.0.0.1:80 0.0 0.001 0.000 200 200 34 366 "GET https://h:443/alb?x=1 HTTP/1.1" "curl"',
    ].join('\n'),
    items: [
      'GET /j?a=1 -> 200',
      'GET /k?b=2 -> 304',
      'GET /caddy -> 200',
      'DELETE /envoy -> 204',
      'GET /alb?x=1 -> 200',
    ],
  },
];

describe('the formats', () => {
  it.each(rows)('$title', async ({ format, content, name, items }) => {
    expect(shown(await itemsOf(format, content, name))).toEqual(items);
  });

  it.each(rows)('are known by their content ($format: $title)', async ({ format, content, name }) => {
    expect(await detectFormat(openSource(written(content, name)))).toBe(format);
  });

  it('may be compressed with gzip', async () => {
    const content = gzipSync(har(harEntry('GET', 'https://h/a', 200)));
    expect(shown(await itemsOf('har', content))).toEqual(['GET /a [accept: */*] -> 200']);
  });
});

const deep = (open: string, close: string) => open.repeat(200_000) + close.repeat(200_000);
const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
  .split('')
  .map((name, at) => `${name}: &${name} [${`*${'abcdefg'[at]},`.repeat(8)}*${'abcdefg'[at]}]`)
  .join('\n')}\n`;

describe('files that cannot be read as their format', () => {
  it.each<readonly [title: string, format: Format, content: Content, place: string]>([
    ['a HAR file that is cut off', 'har', '{"log":{"entries":[\n{"request":', '2:1'],
    ['a HAR file without entries', 'har', '{"log":{}}', '1:1'],
    ['an entry that is not JSON', 'har', '{"log":{"entries":[\n{"request":x}]}}', '2:1'],
    ['a Postman collection that is not JSON', 'postman', '{"item":[\n  1,,]}', '2:5'],
    ['an invalid description', 'openapi', 'openapi: 3.0.0\n', '1:1'],
    ['a description with a YAML bomb', 'openapi', `${bomb}openapi: 3.0.0\npaths: *h\n`, '1:1'],
    ['a description that is not YAML', 'openapi', 'openapi: 3.0.0\npaths: [\n', '3:1'],
    ['flows that are none', 'mitmproxy', 'GET / HTTP/1.1', '1:1'],
    ['a flow whose length lies', 'mitmproxy', Buffer.concat([Buffer.from('3:'), flow('/a', 200)]), '1:1'],
    ['an invalid GoReplay file', 'gor', 'hello', '1:1'],
    ['a log of no known format', 'access-log', 'a\nb\n', '1:1'],
    ['a text without a request', 'http', '# nothing\n', '1:1'],
    ['a block that is not closed', 'bruno', 'get {\n  url: x\n', '1:1'],
    ['JSON that is nested without end', 'postman', deep('[', ']'), '1:1'],
  ])('end with an error that names the place: %s', async (_, format, content, place) => {
    const error = await itemsOf(format, content).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(ParityError);
    const { code, exitCode, problems } = error as ParityError;
    expect([code, exitCode, `${problems[0]?.line}:${problems[0]?.col}`]).toEqual(['PX2910', 2, place]);
  });

  it('leave out a line of 100 MB and hold none of it', async () => {
    const good = '1.2.3.4 - - [10/Oct/2026:13:55:36 +0000] "GET /a HTTP/1.1" 200 5\n';
    const content = Buffer.concat([Buffer.from(good), Buffer.alloc(100 * 2 ** 20, 0x61), Buffer.from(`\n${good}`)]);
    const items = await itemsOf('access-log', content);
    expect(shown(items)).toEqual(['GET /a -> 200', 'left out at 2: a line that is too long', 'GET /a -> 200']);
  });
});
