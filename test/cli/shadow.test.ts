import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LiveStatus } from '../../src/live/page/status.ts';
import { folder, newestReport, parity } from './command.ts';
import { type Reply, serving } from './service.ts';
import { type Running, rawAnswer, rawServer, shadowing, waitFor } from './shadowing.ts';

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** The sums of the contract, for all requests and for each route. */
function expectSums({ routes, ...all }: LiveStatus): void {
  for (const one of [all, ...routes]) {
    expect(one.requests).toBe(one.copied + total(one.skipped));
    expect(one.copied).toBe(one.pending + one.compared + one.lost);
    expect(one.compared).toBe(one.matched + one.divergent + one.suppressed + one.inconclusive);
  }
  expect(routes.reduce((sum, one) => sum + one.requests, 0)).toBe(all.requests);
}

async function ask({ url }: Running, paths: readonly string[], init: RequestInit = {}): Promise<string[]> {
  const answers: string[] = [];
  for (const path of paths) answers.push(await (await fetch(`${url}${path}`, init)).text());
  return answers;
}

const paths = (name: string, count: number): string[] => Array.from({ length: count }, (_, at) => `/${name}/${at}`);
const same = (): Reply => [200, '{"a":1}'];
const between = (reference: string, candidate: string): string[] => [
  ...['--no-tracker', '--reference', reference, '--candidate', candidate],
];

/** The rest of an answer after the head, for the byte comparison of a client. */
const odd =
  'HTTP/1.1 200 Fine Enough\r\nX-ODD:  spaced \r\nx-odd: twice\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n' +
  '5;x=y\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n';

