import { describe, expect, test } from 'vitest';
import type { RequestTemplate } from '../../src/cases/case.ts';
import { leadingPlaceholder, placeholdersIn } from '../../src/cases/placeholder.ts';
import { fillRequest } from '../../src/cases/variables.ts';
import { errorOf } from '../config/folder.ts';
import { casesOf, errorOfCases } from './library.ts';

const own = { origin: 'http://127.0.0.1:3100', authority: '127.0.0.1:3100', prefix: '' };
const filling = (self = own) => ({ literals: new Set<string>(['n']), self });
const template = (parts: Partial<RequestTemplate>): RequestTemplate => ({
  ...{ method: 'POST', path: '/', headers: [], body: null, holdMs: 0, chunkBytes: null },
  ...parts,
});
const pathOf = (path: string, a: string, self = own) => fillRequest(template({ path }), { a }, filling(self)).path;

test.each([
  ['{{a}}', [['a', null]]],
  [
    '{{ a }}x{{b|raw}}',
    [
      ['a', null],
      ['b', 'raw'],
    ],
  ],
  [
    '{{a | raw }}{{a|}}',
    [
      ['a', 'raw'],
      ['a', ''],
    ],
  ],
  ['{{a|foo bar}}', [['a', 'foo bar']]],
  ['{{a|r"w}} {{a|r\\w}} {{a|{raw}} {{|raw}} {{1|raw}}', []],
  ["{{'{'}}{a|raw}}", []],
])('the placeholders of %j are read with their filters', (text, expected) => {
  expect(placeholdersIn(text).map(({ name, filter }) => [name, filter])).toEqual(expected);
});

test.each([
  ['{{a}}/x', 'a'],
  ['{{ a |raw}}', 'a'],
  ['/{{a}}', null],
  ["{{'{'}}{a}}", null],
])('%j begins with the placeholder %j', (text, name) => {
  expect(leadingPlaceholder(text)?.name ?? null).toBe(name);
});

