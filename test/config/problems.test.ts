import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ConfigFlags } from '../../src/config/config-flags.ts';
import { loadConfig } from '../../src/config/load.ts';
import { errorOf, folderWith, lines } from './folder.ts';

const two = 'targets: { rust: "http://127.0.0.1:1", go: "http://127.0.0.1:2" }\n';
const load = (cwd: string, flags: ConfigFlags = {}, env: Record<string, string> = {}) =>
  loadConfig(flags, { cwd, env });
const targetFlags = (...target: string[]): ConfigFlags => ({ target });

const bad: [string, string, string[]][] = [
  ['unknown key', `${two}tracer: x\n`, ['2:1 unknown key "tracer" (did you mean `tracker`?)']],
  [
    'unknown key below',
    `${two}compare:\n  levle: wire\n`,
    ['3:3 unknown key "levle" in `compare` (did you mean `level`?)'],
  ],
  [
    'key of a target',
    'targets:\n  a: { ulr: http://a }\n  b: http://b\n',
    ['2:6 `url` is missing', '2:8 unknown key "ulr" in `a` (did you mean `url`?)'],
  ],
  [
    'wrong kinds',
    `${two}cases: x\nconcurrency: "4"\nout: 3\n`,
    [
      '2:8 `cases` must be a list, not text',
      '3:14 `concurrency` must be a number, not text',
      '4:6 `out` must be text, not a number (put it in quotes)',
    ],
  ],
  [
    'wrong word',
    `${two}compare: { level: shap }\n`,
    ['2:19 `level` must be `status`, `shape`, `value`, `wire`, not "shap" (did you mean `shape`?)'],
  ],
  [
    'limits',
    `${two}concurrency: 0\ntimeout: 10\nrate: x\nmaxBody: 1.5\n`,
    [
      '2:14 `concurrency` must be at least 1',
      '3:10 `timeout` must be text, not a number (write it as 500ms, 10s or 2m)',
      '5:10 `maxBody` must be text or a whole number, not a number',
    ],
  ],
  [
    'units',
    `${two}timeout: 10 s\nrate: x\n`,
    [
      '2:10 "10 s" is not a duration (write it as 500ms, 10s or 2m)',
      '3:7 "x" is not a rate (write requests a second as 50/s)',
    ],
  ],
  [
    'one target',
    'targets:\n  a: http://a\n',
    [
      '2:3 a comparison needs two targets or more; defined: a (add one under `targets:` in parity.yaml, or with --target NAME=URL)',
    ],
  ],
  [
    'same address',
    'targets:\n  a: http://localhost\n  b: http://127.0.0.1:80/\n',
    [
      '3:6 targets "a" and "b" have the same address (a target compared with itself proves nothing about another; give one of them its own address, or say --self-check)',
    ],
  ],
  [
    'names equal but for case',
    'targets:\n  a: http://a\n  A: http://b\n',
    ['3:3 two targets are called "a" and "A" (rename one of them)'],
  ],
  [
    '__proto__ as a target',
    `targets:\n  a: http://a\n  b: http://b\n  __proto__: http://c\n`,
    ['4:3 "__proto__" cannot name a target (use letters, digits, `.`, `_` and `-`)'],
  ],
  [
    '__proto__ as a key',
    `${two}__proto__: { polluted: true }\n`,
    [
      '2:1 unknown key "__proto__" (known keys: reference, targets, cases, tracker, out, compare, routes, operation, openapi, protected, concurrency, rate, timeout, maxBody)',
    ],
  ],
  [
    'unknown reference',
    `reference: rsut\n${two}`,
    ['1:12 the reference "rsut" is not a target (did you mean `rust`?)'],
  ],
  [
    'pointers',
    `${two}compare:\n  unordered: [items]\n  ignore: [{ pointer: "/a~2" }]\n  tolerance: [{ pointer: /a }]\n  headers: ["a b"]\n`,
    [
      '3:15 "items" is not a JSON Pointer: it must be empty or begin with `/` (write "/items")',
      '4:23 "/a~2" is not a JSON Pointer: `~` stands alone (write `~0` for `~` and `~1` for `/`)',
      '5:15 a tolerance needs `relative` or `absolute` (e.g. relative: 1e-9)',
      '6:13 "a b" is not a header name',
    ],
  ],
  [
    'a tracker that is a folder',
    `${two}tracker: .\n`,
    ['2:10 the tracker is a Markdown file, and this is a folder (name a file in it)'],
  ],
  [
    'a command for a shell',
    'targets:\n  a: http://a\n  b: { url: http://b, command: "a; b" }\n',
    [
      '3:32 `;` has no meaning here: the command is not run by a shell (write a list of words, or put the line into a script)',
    ],
  ],
  [
    'headers that cannot be sent',
    'targets:\n  a: http://a\n  b:\n    url: http://b\n    headers:\n      Host: x\n      "a b": x\n      c: "x\\ny"\n      d: "\\u20AC"\n      e: null\n',
    [
      '6:7 the header `host` cannot be set: it comes from the url of the target (remove it)',
      '7:7 "a b" is not a header name',
      '8:10 the value of `c` holds the control character U+000A',
      '9:10 the value of `d` holds U+20AC, which is not latin1',
      '10:7 the header `e` has no value (null only removes the default `content-type`)',
    ],
  ],
  [
    'rules in short',
    'targets: { a: http://a, b: http://b }\ncompare:\n  ignore: [/id, 3]\n  replace: [x"y]\n  tolerance: [[]]\n',
    [
      '3:12 item 1 of `ignore` must be a map, not text (write it as { "pointer": "/id" })',
      '3:17 item 2 of `ignore` must be a map, not a number (its keys: pointer, keep, media, reason)',
      '4:13 item 1 of `replace` must be a map, not text (its keys: pointer, pattern, with, media, reason)',
      '5:15 item 1 of `tolerance` must be a map, not a list (its keys: pointer, relative, absolute, media, reason)',
    ],
  ],
  ['a list', '- a\n', ['1:1 this must be a map, not a list']],
  [
    'a broken variable',
    `targets: { a: "http://\${A B}", b: http://b }\n`,
    [`1:15 "\${A B}" names no environment variable (write \${NAME} or \${NAME:-default})`],
  ],
];

