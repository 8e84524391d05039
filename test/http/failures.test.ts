import { beforeAll, expect, test } from 'vitest';
import { answerFailure, newProgress } from '../../src/http/answer-failure.ts';
import type { Failure } from '../../src/http/exchange.ts';
import { freePort } from '../free-port.ts';
import { startRig } from '../rig/rig.ts';
import { answer, drip, fin, repeat, rst, type Scenario, stall, wait, write } from '../rig/scenario.ts';
import { request, targetAt, transportTo } from '../rig/target.ts';

const ok = 'HTTP/1.1 200 OK\r\n';
const chunked = `${ok}transfer-encoding: chunked\r\n\r\n`;
const sized = (length: number | string) => `${ok}content-length: ${length}\r\n\r\n`;
// Loading the client with its first use takes a busy machine longer than the deadline of some requests.
beforeAll(async () => void (await import('undici')));

// Waiting before a reset lets the bytes before it arrive: a reset discards what is still on its way.
const laterRst = [wait(30), rst];

/** What ends by the deadline alone is given a short one. */
async function outcomeOf(scenario: Scenario, timeoutMs = 10_000) {
  const rig = await startRig({ answers: [scenario] });
  const transport = transportTo(targetAt(rig.url), { timeoutMs });
  const { outcome } = await transport.send('go', request('GET', '/'));
  await transport.close();
  await rig.close();
  return outcome;
}

type Row = readonly [why: string, scenario: Scenario, family: Failure['family'], reason: string, message: RegExp];