describe('a path is filled in', () => {
  test.each([
    ['a value inside a path is encoded', '/x/{{a}}?q={{a}}', 'a%3D/', '/x/a%253D%2F?q=a%253D%2F'],
    ['a raw value inside a path is not encoded', '/x/{{a|raw}}?q={{ a | raw }}', 'a%3D/', '/x/a%3D/?q=a%3D/'],
    ['a leading path stands as it came', '{{a}}', '/u/1?_state=a%3D%3D', '/u/1?_state=a%3D%3D'],
    ['more comes after a leading value', '{{a}}&d={{a}}', '/u?s=%3D', '/u?s=%3D&d=%2Fu%3Fs%3D%253D'],
    ['raw changes nothing of a leading value', '{{a|raw}}/y', '/u', '/u/y'],
    ['of an own URL the path and query are sent', '{{a}}', 'http://127.0.0.1:3100/u?s=%3D', '/u?s=%3D'],
    ['schemes are compared without case', '{{a}}', 'HTTP://127.0.0.1:3100/u', '/u'],
    ['a network-path reference to the own host', '{{a}}', '//127.0.0.1:3100/u', '/u'],
    ['an own URL without a path', '{{a}}', 'http://127.0.0.1:3100', '/'],
    ['an own URL with a query alone', '{{a}}', 'http://127.0.0.1:3100?q', '/?q'],
    ['a fragment is left out', '{{a}}', '/u#top', '/u'],
    ['the origin at the beginning', '{{origin}}/v1/{{a}}', 'x', '/v1/x'],
    [
      'the origin and the host inside are encoded',
      '/r?to={{origin}}&h={{host}}',
      '',
      '/r?to=http%3A%2F%2F127.0.0.1%3A3100&h=127.0.0.1%3A3100',
    ],
    ['the raw origin inside', '/r?to={{origin|raw}}', '', '/r?to=http://127.0.0.1:3100'],
  ])('%s', (_, path, value, expected) => {
    expect(pathOf(path, value)).toBe(expected);
  });

  test.each([
    ['a path that begins with the base path does not get it twice', '{{a}}', '/api/u/1', '/u/1'],
    ['an own URL below the base path', '{{a}}', 'http://127.0.0.1:3100/api/u?x', '/u?x'],
    ['the base path itself', '{{a}}', '/api', '/'],
    ['the base path before a segment of the case', '{{a}}/x', '/api', '/x'],
    ['a path that only looks like the base path', '{{a}}', '/apis/u', '/apis/u'],
    ['a path that the base path is not in', '{{a}}', '/u/1', '/u/1'],
    ['a bare origin', '{{origin}}/u', '', '/u'],
  ])('under a base path: %s', (_, path, value, expected) => {
    expect(pathOf(path, value, { ...own, prefix: '/api' })).toBe(expected);
  });

  test.each([
    [
      'a URL of another host',
      '{{a}}',
      'http://other.example/u',
      /^\{\{a\}\} is a URL of another origin, "http:\/\/other\.example"/,
    ],
    ['a URL of another port', '{{a}}', 'http://127.0.0.1:31000/u', /another origin/],
    ['a port that the case would go on with', '{{a}}00/u', 'http://127.0.0.1:31', /another origin/],
    ['a URL of another scheme', '{{a}}', 'https://127.0.0.1:3100/u', /another origin/],
    ['a network-path reference to another host', '{{a}}', '//other.example/u', /another origin/],
    ['a URL with a user name', '{{a}}', 'http://u@127.0.0.1:3100/u', /neither a path nor/],
    ['a word', '{{a}}', 'u/1', /neither a path nor/],
    ['a query', '{{a}}', '?x=1', /neither a path nor/],
    ['another kind of URL', '{{a}}', 'ftp://127.0.0.1:3100/u', /neither a path nor/],
    ['an empty value', '{{a}}x', '', /neither a path nor/],
    ['an origin that the case goes on with', '{{origin}}x', '', /neither a path nor/],
    ['a line break', '{{a}}', '/u\r\nx: y', /holds a blank, a line break or a control character/],
    ['a blank', '{{a}}', '/u 1', /holds a blank/],
    ['a control character', '{{a}}', '/u\0', /control character/],
    ['a line break in a raw value', '/x/{{a|raw}}', 'a\nb', /cannot stand unencoded in a path/],
    ['a blank in a raw value', '/x?q={{a|raw}}', 'a b', /cannot stand unencoded in a path/],
  ])('not with %s', async (_, path, value, message) => {
    const error = await errorOf(() => pathOf(path, value));
    expect([error.code, error.message]).toEqual(['PX2303', expect.stringMatching(message)]);
  });

  test('not with an own URL outside of the base path', async () => {
    const error = await errorOf(() => pathOf('{{a}}', 'http://127.0.0.1:3100/u', { ...own, prefix: '/api' }));
    expect([error.code, error.message]).toEqual([
      'PX2303',
      expect.stringMatching(/outside of the base path .*"\/api"/),
    ]);
  });
});

test.each<[string, NonNullable<RequestTemplate['body']>, string]>([
  [
    'JSON holds a raw value unescaped',
    { kind: 'json', text: '["{{a|raw}}","x{{a|raw}}","{{a}}"]' },
    '["\\u0041","x\\u0041","\\\\u0041"]',
  ],
  ['a raw number keeps its type', { kind: 'json', text: '["{{n|raw}}","{{n}}"]' }, '[7,7]'],
  [
    'JSON holds the origin',
    { kind: 'json', text: '{"{{host}}":"{{origin}}"}' },
    '{"127.0.0.1:3100":"http://127.0.0.1:3100"}',
  ],
  [
    'a form holds a raw value unencoded',
    { kind: 'text', text: 'k={{a|raw}}&o={{host}}', mediaType: null, encoding: 'form' },
    'k=\\u0041&o=127.0.0.1%3A3100',
  ],
  [
    'a text holds the value',
    { kind: 'text', text: '{{a|raw}} {{origin}}', mediaType: null },
    '\\u0041 http://127.0.0.1:3100',
  ],
])('%s', (_, body, expected) => {
  const { body: bytes } = fillRequest(template({ body }), { a: '\\u0041', n: '7' }, filling());
  expect(Buffer.from(bytes ?? []).toString()).toBe(expected);
});

