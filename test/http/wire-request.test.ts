import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import type { Target } from '../../src/config/config.ts';
import type { SentRequest } from '../../src/http/exchange.ts';
import { startRig } from '../rig/rig.ts';
import { answer } from '../rig/scenario.ts';
import { request, targetAt, transportTo } from '../rig/target.ts';

async function onTheWire(sent: SentRequest, options: { base?: string; headers?: Target['headers'] } = {}) {
  const rig = await startRig({ answers: [[answer(200)]] });
  const transport = transportTo(targetAt(rig.url + (options.base ?? ''), { headers: options.headers ?? [] }));
  const { outcome } = await transport.send('go', sent);
  await transport.close();
  await rig.close();
  return { bytes: rig.requests[0]?.replace(`127.0.0.1:${rig.port}`, 'HOST'), outcome };
}

const paths: readonly (readonly [why: string, path: string])[] = [
  ['dot segments stay', '/a/../b/./c'],
  ['encoded dots stay', '/a/%2e%2e/b'],
  ['double slashes stay', '//a//b'],
  ['an encoded slash stays, in its own case', '/a%2Fb%2fc'],
  ['a malformed escape stays', '/100%/x'],
  ['a query stays as it is', '/a?x=1&x=2&&y=[]|^`{}'],
  ['a fragment goes out too', '/a#b'],
  ['a backslash is not a slash', '/a\\..\\b'],
];

test.each(paths)('path: %s', async (_, path) => {
  expect((await onTheWire(request('GET', path))).bytes).toBe(
    `GET ${path} HTTP/1.1\r\nhost: HOST\r\nconnection: keep-alive\r\n\r\n`,
  );
});

test('text beyond ASCII goes out as its UTF-8 bytes', async () => {
  const sent: SentRequest = { ...request('GET', '/caf\u00e9'), headers: [['x', '\u2713']] };
  const bytes = Buffer.from((await onTheWire(sent)).bytes ?? '', 'latin1').toString('utf8');
  expect(bytes).toBe('GET /caf\u00e9 HTTP/1.1\r\nhost: HOST\r\nconnection: keep-alive\r\nx: \u2713\r\n\r\n');
});

const prefixes: readonly (readonly [base: string, line: string])[] = [
  ['/api/v1', 'GET /api/v1/../x HTTP/1.1'],
  ['/api/v1/', 'GET /api/v1/../x HTTP/1.1'],
  ['/a%2Fb//c/..', 'GET /a%2Fb//c/../../x HTTP/1.1'],
  ['?drop#this', 'GET /../x HTTP/1.1'],
];

test.each(prefixes)('the prefix %s of a target comes before the path, raw', async (base, line) => {
  expect((await onTheWire(request('GET', '/../x'), { base })).bytes?.split('\r\n')[0]).toBe(line);
});

test('headers keep casing, order and duplicates; a body comes with its length', async () => {
  const headers: SentRequest['headers'] = [
    ['X-B', '2'],
    ['x-a', '1'],
    ['X-B', '1'],
    ['Content-Type', 'a/b'],
    ['content-type', 'c/d'],
    ['__proto__', 'p'],
  ];
  const { bytes } = await onTheWire({ ...request('POST', '/p', 'hello'), headers });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  expect(bytes).toBe(
    `POST /p HTTP/1.1\r\nhost: HOST\r\nconnection: keep-alive\r\n${lines}content-length: 5\r\n\r\nhello`,
  );
});

test('headers of the target follow those of the case and replace same-named ones', async () => {
  const headers: SentRequest['headers'] = [
    ['authorization', 'case'],
    ['x-a', '1'],
  ];
  const own: Target['headers'] = [
    ['Authorization', 'own'],
    ['x-own', '1'],
  ];
  const { bytes } = await onTheWire({ ...request('GET', '/'), headers }, { headers: own });
  expect(bytes?.split('\r\n').slice(3, -2)).toEqual(['x-a: 1', 'Authorization: own', 'x-own: 1']);
});

const bodies: readonly (readonly [why: string, sent: SentRequest, tail: string])[] = [
  ['POST without a body says so', request('POST', '/'), 'content-length: 0\r\n\r\n'],
  ['GET may carry a body', request('GET', '/', 'x'), 'content-length: 1\r\n\r\nx'],
  ['DELETE without a body has no length', request('DELETE', '/'), 'connection: keep-alive\r\n\r\n'],
  ['an empty body is a body of no bytes', request('PUT', '/', ''), 'content-length: 0\r\n\r\n'],
  [
    'a length that is right is sent once',
    { ...request('POST', '/', 'ab'), headers: [['Content-Length', '2']] },
    'connection: keep-alive\r\ncontent-length: 2\r\n\r\nab',
  ],
];