const rows: readonly Row[] = [
  ['reset at once', [rst], 'lost', 'reset', /^go reset the connection before sending anything$/],
  ['closed at once', [fin], 'lost', 'closed-early', /^go closed the connection before sending anything$/],
  ['closed in the status line', [write('HTTP/1.1 2'), fin], 'lost', 'closed-early', /inside the head/],
  ['reset in the head', [write(`${ok}a: b\r\n`), ...laterRst], 'lost', 'reset', /inside the head/],
  ['a TLS alert', [write('\x15\x03\x01\x00\x02\x02\x46')], 'broken', 'not-http', /at the bytes 15 03 01/],
  ['HTTP/0.9', [write('<html>hi')], 'broken', 'not-http', /3c 68 74 6d 6c/],
  ['an HTTP/2 frame', [write('\0\0\x12\x04\0\0\0\0\0')], 'down', 'http2-only', /^go speaks HTTP\/2 in clear text/],
  ['a long HTTP/2 frame', [write('\0\0\xf0\x04\0\0\0\0\0\0\x03')], 'down', 'http2-only', /HTTP\/2 in clear text/],
  ['what HTTP/2 says at the end', [write('\0\0\x08\x07\0\0\0\0\0')], 'down', 'http2-only', /HTTP\/2 in clear text/],
  ['bytes that are no frame of a connection', [write('\0\0\x12\x04\0\0\0\0\x01')], 'broken', 'not-http', /00 00 12/],
  [
    'a turn to HTTP/2',
    [answer(426, 'no', 'connection: upgrade\r\nupgrade: TLS/1.3, h2c\r\n')],
    'down',
    'http2-only',
    /HTTP\/2 in clear text/,
  ],
  [
    'a version that is not supported',
    [answer(505, '', 'upgrade: HTTP/2.0\r\n')],
    'down',
    'http2-only',
    /HTTP\/2 in clear text/,
  ],
  ['bytes that are not UTF-8', [write('\xff\xfe\x1b[2J')], 'broken', 'not-http', /\?\? \?\? 1b 5b/],
  ['no answer', [stall], 'lost', 'timeout-headers', /^go did not answer within 1500 ms$/],
  ['a head that drips', [drip(`${ok}${'a: b\r\n'.repeat(99)}`, 1, 40)], 'lost', 'timeout-headers', /finish the head/],
  ['a body that stops', [write(`${sized(100)}abc`), stall], 'lost', 'timeout-body', /got 3 of 100 bytes in 1500 ms/],
  ['a body that drips', [write(sized(100)), drip('a'.repeat(100), 1, 40)], 'lost', 'timeout-total', /still sending/],
  [
    'endless 102',
    [repeat(999, write('HTTP/1.1 102 P\r\n\r\n'), wait(2))],
    'lost',
    'timeout-total',
    /only interim .*, \d+ in/,
  ],
  ['a short body', [write(`${sized(100)}abc`), fin], 'lost', 'truncated', /got 3 of 100 bytes/],
  [
    'a short body, announced to close',
    [write(`${ok}connection: close\r\ncontent-length: 9\r\n\r\nabc`), fin],
    'lost',
    'truncated',
    /got 3 of 9 bytes/,
  ],
  ['a short body, then a reset', [write(`${sized(100)}abc`), ...laterRst], 'lost', 'reset', /got 3 of 100 bytes/],
  [
    'a body without an end, then a reset',
    [write(`${ok}\r\nabc`), ...laterRst],
    'lost',
    'reset',
    /got 3 bytes, the end is missing/,
  ],
  ['a cut chunk', [write(`${chunked}5\r\nab`), fin], 'lost', 'truncated', /got 2 bytes, the end is missing/],
  ['no last chunk', [write(`${chunked}2\r\nab\r\n`), fin], 'lost', 'truncated', /got 2 bytes/],
  ['a chunk size that is not a number', [write(`${chunked}zz\r\nab\r\n`)], 'broken', 'bad-chunking', /chunks/],
  ['a chunk size that overflows', [write(`${chunked}${'f'.repeat(20)}\r\nab`)], 'broken', 'bad-chunking', /chunks/],
  ['chunks ended by LF alone', [write(`${chunked}2\nab\n0\n\n`)], 'broken', 'bad-chunking', /chunks/],
  ['a head ended by LF alone', [write('HTTP/1.1 200 OK\ncontent-length: 0\n\n')], 'broken', 'bad-header', /CR LF/],
  [
    'length and chunks',
    [write(`${ok}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`)],
    'broken',
    'ambiguous-length',
    /two ways/,
  ],
  [
    'chunks and length',
    [write(`${ok}transfer-encoding: chunked\r\ncontent-length: 2\r\n\r\n0\r\n\r\n`)],
    'broken',
    'ambiguous-length',
    /two ways/,
  ],
  [
    'two lengths',
    [write(`${ok}content-length: 2\r\ncontent-length: 3\r\n\r\nab`)],
    'broken',
    'ambiguous-length',
    /two ways/,
  ],
  ['a negative length', [write(`${sized(-1)}ab`)], 'broken', 'ambiguous-length', /not as a number/],
  ['a length beyond any', [write(sized('9'.repeat(30)))], 'broken', 'ambiguous-length', /./],
  ['status 099', [write('HTTP/1.1 099 X\r\ncontent-length: 0\r\n\r\n')], 'broken', 'bad-status', /100 to 999/],
  ['status 1000', [write('HTTP/1.1 1000 X\r\n\r\n')], 'broken', 'bad-status', /100 to 999/],
  ['a status that is a word', [write('HTTP/1.1 abc X\r\n\r\n')], 'broken', 'bad-status', /100 to 999/],
  [
    '101 with upgrade',
    [write('HTTP/1.1 101 S\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n')],
    'broken',
    'unexpected-101',
    /nobody asked/,
  ],
  ['101 without', [write('HTTP/1.1 101 S\r\n\r\n')], 'broken', 'unexpected-101', /nobody asked/],
  ['a huge header', [write(`${ok}a: ${'b'.repeat(20_000)}\r\n\r\n`)], 'broken', 'headers-limit', /16384 bytes/],
  ['endless headers', [write(ok), repeat(999, write('a: b\r\n'.repeat(99)))], 'broken', 'headers-limit', /16384 bytes/],
  ['NUL in a header', [write(`${ok}a: b\0c\r\n\r\n`)], 'broken', 'bad-header', /not valid HTTP/],
  ['a bare CR in a header', [write(`${ok}a: b\rc\r\n\r\n`)], 'broken', 'bad-header', /not valid HTTP/],
  ['a folded header', [write(`${ok}a: b\r\n c\r\n\r\n`)], 'broken', 'bad-header', /not valid HTTP/],
  ['a space before the colon', [write(`${ok}a : b\r\n\r\n`)], 'broken', 'bad-header', /not valid HTTP/],
  ['a header without a colon', [write(`${ok}ab\r\n\r\n`)], 'broken', 'bad-header', /not valid HTTP/],
  [
    'an infinite body',
    [write(`${ok}\r\n`), repeat(9999, write('x'.repeat(9000)))],
    'broken',
    'body-limit',
    /limit is 100000 bytes/,
  ],
  ['a body announced too long', [write(sized(999_999))], 'broken', 'body-limit', /announced 999999 bytes/],
];

