import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RecordedExchange } from '../../../src/record/types.ts';
import { curlLine } from '../../../src/report/document/curl.ts';
import { hostileTexts, textBody } from '../records.ts';

type Request = RecordedExchange['request'];

const run = promisify(execFile);
const isThere = (command: string): boolean => spawnSync(command, ['--version']).error === undefined;
const hasCurl = isThere('curl');
const folder = mkdtempSync(join(tmpdir(), 'parity-curl-'));
let received = Buffer.alloc(0);
let server: Server;

/** Answers once the announced body is there, and keeps the bytes of the last request. */
const listen = (): Server =>
  createServer((socket) => {
    let bytes = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const end = bytes.indexOf('\r\n\r\n');
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(bytes.toString('latin1'))?.[1] ?? 0);
      if (end < 0 || bytes.length < end + 4 + length) return;
      received = bytes;
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    });
    socket.on('error', () => socket.destroy());
  });

beforeAll(async () => {
  server = listen();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  received = Buffer.alloc(0);
});

const request = (over: Partial<Request>): Request => ({ method: 'POST', path: '/', headers: [], body: null, ...over });
const base64Body = (bytes: Buffer) => ({ base64: bytes.toString('base64'), bytes: bytes.length, truncated: false });
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, index) => index));

const requests: readonly (readonly [name: string, request: Request])[] = [
  ['a plain request', request({ method: 'GET', path: '/v1/a?b=c&d[]=e', headers: [['Accept', 'text/plain']] })],
  ['a JSON body', request({ body: textBody('{"a":"it\'s"}'), headers: [['Content-Type', 'application/json']] })],
  ['a body that looks like a file name', request({ body: textBody('@/etc/hostname') })],
  ['a body with line ends at its end', request({ body: textBody('a\r\nb\n\n') })],
  ['a body of every byte', request({ body: base64Body(everyByte) })],
  ['an empty body', request({ body: textBody('') })],
  ['a path with dots, which clients clean up', request({ path: '/a/../b//c/./%2e%2E/%zz' })],
  ['a path with braces, which curl would expand', request({ path: '/{a,b}/[1-3]' })],
  ['a path with a fragment sign', request({ path: '/a#b' })],
  [
    'an empty header and a header that is there twice',
    request({
      headers: [
        ['x-a', ''],
        ['x-b', '1'],
        ['x-b', '2'],
      ],
    }),
  ],
  ['header bytes above 0x7F', request({ headers: [['x-a', 'caf\u00e9']] })],
  ['a header with a tab', request({ headers: [['x-a', 'a\tb']] })],
  ['a request to HEAD', request({ method: 'HEAD' })],
  ...hostileTexts.map(
    (text, index) =>
      [
        `hostile text ${index}`,
        request({
          body: textBody(Buffer.from(text).toString()),
          headers: [['x-a', text.replaceAll(/[^\t -~]/g, '').trim()]],
        }),
      ] as const,
  ),
];

const bodyOf = (sent: Request): Buffer =>
  sent.body?.base64 === undefined ? Buffer.from(sent.body?.text ?? '') : Buffer.from(sent.body.base64, 'base64');

if (process.env.CI === 'true')
  test.each(['curl', 'bash', 'dash'])('%s is there, as CI must have it', (command) => {
    expect(isThere(command)).toBe(true);
  });

const shells = ['bash', 'dash'].map((shell) => {
  const missing = [shell, 'curl'].filter((command) => !isThere(command));
  return { shell, missing, why: missing.length > 0 ? ` (skipped: no ${missing.join(' and no ')} here)` : '' };
});

describe.each(shells)('the curl line in $shell sends$why', ({ shell, missing }) => {
  test.skipIf(missing.length > 0).each(requests)('%s, byte for byte', async (_, sent) => {
    const { port } = server.address() as AddressInfo;
    const line = curlLine({ url: `http://127.0.0.1:${port}/base` }, sent);
    expect(line).toMatch(/^[ -~]*$/);
    await run(shell, ['-c', line], { cwd: folder });
    const [head = '', ...rest] = received.toString('latin1').split('\r\n\r\n');
    const [first, ...lines] = head.split('\r\n');
    expect(first).toBe(`${sent.method} /base${sent.path} HTTP/1.1`);
    expect(Buffer.from(rest.join('\r\n\r\n'), 'latin1').equals(bodyOf(sent))).toBe(true);
    const names = sent.headers.map(([name, value]) => `${name}: ${value.trim()}`);
    expect(lines.map((each) => each.replace(/:\s*$/, ': ').trimEnd())).toEqual(
      expect.arrayContaining(names.map((each) => each.trimEnd())),
    );
    expect(lines.some((each) => /^accept:/i.test(each))).toBe(sent.headers.some(([name]) => /^accept$/i.test(name)));
    expect(readdirSync(folder)).toEqual([]);
  });
});

test.skipIf(!hasCurl).each(hostileTexts.map((text, index) => [index, text] as const))(
  'hostile text %i (skipped where there is no curl) as method, path and header runs nothing',
  async (_, text) => {
    const { port } = server.address() as AddressInfo;
    const line = curlLine(
      { url: `http://127.0.0.1:${port}` },
      request({
        method: text,
        path: text,
        headers: [
          [text, text],
          ['x', text],
        ],
      }),
    );
    expect(line).toMatch(/^[ -~]*$/);
    await run('sh', ['-c', line], { cwd: folder, timeout: 60_000 }).catch(() => null);
    expect(readdirSync(folder)).toEqual([]);
  },
);

describe('the curl line says what the target adds', () => {
  const adds = [
    { in: 'header', name: 'authorization', auth: true },
    { in: 'header', name: 'X-Tenant', auth: false },
    { in: 'query', name: 'api key', auth: true },
  ] as const;
  const asked = request({ method: 'GET', path: '/a?b=c', headers: [['x-tenant', 'of the case']] });
  const told = (sent: Request) => curlLine({ url: 'http://a', adds }, sent);

  test('with a mask for its values, in place of what the case says', () => {
    expect(told(asked)).toBe(
      "curl -sS -i --globoff --path-as-is -X 'GET' -H 'authorization: ***' -H 'X-Tenant: ***' -H 'accept:' -H 'user-agent:' --url 'http://a/a?b=c&api%20key=***'",
    );
  });

  test('but not its credentials where the request went out without them', () => {
    expect(told({ ...asked, withoutAuth: true })).toBe(
      "curl -sS -i --globoff --path-as-is -X 'GET' -H 'X-Tenant: ***' -H 'accept:' -H 'user-agent:' --url 'http://a/a?b=c'",
    );
  });
});
