import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { endpointOf } from '../../../src/http/endpoint.ts';
import { preflight } from '../../../src/replay/services/preflight.ts';
import { startRig } from '../../rig/rig.ts';
import { answer, rst, stall } from '../../rig/scenario.ts';
import { targetAt } from '../../rig/target.ts';

test('targets are asked all at once, and told of in their order', async () => {
  const [up, closed] = [await startRig({ answers: [[stall]] }), await startRig({ answers: [] })];
  await closed.close();
  const targets = [targetAt(closed.url, { name: 'rust' }), targetAt(up.url)];
  expect(await preflight(targets, { timeoutMs: 10_000 })).toEqual([
    {
      target: 'rust',
      failure: {
        kind: 'failure',
        family: 'down',
        reason: 'connection-refused',
        message: `nothing listens on 127.0.0.1:${closed.port} (ECONNREFUSED)`,
        hint: 'start it, or check its URL',
      },
    },
    { target: 'go', failure: null },
  ]);
  expect(up.requests).toEqual([]);
  await up.close();
});

test.each([
  ['ready', 200, null],
  ['ready, as it can tell', 404, null],
  ['not ready', 503, 'not-ready'],
] as const)('a ready path that is %s (%i)', async (_, status, reason) => {
  const rig = await startRig({ answers: [[answer(status)]] });
  const [result] = await preflight([targetAt(`${rig.url}/base`, { ready: '/health' })], { timeoutMs: 10_000 });
  expect(result?.failure?.reason ?? null).toBe(reason);
  expect(rig.requests[0]).toMatch(/^GET \/base\/health HTTP\/1\.1\r\n/);
  await rig.close();
});

test.each([
  ['resets', [rst], 10_000, 'reset'],
  ['never answers', [stall], 1000, 'timeout-headers'],
] as const)('a server that %s is not ready', async (_, scenario, timeoutMs, reason) => {
  const rig = await startRig({ answers: [scenario] });
  const [result] = await preflight([targetAt(rig.url, { ready: '/' })], { timeoutMs });
  expect(result?.failure).toMatchObject({ reason });
  await rig.close();
});

test('a target that comes up while it is waited for is found', async () => {
  const placeholder = createServer();
  await new Promise<void>((listening) => placeholder.listen(0, '127.0.0.1', listening));
  const { port } = placeholder.address() as AddressInfo;
  await new Promise((closed) => placeholder.close(closed));
  const asked = preflight([targetAt(`http://127.0.0.1:${port}`)], { timeoutMs: 10_000, waitMs: 60_000 });
  const late = createServer((socket) => socket.destroy());
  setTimeout(() => late.listen(port, '127.0.0.1'), 300);
  expect(await asked).toEqual([{ target: 'go', failure: null }]);
  await new Promise((closed) => late.close(closed));
});

test.each([
  ['the time is over', { waitMs: 1 }],
  ['the run is interrupted', { waitMs: 60_000, signal: AbortSignal.abort() }],
])('waiting ends where %s', async (_, more) => {
  const closed = await startRig({ answers: [] });
  await closed.close();
  const [result] = await preflight([targetAt(closed.url)], { timeoutMs: 10_000, ...more });
  expect(result?.failure).toMatchObject({ reason: 'connection-refused' });
});

test('a server on one address of a name is found', async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  expect(await preflight([targetAt(`http://localhost:${port}`)], { timeoutMs: 10_000 })).toEqual([
    { target: 'go', failure: null },
  ]);
  await new Promise((closed) => server.close(closed));
});

test.each([
  ['http://a', { host: 'a', port: 80, secure: false, prefix: '', origin: 'http://a' }],
  ['https://a/', { host: 'a', port: 443, secure: true, prefix: '' }],
  ['HTTP://[::1]:81/x/../y', { host: '::1', port: 81, prefix: '/x/../y', origin: 'http://[::1]:81' }],
] as const)('endpoint of %s', (url, expected) => {
  expect(endpointOf(targetAt(url))).toMatchObject(expected);
});

test.each(['ftp://a', 'a:80', 'http://', 'http://a:b', ''])('no endpoint: %j', (url) => {
  expect(() => endpointOf(targetAt(url))).toThrow(expect.objectContaining({ code: 'PX2011' }));
});