test.concurrent.each(rows)('%s', async (_, scenario, family, reason, message) => {
  expect(await outcomeOf(scenario, reason.startsWith('timeout-') ? 1500 : 10_000)).toMatchObject({
    kind: 'failure',
    family,
    reason,
    message: expect.stringMatching(message),
  });
});

const fine: readonly (readonly [why: string, scenario: Scenario, status: number, body: string])[] = [
  ['status 999', [answer(999, 'x')], 999, 'x'],
  ['no reason phrase', [write('HTTP/1.1 200\r\ncontent-length: 1\r\n\r\nx')], 200, 'x'],
  ['HTTP/1.0, ended by closing', [write('HTTP/1.0 200 OK\r\n\r\nabc'), fin], 200, 'abc'],
  ['500 interim answers first', [repeat(500, write('HTTP/1.1 103 E\r\nlink: a\r\n\r\n')), answer(200, 'x')], 200, 'x'],
  ['100 that nobody asked for', [write('HTTP/1.1 100 Continue\r\n\r\n'), answer(200, 'x')], 200, 'x'],
  [
    '100 byte by byte, among others and with headers',
    [
      drip('HTTP/1.1 103 E\r\nlink: a\r\n\r\nHTTP/1.1 100\r\na: b\r\n\r\nHTTP/1.1 100 C\r\n\r\n', 1, 1),
      answer(200, 'x'),
    ],
    200,
    'x',
  ],
  [
    'a body that looks like it',
    [write(`${sized(41)}HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 C\r\n`)],
    200,
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 C\r\n',
  ],
  ['one byte at a time', [drip(`${sized(3)}abc`, 1, 1)], 200, 'abc'],
  ['chunks are joined', [write(`${chunked}2\r\nab\r\n1;x=y\r\nc\r\n0\r\nt: u\r\n\r\n`)], 200, 'abc'],
  [
    'thousands of chunks of one byte',
    [write(chunked), repeat(3, write('1\r\na\r\n1\r\nb\r\n'.repeat(1000))), write('0\r\n\r\n')],
    200,
    'ab'.repeat(3000),
  ],
  ['204 with a body', [write('HTTP/1.1 204 N\r\n\r\nhello')], 204, ''],
  ['304 that states the length it would have', [write('HTTP/1.1 304 N\r\ncontent-length: 5\r\n\r\n')], 304, ''],
];

test.each(fine)('an answer all the same: %s', async (_, scenario, status, body) => {
  const outcome = await outcomeOf(scenario);
  expect(outcome).toMatchObject({ kind: 'response', status });
  expect(outcome.kind === 'response' && Buffer.from(outcome.body).toString()).toBe(body);
});

test.each([
  ['by the HTTP client', [['connection', 'keep-alive']] as const],
  ['plainly', []],
])('100 before each answer on one connection is read %s', async (_, headers) => {
  const rig = await startRig({ answers: [[write('HTTP/1.1 100 Continue\r\n\r\n'), wait(5), answer(200, 'x')]] });
  const transport = transportTo(targetAt(rig.url), { connections: 1 });
  for (let i = 0; i < 3; i += 1) {
    const { outcome } = await transport.send('go', { ...request('POST', '/', 'body'), headers });
    expect(outcome).toMatchObject({ kind: 'response', status: 200 });
  }
  expect(rig.requests).toHaveLength(3);
  await transport.close();
  await rig.close();
});

