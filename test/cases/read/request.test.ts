import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCases } from '../../../src/cases/read/load.ts';
import { errorOf, folderWith, lines } from '../../config/folder.ts';
import { bodyText, errorOfCases, fileOf, requestOf } from '../library.ts';

test.each<[string, string, string | null, string | null]>([
  [
    'json, keys in order, numbers as spelled',
    'path: /\njson: { z: 1.0, "1": 1E400, a: [-0, 9007199254740993, 1e-7] }',
    '{"z":1.0,"1":1E400,"a":[-0,9007199254740993,1e-7]}',
    'application/json',
  ],
  [
    'json, numbers that only YAML spells so',
    'path: /\njson: [+1, 012, .5, 5., 0x1F, 0o17, -.5e3, 0xFFFFFFFFFFFFFFFF]',
    '[1,12,0.5,5,31,15,-0.5e3,18446744073709551615]',
    'application/json',
  ],
  [
    'json, hostile keys',
    'path: /\njson: { __proto__: 1, constructor: { toString: null }, "<<": true }',
    '{"__proto__":1,"constructor":{"toString":null},"<<":true}',
    'application/json',
  ],
  ['json, a scalar', 'path: /\njson: null', 'null', 'application/json'],
  ['json, a string', 'path: /\njson: |\n  {"a": 1}', '"{\\"a\\": 1}\\n"', 'application/json'],
  ['json, a lone surrogate', 'path: /\njson: "\\ud800"', '"\\ud800"', 'application/json'],
  ['json with aliases', 'path: /\njson: { a: &a [1.0], b: *a }', '{"a":[1.0],"b":[1.0]}', 'application/json'],
  ['text', 'path: /\ntext: "é"', 'é', 'text/plain; charset=utf-8'],
  ['raw', 'path: /\nraw: \'{"a":1,"a":2}\'', '{"a":1,"a":2}', null],
  ['base64', 'path: /\nbase64: "AP 8B\\n"', '\x00\xff\x01', null],
  ['a file', 'path: /\nfile: _b/body.bin', '\x00\xfe', null],
  [
    'a form',
    'path: /\nform: { 2: a b, 1: [x&y, "ü"], ok: true, n: 1.50 }',
    '2=a+b&1=x%26y&1=%C3%BC&ok=true&n=1.50',
    'application/x-www-form-urlencoded',
  ],
  ['a size', 'path: /\nsize: 5', 'xxxxx', 'application/octet-stream'],
  ['an empty size', 'path: /\nsize: 0', '', 'application/octet-stream'],
  ['padded raw text', 'path: /\nraw: \'{"a":1}\'\npad: 10', '   {"a":1}', null],
  ['padded json', 'path: /\njson: { a: é }\npad: 12', '  {"a":"\xc3\xa9"}', 'application/json'],
  ['no body', 'path: /', null, null],
  ['a content-type of its own', 'path: /\nheaders: { Content-Type: a/b }\njson: 1', '1', 'a/b'],
  ['no content-type', 'path: /\nheaders: { Content-Type: null }\njson: 1', '1', null],
])('a body: %s', async (_, request, text, contentType) => {
  const template = await requestOf(request, { '_b/body.bin': new Uint8Array([0, 0xfe]) });
  expect(bodyText(template)).toBe(text);
  const found = template.headers.filter(([name]) => name.toLowerCase() === 'content-type').map(([, value]) => value);
  expect(found).toEqual(contentType === null ? [] : [contentType]);
});

describe('multipart', () => {
  const parts =
    'path: /\nmultipart:\n  - { name: a"b, value: "x\\ny" }\n  - { name: f, base64: AP8=, filename: "ü.bin", type: image/png }';

  test('holds the parts, and its boundary comes from them', async () => {
    const [one, again] = [await requestOf(parts), await requestOf(parts)];
    const boundary = /boundary=(parity-[0-9a-f]{32})$/.exec(one.headers[0]?.[1] ?? '')?.[1];
    const text = Buffer.from(bodyText(one) ?? '', 'latin1').toString('utf8');
    expect(text.split(`--${boundary}`)).toEqual([
      '',
      '\r\nContent-Disposition: form-data; name="a%22b"\r\n\r\nx\ny\r\n',
      expect.stringMatching(
        /^\r\nContent-Disposition: form-data; name="f"; filename="ü\.bin"\r\nContent-Type: image\/png\r\n\r\n/,
      ),
      '--\r\n',
    ]);
    expect(again).toEqual(one);
  });

  test('takes the boundary that the case names', async () => {
    const named = `headers: { content-type: multipart/form-data; boundary=abc }\n${parts}`;
    const template = await requestOf(named);
    expect(template.headers).toEqual([['content-type', 'multipart/form-data; boundary=abc']]);
    expect(bodyText(template)?.startsWith('--abc\r\n')).toBe(true);
  });

  test.each([
    [
      'two contents',
      '{ name: a, value: x, base64: eA== }',
      '6:30 a part has exactly one of `value`, `file` and `base64`',
    ],
    ['no content', '{ name: a }', '6:9 a part has exactly one of `value`, `file` and `base64`'],
    ['no name', '{ value: x }', '6:9 `name` is missing'],
    [
      'a type that would add a header',
      '{ name: a, value: x, type: "a\\r\\nb: c" }',
      '6:36 `type` holds the control character U+000D',
    ],
  ])('is refused: %s', async (_, part, expected) => {
    const error = await errorOfCases({
      'a.yaml': fileOf(`path: /\nmultipart:\n- ${part}`),
    });
    expect(lines(error)).toEqual([`a.yaml:${expected}`]);
  });
});

