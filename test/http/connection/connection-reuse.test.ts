import { expect, test } from 'vitest';
import { startRig } from '../../rig/rig.ts';
import { answer, fin, rst, type Scenario, stall, wait, write } from '../../rig/scenario.ts';
import { request, targetAt, transportTo } from '../../rig/target.ts';

const resets: readonly (readonly [why: string, scenario: Scenario])[] = [
  ['resets right after each answer', [answer(200, 'x'), rst]],
  ['closes right after each answer', [answer(200, 'x'), fin]],
  ['resets a moment after each answer', [answer(200, 'x'), wait(2), rst]],
  ['closes some time after each answer', [answer(200, 'x'), wait(7), fin]],
];

test.concurrent.each(resets)('a server that %s fails none of 200 GET', async (_, scenario) => {
  const rig = await startRig({ answers: [scenario] });
  const transport = transportTo(targetAt(rig.url), { connections: 4 });
  const failed: string[] = [];
  const line = async () => {
    for (let i = 0; i < 50; i += 1) {
      const { outcome } = await transport.send('go', request('GET', `/${i}`));
      if (outcome.kind === 'failure') failed.push(outcome.message);
    }
  };
  await Promise.all([line(), line(), line(), line()]);
  expect(failed).toEqual([]);
  await transport.close();
  await rig.close();
});

test.concurrent.each(resets)(
  'a server that %s fails none of 60 POST, and gets each of them once',
  async (_, scenario) => {
    const rig = await startRig({ answers: [scenario] });
    const transport = transportTo(targetAt(rig.url));
    for (let i = 0; i < 60; i += 1) {
      const { outcome } = await transport.send('go', request('POST', `/${i}`, 'body'));
      expect(outcome).toMatchObject({ kind: 'response', status: 200 });
    }
    expect(rig.requests.map((it) => it.split(' ')[1])).toEqual(Array.from({ length: 60 }, (_, i) => `/${i}`));
    await transport.close();
    await rig.close();
  },
);

type Send = readonly [method: string, repeatable: boolean, arrivals: number, kind: string];

const onUsed: readonly Send[] = [
  ['GET', false, 2, 'response'],
  ['PUT', false, 2, 'response'],
  ['DELETE', false, 2, 'response'],
  ['POST', true, 2, 'response'],
];

test.each(onUsed)('a used connection that is reset is not held against %s (repeatable: %s)', async (...row) => {
  const [method, repeatable, arrivals, kind] = row;
  const rig = await startRig({ answers: [[answer(200)], [rst], [answer(200)]] });
  const transport = transportTo(targetAt(rig.url));
  await transport.send('go', request('GET', '/warm'));
  const { outcome } = await transport.send('go', request(method, '/x'), { repeatable });
  expect(outcome.kind).toBe(kind);
  expect(rig.requests.filter((it) => it.includes(' /x ')).length).toBe(arrivals);
  expect(rig.connections()).toBe(2);
  await transport.close();
  await rig.close();
});

const late = 'HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nlate';
const timeout = 'HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';

