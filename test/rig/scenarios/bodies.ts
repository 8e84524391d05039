import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import type { Behaviour, Fault } from '../fault.ts';
import { fin, repeat, type Scenario, write } from '../scenario.ts';

const one = '{"id":1,"name":"x"}';

/** An answer of any bytes under these header lines. */
function bytes(body: Uint8Array | string, ...lines: readonly string[]): Scenario {
  const whole = Buffer.from(body as string, 'utf8');
  const head = [...lines, `content-length: ${whole.length}`].map((line) => `${line}\r\n`).join('');
  return [write(Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${head}\r\n`, 'latin1'), whole]))];
}

const jsonType = 'content-type: application/json';
const json = (body: Uint8Array | string, ...lines: readonly string[]) => bytes(body, jsonType, ...lines);
const coded = (coding: string, body: Uint8Array) => json(body, `content-encoding: ${coding}`);
const text = (type: string, body: Uint8Array | string) => bytes(body, `content-type: ${type}`);
const serves = (...faulty: readonly Scenario[]): Behaviour => ({ faulty });
const against = (name: Fault['name'], reference: Scenario, candidate: Scenario, more: Partial<Fault> = {}): Fault => ({
  ...{ name, reference: serves(reference), candidate: serves(candidate) },
  ...more,
});
const patient: Partial<Fault> = { args: ['--timeout', '10s', '--noise', '0'] };

const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const zeros = Buffer.alloc(32 * 1024 * 1024);
const stacked = Array.from({ length: 10 }).reduce<Buffer>((inner) => gzipSync(inner), Buffer.from(one));
const items = Array.from({ length: 5000 }, (_, i) => `{"id":${i},"name":"item ${i}"}`);
const large = (last: number) => `[${'"0123456789abcdef",'.repeat(450_000)}${last}]`;
const keyed = (last: number) => `{${Array.from({ length: 50_000 }, (_, i) => `"${i}":0`).join()},"last":${last}}`;
const parts = (boundary: string) => `--${boundary}\r\ncontent-type: text/plain\r\n\r\nhello\r\n--${boundary}--\r\n`;
const form = (boundary: string) => text(`multipart/mixed; boundary=${boundary}`, parts(boundary));

/** Bodies that are too long, badly encoded, not what their type says, or hard to compare. */
export const bodyFaults: readonly Fault[] = [
  {
    name: 'C01-infinite-body',
    candidate: serves([write('HTTP/1.1 200 OK\r\n\r\n'), repeat(9999, write('x'.repeat(100_000)))]),
    ...patient,
  },
  {
    name: 'C01-infinite-on-both-sides',
    config: 'maxBody: 100kB\n',
    reference: serves([write('HTTP/1.1 200 OK\r\n\r\n'), repeat(9999, write('x'.repeat(10_000)))]),
    candidate: serves([write('HTTP/1.1 200 OK\r\n\r\n'), repeat(9999, write('x'.repeat(10_000)))]),
  },
  { name: 'C01-announced-too-long', candidate: serves([write('HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n')]) },
  against('C02-gzip-bomb', json(one), coded('gzip', gzipSync(zeros)), patient),
  against('C02-brotli-bomb', json(one), coded('br', brotliCompressSync(zeros, fast)), patient),
  against('C02-deflate-bomb', json(one), coded('deflate', deflateSync(zeros)), patient),
  against(
    'C02-bomb-on-both-sides',
    coded('gzip', gzipSync(zeros)),
    coded('gzip', gzipSync(zeros, { level: 1 })),
    patient,
  ),
  against('C03-ten-codings', json(one), coded(Array(10).fill('gzip').join(', '), stacked)),
  against('C04-cut-gzip', json(one), coded('gzip', gzipSync(one).subarray(0, -9))),
  against('C04-no-gzip-at-all', json(one), coded('gzip', Buffer.from(one))),
  against('C04-bytes-behind-the-gzip', json(one), coded('gzip', Buffer.concat([gzipSync(one), Buffer.from('x')]))),
  against('C04-unknown-coding', json(one), coded('constructor', Buffer.from(one))),
  against(
    'C04-cut-on-both-sides',
    coded('gzip', gzipSync(one).subarray(0, -9)),
    coded('gzip', gzipSync(one).subarray(0, -8)),
  ),
  against('C05-gzip-against-brotli', coded('gzip', gzipSync(one)), coded('br', brotliCompressSync(one)), {
    config: 'compare: { headers: [content-encoding] }\n',
  }),
  against('C06-two-invalid-bytes', json(Buffer.from('"\xff"', 'latin1')), json(Buffer.from('"\xfe"', 'latin1'))),
  against('C06-lone-surrogates', json('"\\ud800"'), json('"\\ud801"')),
  against('C06-byte-order-mark', json(one), json(`\ufeff${one}`)),
  against('C07-unknown-charset', text('text/plain; charset=x-foo', 'a'), text('text/plain; charset=x-foo', 'b')),
  against('C07-utf-7', text('text/plain; charset=utf-7', '+AGE-'), text('text/plain; charset=utf-7', 'a')),
  against(
    'C07-shift-jis-against-utf-8',
    text('text/plain; charset=shift_jis', Buffer.from('82a0', 'hex')),
    text('text/plain; charset=utf-8', '\u3042'),
  ),
  against('C08-html-that-says-json', json(one), json('<html><h1>Sign in</h1></html>')),
  against('C08-json-that-says-html', text('text/html', one), json(one)),
  against('C09-nine-mebibytes-of-json', json(large(1)), json(large(2)), patient),
  against(
    'C10-five-thousand-items-turned-round',
    json(`[${items.join()}]`),
    json(`[${items.toReversed().join()}]`),
    patient,
  ),
  against('C11-a-million-deep', json('['.repeat(1_000_000)), json(`${'['.repeat(1_000_000)}1`), patient),
  against(
    'C11-deep-and-whole',
    json(`${'['.repeat(100_000)}1${']'.repeat(100_000)}`),
    json(`${'['.repeat(100_000)}2${']'.repeat(100_000)}`),
    patient,
  ),
  against('C12-keys-that-look-like-numbers', json(keyed(1)), json(keyed(2)), patient),
  against(
    'C14-binary',
    text('image/png', Buffer.from('89504e470001', 'hex')),
    text('image/png', Buffer.from('89504e470002', 'hex')),
  ),
  against('C15-another-boundary', form('abc'), form('xyz')),
  {
    name: 'C15-body-up-to-the-end-of-the-connection',
    candidate: serves([write(`HTTP/1.0 200 OK\r\n${jsonType}\r\n\r\n${one}`), fin]),
  },
];