test('HEAD has no body, whatever its length says', async () => {
  const rig = await startRig({ answers: [[write(sized(999_999))]] });
  const transport = transportTo(targetAt(rig.url));
  const { outcome } = await transport.send('go', request('HEAD', '/'));
  expect(outcome).toMatchObject({ kind: 'response', status: 200 });
  expect(outcome.kind === 'response' && outcome.body.length).toBe(0);
  await transport.close();
  await rig.close();
});

test('bytes after an answer do not become the next one', async () => {
  const extra = [answer(200, 'mine'), write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil')];
  const rig = await startRig({ answers: [extra] });
  const transport = transportTo(targetAt(rig.url), { connections: 1 });
  for (let i = 0; i < 10; i += 1) {
    const { outcome } = await transport.send('go', request('GET', `/${i}`));
    expect(outcome.kind === 'response' && Buffer.from(outcome.body).toString()).toBe('mine');
  }
  await transport.close();
  await rig.close();
});

async function outcomeAt(url: string, timeoutMs = 10_000) {
  const transport = transportTo(targetAt(url), { timeoutMs });
  const { outcome } = await transport.send('go', request('GET', '/'));
  await transport.close();
  return outcome;
}

test('a closed port is down, with the address and the next step', async () => {
  const port = await freePort();
  expect(await outcomeAt(`http://127.0.0.1:${port}`)).toEqual({
    kind: 'failure',
    family: 'down',
    reason: 'connection-refused',
    message: `go: nothing listens on 127.0.0.1:${port} (ECONNREFUSED)`,
    hint: 'start it, or check its URL',
  });
});

test('a name that does not exist is down', async () => {
  const message = expect.stringMatching(/no-such-host\.invalid does not resolve/);
  expect(await outcomeAt('http://no-such-host.invalid')).toMatchObject({ family: 'down', reason: 'dns', message });
});

test('https to a server that speaks plain HTTP names the mix-up', async () => {
  const rig = await startRig({ answers: [[answer(400)]], start: 'connect' });
  const outcome = await outcomeAt(rig.url.replace('http:', 'https:'));
  expect(outcome).toMatchObject({ family: 'down', reason: 'tls', hint: 'use http:// in its URL' });
  await rig.close();
});

test('a server that takes the connection but never shakes hands is down at the deadline', async () => {
  const rig = await startRig({ answers: [[stall]] });
  const message = expect.stringMatching(/did not accept a TLS connection within 400 ms/);
  const outcome = await outcomeAt(rig.url.replace('http:', 'https:'), 400);
  expect(outcome).toMatchObject({ family: 'down', reason: 'connect-timeout', message });
  await rig.close();
});

test('a connection that is closed while it is written to says nothing of what was not read of it', () => {
  const error = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  const outcome = answerFailure(error, newProgress({ name: 'go', secure: false }));
  expect([outcome.family, outcome.reason]).toEqual(['lost', 'reset']);
  expect(outcome.message).toBe(
    'go closed the connection while the request was sent; what it may have answered is lost',
  );
});

// A reset that comes together with the bytes before it is an end in order to Node's sockets.
test.each([
  ['head', `${ok}a: b\r\n`],
  ['body', `${sized(100)}abc`],
])('a reset that comes together with a part of the %s is a reset, each of 100 times', async (_, bytes) => {
  const rig = await startRig({ answers: [[write(bytes), rst]] });
  const transport = transportTo(targetAt(rig.url));
  const reasons = new Set<string>();
  for (let i = 0; i < 100; i += 1) {
    const { outcome } = await transport.send('go', request('POST', `/${i}`, 'x'));
    reasons.add(outcome.kind === 'failure' ? outcome.reason : 'response');
  }
  expect([...reasons]).toEqual(['reset']);
  await transport.close();
  await rig.close();
});
