import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { folder, newestReport, parity } from './command.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

const answer = (body: string, headers = '') =>
  `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`;

interface Conduct {
  readonly connected?: (socket: Socket) => void;
  /** Writes the answer to the how many-th request of the server, from 1. */
  readonly asked: (socket: Socket, count: number, path: string) => void;
}

/** A server of raw bytes. */
async function serve({ connected, asked }: Conduct): Promise<string> {
  let count = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    connected?.(socket);
    let pending = '';
    socket.on('data', (part) => {
      pending += part.toString('latin1');
      for (let end = pending.indexOf('\r\n\r\n'); end >= 0; end = pending.indexOf('\r\n\r\n')) {
        const head = pending.slice(0, end);
        pending = pending.slice(end + 4);
        count += 1;
        asked(socket, count, head.split(' ')[1] ?? '');
      }
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const correct: Conduct = { asked: (socket) => void socket.write(answer('hi')) };

/** Reads of `count` cases against a correct server and another; `headers` go with each request. */
async function run(other: Conduct, { count, headers }: { count: number; headers: string }) {
  const [a, b] = [await serve(correct), await serve(other)];
  const line = (at: number) => `  - { id: c${at}, request: { path: /c${at}${headers} } }\n`;
  const cwd = await folder({
    'cases/s.yaml': `suite: s\ncases:\n${Array.from({ length: count }, (_, at) => line(at)).join('')}`,
    'parity.yaml': `targets:\n  a: ${a}\n  b: ${b}\n`,
  });
  const { exitCode } = await parity(['run', '--no-tracker', '--concurrency', '1', '--noise', '0'], { cwd });
  const outcomes = newestReport(cwd).cases.map(({ outcome, reason }) =>
    reason == null ? outcome : `${outcome} ${reason}`,
  );
  return { exitCode, outcomes };
}

/** The second kind has a header of its own, which the HTTP client writes. */
const kinds = [
  ['a plain request', ''],
  ['a request of the HTTP client', ', headers: { te: trailers }'],
] as const;

const odd = 'x-empty:\r\n';
/** Writes an answer, and more bytes in a packet of their own. */
const inTurn = (socket: Socket, first: string, then: string): void => {
  socket.write(first);
  setTimeout(() => socket.write(then), 5);
};

test.each(kinds)('an answer that comes before the request is none, to %s', async (_, headers) => {
  const early: Conduct = { connected: (socket) => void socket.write(answer('hi')), asked: () => {} };
  const { exitCode, outcomes } = await run(early, { count: 3, headers });
  expect([exitCode, outcomes]).toEqual([3, Array(3).fill('inconclusive early-bytes')]);
});

const surplus: readonly (readonly [why: string, last: Conduct['asked']])[] = [
  ['a second answer in the next packet', (socket) => inTurn(socket, answer('hi'), answer('own'))],
  ['garbage in the next packet', (socket) => inTurn(socket, answer('hi'), 'evil')],
  ['a second answer in the same packet', (socket) => void socket.write(answer('hi') + answer('own'))],
  ['a second answer after an odd one', (socket) => inTurn(socket, answer('hi', odd), answer('own'))],
  ['a second answer in the packet of an odd one', (socket) => void socket.write(answer('hi', odd) + answer('own'))],
  [
    'a second answer in the packet of one that closes',
    (socket) => void socket.write(answer('hi', 'connection: close\r\n') + answer('own')),
  ],
];

test.each(surplus.flatMap(([why, last]) => kinds.map(([kind, headers]) => [why, kind, headers, last] as const)))(
  '%s makes the last case of a run inconclusive, after %s',
  async (_, __, headers, last) => {
    const { exitCode, outcomes } = await run({ asked: last }, { count: 1, headers });
    expect([exitCode, outcomes]).toEqual([3, ['inconclusive surplus-bytes']]);
  },
);

const closes = 'connection: close\r\n';

test.each([
  ['plain', closes],
  ['odd', closes + odd],
])('surplus in a packet after an answer that closes makes its case inconclusive: %s', async (_, framing) => {
  const asked: Conduct['asked'] = (socket) => inTurn(socket, answer('hi', framing), answer('own'));
  const { exitCode, outcomes } = await run({ asked }, { count: 1, headers: '' });
  expect([exitCode, outcomes]).toEqual([3, ['inconclusive surplus-bytes']]);
});

test('surplus at the last of several requests leaves no match of that case', async () => {
  const asked: Conduct['asked'] = (socket, _, path) => {
    if (path === '/c4') inTurn(socket, answer('hi'), answer('own'));
    else socket.write(answer('hi'));
  };
  const { exitCode, outcomes } = await run({ asked }, { count: 5, headers: '' });
  expect([exitCode, outcomes.at(-1)]).toEqual([3, 'inconclusive surplus-bytes']);
});

test.each(kinds)('surplus in a later packet leaves no match of its case in mid-run, after %s', async (_, headers) => {
  const asked: Conduct['asked'] = (socket, _count, path) => {
    if (path === '/c2') inTurn(socket, answer('hi'), answer('own'));
    else socket.write(answer('hi'));
  };
  const { exitCode, outcomes } = await run({ asked }, { count: 9, headers });
  expect([exitCode, outcomes[2]]).toEqual([3, 'inconclusive surplus-bytes']);
});

test.each(kinds)(
  'a server that sends two answers in turn to each request has no match, after %s',
  async (_, headers) => {
    const asked: Conduct['asked'] = (socket) => inTurn(socket, answer('hi'), answer('own'));
    const { exitCode, outcomes } = await run({ asked }, { count: 9, headers });
    expect([exitCode, outcomes]).toEqual([3, Array(9).fill('inconclusive surplus-bytes')]);
  },
);

const orderly: readonly (readonly [why: string, asked: Conduct['asked']])[] = [
  ['keeps its connections', correct.asked],
  ['closes each connection', (socket) => void socket.end(answer('hi', closes))],
  ['says that it closes, and does not', (socket) => void socket.write(answer('hi', closes))],
  ['answers oddly', (socket) => void socket.write(answer('hi', odd))],
];

test.each(orderly.flatMap(([why, asked]) => kinds.map(([kind, headers]) => [why, kind, headers, asked] as const)))(
  'a server that %s matches in all cases of %s',
  async (_, __, headers, asked) => {
    const { exitCode, outcomes } = await run({ asked }, { count: 30, headers });
    expect([exitCode, outcomes]).toEqual([0, Array(30).fill('match')]);
  },
);