test.each(bodies)('body: %s', async (_, sent, tail) => {
  expect((await onTheWire(sent)).bytes?.endsWith(tail)).toBe(true);
});

test.each([
  ['one chunk', 'hello', { chunkBytes: 64 }, '5\r\nhello\r\n0\r\n\r\n'],
  ['chunks and a rest', 'hello', { chunkBytes: 2 }, '2\r\nhe\r\n2\r\nll\r\n1\r\no\r\n0\r\n\r\n'],
  ['held after the first byte', 'hello', { chunkBytes: 4, holdMs: 1 }, '1\r\nh\r\n4\r\nello\r\n0\r\n\r\n'],
])('a body in chunks: %s', async (_, body, delivery, tail) => {
  let bytes = '';
  const server = createServer((socket) => {
    socket.setEncoding('latin1').on('data', (part) => {
      bytes += part;
      if (bytes.endsWith('0\r\n\r\n')) socket.end('HTTP/1.1 204 N\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const transport = transportTo(targetAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  const { outcome } = await transport.send('go', request('POST', '/', body), delivery);
  await transport.close();
  server.close();
  expect(outcome).toMatchObject({ kind: 'response', status: 204 });
  expect(bytes.slice(bytes.indexOf('connection:'))).toBe(
    `connection: keep-alive\r\ntransfer-encoding: chunked\r\n\r\n${tail}`,
  );
});

const refused: readonly (readonly [why: string, sent: Partial<SentRequest>])[] = [
  ['a space in the path', { path: '/a b' }],
  ['a line end in the path', { path: '/a\r\nX: y' }],
  ['NUL in the path', { path: '/\0' }],
  ['a path without a slash', { path: 'http://127.0.0.1:1/' }],
  ['a line end in a header value', { headers: [['x', 'a\r\nb: c']] }],
  ['a colon in a header name', { headers: [['x:', 'a']] }],
  ['transfer-encoding', { headers: [['Transfer-Encoding', 'chunked']] }],
  ['expect', { headers: [['expect', '100-continue']] }],
  ['upgrade', { headers: [['upgrade', 'h2c']] }],
  ['keep-alive', { headers: [['keep-alive', '5']] }],
  ['connection options that would be dropped', { headers: [['connection', 'close, te']] }],
  ['a length that is not that of the body', { method: 'POST', headers: [['content-length', '9']] }],
  ['a length where none is sent', { headers: [['content-length', '0']] }],
  [
    'two host headers',
    {
      headers: [
        ['host', 'a'],
        ['Host', 'b'],
      ],
    },
  ],
  ['CONNECT', { method: 'CONNECT' }],
  ['a method that is not a token', { method: 'GE T' }],
];

test.each(refused)('refused, and nothing is sent: %s', async (_, part) => {
  const { bytes, outcome } = await onTheWire({ ...request('GET', '/'), ...part });
  expect(outcome).toMatchObject({ kind: 'failure', family: 'request', reason: 'refused-request' });
  expect(bytes).toBeUndefined();
});

test('a response keeps names, casing, order, duplicates and bytes beyond ASCII', async () => {
  const head = '__proto__: a\r\nSet-Cookie: 1\r\nConstructor: b\r\nset-cookie: 2\r\nX: caf\xc3\xa9\r\n';
  const rig = await startRig({ answers: [[answer(200, 'a\0\xff', head)]] });
  const transport = transportTo(targetAt(rig.url));
  const { outcome } = await transport.send('go', request('GET', '/'));
  expect(outcome).toMatchObject({
    kind: 'response',
    status: 200,
    statusText: 'S',
    headers: [
      ['__proto__', 'a'],
      ['Set-Cookie', '1'],
      ['Constructor', 'b'],
      ['set-cookie', '2'],
      ['X', 'caf\xc3\xa9'],
      ['content-length', '3'],
    ],
  });
  expect(outcome.kind === 'response' && Buffer.from(outcome.body).toString('hex')).toBe('6100ff');
  await transport.close();
  await rig.close();
});
