import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compareBodies } from '../../src/compare/compare-body.ts';
import { maxExcerptLength } from '../../src/compare/limits.ts';
import { bodyOf, contentOf } from '../../src/compare/media/body-content.ts';
import { decodeContent } from '../../src/compare/media/content-encoding.ts';

import { compileRules } from '../../src/compare/rules/compiled-rules.ts';
import { defaultCompare } from '../../src/config/rules.ts';
import { type Sent, sidesOf } from './bodies.ts';

function body([type, bytes, encoding]: Sent) {
  const headers = [
    ['Content-Type', type],
    ['Content-Encoding', encoding ?? null],
  ] as const;
  const sent = headers.filter((pair): pair is readonly [(typeof pair)[0], string] => pair[1] !== null);
  return bodyOf(sent, Buffer.from(bytes));
}

function compare(a: Sent, b: Sent) {
  const options = { rules: compileRules(defaultCompare), sameCapture: (x: string, y: string) => x === y };
  return compareBodies(body(a), body(b), options);
}

const swapped: Readonly<Record<string, string>> = { missing: 'extra', extra: 'missing' };

/** Kind and rung of the one divergence, or null; the same, mirrored, the other way round. */
function verdict(a: Sent, b: Sent): string | null {
  const [there, back] = [compare(a, b), compare(b, a)];
  expect(back.lowest).toBe(there.lowest);
  expect(there.divergences.length).toBeLessThanOrEqual(1);
  const [[found], [other]] = [there.divergences, back.divergences];
  if (found === undefined) return null;
  expect(other).toMatchObject({
    kind: swapped[found.kind] ?? found.kind,
    pointer: found.pointer,
    reference: found.candidate,
    candidate: found.reference,
  });
  expect(there.lowest).toBe(found.rung);
  return `${found.kind} ${found.pointer} ${found.rung}`;
}

const jsonType = 'application/json';
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('a body that belies its content type', () => {
  const problem = 'application/problem+json';

  it.each<readonly [string, Sent, Sent, readonly string[]]>([
    ['is told beside what differs', [jsonType, 'oops'], ['text/plain', 'no'], ['type  wire', 'value  value']],
    [
      'as well beside what one side has alone',
      ['text/html', '{"a":1}'],
      [jsonType, '{}'],
      ['type  wire', 'missing /a shape'],
    ],
    ['not if its kind tells it already', [jsonType, 'oops'], [problem, '{}'], ['type  shape']],
    ['not if the other one does so too', [jsonType, 'oops'], [problem, 'no'], ['value  value']],
    ['not if the content types are the same', [jsonType, 'oops'], [jsonType, 'no'], ['value  value']],
  ])('%s', (_, a, b, expected) => {
    const found = (x: Sent, y: Sent) =>
      compare(x, y).divergences.map(({ kind, pointer, rung }) => `${kind} ${pointer} ${rung}`);
    expect(found(a, b)).toEqual(expected);
    expect(found(b, a)).toEqual(expected.map((one) => one.replace('missing', 'extra')));
  });
});

