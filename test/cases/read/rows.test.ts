import { describe, expect, test } from 'vitest';
import { lines } from '../../config/folder.ts';
import { casesOf, errorOfCases } from '../library.ts';

describe('rows', () => {
  const text = (cases: Awaited<ReturnType<typeof casesOf>>) =>
    cases.map(({ id, steps: [step] }) => {
      const { path, headers, body } = step!.request;
      return [id, path, headers[0]?.[1], body?.kind === 'json' ? body.text : null];
    });

  test('give one case each; in JSON a whole string takes the type, elsewhere the text', async () => {
    const file = `cases:
  - id: x
    with:
      - { v: 9007199254740993, w: a&b }
      - { v: 1.50, w: "1" }
      - { v: { k: [null, true] }, w: null }
    request:
      method: POST
      path: "/{{w}}"
      headers: { a: "<{{ w }}>" }
      json: { exact: "{{v}}", inside: "is {{v}}", "{{w}}": "{{w}}" }
`;
    expect(text(await casesOf({ 'a.yaml': file }))).toEqual([
      ['a/x-1', '/a&b', '<a&b>', '{"exact":9007199254740993,"inside":"is 9007199254740993","a&b":"a&b"}'],
      ['a/x-2', '/1', '<1>', '{"exact":1.50,"inside":"is 1.50","1":"1"}'],
      ['a/x-3', '/null', '<null>', '{"exact":{"k":[null,true]},"inside":"is {\\"k\\":[null,true]}","null":null}'],
    ]);
  });

  test('may leave a placeholder to a capture, and are not filled in twice', async () => {
    const file = `cases:
  - id: x
    with: [{ a: "{{b}}", b: no }]
    steps:
      - request: { path: / }
        capture: { b: { header: etag } }
      - request: { path: "/{{a}}" }
`;
    const [first] = await casesOf({ 'a.yaml': file });
    expect(first?.steps[1]?.request.path).toBe('/{{b}}');
  });

  test('a problem of every row is said once, one of some rows too', async () => {
    const file =
      'cases:\n  - id: x\n    with: [{ a: 1 }, { a: 2 }, { b: 3 }]\n    request: { path: "/{{a}}", hedaers: {} }\n';
    expect(lines(await errorOfCases({ 'a.yaml': file }))).toEqual([
      'a.yaml:4:32 unknown key "hedaers" in `request` (did you mean `headers`?)',
    ]);
    const fixed = file.replace(', hedaers: {}', '');
    expect(lines(await errorOfCases({ 'a.yaml': fixed }))).toEqual([
      expect.stringContaining('a.yaml:4:24 `{{a}}` has no value: no earlier step captures it'),
    ]);
  });

  test.each([
    ['no list', 'with: { a: 1 }', 'a.yaml:3:11 `with` must be a list or text, not a map'],
    ['no row', 'with: []', 'a.yaml:3:11 `with` must have at least 1 item(s)'],
    ['a row that is not a map', 'with: [a]', 'a.yaml:3:12 item 1 of `with` must be a map, not text'],
    [
      'a name that cannot be one',
      'with: [{ "a b": 1 }]',
      'a.yaml:3:14 "a b" cannot name a value (use a letter, then letters, digits, `_`, `-`)',
    ],
  ])('are refused: %s', async (_, rows, expected) => {
    const error = await errorOfCases({ 'a.yaml': `cases:\n  - id: x\n    ${rows}\n    request: { path: / }\n` });
    expect(lines(error)).toEqual([expected]);
  });

  test('cannot multiply a file beyond all memory', async () => {
    const body = Array.from({ length: 1000 }, () => '"{{big}}"').join(',');
    const rows = `[{"big":"${'x'.repeat(200_000)}"},{"big":[${'1,'.repeat(100_000)}1]}]`;
    const file = `{"cases":[{"id":"x","with":${rows},"request":{"path":"/","json":[${body}]}}]}`;
    const error = await errorOfCases({ 'a.json': file });
    expect(error.problems.some(({ message }) => message.includes('add up to over 134217728 characters'))).toBe(true);
  });
});
