import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Failure, Response } from '../../../src/http/exchange.ts';
import { plainChunks, plainHead } from '../../../src/http/send/fast-response-parser.ts';
import { request, targetAt, transportTo } from '../../rig/target.ts';

const open: Server[] = [];
afterAll(() => {
  for (const server of open) server.close();
});

/** A server that answers `GET /N` with the Nth answer, part by part, and ends the connection. */
async function serve(answers: readonly (readonly Buffer[])[]): Promise<string> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    socket.once('data', async (chunk) => {
      for (const part of answers[Number(/^GET \/(\d+) /.exec(chunk.toString('latin1'))?.[1])] ?? []) {
        await new Promise((written) => socket.write(part, written));
        await sleep(4);
      }
      socket.end();
    });
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What the HTTP client makes of each answer, and what the plain reader does. A header of its own keeps the plain reader away. */
async function bothWays(answers: readonly (readonly Buffer[])[]): Promise<(Response | Failure)[][]> {
  const url = await serve(answers);
  const found: (Response | Failure)[][] = [];
  const all = [...answers.keys()];
  const line = async () => {
    for (let at = all.shift(); at !== undefined; at = all.shift()) {
      const transport = transportTo(targetAt(url));
      const get = request('GET', `/${at}`);
      const plain = await transport.send('go', get);
      const client = await transport.send('go', { ...get, headers: [['connection', 'keep-alive']] });
      found[at] = [plain.outcome, client.outcome];
      await transport.close();
    }
  };
  await Promise.all([line(), line(), line(), line()]);
  return found;
}

/** The client forgets the first part of a status line that comes in two, and quotes as many bytes as have come. */
function settled(outcome: Response | Failure): Response | Failure {
  return outcome.kind === 'response' ? { ...outcome, statusText: '' } : { ...outcome, message: '' };
}

const samples = [
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"a":[1,2,3]}',
  'HTTP/1.1 404 Not Found\r\nX-A: 1\r\nx-a:2\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA\r\n, world...\r\n0\r\n\r\n',
  'HTTP/1.1 204 No Content\r\nKeep-Alive: timeout=5\r\nConnection: keep-alive\r\n\r\n',
  'HTTP/1.1 500 Oh \r\nConnection: close\r\nContent-Length: 0\r\nX: caf\u00e9\r\n\r\n',
];

const piece = fc.constantFrom(
  '\r\n',
  '\r',
  '\n',
  '\0',
  ' ',
  '\t',
  ':',
  '0',
  'x',
  '\u00ff',
  '\r\n ',
  ';a=b',
  '1',
  'chunked',
);
const edit = fc.tuple(
  fc.constantFrom(...samples),
  fc.nat(),
  fc.nat({ max: 3 }),
  fc.oneof(fc.constant(''), piece),
  fc.array(fc.nat(), { maxLength: 2 }),
);

function mutant([text, place, cut, inserted, breaks]: typeof edit extends fc.Arbitrary<infer T> ? T : never): Buffer[] {
  const at = place % (text.length + 1);
  const bytes = Buffer.from(text.slice(0, at) + inserted + text.slice(at + cut), 'latin1');
  const ends = [...breaks.map((one) => one % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end)).filter((part) => part.length > 0);
}

test('an answer reads the same, plain or by the HTTP client, whole or damaged or in parts', async () => {
  const answers = fc.sample(edit, { numRuns: 500, seed: 7 }).map(mutant);
  const found = await bothWays([...samples.map((text) => [Buffer.from(text, 'latin1')]), ...answers]);
  for (const [at, [plain, client]] of found.entries()) {
    const shown = JSON.stringify(at < samples.length ? samples[at] : answers[at - samples.length]?.map(String));
    expect({ shown, ...settled(plain!) }).toEqual({ shown, ...settled(client!) });
  }
  expect(found.filter(([plain]) => plain?.kind === 'response').length).toBeGreaterThan(50);
  expect(found.filter(([plain]) => plain?.kind === 'failure').length).toBeGreaterThan(50);
});

const head = (...lines: string[]) =>
  Buffer.from(`HTTP/1.1 200 OK\r\n${lines.map((one) => `${one}\r\n`).join('')}\r\n`, 'latin1');

test.each([
  ['nothing yet', Buffer.from('HTTP/1.1 200 OK\r\nA: b\r\n')],
  ['two lengths', head('Content-Length: 1', 'Content-Length: 1')],
  ['a length that is not a number', head('Content-Length: +1')],
  ['length and chunks', head('Content-Length: 1', 'Transfer-Encoding: chunked')],
  ['another coding', head('Transfer-Encoding: gzip, chunked')],
  ['no framing at all', head('A: b')],
  ['a folded header', head('Content-Length: 1', 'A: b', ' c')],
  ['a space before the colon', head('Content-Length: 1', 'A : b')],
  ['a bare line feed', head('Content-Length: 1', 'A: b\nC: d')],
  ['an upgrade', head('Content-Length: 1', 'Connection: upgrade')],
  ['HTTP/1.0', Buffer.from('HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n')],
  [
    '100 that nobody asked for',
    Buffer.from('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
  ],
  ['an interim answer', Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n')],
  ['304 with a length', Buffer.from('HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n')],
])('a head is left to the HTTP client: %s', (_, bytes) => {
  expect(plainHead(bytes)).toBeNull();
});

test.each([
  ['an extension', '1;a=b\r\nx\r\n0\r\n\r\n'],
  ['a trailer', '1\r\nx\r\n0\r\nA: b\r\n\r\n'],
  ['a size that is not a number', 'g\r\n'],
  ['a size beyond any', 'ffffffffff\r\n'],
  ['a chunk longer than it says', '1\r\nxyz\r\n'],
  ['lines ended by a line feed', '1\nx\n0\n\n'],
])('chunks are left to the HTTP client: %s', (_, text) => {
  expect(plainChunks(Buffer.from(text), 0)).toBeNull();
});

test('chunks may end anywhere for the time being', () => {
  const text = 'a\r\n0123456789\r\n3\r\nabc\r\n0\r\n\r\n';
  for (let end = 0; end < text.length; end += 1)
    expect(plainChunks(Buffer.from(text.slice(0, end)), 0)).toMatchObject({ body: null });
  const whole = plainChunks(Buffer.from(text), 0);
  expect([whole?.body?.toString(), whole?.end, whole?.got]).toEqual(['0123456789abc', text.length, 13]);
});