describe('two bodies', () => {
  it.each<readonly [string, Sent, Sent, string | null]>([
    ['both empty', [null, ''], [jsonType, ''], null],
    ['the same bytes under other names', [jsonType, '{}'], ['text/plain', '{}'], null],
    ['only the candidate has one', [jsonType, ''], [jsonType, '{}'], 'extra  shape'],
    ['only the reference has one', ['text/plain', 'x'], ['text/plain', ''], 'missing  shape'],
    ['JSON by name', [jsonType, '{"a":1}'], [jsonType, '{"a":2}'], 'value /a value'],
    ['JSON by suffix', ['application/problem+json', '1'], ['application/problem+json', '2'], 'value  value'],
    ['JSON by its look', [null, '{"a":1}'], ['application/octet-stream', '{"a":2}'], 'value /a value'],
    [
      'JSON by its look, behind white space',
      ['text/plain', ' \n{"a":1}'],
      ['text/plain', ' \n{"a":2}'],
      'value /a value',
    ],
    [
      'a zero byte is not text, however UTF-8 is named',
      ['text/plain; charset=utf8', 'a\0'],
      ['text/plain; charset=utf8', 'b\0'],
      'bytes  value',
    ],
    [
      'two bytes that are none of the charset',
      ['text/plain; charset=shift_jis', Buffer.from([0x61, 0xff])],
      ['text/plain; charset=shift_jis', Buffer.from([0x61, 0xfe])],
      'bytes  value',
    ],
    [
      'a byte-order mark in another charset',
      ['text/plain; charset=utf-16le', utf16('\ufeffa')],
      ['text/plain; charset=utf-16le', utf16('a')],
      'value  value',
    ],
    ['JSON by its look, on one side by name', [jsonType, '"a"'], ['text/plain', '"b"'], 'value  value'],
    ['JSON and white space', [jsonType, '{"a":1}'], [jsonType, '{"a": 1}\n'], 'bytes  wire'],
    ['JSON and HTML under one name', [jsonType, '{"a":1}'], [jsonType, '<html>'], 'type  shape'],
    ['JSON and HTML under their names', [jsonType, '{"a":1}'], ['text/html', '<html>'], 'type  shape'],
    ['JSON and text that begins like it', ['text/plain', '[1]'], ['text/plain', '[1] done'], 'type  shape'],
    ['two texts that begin like JSON', ['text/plain', '[a] x'], ['text/plain', '[a] y'], 'value  value'],
    ['two HTML pages called JSON', [jsonType, '<html>a'], [jsonType, '<html>b'], 'value  value'],
    ['numbers as text', ['text/plain', '1.0'], ['text/plain', '1'], 'value  value'],
    ['JSON and nothing but a line feed', [jsonType, '{}'], [jsonType, '\n'], 'type  shape'],
    ['a byte-order mark before JSON', [jsonType, '\ufeff{}'], [jsonType, '{}'], 'encoding  value'],
    ['a byte-order mark before text', ['text/plain', '\ufeffa'], ['text/plain', 'a'], 'value  value'],
    [
      'two invalid bytes in JSON',
      [jsonType, latin1('{"a":"\xff"}')],
      [jsonType, latin1('{"a":"\xfe"}')],
      'encoding /a value',
    ],
    ['two invalid bytes in text', ['text/plain', latin1('\xff')], ['text/plain', latin1('\xfe')], 'bytes  value'],
    [
      'an invalid byte and the replacement character',
      ['text/plain', latin1('a\xff')],
      ['text/plain', 'a\ufffd'],
      'type  shape',
    ],
    [
      'one text in two charsets',
      ['text/plain; charset=iso-8859-1', latin1('é')],
      ['text/plain; charset=utf-8', 'é'],
      'bytes  wire',
    ],
    ['one text in UTF-16', ['text/plain; charset=utf-16le', utf16('é')], ['text/plain', 'é'], 'bytes  wire'],
    [
      'two texts in one charset',
      ['text/plain; charset=iso-8859-1', latin1('é')],
      ['text/plain; charset=iso-8859-1', latin1('è')],
      'value  value',
    ],
    [
      'a charset that nobody knows',
      ['text/plain; charset=x-foo', 'a'],
      ['text/plain; charset=x-foo', 'b'],
      'bytes  value',
    ],
    [
      'a charset named like a key of every object',
      ['text/plain; charset=constructor', 'a'],
      ['text/plain; charset=__proto__', 'b'],
      'bytes  value',
    ],
    ['text and binary', ['text/plain', 'a'], ['image/png', Buffer.from([0x89, 0x50])], 'type  shape'],
    ['two binaries', ['image/png', Buffer.from([1, 2, 3])], ['image/png', Buffer.from([1, 2, 4])], 'bytes  value'],
    ['binary, one longer', ['image/png', Buffer.from([1, 2])], ['image/png', Buffer.from([1, 2, 3])], 'bytes  value'],
    ['text with NUL is binary', ['text/plain', 'a\u0000b'], ['text/plain', 'a\u0000c'], 'bytes  value'],
    ['line ends', ['text/plain', 'a\r\nb'], ['text/plain', 'a\nb'], 'value  value'],
    ['a trailing newline in text', ['text/plain', 'a\n'], ['text/plain', 'a'], 'value  value'],
  ])('%s', (_, a, b, expected) => {
    expect(verdict(a, b)).toBe(expected);
  });

  it.each([
    ['the line that differs', 'a\nb\nc', 'a\nX\nc', 'line 2: b', 'line 2: X'],
    ['the first line', 'a', 'b', 'line 1: a', 'line 1: b'],
    ['Windows line ends', 'a\r\nb', 'a\nb', 'line 1: a\\r (lines end in CRLF)', 'line 1: a (lines end in LF)'],
    ['a last line more', 'a\nb', 'a', 'line 2: b', 'ends before it'],
    ['a trailing newline', 'a\n', 'a', 'line 2: ', 'ends before it'],
    ['two trailing newlines', 'a\n\n', 'a\n', 'line 3: ', 'ends before it'],
    ['a line that goes on', 'a\nbc', 'a\nb', 'line 2: bc', 'line 2: b'],
    ['a line and a newline', '\n', 'x', 'line 1: ', 'line 1: x'],
    ['controls', 'a\u001b[2J', 'b', 'line 1: a\\x1b[2J', 'line 1: b'],
    [
      'the end of a long line',
      `${'x'.repeat(9000)}1`,
      `${'x'.repeat(9000)}2`,
      `line 1: …${'x'.repeat(60)}1`,
      `line 1: …${'x'.repeat(60)}2`,
    ],
  ])('text shows %s', (_, a, b, reference, candidate) => {
    expect(compare(['text/plain', a], ['text/plain', b]).divergences).toMatchObject([{ reference, candidate }]);
    expect(compare(['text/plain', b], ['text/plain', a]).divergences).toMatchObject([
      { reference: candidate, candidate: reference },
    ]);
  });

  it('binary shows lengths, hashes and where the first byte differs', () => {
    const [a, b] = [Buffer.alloc(1000, 0xee), Buffer.alloc(1001, 0xee)];
    b[500] = 0;
    const [found] = compare(['image/png', a], ['image/png', b]).divergences;
    expect(found!.reference).toMatch(/^1000 bytes, sha-256 [0-9a-f]{12}, at 500: (?:\\xee)+…?$/);
    expect(found!.candidate).toMatch(/^1001 bytes, sha-256 [0-9a-f]{12}, at 500: (?:\\xee){8}\\x00/);
  });

  it('other bytes show their number, and where the first one differs', () => {
    expect(sidesOf([jsonType, '{"a":1}'], [jsonType, '{"a": 1}'])).toEqual([
      ['7 bytes, at 5: {"a":1}', '8 bytes, at 5: {"a": 1}'],
    ]);
  });

  it('another kind of body shows what it is: bytes by their hash, and what cannot be decoded by the reason', () => {
    const [[json, binary]] = sidesOf([jsonType, '{}'], ['image/png', Buffer.from([0x89, 0])]) as [[string, string]];
    expect(json).toBe('{}');
    expect(binary).toMatch(/^2 bytes, sha-256 [0-9a-f]{12}: \\x89\\x00$/);
    const [[decoded, broken]] = sidesOf([jsonType, '{}'], [jsonType, 'nonsense', 'gzip']) as [[string, string]];
    expect(decoded).toBe('{}');
    expect(broken).toMatch(/^the body is not valid gzip/);
  });

  it('never shows more than a little', () => {
    const hostile = ['\u001b', '\u202e', '"', '<', '😀'].map((piece) => piece.repeat(5000));
    for (const text of hostile)
      for (const type of [null, 'text/plain', 'image/png', jsonType])
        for (const { reference, candidate } of compare([type, text], [type, '{}']).divergences) {
          expect(`${reference}${candidate}`).not.toMatch(/[\u0000-\u001f\u202e]/);
          expect(Math.max(reference!.length, candidate!.length)).toBeLessThanOrEqual(maxExcerptLength);
        }
  });
});

