import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeContent } from '../../../src/compare/media/content-encoding.ts';
import { rowsOf } from '../bodies.ts';

const text = '{"a":1}';
const json = 'application/json';
/** `{"a":1}` in one zstd frame, and three MiB of zeros in one. */
const zstd = Buffer.from('28b52ffd20073900007b2261223a317d', 'hex');
const zstdBomb = Buffer.from(
  'KLUv/YBYAAAwAFQAABAAAAEA+/85wAICABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAwAQAA==',
  'base64',
);
/** 300,000 letters in one. */
const zstdLetters = Buffer.from('28b52ffda0e09304005400001078780100fbff39c00202001078039f0478', 'hex');
const canZstd = 'zstdDecompressSync' in zlib;

const decoded = (body: string) => ({ bytes: Buffer.from(body) });
const problem = (words: string) => ({ problem: expect.stringContaining(words) });
const noZstd = problem('this Node cannot decode zstd, which needs Node 22.15 or later');
const join = (...pieces: (Buffer | string)[]) => Buffer.concat(pieces.map((piece) => Buffer.from(piece)));

describe('content codings', () => {
  it.each<readonly [string, Buffer, string, object]>([
    ['deflate in its zlib wrapping', zlib.deflateSync(text), 'deflate', decoded(text)],
    ['deflate without it', zlib.deflateRawSync(text), 'deflate', decoded(text)],
    ['deflate that is neither', Buffer.from('nonsense'), 'deflate', problem('the body is not valid deflate')],
    ['deflate cut off', zlib.deflateSync(text).subarray(0, -5), 'deflate', problem('not valid deflate')],
    ['a bare deflate bomb', zlib.deflateRawSync(Buffer.alloc(20 << 20)), 'deflate', problem('decode to more than')],
    ['gzip members one after another', join(zlib.gzipSync('a'), zlib.gzipSync('b')), 'gzip', decoded('ab')],
    ['what comes after gzip', join(zlib.gzipSync(text), 'more'), 'gzip', problem('gzip')],
    ['zeros behind gzip', join(zlib.gzipSync(text), Buffer.alloc(5)), 'gzip', problem('5 bytes come after the end')],
    ['what comes after deflate', join(zlib.deflateSync(text), 'x'), 'deflate', problem('1 bytes come after')],
    ['what comes after brotli', join(zlib.brotliCompressSync(text), 'xy'), 'br', problem('2 bytes come after')],
    ['zstd', zstd, 'zstd', canZstd ? decoded(text) : noZstd],
    ['zstd frames one after another', join(zstd, zstd), 'ZSTD', canZstd ? decoded(text + text) : noZstd],
    ['what comes after zstd', join(zstd, 'x'), 'zstd', canZstd ? problem('1 bytes come after') : noZstd],
    ['zstd cut off', zstd.subarray(0, -3), 'zstd', canZstd ? problem('not valid zstd') : noZstd],
    ['what is not zstd', Buffer.from('no'), 'zstd', canZstd ? problem('not valid zstd') : noZstd],
    ['a zstd bomb', zstdBomb, 'zstd', canZstd ? problem('decode to more than') : noZstd],
    [
      'zstd frames that are too much together',
      join(zstdLetters, zstdLetters, zstdLetters, zstdLetters),
      'zstd',
      canZstd ? problem('decode to more than') : noZstd,
    ],
    ['zstd bombs in a row', join(zstd, zstdBomb), 'zstd', canZstd ? problem('decode to more than') : noZstd],
    [
      'a short body that decodes to many times its size',
      zlib.gzipSync(Buffer.alloc(500_000, 'a')),
      'gzip',
      decoded('a'.repeat(500_000)),
    ],
    [
      'as many codings as may be stacked',
      zlib.gzipSync(zlib.gzipSync(zlib.gzipSync(text))),
      'gzip,gzip,gzip',
      decoded(text),
    ],
    ['one more', zlib.gzipSync(text), 'gzip,gzip,gzip,gzip', problem('4 content-encodings are stacked')],
    ['none', Buffer.from(text), '', decoded(text)],
    ['identity', Buffer.from(text), 'identity, , identity', decoded(text)],
  ])('%s', (_, bytes, coding, expected) => {
    expect(decodeContent(bytes, coding)).toEqual(expected);
  });

  it.each<readonly [string, string, Buffer]>([
    ['with the size of the content', '28b52ffd20073900007b2261223a317d', Buffer.from(text)],
    ['without it', '28b52ffd00003900007b2261223a317d', Buffer.from(text)],
    ['with a checksum', '28b52ffd24073900007b2261223a317d488bfc32', Buffer.from(text)],
    ['with a size of two bytes', '28b52ffd60e8024d00001000000100e32b8005', Buffer.alloc(1000)],
    ['of two blocks, with a size of four bytes', zstdLetters.toString('hex'), Buffer.alloc(300_000, 'x')],
    ['of one byte that is repeated', '28b52ffd000043060078', Buffer.alloc(200, 'x')],
    ['of nothing', '28b52ffd2000010000', Buffer.alloc(0)],
  ])('a zstd frame %s is read to its end, and no less', (_, hex, whole) => {
    const frame = Buffer.from(hex, 'hex');
    const or = (expected: object) => (canZstd ? expected : noZstd);
    expect(decodeContent(frame, 'zstd')).toEqual(or({ bytes: whole }));
    expect(decodeContent(join(frame, frame), 'zstd')).toEqual(or({ bytes: join(whole, whole) }));
    for (let end = 1; end < frame.length; end += 1) {
      expect(decodeContent(frame.subarray(0, end), 'zstd'), `${end}`).toEqual(
        or(problem('not valid zstd (a frame is cut off)')),
      );
      expect(decodeContent(join(frame, frame.subarray(0, end)), 'zstd'), `${end} behind`).toEqual(
        or(end < 4 ? problem(`${end} bytes come after`) : problem('not valid zstd (a frame is cut off)')),
      );
    }
  });

  it.each<readonly [string, Buffer, string]>([
    ['gzip', zlib.gzipSync(text), 'gzip'],
    ['bare deflate', zlib.deflateRawSync(text), 'deflate'],
    ['brotli in gzip', zlib.gzipSync(zlib.brotliCompressSync(text)), 'br, gzip'],
  ])('%s says the same as no coding at all', (_, bytes, coding) => {
    expect(rowsOf([json, bytes, coding], [json, text])).toEqual([]);
    expect(rowsOf([json, bytes, coding], [json, '{"a":2}'])).toEqual(['value /a value']);
  });

  it('what cannot be decoded is another kind of body than what can, and is compared as bytes with its like', () => {
    const broken = zlib.gzipSync(text).subarray(0, -4);
    expect(rowsOf([json, broken, 'gzip'], [json, text])).toEqual(['type  shape']);
    expect(rowsOf([json, broken, 'gzip'], [json, ''])).toEqual(['missing  shape']);
    expect(rowsOf([json, broken, 'gzip'], [json, broken, 'gzip'])).toEqual([]);
    expect(rowsOf([json, broken, 'gzip'], [json, zlib.gzipSync('[]').subarray(0, -4), 'gzip'])).toEqual([
      'bytes  value',
    ]);
  });
});