describe('a shadow', () => {
  const candidates: readonly (readonly [what: string, serve: (socket: Socket) => void])[] = [
    ['hangs', () => {}],
    ['resets', (socket) => void socket.once('data', () => socket.resetAndDestroy())],
    [
      'answers garbage',
      (socket) => void socket.once('data', () => socket.end('\u0000\u0001 this is not HTTP\r\n\r\n')),
    ],
    [
      'floods with informational answers',
      (socket) => void socket.once('data', () => socket.write('HTTP/1.1 102 Processing\r\n\r\n'.repeat(10_000))),
    ],
    [
      'answers with a gigabyte',
      (socket) =>
        void socket.once('data', () => {
          socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n');
          const piece = Buffer.alloc(1 << 20);
          const more = () => {
            while (!socket.destroyed && socket.write(piece));
          };
          socket.on('drain', more);
          more();
        }),
    ],
  ];

  it.each(candidates)('gives the client the bytes of the reference while the candidate %s', async (_, serve) => {
    const reference = await rawServer((socket) => void socket.on('data', () => socket.write(odd)));
    const shadow = await shadowing(await folder(), [...between(reference, await rawServer(serve)), '--timeout', '1s']);
    const request = 'GET /a HTTP/1.1\r\nHost: x\r\n\r\n';
    const answer = await rawAnswer(shadow.url, request);
    const [head, body] = [answer.slice(0, answer.indexOf('\r\n\r\n')), answer.slice(answer.indexOf('\r\n\r\n'))];
    expect(head).toMatch(
      /^HTTP\/1\.1 200 Fine Enough\r\nX-ODD: {2}spaced \r\nx-odd: twice\r\nContent-Type: application\/json/,
    );
    expect(body).toContain('{"a":');
    const status = await waitFor(async () => {
      const found = await shadow.settled();
      return found.requests === 1 ? found : null;
    });
    expectSums(status);
    expect(status).toMatchObject({ requests: 1, copied: 1, matched: 0 });
    expect(await shadow.end()).toMatchObject({ exitCode: 0 });
  });

  it('records what diverges in a run folder like any other, tells noise, and keeps the gate shut', async () => {
    const cwd = await folder();
    const noisy = ({ path }: { path: string }): Reply =>
      path.startsWith('/noisy') ? [200, `{"made":"${Math.random()}","v":1}`] : same();
    const reference = await serving(noisy);
    const candidate = await serving((asked) => (asked.path.startsWith('/bad') ? [200, '{"a":"1"}'] : noisy(asked)));
    const shadow = await shadowing(cwd, [...between(reference.url, candidate.url), '--noise-rate', '1000/s']);
    const headers = {
      authorization: 'Bearer s3cret-of-a-client',
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    };
    await ask(shadow, [...paths('good', 5), ...paths('bad', 5), ...paths('noisy', 10)], { headers });
    await ask(shadow, ['/good/1'], { method: 'POST', body: 'x' });
    const status = await shadow.settled();
    expectSums(status);
    expect(status).toMatchObject({ requests: 21, copied: 20, matched: 5, divergent: 5, suppressed: 10 });
    expect(status.skipped).toEqual({ method: 1 });
    expect(candidate.asked.map(({ method }) => method)).not.toContain('POST');
    expect(candidate.asked[0]!.headers).toMatchObject({ ...headers, 'x-parity-shadow': '1' });
    expect(reference.asked[0]!.headers).not.toHaveProperty('x-parity-shadow');
    const { exitCode, stdout } = await shadow.end();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('DIVERGENT');
    const report = newestReport(cwd);
    expect(report.findings.map((one) => [one.class, one.route, one.cases.length])).toEqual([
      ['bigint-as-string', 'GET /bad/{id}', 5],
    ]);
    expect(report.counts).toMatchObject({ selected: 20, total: 20, match: 15, divergent: 5, notRun: 0 });
    expect(JSON.stringify(report)).not.toContain('s3cret-of-a-client');
    const ready = await parity(['ready', '--min', '5'], { cwd });
    expect(ready.exitCode).toBe(1);
    expect(ready.stdout).toMatch(/GET \/bad\/\{id\} +diverges: 5 requests, 5 compared, 5 divergent/);
    expect(await parity(['report', 'latest'], { cwd })).toMatchObject({ exitCode: 0 });
    const adr = await parity(['adr', '--ready', '--dir', 'adr'], { cwd });
    expect([adr.exitCode, readdirSync(join(cwd, 'adr')).length]).toEqual([0, 1]);
  });

  it('comes to no conclusion where there is no room to tell noise from divergence', async () => {
    const noisy = (): Reply => [200, `{"made":"${Math.random()}"}`];
    const [reference, candidate] = [await serving(noisy), await serving(noisy)];
    const shadow = await shadowing(await folder(), [...between(reference.url, candidate.url), '--noise-rate', '1/s']);
    await ask(shadow, paths('noisy', 10));
    const status = await shadow.settled();
    expectSums(status);
    expect(status).toMatchObject({ requests: 10, copied: 10, matched: 0, divergent: 0 });
    expect(status.inconclusive).toBeGreaterThan(0);
    await shadow.end();
  });

  it('is ready where enough was compared and accepted divergences are the only ones', async () => {
    const cwd = await folder();
    const reference = await serving(same);
    const candidate = await serving(({ path }) => (path.startsWith('/bad') ? [200, '{"a":"1"}'] : same()));
    const targets = ['--reference', reference.url, '--candidate', candidate.url, '--tracker', 'TRACKER.md'];
    const gate = ['ready', '--min', '20', '--parity', '0.8'];
    const first = await shadowing(cwd, targets);
    await ask(first, [...paths('good', 20), ...paths('bad', 20)]);
    await first.settled();
    await first.end();
    expect(await parity(gate, { cwd })).toMatchObject({ exitCode: 1 });
    const id = newestReport(cwd).findings[0]!.id;
    const accepting = ['tracker', 'accept', id, '--reason', 'agreed', '--scope', 'route', '--tracker', 'TRACKER.md'];
    expect(await parity(accepting, { cwd })).toMatchObject({ exitCode: 0 });
    const second = await shadowing(cwd, targets);
    await ask(second, [...paths('good', 20), ...paths('bad', 20)]);
    await second.settled();
    await second.end();
    expect(await parity(gate, { cwd })).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('20 accepted') });
  });

  it('copies nothing while the kill switch is there, by file, by signal and by the page, and answers go on', async () => {
    const cwd = await folder();
    const [reference, candidate] = [await serving(same), await serving(same)];
    const file = join(cwd, 'off');
    const shadow = await shadowing(cwd, [...between(reference.url, candidate.url), '--kill-switch', file]);
    const copying = (wanted: boolean) =>
      waitFor(async () => ((await shadow.settled()).copying === wanted ? true : null));
    writeFileSync(file, '');
    expect(await ask(shadow, paths('a', 3))).toEqual(Array.from({ length: 3 }, () => '{"a":1}'));
    rmSync(file);
    await ask(shadow, paths('a', 1));
    shadow.child.kill('SIGUSR2');
    await copying(false);
    await ask(shadow, paths('a', 2));
    const page = await (await fetch(shadow.page)).text();
    const [, token = ''] = /name="token" content="([0-9a-f]+)"/.exec(page) ?? [];
    const press = (headers: Record<string, string>, body: string) =>
      fetch(`${shadow.page}/copying`, { method: 'POST', headers, body });
    expect((await press({}, 'on')).status).toBe(403);
    expect((await press({ 'x-parity-token': token }, 'on')).status).toBe(200);
    await copying(true);
    await ask(shadow, paths('a', 1));
    const status = await shadow.settled();
    expectSums(status);
    expect(status).toMatchObject({ requests: 7, copied: 2, skipped: { 'kill-switch': 5 } });
    expect(candidate.asked).toHaveLength(2);
    await shadow.end();
  });

  it('skips and never queues what is over --max-pending, and leaves alone a candidate that does not answer', async () => {
    const reference = await serving(same);
    const candidate = await rawServer(() => {});
    const targets = between(reference.url, candidate);
    const shadow = await shadowing(await folder(), [...targets, '--max-pending', '3', '--timeout', '300ms']);
    await ask(shadow, paths('a', 10));
    await shadow.settled();
    for (let round = 0; round < 3; round += 1) {
      await ask(shadow, paths('a', 5));
      await shadow.settled();
    }
    const status = await shadow.settled();
    expectSums(status);
    expect(status.requests).toBe(25);
    expect(status.skipped).toMatchObject({ 'max-pending': expect.any(Number), 'circuit-open': expect.any(Number) });
    expect(status.circuitOpen).toBe(true);
    await shadow.end();
  });

  it('copies the same requests whenever it is asked for the same share, and more for more', async () => {
    const reference = await serving(same);
    const copied: string[][] = [];
    for (const percent of ['20', '20', '50']) {
      const candidate = await serving(same);
      const shadow = await shadowing(await folder(), [...between(reference.url, candidate.url), '--percent', percent]);
      await ask(shadow, paths('a', 100));
      await shadow.settled();
      await shadow.end();
      copied.push([...new Set(candidate.asked.map(({ path }) => path))].sort());
    }
    const [first, again, more] = copied as [string[], string[], string[]];
    expect(again).toEqual(first);
    expect(more).toEqual(expect.arrayContaining(first));
    expect([first.length > 5, first.length < 40, more.length > 30, more.length < 70]).toEqual([true, true, true, true]);
  });

  it('goes on with its counters and its findings after it was killed', async () => {
    const cwd = await folder();
    const reference = await serving(same);
    const candidate = await serving(({ path }) => (path.startsWith('/bad') ? [200, '{"a":"1"}'] : same()));
    const targets = between(reference.url, candidate.url);
    const first = await shadowing(cwd, targets);
    await ask(first, [...paths('good', 20), ...paths('bad', 3)]);
    await first.settled();
    await new Promise((resolve) => setTimeout(resolve, 600));
    await first.end('SIGKILL');
    expect(await parity(['ready'], { cwd })).toMatchObject({ exitCode: 1 });
    const second = await shadowing(cwd, targets);
    expect(await second.settled()).toMatchObject({ requests: 23, compared: 23, divergent: 3 });
    await ask(second, [...paths('good', 10), ...paths('bad', 1)]);
    const status = await second.settled();
    expectSums(status);
    expect(status).toMatchObject({ requests: 34, compared: 34, matched: 30, divergent: 4 });
    expect(await second.end()).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('going on with run') });
    expect(readdirSync(join(cwd, 'reports')).filter((name) => name !== 'latest')).toHaveLength(1);
    expect(newestReport(cwd).findings.map(({ cases }) => cases.length)).toEqual([4]);
  });

  it('passes no request on in two readings', async () => {
    const [reference, candidate] = [await serving(same), await serving(same)];
    const shadow = await shadowing(await folder(), between(reference.url, candidate.url));
    const tricks = [
      'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\nGET /b',
      'GET /a HTTP/1.1\r\nHost: x\r\nX-A: b\r\n folded\r\n\r\n',
      'GET /a HTTP/1.1\nHost: x\n\n',
      'GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n',
      'GET /a HTTP/1.1\r\nHost : x\r\n\r\n',
      'GET /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n',
    ];
    for (const trick of tricks) expect(await rawAnswer(shadow.url, trick)).toMatch(/^HTTP\/1\.1 [45]\d\d /);
    const status = await shadow.settled();
    expectSums(status);
    expect(status).toMatchObject({ requests: tricks.length, copied: 0, skipped: { refused: tricks.length } });
    expect([reference.asked, candidate.asked]).toEqual([[], []]);
    await shadow.end();
  });

  it('takes a mirror with --tee, and asks the reference itself', async () => {
    const [reference, candidate] = [await serving(same), await serving(same)];
    const shadow = await shadowing(await folder(), [...between(reference.url, candidate.url), '--tee']);
    const answer = await fetch(`${shadow.url}/a/1`);
    expect(answer.status).toBe(204);
    expect((await fetch(`${shadow.url}/a/1`, { method: 'POST', body: 'x' })).status).toBe(204);
    const status = await waitFor(async () => {
      const found = await shadow.settled();
      return found.compared === 1 ? found : null;
    });
    expect(status).toMatchObject({ requests: 2, matched: 1, skipped: { method: 1 } });
    expect([reference.asked.length, candidate.asked.length]).toEqual([1, 1]);
    await shadow.end();
  });

  it.each([
    ['writes to a candidate that is not isolated', ['--methods', 'GET,POST']],
    ['a part of the writes', ['--methods', 'GET,POST', '--isolated', '--percent', '5']],
    ['no share', ['--percent', '101']],
    ['no number', ['--max-pending', '0']],
    ['no duration', ['--for', 'ever']],
  ])('ends with 2 before it listens where it is asked for %s', async (_, flags) => {
    const reference = await serving(same);
    const args = ['shadow', ...between(reference.url, 'http://127.0.0.1:1'), '--listen', '0', ...flags];
    expect(await parity(args, { cwd: await folder() })).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('counts each operation of a path for itself, by the name that cases have for it', async () => {
    const [reference, candidate] = [await serving(same), await serving(same)];
    const cwd = await folder({
      'parity.yaml': `targets: { a: "${reference.url}", b: "${candidate.url}" }\ncases: [cases]\n`,
      'cases/s.yaml': JSON.stringify({
        cases: [{ id: 'hero', request: { method: 'POST', path: '/rpc', json: { jsonrpc: '2.0', method: 'hero' } } }],
      }),
    });
    const flags = ['--no-tracker', '--reference', 'a', '--candidate', 'b', '--methods', 'GET,POST', '--isolated'];
    const shadow = await shadowing(cwd, flags);
    const post = (method: string) => ({ method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', method }) });
    for (const name of ['hero', 'hero', 'villain']) await ask(shadow, ['/rpc'], post(name));
    const { routes } = await shadow.settled();
    expect(routes.map(({ route, compared }) => [route, compared]).sort()).toEqual([
      ['POST /rpc hero', 2],
      ['POST /rpc villain', 1],
    ]);
    await shadow.end();
    expect((await parity(['ready', '--min', '1'], { cwd })).stdout).not.toContain('not seen');
  });

  it('ends with 0 after --for', async () => {
    const [reference, candidate] = [await serving(same), await serving(same)];
    const args = ['shadow', ...between(reference.url, candidate.url), '--listen', '0', '--for', '300ms'];
    expect(await parity(args, { cwd: await folder() })).toMatchObject({ exitCode: 0 });
  });
});
