import { describe, expect, it } from 'vitest';
import { compareBodies } from '../../../src/compare/compare-body.ts';
import { bodyOf, typeFault } from '../../../src/compare/media/body-content.ts';
import { compileRules } from '../../../src/compare/rules/compiled-rules.ts';
import { defaultCompare } from '../../../src/config/rules.ts';
import { type Row, rowsOf, type Sent, sidesOf } from '../bodies.ts';

const text = (body: string): Sent => ['text/plain', body];
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `line ${from + i}\n`).join('');

describe('a text shows its first line that differs, and how many do', () => {
  it.each<readonly [string, string, string, readonly [string, string]]>([
    ['one line', 'a\nb\nc\n', 'a\nX\nc\n', ['line 2: b', 'line 2: X']],
    ['three lines', 'a\nb\nc\nd\n', 'a\n1\n2\n3\n', ['line 2: b (3 lines differ)', 'line 2: 1 (3 lines differ)']],
    ['lines apart', 'a\nb\nc\n', '1\nb\n3\n', ['line 1: a (2 lines differ)', 'line 1: 1 (2 lines differ)']],
    ['a line inserted', 'a\nb\n', 'a\nX\nb\n', ['line 2: b', 'line 2: X']],
    ['two lines inserted', 'a\nb\n', 'a\nX\nY\nb\n', ['line 2: b (2 lines differ)', 'line 2: X (2 lines differ)']],
    ['two lines missing at the end', 'a\nb\nc', 'a\n', ['line 2: b (2 lines differ)', 'line 2:  (2 lines differ)']],
    [
      'lines in another order',
      'a\nb\nc\n',
      'c\na\nb\n',
      ['line 1: a (the same lines in another order)', 'line 1: c (the same lines in another order)'],
    ],
    ['line ends alone', 'a\r\nb\r\n', 'a\nb\n', ['line 1: a\\r (lines end in CRLF)', 'line 1: a (lines end in LF)']],
    [
      'line ends of both kinds on either side',
      'a\r\nb\nc\n',
      'a\nb\r\nc\n',
      ['line 1: a\\r (2 lines differ)', 'line 1: a (2 lines differ)'],
    ],
    ['a last line without its end', 'a\nb', 'a\nb\n', ['ends before it', 'line 3: ']],
    ['a line far down', `${'x\n'.repeat(200)}abc\n`, `${'x\n'.repeat(200)}abd\n`, ['line 201: abc', 'line 201: abd']],
    [
      'a line more often than there',
      'q\nx\nx\nx\n',
      'x\nz\n',
      ['line 1: q (3 lines differ)', 'line 1: x (3 lines differ)'],
    ],
    ['line ends and a line', 'a\r\nb\r\n', 'a\nX\n', ['line 2: b (lines end in CRLF)', 'line 2: X (lines end in LF)']],
    [
      'line ends and two lines',
      'a\r\nb\r\nc\r\n',
      'a\nX\nY\n',
      ['line 2: b (2 lines differ, lines end in CRLF)', 'line 2: X (2 lines differ, lines end in LF)'],
    ],
  ])('%s', (_, a, b, sides) => {
    expect(rowsOf(text(a), text(b))).toEqual(['value  value']);
    expect(sidesOf(text(a), text(b))).toEqual([sides]);
  });

  it('is spelled otherwise where each side shows its own captured value', () => {
    const [a, b] = ['tok\n1', 'tok\n2'].map((body) => bodyOf([['content-type', 'text/plain']], Buffer.from(body)));
    const found = (sameCapture: (x: string, y: string) => boolean) =>
      compareBodies(a!, b!, { rules: compileRules(defaultCompare), sameCapture }).divergences;
    expect(found((x, y) => x === 'tok\n1' && y === 'tok\n2')).toEqual([
      { pointer: '', kind: 'spelling', rung: 'wire', reference: 'tok\\n1', candidate: 'tok\\n2' },
    ]);
    expect(found(() => false)).toMatchObject([{ kind: 'value', rung: 'value' }]);
  });

  it('stays short with a long line', () => {
    const [a, b] = sidesOf(text(`${'x'.repeat(5000)}\ny\n`), text(`${'z'.repeat(5000)}\nw\n`))[0]!;
    expect(a).toMatch(/^line 1: x+… \(2 lines differ\)$/);
    expect([a?.length, b?.length]).toEqual([300, 300]);
  });

  it('counts no more lines than it can', () => {
    const [a, b] = [text(numbered(0, 150_000)), text(numbered(200_000, 350_000))];
    expect(sidesOf(a, b)[0]![0]).toBe('line 1: line 0 (more than 100000 lines may differ)');
    expect(rowsOf(text('\n'.repeat(3_000_000)), text('\n'.repeat(3_000_001)))).toEqual(['value  value']);
    expect(sidesOf(text(`a\n${numbered(0, 150_000)}b\n`), text(`c\n${numbered(0, 150_000)}d\n`))[0]![0]).toMatch(
      /may differ/,
    );
  });

  it.each<readonly [string, 'type' | 'nothing', Sent, Sent, readonly Row[]]>([
    ['a text under a rule that keeps types', 'type', text('a'), text('b'), ['bytes  wire']],
    ['another kind of body under it', 'type', text('a'), ['image/png', Buffer.from([0x89])], ['type  shape']],
    ['binary under it', 'type', ['image/png', 'a'], ['image/png', 'b'], ['bytes  wire']],
    ['another kind of body under one that keeps nothing', 'nothing', text('a'), ['image/png', 'a\0'], ['bytes  wire']],
  ])('%s', (_, keep, a, b, expected) => {
    expect(rowsOf(a, b, { ignore: [{ pointer: '', keep, reason: null }] })).toEqual(expected);
  });
});