describe('content-encoding', () => {
  const text = '{"a":1}';
  const coded = {
    gzip: gzipSync(text),
    'x-gzip': gzipSync(text),
    deflate: deflateSync(text),
    br: brotliCompressSync(text),
  };

  it.each(Object.entries(coded))('%s is undone', (encoding, bytes) => {
    expect(verdict([jsonType, bytes, encoding], [jsonType, text])).toBeNull();
    expect(verdict([jsonType, bytes, encoding.toUpperCase()], [jsonType, '{"a":2}'])).toBe('value /a value');
  });

  it('two codings are undone, the last one first, on one line or on two', () => {
    const twice = brotliCompressSync(gzipSync(text));
    expect(decodeContent(twice, 'gzip, br')).toEqual({ bytes: Buffer.from(text) });
    expect(decodeContent(twice, 'br, gzip')).toMatchObject({ problem: expect.stringContaining('gzip') });
    const lines = [
      ['Content-Encoding', 'gzip'],
      ['content-encoding', 'br'],
    ] as const;
    expect(bodyOf(lines, twice).bytes.toString()).toBe(text);
  });

  it.each<readonly [string, string | Uint8Array, string, string]>([
    ['four codings', text, 'gzip, gzip, gzip, gzip', '4 content-encodings are stacked'],
    [
      'a coding that nobody knows',
      text,
      'compress',
      'the content-encoding "compress" is not one that this tool decodes',
    ],
    ['a coding named like a key of every object', text, 'constructor', '"constructor" is not one'],
    ['another one', text, '__proto__', '"__proto__" is not one'],
    ['what is not gzip', text, 'gzip', 'the body is not valid gzip'],
    ['what is not brotli', text, 'br', 'the body is not valid br'],
    ['a truncated gzip', coded.gzip.subarray(0, -9), 'gzip', 'the body is not valid gzip'],
    ['a gzip bomb', gzipSync(Buffer.alloc(100 * 1024 * 1024)), 'gzip', 'gzip bytes decode to more than'],
    ['a deflate bomb', deflateSync(Buffer.alloc(100 * 1024 * 1024)), 'deflate', 'deflate bytes decode to more than'],
    ['a brotli bomb', brotliCompressSync(Buffer.alloc(20 * 1024 * 1024)), 'br', 'br bytes decode to more than'],
    [
      'a bomb inside a bomb',
      gzipSync(gzipSync(Buffer.alloc(100 * 1024 * 1024))),
      'gzip, gzip',
      'gzip bytes decode to more than',
    ],
  ])('%s is refused, with a plain sentence', (_, bytes, encoding, problem) => {
    expect(decodeContent(Buffer.from(bytes), encoding)).toEqual({ problem: expect.stringContaining(problem) });
    expect(verdict([jsonType, bytes, encoding], [jsonType, text])).toBe('type  shape');
  });

  it('no body needs no decoding, whatever its coding', () => {
    expect(decodeContent(Buffer.alloc(0), 'compress')).toEqual({ bytes: Buffer.alloc(0) });
  });

  it('what cannot be decoded on either side is compared as bytes', () => {
    expect(verdict([jsonType, 'same', 'compress'], [jsonType, 'same', 'compress'])).toBeNull();
    expect(verdict([jsonType, 'one', 'compress'], [jsonType, 'two', 'compress'])).toBe('bytes  value');
  });
});

describe('what a body is', () => {
  it.each<readonly [string, Sent, boolean, string]>([
    ['nothing', [jsonType, ''], true, 'empty'],
    ['JSON, if asked for', [null, '1'], true, 'json'],
    ['text, if not', [null, '1'], false, 'text'],
    ['binary by name', ['image/png', 'abc'], false, 'binary'],
    ['text by suffix', ['image/svg+xml', '<svg/>'], false, 'text'],
    ['text by charset', ['application/x; charset=utf-8', 'abc'], false, 'text'],
    ['undecodable', [jsonType, 'x', 'compress'], true, 'undecodable'],
  ])('%s', (_, sent, asJson, kind) => {
    expect(contentOf(body(sent), asJson).kind).toBe(kind);
  });
});
