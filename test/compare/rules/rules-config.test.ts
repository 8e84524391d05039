import { expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { errorOf, folderWith, lines } from '../../config/folder.ts';

const targets = 'targets: { rust: "http://127.0.0.1:1", go: "http://127.0.0.1:2" }\n';

function load(compare: string) {
  return loadConfig({}, { cwd: folderWith({ 'parity.yaml': `${targets}compare:\n${compare}` }), env: {} });
}

test('rules are read with their reasons', async () => {
  const { compare } = await load(
    [
      '  unordered: [/a, { pointer: /b, key: id, reason: a set }, { pointer: /c }]',
      '  tolerance: [{ pointer: /d, absolute: 1, reason: rounding }]',
      '  replace: [{ pointer: /e, pattern: "v([0-9]+)", with: "v$1", reason: builds }]',
      '  origins: true',
      '  ignore: [{ pointer: "", media: Text/*, reason: pages }]',
    ].join('\n'),
  );
  expect(compare).toMatchObject({
    unordered: [
      { pointer: '/a', key: null, reason: null },
      { pointer: '/b', key: 'id', reason: 'a set' },
      { pointer: '/c', key: null, reason: null },
    ],
    tolerance: [{ pointer: '/d', relative: null, absolute: 1, reason: 'rounding' }],
    replace: [{ pointer: '/e', pattern: 'v([0-9]+)', with: 'v$1', reason: 'builds' }],
    origins: true,
    ignore: [{ pointer: '', keep: 'type', media: 'text/*', reason: 'pages' }],
  });
});

test.each([
  [
    'an invalid pattern',
    '  replace: [{ pointer: /a, pattern: "(a", with: "" }]',
    /^parity\.yaml:3:37 "\(a" is not a regular/,
  ],
  ['lookaround', '  replace: [{ pointer: /a, pattern: "(?=a)", with: "" }]', /^parity\.yaml:3:37 .*no lookaround/],
  ['no pattern', '  replace: [{ pointer: /a, with: "" }]', /^parity\.yaml:3:\d+ `pattern` is missing$/],
  ['no replacement', '  replace: [{ pointer: /a, pattern: a }]', /^parity\.yaml:3:\d+ `with` is missing$/],
  [
    'a key that is not a pointer',
    '  unordered: [{ pointer: /a, key: /b~2 }]',
    /^parity\.yaml:3:35 .*is not a JSON Pointer/,
  ],
  ['an invalid pointer', '  unordered: [{ pointer: a, key: b }]', /^parity\.yaml:3:26 "a" is not a JSON Pointer/],
  ['a number for a pointer', '  unordered: [1]', /^parity\.yaml:3:15 item 1 of `unordered` must be text or a map/],
  [
    'an invalid media type',
    '  ignore: [{ pointer: /a, media: html }]',
    /^parity\.yaml:3:34 `media` must be a media type such as `text\/html`/,
  ],
  ['origins as text', '  origins: "yes"', /^parity\.yaml:3:12 `origins` must be true or false/],
])('a problem has its place: %s', async (_, compare, expected) => {
  const error = await errorOf(() => load(compare));
  expect(error).toMatchObject({ code: 'PX2101', exitCode: 2 });
  expect(lines(error)).toEqual([expect.stringMatching(expected)]);
});