describe('a body that belies its content type', () => {
  const json = (body: string): Sent => ['application/json', body];
  const html = (body: string): Sent => ['text/html; charset=utf-8', body];

  it.each<readonly [string, Sent, Sent, readonly Row[], readonly (string | null)[]]>([
    [
      'a page that says JSON, and JSON',
      json('{"a":1}'),
      json('<html>'),
      ['type  shape'],
      ['{"a":1}', 'the content type says application/json, the body is not JSON: <html>'],
    ],
    [
      'a page that says JSON, and a page',
      html('<p>'),
      json('<html>'),
      ['type  wire', 'value  value'],
      [
        'the content type says text/html, which the body is',
        'the content type says application/json, the body is not JSON',
      ],
    ],
    [
      'JSON that says HTML, and JSON',
      json('{"a":1}'),
      html('{"a":2}'),
      ['type  wire', 'value /a value'],
      [
        'the content type says application/json, which the body is',
        'the content type says text/html, the body is JSON',
      ],
    ],
    [
      'JSON that says HTML, and JSON in another spelling',
      json('{"a":1}'),
      html('{"a": 1}'),
      ['type  wire', 'bytes  wire'],
      [
        'the content type says application/json, which the body is',
        'the content type says text/html, the body is JSON',
      ],
    ],
    [
      'JSON that says HTML, and JSON of another kind',
      json('{}'),
      html('[]'),
      ['type  wire', 'type  shape'],
      [
        'the content type says application/json, which the body is',
        'the content type says text/html, the body is JSON',
      ],
    ],
    [
      'JSON that says image, and JSON without a name',
      [null, '[1]'],
      ['image/png', '[2]'],
      ['type  wire', 'value /0 value'],
      ['no content type', 'the content type says image/png, the body is JSON'],
    ],
    [
      'each of them belies its own',
      json('<html>'),
      html('{"a":1}'),
      ['type  shape'],
      [
        'the content type says application/json, the body is not JSON: <html>',
        'the content type says text/html, the body is JSON: {"a":1}',
      ],
    ],
    ['the same bytes under two names', json('{"a":1}'), html('{"a":1}'), [], []],
    ['JSON as plain text is no lie', json('{"a":1}'), text('{"a":2}'), ['value /a value'], ['1', '2']],
    ['nor JSON as octets', json('{"a":1}'), ['application/octet-stream', '{"a":2}'], ['value /a value'], ['1', '2']],
    ['both lie alike', json('<a>'), json('<b>'), ['value  value'], ['line 1: <a>', 'line 1: <b>']],
    ['no body is no lie', json('{}'), json(''), ['missing  shape'], ['{}', null]],
  ])('%s', (_, a, b, rows, sides) => {
    expect(rowsOf(a, b)).toEqual(rows);
    expect(sidesOf(a, b)[0] ?? []).toEqual(sides);
  });

  it.each<readonly [string, string, string | Buffer, string, boolean]>([
    ['a page that says JSON', 'application/json', '<p>', '', true],
    ['JSON that says HTML', 'text/html', '{"a":1}', '', true],
    ['a page that says HTML', 'text/html', '<p>', '', false],
    ['a page that only begins like JSON', 'text/html', '{{ template }}', '', false],
    ['no body', 'application/json', '', '', false],
    ['a body that cannot be decoded', 'application/json', 'nonsense', 'gzip', false],
    ['lines of JSON', 'application/x-ndjson', '1\n2', '', false],
  ])('is told by itself: %s', (_, type, body, encoding, lies) => {
    const headers = [
      ['content-type', type],
      ['content-encoding', encoding],
    ] as const;
    expect(typeFault(bodyOf(headers, Buffer.from(body))) !== null).toBe(lies);
  });

  it('never prints a name raw', () => {
    const reference = sidesOf([`application/${'x'.repeat(500)}+json`, '<'], ['text/html', '{}'])[0]![0]!;
    expect(reference.length).toBeLessThanOrEqual(300);
    expect(reference).toContain('x…, the body is not JSON: <');
  });
});