test.each<readonly [why: string, second: Scenario, holdMs: number]>([
  ['bytes that begin no answer', [write('evil'), wait(5), answer(200, 'two')], 0],
  ['one such byte', [write('e'), stall], 0],
  ['such bytes, to the HTTP client', [write('evil'), stall], 1],
  ['two answers at once', [write(`${late}HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\ntwo`)], 0],
  ['an answer and more', [write(`${late}evil`)], 0],
  ['what is said to an idle connection', [write(timeout), fin], 0],
  ['the same in two parts', [write(timeout.slice(0, 20)), wait(5), write(timeout.slice(20)), fin], 0],
  ['the same to the HTTP client', [write(timeout), fin], 1],
  ['as Node says it, without a length', [write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n'), fin], 0],
  ['as HTTP/1.0 says it', [write('HTTP/1.0 408 Request Time-out\r\nConnection: close\r\n\r\nlate'), fin], 0],
])('what may be of an earlier request is not an answer: %s', async (_, second, holdMs) => {
  for (const method of ['GET', 'PUT'] as const) {
    const rig = await startRig({ answers: [[answer(200, 'one')], second, [answer(200, 'three')]] });
    const transport = transportTo(targetAt(rig.url), { connections: 1 });
    const hold = { holdMs, repeatable: true };
    await transport.send('go', request('PUT', '/warm', 'warm'), hold);
    const { outcome } = await transport.send('go', request(method, '/x', method === 'PUT' ? 'x' : undefined), hold);
    expect([method, outcome]).toMatchObject([method, { kind: 'response', status: 200, body: Buffer.from('three') }]);
    expect([rig.requests.filter((it) => it.includes(' /x ')).length, rig.connections()]).toEqual([2, 2]);
    await transport.close();
    await rig.close();
  }
});

const refusal = (framing: string) => `HTTP/1.1 400 Bad Request\r\nConnection: close\r\n${framing}\r\n`;

test.each<readonly [why: string, framing: string, holdMs: number]>([
  ['with a length', 'content-length: 0\r\n', 0],
  ['without', '', 0],
  ['to the HTTP client', 'content-length: 0\r\n', 1],
])(
  'a body that a server refused unread, and takes for a request, is not the next one: %s',
  async (_, framing, holdMs) => {
    const answers = [[answer(413, 'no')], [write(refusal(framing)), fin], [answer(200, 'three')]];
    const rig = await startRig({ answers });
    const transport = transportTo(targetAt(rig.url), { connections: 1 });
    const hold = { holdMs, repeatable: true };
    const refused = await transport.send('go', request('POST', '/refused', 'body'), hold);
    expect(refused.outcome).toMatchObject({ kind: 'response', status: 413 });
    const { outcome } = await transport.send('go', request('GET', '/x'), hold);
    expect(outcome).toMatchObject({ kind: 'response', status: 200, body: Buffer.from('three') });
    expect([rig.requests.filter((it) => it.includes(' /x ')).length, rig.connections()]).toEqual([2, 2]);
    await transport.close();
    await rig.close();
  },
);

test('what a server refuses on a connection of its own is refused', async () => {
  const answers = [
    [answer(413, 'no')],
    [write(refusal('content-length: 0\r\n')), fin],
    [write(refusal('content-length: 0\r\n')), fin],
  ];
  const rig = await startRig({ answers });
  const transport = transportTo(targetAt(rig.url), { connections: 1 });
  await transport.send('go', request('POST', '/refused', 'body'), { repeatable: true });
  const { outcome } = await transport.send('go', request('GET', '/x'));
  expect(outcome).toMatchObject({ kind: 'response', status: 400 });
  expect(rig.requests.length).toBe(3);
  await transport.close();
  await rig.close();
});

test.each<readonly [why: string, first: Scenario, connections: number]>([
  ['keeps to HTTP is asked on one connection', [answer(200, 'one')], 1],
  ['says 408 to an idle connection is asked on one', [answer(200, 'one'), wait(5), write(timeout), fin], 2],
  ['once sent more than it was asked for is asked on new ones', [answer(200, 'one'), wait(5), write('evil')], 5],
  ['did so with the answer, too', [write(`${late}evil`)], 5],
])('a server that %s from then on', async (_, first, connections) => {
  const rig = await startRig({ answers: [first, [answer(200, 'x')]] });
  const transport = transportTo(targetAt(rig.url), { connections: 1 });
  await transport.send('go', request('GET', '/first'));
  // Until the rig has written all of it.
  await new Promise((resume) => setTimeout(resume, 60));
  for (let i = 0; i < 4; i += 1) await transport.send('go', request('GET', '/next'));
  expect([rig.requests.length, rig.connections()]).toEqual([5, connections]);
  expect(transport.haveSentMore()).toEqual(connections === 5 ? ['go'] : []);
  await transport.close();
  await rig.close();
});

test('bytes that begin no answer are one on a new connection, and arrive once', async () => {
  const rig = await startRig({ answers: [[write('evil'), stall]] });
  const transport = transportTo(targetAt(rig.url));
  const { outcome } = await transport.send('go', request('GET', '/'));
  expect([outcome, rig.requests.length]).toEqual([expect.objectContaining({ reason: 'not-http' }), 1]);
  await transport.close();
  await rig.close();
});

test.each([
  ['GET', false],
  ['POST', false],
  ['POST', true],
  ['PATCH', false],
] as const)('%s (repeatable: %s) that is reset on a new connection arrives once', async (method, repeatable) => {
  const rig = await startRig({ answers: [[rst]] });
  const transport = transportTo(targetAt(rig.url));
  const { outcome } = await transport.send('go', request(method, '/'), { repeatable });
  expect(outcome).toMatchObject({ kind: 'failure', family: 'lost', reason: 'reset' });
  expect(rig.requests.length).toBe(1);
  await transport.close();
  await rig.close();
});

test('a POST that may not be repeated does not go out on a used connection', async () => {
  const rig = await startRig({ answers: [[answer(200)], [rst], [answer(200)]] });
  const transport = transportTo(targetAt(rig.url), { connections: 1 });
  await transport.send('go', request('GET', '/warm'));
  const { outcome } = await transport.send('go', request('POST', '/'));
  expect(outcome).toMatchObject({ kind: 'failure', family: 'lost', reason: 'reset' });
  expect(rig.connections()).toBe(2);
  expect(rig.requests.length).toBe(2);
  await transport.close();
  await rig.close();
});

test('connections are reused, and never more than the limit', async () => {
  const rig = await startRig({ answers: [[wait(5), answer(200)]] });
  const transport = transportTo(targetAt(rig.url), { connections: 3 });
  const sent = await Promise.all(Array.from({ length: 20 }, (_, i) => transport.send('go', request('GET', `/${i}`))));
  expect(sent.every(({ outcome }) => outcome.kind === 'response')).toBe(true);
  expect(rig.connections()).toBe(3);
  await transport.close();
  await rig.close();
});

test('copies of a request go out together, over the limit of connections if need be', async () => {
  const rig = await startRig({ answers: [[wait(50), answer(200)]] });
  const transport = transportTo(targetAt(rig.url), { connections: 2 });
  const sent = await transport.sendTogether('go', request('POST', '/', 'x'), { copies: 8 });
  expect(sent.map(({ outcome }) => outcome.kind)).toEqual(Array(8).fill('response'));
  expect(rig.peak()).toBe(8);
  await transport.close();
  await rig.close();
});

test('the head and first byte of a held body go out at once, the rest later', async () => {
  const rig = await startRig({ answers: [[answer(200, 'done')]] });
  const transport = transportTo(targetAt(rig.url));
  const { outcome } = await transport.send('go', request('POST', '/', 'hello'), { holdMs: 60 });
  expect(outcome).toMatchObject({ kind: 'response', status: 200 });
  const bodies = rig.arrivals.map(({ bytes }) => bytes.replace(/^.*\r\n\r\n/s, ''));
  expect(bodies.filter((it) => it !== '')).toEqual(['h', 'ello']);
  expect(rig.requests[0]).toMatch(/content-length: 5\r\n\r\nhello$/);
  await transport.close();
  await rig.close();
});

test('an answer that comes before the rest of a held body is the outcome', async () => {
  const rig = await startRig({ answers: [[answer(413, 'too large'), fin]], start: 'head' });
  const transport = transportTo(targetAt(rig.url), { timeoutMs: 4000 });
  const { outcome } = await transport.send('go', request('POST', '/', 'hello'), { holdMs: 60_000 });
  expect(outcome).toMatchObject({ kind: 'response', status: 413 });
  await transport.close();
  await rig.close();
});

test('an aborted signal and a closed transport end requests as data, sent or still waiting', async () => {
  const rig = await startRig({ answers: [[stall]] });
  const transport = transportTo(targetAt(rig.url), { connections: 1 });
  const aborting = new AbortController();
  const stopped = transport.send('go', request('GET', '/stopped'), { signal: aborting.signal });
  const closed = transport.send('go', request('GET', '/closed'));
  const waiting = transport.send('go', request('GET', '/waiting'));
  setTimeout(() => aborting.abort(), 30);
  expect((await stopped).outcome).toMatchObject({ family: 'request', reason: 'aborted' });
  await transport.close();
  const late = transport.send('go', request('GET', '/late'));
  for (const { outcome } of await Promise.all([closed, waiting, late])) {
    expect(outcome).toMatchObject({ family: 'request', reason: 'aborted' });
  }
  await rig.close();
});