test('headers keep order, casing and repetition', async () => {
  const map = await requestOf('path: /\nheaders: { X-B: "1", 2: "2", x-a: [c, d] }');
  expect(map.headers).toEqual([
    ['X-B', '1'],
    ['2', '2'],
    ['x-a', 'c'],
    ['x-a', 'd'],
  ]);
  const pairs = await requestOf(
    'path: /\nheaders: [[a, "1"], [B, ""], [a, "2\\tü"]]'.replace('"2\\tü"', '"2\\t\\u00fc"'),
  );
  expect(pairs.headers).toEqual([
    ['a', '1'],
    ['B', ''],
    ['a', '2\tü'],
  ]);
});

test('a path goes out as written', async () => {
  const path = '/a/../%2e%2E//b;c=[1]|{x}\\?q=a+b&"<>^`';
  expect((await requestOf(`path: '${path}'`)).path).toBe(path);
});

test('methods may be any token', async () => {
  expect((await requestOf('path: /\nmethod: PURGE')).method).toBe('PURGE');
  expect((await requestOf('path: /\nmethod: M-SEARCH')).method).toBe('M-SEARCH');
});

test.each([
  ['no body', 'path: /\npad: 5', '5:12 `pad` needs a body (add one, or remove `pad`)'],
  ['a longer body', 'path: /\nraw: abc\npad: 2', '6:12 the body has 3 bytes already (give `pad` a larger number)'],
])('pad with %s is a problem', async (_, request, problem) => {
  expect(lines(await errorOfCases({ 'a.yaml': fileOf(request) }))).toEqual([`a.yaml:${problem}`]);
});

test('chunks are kept in bytes', async () => {
  expect((await requestOf('path: /\ntext: a\nchunked: 7')).chunkBytes).toBe(7);
  expect((await requestOf('path: /\ntext: a')).chunkBytes).toBe(null);
});

test('a hold is kept in milliseconds', async () => {
  expect((await requestOf('path: /\ntext: a\nhold: 300ms')).holdMs).toBe(300);
});