test('headers hold the origin, the host and raw values', () => {
  const headers = [['x', '{{origin}} {{host}} {{a|raw}}']] as const;
  const filled = fillRequest(template({ headers }), { a: 'a%3D' }, filling());
  expect(filled.headers).toEqual([['x', 'http://127.0.0.1:3100 127.0.0.1:3100 a%3D']]);
});

const steps = (second: string, capture = 'loc') =>
  `cases:\n  - id: x\n    steps:\n      - request: { path: / }\n        capture: { ${capture}: { header: location } }\n      - request: ${second}\n`;
const one = (more: string) => `cases:\n  - id: x\n    ${more}\n    request: { path: / }\n`;

test.each([
  [
    'an unknown filter',
    steps('{ path: "/{{loc|foo}}" }'),
    '6:28 unknown filter "foo" of `{{loc}}`',
    /the filter is: raw/,
  ],
  [
    'a filter that is misspelled',
    steps('{ path: /, headers: { a: "{{loc|rwa}}" } }'),
    '6:44 unknown filter "rwa" of `{{loc}}`',
    /did you mean `raw`/,
  ],
  [
    'an unknown filter in JSON',
    steps('{ method: POST, path: /, json: ["{{origin|x}}"] }'),
    '6:51 unknown filter "x" of `{{origin}}`',
    /raw/,
  ],
  [
    'an unknown filter of a row',
    'cases:\n  - id: x\n    with: [{ k: 1 }]\n    request: { path: "/{{k|foo}}" }\n',
    '4:24 unknown filter "foo" of `{{k}}`',
    /raw/,
  ],
  [
    'a capture of a reserved name',
    steps('{ path: / }', 'origin'),
    '5:20 `origin` is a reserved name: {{origin}} is the origin of the target',
    /another name/,
  ],
  [
    'a row of a reserved name',
    one('with: [{ host: 1 }]'),
    '3:14 `host` is a reserved name: {{host}} is the host of the target',
    /another name/,
  ],
  [
    'a value of a reserved name',
    one('values: { origin: x }'),
    '3:15 `origin` is a reserved name: {{origin}} is the origin of the target',
    /another name/,
  ],
  [
    'a path that begins with the host',
    one('tags: []').replace('path: /', 'path: "{{host}}/x"'),
    '4:22 a path begins with `/`',
    /url/,
  ],
])('in a case file, %s is an error at its place', async (_, file, expected, hint) => {
  const { problems } = await errorOfCases({ 'a.yaml': file });
  expect(problems.map(({ line, col, message }) => `${line}:${col} ${message}`)).toEqual([expected]);
  expect(problems[0]?.hint).toMatch(hint);
});

test('a case file may begin a path with a captured value and use the target without capturing it', async () => {
  const [found] = await casesOf({ 'a.yaml': steps('{ path: "{{loc}}&o={{origin}}", headers: { a: "{{host}}" } }') });
  const filled = fillRequest(found!.steps[1]!.request, { loc: '/u?s=%3D' }, filling());
  expect([filled.path, filled.headers]).toEqual([
    '/u?s=%3D&o=http%3A%2F%2F127.0.0.1%3A3100',
    [['a', '127.0.0.1:3100']],
  ]);
});

test('a row is filled in as it is written, with raw and without', async () => {
  const file =
    'cases:\n  - id: x\n    with: [{ k: "a%3D/b" }]\n    request: { path: "/{{k|raw}}/{{k}}", headers: { a: "{{ k | raw }}" } }\n';
  const [found] = await casesOf({ 'a.yaml': file });
  expect(found!.steps[0]!.request).toMatchObject({ path: '/a%3D/b/a%3D/b', headers: [['a', 'a%3D/b']] });
});