test.each(bad)('PX2101 at the place: %s', async (_, file, expected) => {
  const error = await errorOf(() => load(folderWith({ 'parity.yaml': file })));
  expect(lines(error)).toEqual(expected.map((line) => `parity.yaml:${line}`));
  expect(error).toMatchObject({ code: 'PX2101', exitCode: 2 });
  expect(error.message).toBe(
    `${expected.length} problem${expected.length === 1 ? '' : 's'} in 1 file. Nothing was sent.`,
  );
});

test('a problem carries its line and how much of it to underline; the file is named from the working directory', async () => {
  const folder = folderWith({ 'parity.yaml': `${two}  # c\r\ntracer: x\r\n`, 'a/.keep': '' });
  const { problems } = await errorOf(() => load(join(folder, 'a')));
  expect(problems[0]).toMatchObject({ file: '../parity.yaml', line: 3, col: 1, source: 'tracer: x', length: 6 });
});

describe('environment variables', () => {
  const file = `targets:\n  a: http://\${HOST:-a}\n  b: { url: http://b, headers: { k: "\${TOKEN}" } }\n`;

  test('a missing or empty one is PX2103 with name and line', async () => {
    for (const env of [{}, { TOKEN: '' }] as Record<string, string>[]) {
      const error = await errorOf(() => load(folderWith({ 'parity.yaml': file }), {}, env));
      expect(error).toMatchObject({ code: 'PX2103', exitCode: 2 });
      expect(lines(error)).toEqual([
        `parity.yaml:3:37 the environment variable TOKEN is not set or is empty (set TOKEN, or give a default: \${TOKEN:-default})`,
      ]);
    }
  });

  test('values are not expanded again, and short ones are not secrets', async () => {
    const config = await load(folderWith({ 'parity.yaml': file }), {}, { TOKEN: `\${HOST}-$x`, HOST: 'h' });
    expect(config.targets.map(({ url, headers }) => [url, headers])).toEqual([
      ['http://h', []],
      ['http://b', [['k', `\${HOST}-$x`]]],
    ]);
    expect(config.secrets).toEqual([`\${HOST}-$x`]);
  });

  test.each(['a\r\nb: c', 'a\nb', 'a\0'])('a value that would break the header is refused: %j', async (TOKEN) => {
    const error = await errorOf(() => load(folderWith({ 'parity.yaml': file }), {}, { TOKEN }));
    expect(lines(error)[0]).toContain('parity.yaml:3:37 the environment variable TOKEN holds a line break or NUL');
  });

  test('are not expanded elsewhere', async () => {
    const config = await load(folderWith({ 'parity.yaml': `${two}out: "\${HOME}"\n` }), {}, { HOME: '/x' });
    expect(config.out.endsWith(`/\${HOME}`)).toBe(true);
  });

  test('a name on the prototype of objects is not set', async () => {
    const folder = folderWith({ 'parity.yaml': `targets: { a: "http://\${constructor}", b: http://b }` });
    expect((await errorOf(() => load(folder))).code).toBe('PX2103');
  });
});

test('a password in a url is refused and never repeated', async () => {
  const folder = folderWith({ 'parity.yaml': 'targets: { a: "http://me:hunter2@a", b: http://b }' });
  const errors = [
    await errorOf(() => load(folder)),
    await errorOf(() => load(folder, targetFlags('a=http://me:hunter2@a'))),
  ];
  for (const error of errors) {
    expect(JSON.stringify([error.message, error.hint, error.problems])).not.toContain('hunter2');
    expect(JSON.stringify([error.message, error.hint, error.problems])).toContain('holds a user name or password');
  }
});
