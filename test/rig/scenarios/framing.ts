import type { Fault } from '../fault.ts';
import { answer, drip, fin, repeat, rst, type Scenario, stall, wait, write } from '../scenario.ts';

const body = '{"id":1,"name":"x"}';
const jsonType = 'content-type: application/json\r\n';
const ok = 'HTTP/1.1 200 OK\r\n';
const chunked = `${ok}transfer-encoding: chunked\r\n\r\n`;
const sized = (length: number | string) => `${ok}content-length: ${length}\r\n\r\n`;
const status = (line: string) => write(`HTTP/1.1 ${line}\r\ncontent-length: 0\r\n\r\n`);
/** Waiting before a reset lets the bytes before it be read, even by a client that has to be loaded first. */
const laterRst = [wait(1000), rst];

const onCandidate = (name: Fault['name'], ...moves: Scenario): Fault => ({ name, candidate: { faulty: [moves] } });
const onBoth = (name: Fault['name'], ...moves: Scenario): Fault => ({
  name,
  reference: { faulty: [moves] },
  candidate: { faulty: [moves] },
});

/** What a server can do wrong with the frame of its answer: status line, headers, lengths, chunks. */
export const framingFaults: readonly Fault[] = [
  onCandidate('B01-chunk-size-no-number', write(`${chunked}zz\r\nab\r\n`)),
  onCandidate('B01-chunk-size-overflow', write(`${chunked}${'f'.repeat(20)}\r\nab`)),
  onCandidate('B01-chunks-ended-by-lf', write(`${chunked}2\nab\n0\n\n`)),
  onCandidate(
    'B01-chunk-extension-of-20-kb',
    write(`${chunked.replace('\r\n', `\r\n${jsonType}`)}13;${'x'.repeat(20_000)}\r\n${body}\r\n0\r\n\r\n`),
  ),
  onBoth('B01-both-sides', write(`${chunked}zz\r\nab\r\n`)),
  onCandidate('B02-short-body', write(`${sized(100)}abc`), fin),
  onCandidate('B02-cut-chunk', write(`${chunked}5\r\nab`), fin),
  onCandidate('B02-no-last-chunk', write(`${chunked}2\r\nab\r\n`), fin),
  onBoth('B02-both-sides', write(`${sized(100)}abc`), fin),
  onCandidate('B03-reset-at-once', rst),
  onCandidate('B03-closed-at-once', fin),
  onCandidate('B03-closed-in-the-status-line', write('HTTP/1.1 2'), fin),
  onCandidate('B03-reset-in-the-head', write(`${ok}a: b\r\n`), ...laterRst),
  onCandidate('B03-reset-in-the-body', write(`${sized(100)}abc`), ...laterRst),
  onBoth('B03-both-sides', rst),
  onCandidate('B04-head-stalls', write(`${ok}a: b\r\n`), stall),
  onCandidate('B04-head-drips', drip(`${ok}${'a: b\r\n'.repeat(99)}`, 1, 40)),
  onCandidate('B05-body-stalls', write(`${sized(100)}abc`), stall),
  {
    ...onCandidate('B05-body-drips', write(sized(1000)), drip('a'.repeat(1000), 1, 40)),
    moving: [[/\d+ bytes of body/g, 'N bytes of body']],
  },
  {
    ...onCandidate('B06-endless-102', repeat(9999, write('HTTP/1.1 102 P\r\n\r\n'), wait(5))),
    moving: [[/\d+ in 3000 ms/g, 'N in 3000 ms']],
  },
  {
    ...onCandidate(
      'B06-storm-of-103',
      repeat(100, write('HTTP/1.1 103 E\r\nlink: a\r\n\r\n'.repeat(100))),
      answer(200, body, jsonType),
    ),
    args: ['--timeout', '10s'],
  },
  onCandidate('B07-one-huge-header', write(`${ok}a: ${'b'.repeat(20_000)}\r\n\r\n`)),
  {
    ...onCandidate('B07-many-headers', write(ok), repeat(20, write('x-name: a value\r\n'.repeat(100))), write('\r\n')),
    args: ['--noise', '0'],
  },
  {
    ...onCandidate('B07-endless-headers', write(ok), repeat(100, write('a: b\r\n'.repeat(99))), stall),
    args: ['--noise', '0'],
  },
  onCandidate('B08-length-and-chunks', write(`${ok}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`)),
  onCandidate('B08-two-lengths', write(`${ok}content-length: 2\r\ncontent-length: 3\r\n\r\nab`)),
  onCandidate('B08-same-length-twice', write(`${ok}content-length: 2\r\ncontent-length: 2\r\n\r\nab`)),
  onCandidate('B08-negative-length', write(`${sized(-1)}ab`)),
  onCandidate('B08-length-beyond-any', write(sized('9'.repeat(30)))),
  onCandidate('B09-status-099', status('099 X')),
  onCandidate('B09-status-1000', status('1000 X')),
  onCandidate('B09-status-a-word', status('abc X')),
  onCandidate('B09-status-999', answer(999, body, jsonType)),
  onCandidate(
    'B09-no-reason-phrase',
    write(`HTTP/1.1 200\r\n${jsonType}content-length: ${body.length}\r\n\r\n${body}`),
  ),
  ...[
    onCandidate('B09-http-0.9', write('<html>hi'), fin),
    onCandidate('B09-http-2-frame', write('\0\0\x12\x04\0\0\0\0\0')),
    onCandidate('B09-binary', write('\xff\xfe\x1b[2J')),
    // What begins no answer is sent once more if it met the connection of another case: it must not.
  ].map((one): Fault => ({ ...one, args: ['--concurrency', '1'] })),
  onBoth('B09-both-sides', write('<html>hi'), fin),
  onCandidate('B10-unasked-101', write('HTTP/1.1 101 S\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n')),
  {
    name: 'B11-extra-bytes-after-an-answer',
    candidate: {
      others: [[answer(200, 'mine'), write('evil')]],
      faulty: [[answer(200, 'mine'), write(`${sized(4)}evil`)]],
    },
    reference: { others: [[answer(200, 'mine')]], faulty: [[answer(200, 'mine')]] },
    cases: Array.from({ length: 10 }, (_, i) => ({
      ...{ suite: 's', id: `case-${i}` },
      request: { path: i % 2 === 0 ? '/faulty' : '/fine' },
    })),
    // Bytes that come late enough to meet the next request have it sent once more.
    moving: [[/x(?:5|6|7|8|9|10)\b/g, 'xFIVE-OR-MORE']],
    posts: [0, 0],
  },
  onCandidate('B13-nul-in-a-header', write(`${ok}a: b\0c\r\n\r\n`)),
  onCandidate('B13-bare-cr-in-a-header', write(`${ok}a: b\rc\r\n\r\n`)),
  onCandidate('B13-folded-header', write(`${ok}a: b\r\n c\r\n\r\n`)),
  onCandidate('B13-space-before-the-colon', write(`${ok}a : b\r\n\r\n`)),
  onCandidate('B13-header-without-a-colon', write(`${ok}ab\r\n\r\n`)),
  onCandidate('B13-head-ended-by-lf', write('HTTP/1.1 200 OK\ncontent-length: 0\n\n')),
];