test.each<[string, string, string]>([
  ['a method in small letters', 'method: get\npath: /', '4:15 the method "get" is not in capitals (write GET)'],
  ['CONNECT', 'method: CONNECT\npath: /', '4:15 CONNECT opens a tunnel, which cannot be compared'],
  ['no method', 'method: "GE T"\npath: /', '4:15 "GE T" is not an HTTP method (did you mean `GET`?)'],
  ['an address as path', 'path: http://a/', '4:13 a path begins with `/` (the host comes from the url of the target)'],
  ['a space', 'path: /a b', '4:13 a path cannot hold " " (write %20)'],
  ['a letter beyond ASCII', 'path: /é', '4:13 a path cannot hold "é" (write %C3%A9)'],
  ['a letter beyond the basic plane', 'path: /😀', '4:13 a path cannot hold "😀" (write %F0%9F%98%80)'],
  ['a line break', 'path: "/a\\r\\nb: c"', '4:13 a path cannot hold "\\r" (write %0D)'],
  ['a fragment', 'path: "/a#b"', '4:13 a `#` cannot be sent: fragments stay in the client (write %23)'],
  ['a header name', 'path: /\nheaders: { "a:": b }', '5:18 "a:" is not a header name'],
  [
    'a header injection',
    'path: /\nheaders: { a: "b\\r\\nc: d" }',
    '5:21 the value of `a` holds the control character U+000D',
  ],
  ['NUL in a header', 'path: /\nheaders: { a: "b\\0" }', '5:21 the value of `a` holds the control character U+0000'],
  [
    'a header beyond latin1',
    'path: /\nheaders: { a: [b, "€"] }',
    '5:25 the value of `a` holds U+20AC, which is not latin1',
  ],
  [
    'a header that is a number',
    'path: /\nheaders: { a: 5 }',
    '5:21 `a` must be text or a list or null, not a number (put it in quotes)',
  ],
  [
    'a header without value',
    'path: /\nheaders: { a: null }',
    '5:18 the header `a` has no value (null only removes the default `content-type`)',
  ],
  [
    'transfer-encoding',
    'path: /\nheaders: [[Transfer-Encoding, chunked]]',
    '5:18 the header `transfer-encoding` cannot be set: the client frames the body itself (remove it)',
  ],
  [
    'expect',
    'path: /\nheaders: { expect: 100-continue }',
    '5:18 the header `expect` cannot be set: the client does not wait for `100 Continue` (remove it)',
  ],
  [
    'two bodies',
    'path: /\njson: 1\ntext: a',
    '6:7 `text` cannot be combined with `json`: a request has one body (remove one of them)',
  ],
  ['a number without JSON', 'path: /\njson: [1, .nan]', '5:17 JSON has no number `.nan` (send it with `raw`)'],
  ['infinity', 'path: /\njson: -.inf', '5:13 JSON has no number `-.inf` (send it with `raw`)'],
  [
    'bad base64',
    'path: /\nbase64: a_b',
    '5:15 this is not base64 (use A-Z a-z 0-9 + / and pad with `=` to a multiple of four)',
  ],
  [
    'a lone surrogate',
    'path: /\ntext: "\\ud800"',
    '5:13 a lone surrogate cannot be sent as UTF-8 (write the bytes with `base64`)',
  ],
  ['a size that is too large', 'path: /\nsize: 67108865', '5:13 `size` must be at most 67108864'],
  ['a size that is not a number of bytes', 'path: /\nsize: -1', '5:13 `size` must be at least 0'],
  [
    'chunks of an empty body',
    'path: /\nraw: ""\nchunked: 1',
    '6:16 `chunked` needs a body (add one, or remove `chunked`)',
  ],
  ['chunks without body', 'path: /\nchunked: 1', '5:16 `chunked` needs a body (add one, or remove `chunked`)'],
  ['a hold without body', 'path: /\nhold: 1s', '5:13 `hold` needs a body (add one, or remove `hold`)'],
  ['an invalid hold', 'path: /\ntext: a\nhold: soon', '6:13 "soon" is not a duration (write it as 500ms, 10s or 2m)'],
  ['a hold that is too long', 'path: /\ntext: a\nhold: 2m', '6:13 `hold` is at most 1m'],
  ['a missing file', 'path: /\nfile: no.bin', '5:13 there is no file "no.bin" (seen from the folder of the case file)'],
  ['a folder as file', 'path: /\nfile: _b', '5:13 "_b" is not a regular file'],
  [
    'an absolute file',
    'path: /\nfile: /etc/passwd',
    '5:13 "/etc/passwd" is not a relative path (put the file beside the case file, or below it)',
  ],
])('refused at the place: %s', async (_, request, expected) => {
  const error = await errorOfCases({ 'a.yaml': fileOf(request), '_b/body.bin': '' });
  expect(lines(error)).toEqual([`a.yaml:${expected}`]);
});

describe('a body file stays in the folder of its case file', () => {
  test.each(['../secret', 'link', '_b/../../secret', 'up/secret'])('%s leads out', async (name) => {
    const root = folderWith({ secret: 'x', 'cases/a.yaml': fileOf(`path: /\nfile: ${name}`), 'cases/_b/x': '' });
    symlinkSync(join(root, 'secret'), join(root, 'cases/link'));
    symlinkSync(root, join(root, 'cases/up'));
    const error = await errorOf(() => loadCases([join(root, 'cases/a.yaml')], { root, env: {} }));
    expect(error.problems[0]?.message).toBe(`"${name}" lies outside the folder of the case file`);
  });

  test('a link that stays inside is followed', async () => {
    const root = folderWith({ 'cases/a.yaml': fileOf('path: /\nfile: link'), 'cases/_b/x': 'inside' });
    symlinkSync(join(root, 'cases/_b/x'), join(root, 'cases/link'));
    const { cases } = await loadCases([join(root, 'cases/a.yaml')], { root, env: {} });
    expect(bodyText(cases[0]!.steps[0]!.request)).toBe('inside');
  });
});
