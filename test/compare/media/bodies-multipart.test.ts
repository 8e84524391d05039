import { describe, expect, it } from 'vitest';
import { type Row, rowsOf, type Sent, sidesOf } from '../bodies.ts';

interface Piece {
  readonly head?: string;
  readonly body: string;
}

/** A form part with this name. */
function field(name: string, body: string, type?: string): Piece {
  const disposition = `Content-Disposition: form-data; name="${name}"`;
  return { head: type === undefined ? disposition : `${disposition}\r\nContent-Type: ${type}`, body };
}

function multipart(boundary: string, pieces: readonly Piece[], type = 'multipart/form-data'): Sent {
  const parts = pieces.map(
    ({ head = '', body }) => `--${boundary}\r\n${head}${head === '' ? '' : '\r\n'}\r\n${body}\r\n`,
  );
  return [`${type}; boundary=${boundary}`, Buffer.from(`${parts.join('')}--${boundary}--\r\n`, 'latin1')];
}

const one = (...pieces: Piece[]) => multipart('one', pieces);
const two = (...pieces: Piece[]) => multipart('two-XYZ', pieces);
const a1 = field('a', '1');

describe('multipart bodies are compared part by part', () => {
  it.each<readonly [string, Sent, Sent, readonly Row[]]>([
    ['another boundary', one(a1, field('b', 'x\r\ny')), two(a1, field('b', 'x\r\ny')), []],
    [
      'another boundary, in quotes',
      one(a1),
      ['multipart/form-data; boundary="two"', two(a1)[1].toString().replaceAll('two-XYZ', 'two')],
      [],
    ],
    ['a value', one(a1, field('b', 'x')), two(a1, field('b', 'y')), ['value /parts/b value']],
    ['a value in JSON', one(field('j', '{"x":1}')), two(field('j', '{"x":2}')), ['value /parts/j/x value']],
    ['the shape of JSON', one(field('j', '{"x":1}')), two(field('j', '{"x":"1"}')), ['type /parts/j/x shape']],
    [
      'bytes',
      one(field('f', '\xff\x00', 'image/png')),
      two(field('f', '\xfe\x00', 'image/png')),
      ['bytes /parts/f value'],
    ],
    ['a part missing', one(a1, field('b', 'x')), two(a1), ['missing /parts/b shape']],
    ['no part left', one(a1), two(), ['missing /parts/a shape']],
    ['a part twice', one(a1, a1), two(a1), ['duplicate /parts/a value']],
    [
      'a part twice, and another value',
      one(field('a', '2'), a1),
      two(a1),
      ['duplicate /parts/a value', 'value /parts/a value'],
    ],
    ['parts in another order', one(a1, field('b', 'x')), two(field('b', 'x'), a1), ['order /parts wire']],
    ['an empty part', one(a1), two(field('a', '')), ['missing /parts/a shape']],
    [
      'the type of a part',
      one(field('a', '1', 'text/plain')),
      two(field('a', '1', 'text/html')),
      ['value /parts/a/headers/content-type value'],
    ],
    ['plain text by name, and by default', one(field('a', '1', 'text/plain')), two(a1), ['bytes  wire']],
    [
      'the name of a file',
      one({ head: 'Content-Disposition: form-data; name="f"; filename="x"', body: '1' }),
      two({ head: 'Content-Disposition: form-data; name="f"; filename="y"', body: '1' }),
      ['value /parts/f/headers/content-disposition value'],
    ],
    [
      'the range of a part',
      multipart('one', [{ head: 'Content-Range: bytes 0-1/9', body: 'xx' }], 'multipart/byteranges'),
      multipart('two', [{ head: 'Content-Range: bytes 5-6/9', body: 'xx' }], 'multipart/byteranges'),
      ['value /parts/0/headers/content-range value'],
    ],
    [
      'the language and the name of a part in its message',
      one({ head: 'Content-Language: en\r\nContent-ID: <a@x>', body: '1' }),
      two({ head: 'content-language:EN\r\nContent-ID: <b@x>', body: '1' }),
      ['value /parts/0/headers/content-id value'],
    ],
    ['spelling of a head', one({ head: 'content-disposition:form-data; NAME=a', body: '1' }), two(a1), ['bytes  wire']],
    [
      'parts without names',
      multipart('one', [{ body: 'x' }, { body: 'y' }], 'multipart/mixed'),
      multipart('two', [{ body: 'x' }, { body: 'z' }], 'multipart/mixed'),
      ['value /parts/1 value'],
    ],
    ['a boundary inside a line is text', one(field('a', 'x --one')), two(field('a', 'x --one')), []],
    [
      'a line that only begins like the boundary',
      one(field('a', 'x\r\n--oneself')),
      two(field('a', 'x\r\n--oneself')),
      [],
    ],
    ['a name with a slash', one(field('a/b', '1')), two(field('a/b', '2')), ['value /parts/a~1b value']],
    [
      'a name of every object',
      one(field('__proto__', '1')),
      two(field('constructor', '1')),
      ['missing /parts/__proto__ shape', 'extra /parts/constructor shape'],
    ],
    [
      'multipart inside a part is bytes',
      one(field('m', '--in\r\n\r\n1\r\n--in--', 'multipart/mixed; boundary=in')),
      two(field('m', '--in\r\n\r\n2\r\n--in--', 'multipart/mixed; boundary=in')),
      ['bytes /parts/m value'],
    ],
    ['JSON in its stead', one(a1), ['application/json', '{"a":1}'], ['type  shape']],
    ['an image in its stead', one(a1), ['image/png', Buffer.from([0x89, 0])], ['type  shape']],
    [
      'the same bytes as plain text are text',
      ['text/plain; boundary=one', one(a1)[1]],
      ['text/plain; boundary=one', one(field('a', '2'))[1]],
      ['value  value'],
    ],
    ['no boundary on either side', ['multipart/mixed', 'x'], ['multipart/mixed', 'y'], ['bytes  value']],
    [
      'another boundary behind another parameter',
      ['multipart/form-data; a=1; boundary=one', one(a1)[1]],
      ['multipart/form-data; a=1; boundary=two-XYZ', two(a1)[1]],
      [],
    ],
    [
      'blanks behind a boundary',
      one(a1),
      ['multipart/form-data; boundary=one', one(a1)[1].toString().replace('--one\r\n', '--one \r\n')],
      ['bytes  wire'],
    ],
    [
      'another boundary, and the head of one part in another spelling',
      one({ head: 'content-disposition:form-data; NAME=a', body: '1' }, field('b', 'x')),
      two(a1, field('b', 'x')),
      ['bytes  wire'],
    ],
    [
      'a part before the others leaves their order as it is',
      one(a1, field('b', 'x')),
      two(field('n', 'x'), a1, field('b', 'x')),
      ['extra /parts/n shape'],
    ],
    ['its name alone', one(a1), ['multipart/form-data', 'x'], ['type  shape']],
    ['a boundary that is not in the body', one(a1), ['multipart/form-data; boundary=z', two(a1)[1]], ['type  shape']],
  ])('%s', (_, a, b, expected) => {
    const [x, y] = [a, b];
    expect(rowsOf(x, y)).toEqual(expected);
  });

  it('a body that breaks off says so', () => {
    const [type, bytes] = one(a1);
    const cut: Sent = [type, Buffer.from(bytes).subarray(0, -'--one--\r\n'.length - 2)];
    expect(rowsOf([type, bytes], cut)).toEqual(['value /parts value']);
    expect(sidesOf([type, bytes], cut)).toEqual([['the last boundary is there', 'the last boundary is not there']]);
  });

  it.each<readonly [string, Sent, Sent, readonly (readonly [string | null, string | null])[]]>([
    ['a part that one side lacks', one(a1, field('b', 'x y')), two(a1), [['x y', null]]],
    ['how often a part is there', one(a1, a1, a1), two(a1), [['3 times', 'once']]],
    ['the names in their order', one(a1, field('b', 'x')), two(field('b', 'x'), a1), [['a, b', 'b, a']]],
    [
      'the heads that differ',
      one(field('a', '1', 'text/plain')),
      two(field('a', '1', 'text/html')),
      [['text/plain', 'text/html']],
    ],
  ])('shows %s', (_, a, b, sides) => {
    expect(sidesOf(a, b)).toEqual(sides);
  });

  it('what stands around the parts counts at wire alone', () => {
    const [type, bytes] = one(a1);
    expect(rowsOf([type, bytes], [type, `preamble\r\n${bytes}`])).toEqual(['bytes  wire']);
    expect(rowsOf([type, bytes], [type, `${bytes}epilogue`])).toEqual(['bytes  wire']);
    expect(rowsOf([type, bytes], [type, bytes.toString().replaceAll('\r\n', '\n')])).toEqual(['bytes  wire']);
  });

  it.each<readonly [string, 'type' | 'nothing', Sent, Sent, readonly Row[]]>([
    [
      '/parts/j/x',
      'type',
      one(field('j', '{"x":1,"y":1}')),
      two(field('j', '{"x":2,"y":2}')),
      ['value /parts/j/y value'],
    ],
    ['/parts/a', 'type', one(a1), two(field('a', '2')), ['bytes /parts/a wire']],
    ['/parts/a', 'nothing', one(a1), two(), ['bytes  wire']],
    [
      '/parts/*/headers/content-transfer-encoding',
      'nothing',
      one({ head: 'Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: 8bit', body: '1' }),
      two(a1),
      ['bytes  wire'],
    ],
    [
      '/parts/*/headers/content-transfer-encoding',
      'type',
      one({ head: 'Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: 8bit', body: '1' }),
      two(a1),
      ['missing /parts/a/headers/content-transfer-encoding value'],
    ],
    ['/parts/*/headers/content-type', 'type', one(field('a', '1', 'text/css')), two(a1), ['bytes  wire']],
  ])('rules find %s (keep: %s)', (pointer, keep, a, b, expected) => {
    expect(rowsOf(a, b, { ignore: [{ pointer, keep, reason: null }] })).toEqual(expected);
  });

  it('is bounded on hostile bodies', () => {
    const type = 'multipart/mixed; boundary=b';
    const empty = '--b\r\n\r\n\r\n';
    expect(rowsOf([type, `${empty.repeat(20_000)}--b--`], [type, `${empty.repeat(20_001)}--b--`])).toEqual([
      'bytes  value',
    ]);
    expect(rowsOf([type, '--b'.repeat(300_000)], [type, '--b'.repeat(300_001)])).toEqual(['bytes  value']);
    expect(rowsOf([`multipart/mixed; boundary=${'-'.repeat(71)}`, 'x'], [type, '--b--'])).toEqual(['type  shape']);
  });
});
