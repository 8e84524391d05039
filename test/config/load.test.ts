import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { ConfigFlags } from '../../src/config/config-flags.ts';
import { loadConfig } from '../../src/config/load.ts';
import { defaultCompare } from '../../src/config/rules.ts';
import { errorOf, folderWith } from './folder.ts';

const two = 'targets: { rust: "http://127.0.0.1:1", go: "http://127.0.0.1:2" }\n';
const load = (cwd: string, flags: ConfigFlags = {}, env: Record<string, string> = {}) =>
  loadConfig(flags, { cwd, env });
const targetFlags = (...target: string[]): ConfigFlags => ({ target });

describe('a whole file', () => {
  const file = `reference: rust
targets:
  go:
    url: http://127.0.0.1:4110/
    headers: { Authorization: "Bearer \${GO_TOKEN}", x-many: [a, b] }
    command: ./bin/gateway -port '41 10'
    ready: /health
  rust: \${RUST_URL:-http://127.0.0.1:3100}
cases: [cases, more/x.yaml]
tracker: docs/T.md
out: runs
routes: ["/v1/{key...}"]
concurrency: 8
rate: 50/s
timeout: 2m
maxBody: 512KiB
compare:
  level: shape
  headers: [ETag]
  ignore: [{ pointer: /request_id, reason: generated }, { pointer: /**/at, keep: nothing }]
  unordered: [/items]
  tolerance: [{ pointer: /score, relative: 1e-9 }]
`;

  test('is read, with the reference first and paths from the folder of the file', async () => {
    const folder = folderWith({ 'parity.yaml': file, 'a/b/.keep': '' });
    const config = await load(join(folder, 'a/b'), {}, { GO_TOKEN: 's3cret-token' });
    expect(config).toEqual({
      file: join(folder, 'parity.yaml'),
      root: folder,
      targets: [
        { name: 'rust', url: 'http://127.0.0.1:3100', role: 'reference', headers: [], command: null, ready: null },
        {
          name: 'go',
          url: 'http://127.0.0.1:4110',
          role: 'candidate',
          headers: [
            ['Authorization', 'Bearer s3cret-token'],
            ['x-many', 'a'],
            ['x-many', 'b'],
          ],
          command: ['./bin/gateway', '-port', '41 10'],
          ready: '/health',
        },
      ],
      selfCheck: false,
      cases: [join(folder, 'cases'), join(folder, 'more/x.yaml')],
      tracker: join(folder, 'docs/T.md'),
      tracking: { heading: null, columns: {}, fixedAfter: 1, report: null },
      out: join(folder, 'runs'),
      compare: {
        level: 'shape',
        headers: ['etag'],
        ignore: [
          { pointer: '/request_id', keep: 'type', reason: 'generated' },
          { pointer: '/**/at', keep: 'nothing', reason: null },
        ],
        unordered: [{ pointer: '/items', key: null, reason: null }],
        tolerance: [{ pointer: '/score', relative: 1e-9, absolute: null, reason: null }],
        replace: [],
        origins: false,
      },
      routes: ['/v1/{key...}'],
      protected: [],
      concurrency: 8,
      rate: 50,
      timeoutMs: 120_000,
      waitMs: 0,
      maxBodyBytes: 524_288,
      secrets: ['s3cret-token'],
    });
  });

  test('gives way to flags, whose paths begin at the working directory', async () => {
    const folder = folderWith({ 'parity.yaml': file, 'a/.keep': '' });
    const flags = {
      target: ['go=http://127.0.0.1:9'],
      reference: 'go',
      cases: ['c'],
      tracker: false,
      out: 'o',
      level: 'wire',
      concurrency: '1',
      rate: '2',
      timeout: '3s',
      maxBody: '4',
      selfCheck: true,
    } as const;
    const config = await load(join(folder, 'a'), flags, { GO_TOKEN: 'x' });
    expect(config.targets.map(({ name, url, role }) => [name, url, role])).toEqual([
      ['go', 'http://127.0.0.1:9', 'reference'],
      ['rust', 'http://127.0.0.1:3100', 'candidate'],
    ]);
    expect(config.targets[0]?.headers[0]).toEqual(['Authorization', 'Bearer x']);
    expect(config).toMatchObject({ cases: [join(folder, 'a/c')], tracker: null, out: join(folder, 'a/o') });
    expect(config).toMatchObject({ concurrency: 1, rate: 2, timeoutMs: 3000, maxBodyBytes: 4, selfCheck: true });
    expect(config.secrets).toEqual([]);
    expect(config.compare).toMatchObject({ level: 'wire', headers: ['etag'] });
  });
});

test('no file is needed if flags define two targets, and the defaults stand', async () => {
  const folder = folderWith({ '.git/HEAD': '', 'cases/a.yaml': '' });
  expect(await load(folder, targetFlags('a=http://a', 'b=http://b/x/'))).toEqual({
    file: null,
    root: folder,
    targets: [
      { name: 'a', url: 'http://a', role: 'reference', headers: [], command: null, ready: null },
      { name: 'b', url: 'http://b/x', role: 'candidate', headers: [], command: null, ready: null },
    ],
    selfCheck: false,
    cases: [join(folder, 'cases')],
    tracker: null,
    tracking: { heading: null, columns: {}, fixedAfter: 1, report: null },
    out: join(folder, 'reports'),
    compare: defaultCompare,
    routes: [],
    protected: [],
    concurrency: 4,
    rate: null,
    timeoutMs: 10_000,
    waitMs: 0,
    maxBodyBytes: 10_485_760,
    secrets: [],
  });
});

test('the search for a file ends at the repository root', async () => {
  const folder = folderWith({ 'parity.yaml': two, 'repo/.git/HEAD': '' });
  const error = await errorOf(() => load(join(folder, 'repo')));
  expect(error).toMatchObject({
    code: 'PX2105',
    exitCode: 2,
    message: `there is no parity.yaml in ${join(folder, 'repo')} or above it`,
    hint: 'parity init, or --config FILE, or two --target NAME=URL',
  });
  const none = await errorOf(() => load(folderWith({ 'parity.yaml': 'out: o\n' })));
  expect(none).toMatchObject({ code: 'PX2104', message: expect.stringContaining('defined: none') });
});

test('a file without `cases` and without the folder has no cases', async () => {
  expect((await load(folderWith({ 'parity.yaml': two }))).cases).toEqual([]);
});

test('BOM, CRLF and JSON are fine', async () => {
  const json = '{\r\n\t"targets": { "a": "http://a", "b": "http://b" }\r\n}\r\n';
  const config = await load(folderWith({ 'parity.yaml': `\uFEFF${json}` }));
  expect(config.targets.map(({ name }) => name)).toEqual(['a', 'b']);
});

test.each<[string, string, ConfigFlags, string[]]>([
  ['of the same name override', two, targetFlags('go=http://x'), ['rust', 'go']],
  ['of other names replace the set', two, targetFlags('a=http://a', 'b=http://b'), ['a', 'b']],
  ['of both kinds override and add', two, targetFlags('go=http://x', 'c=http://c'), ['rust', 'go', 'c']],
  [
    'replace also the reference of the file',
    `reference: go\n${two}`,
    targetFlags('a=http://a', 'b=http://b'),
    ['a', 'b'],
  ],
  ['keep the reference of the file', `reference: go\n${two}`, targetFlags('rust=http://x'), ['go', 'rust']],
  ['define all, the file none', 'out: o\n', targetFlags('a=http://a', 'b=http://b'), ['a', 'b']],
  ['stand in an empty file', '# nothing\n', { ...targetFlags('a=http://a', 'b=http://b'), reference: 'b' }, ['b', 'a']],
])('--target flags %s', async (_, file, flags, names) => {
  const config = await load(folderWith({ 'parity.yaml': file }), flags);
  expect(config.targets.map(({ name }) => name)).toEqual(names);
});

test('targets that flags replace need no variables', async () => {
  const folder = folderWith({ 'parity.yaml': `targets: { a: "http://\${NOT_SET}", b: http://b }` });
  expect((await load(folder, targetFlags('a=http://a'))).targets[0]?.url).toBe('http://a');
  expect((await load(folder, targetFlags('x=http://x', 'y=http://y'))).targets).toHaveLength(2);
});

test.each<[string, ConfigFlags, string, string]>([
  ['PX2102', { timeout: '10' }, '--timeout: "10" is not a duration', 'write it as 500ms, 10s or 2m'],
  ['PX2102', { timeout: '0s' }, '--timeout: a timeout of zero leaves no time to answer', 'write it as 10s'],
  ['PX2102', { rate: 'x' }, '--rate: "x" is not a rate', 'write requests a second as 50/s'],
  ['PX2102', { maxBody: 'x' }, '--max-body: "x" is not a size', 'write it as 10MiB, 512KiB or 1048576'],
  [
    'PX2102',
    { concurrency: '0' },
    '--concurrency: "0" is not a number that fits',
    'write a whole number from 1 to 1024',
  ],
  ['PX2102', { tracker: '.' }, '--tracker: the tracker is a Markdown file, and this is a folder', 'name a file in it'],
  ['PX2102', { level: 'shap' }, '--level: "shap" is not a level', 'did you mean `shape`?'],
  ['PX2102', { target: ['http://a'] }, '--target is not of the form NAME=URL', '--target go=http://127.0.0.1:4110'],
  ['PX2104', { reference: 'rus' }, 'the reference "rus" is not a target', 'did you mean `rust`?'],
  ['PX2104', targetFlags('a=http://a', 'A=http://b'), 'two targets are called "a" and "A"', 'rename one of them'],
  [
    'PX2104',
    targetFlags('a b=http://a', 'c=http://c'),
    '"a b" cannot name a target',
    'use letters, digits, `.`, `_` and `-`',
  ],
  [
    'PX2104',
    targetFlags('a=ftp://a', 'b=http://b'),
    'the url of target "a" is not an http:// or https:// address',
    'write it as http://127.0.0.1:3100',
  ],
  [
    'PX2105',
    { config: 'no.yaml' },
    'the configuration file "no.yaml" does not exist',
    'name a file with --config, or run `parity init` to write one',
  ],
])('%s for the flags %j', async (code, flags, message, hint) => {
  const error = await errorOf(() => load(folderWith({ 'parity.yaml': two }), flags));
  expect([error.code, error.exitCode, error.message, error.hint]).toEqual([code, 2, message, hint]);
});

test('--config names another file', async () => {
  const folder = folderWith({ 'x/other.yaml': two });
  expect(await load(folder, { config: 'x/other.yaml' })).toMatchObject({ root: join(folder, 'x') });
  mkdirSync(join(folder, 'parity.yaml'));
  expect((await errorOf(() => load(folder, { config: 'parity.yaml' }))).code).toBe('PX2105');
});

describe('the tracker', () => {
  const tracker = (text: string) => load(folderWith({ 'parity.yaml': `${two}\ntracker: ${text}\n` }));

  it('may be a map that says how it is kept', async () => {
    const { tracking, tracker: file } = await tracker(
      '{ file: docs/T.md, heading: Decisions, columns: { ID: "#", Cases: false }, fixedAfter: 2, report: "https://a.test/#{id}" }',
    );
    expect(file).toMatch(/docs\/T\.md$/);
    expect(tracking).toEqual({
      ...{ heading: 'Decisions', columns: { ID: '#', Cases: false }, fixedAfter: 2, report: 'https://a.test/#{id}' },
    });
  });

  it('that a flag names is not the one whose table the file describes', async () => {
    const folder = folderWith({ 'parity.yaml': `${two}\ntracker: { file: T.md, heading: H, fixedAfter: 3 }\n` });
    expect((await load(folder, { tracker: 'U.md' })).tracking).toMatchObject({ heading: null, fixedAfter: 3 });
    expect((await load(folder, { tracker: 'T.md' })).tracking).toMatchObject({ heading: 'H', fixedAfter: 3 });
  });

  it.each([
    ['an unknown key', '{ file: T.md, headings: x }', 'unknown key "headings" in `tracker`'],
    ['no file', '{ heading: x }', 'file'],
    ['an unknown column', '{ file: T.md, columns: { Stat: x } }', 'unknown key "Stat" in `columns`'],
    ['two columns in one', '{ file: T.md, columns: { Status: A, Decision: a } }', 'cannot be one column'],
    ['no clean run', '{ file: T.md, fixedAfter: 0 }', 'fixedAfter'],
    ['a report with a blank', '{ file: T.md, report: "a b" }', 'must be ASCII without blanks'],
  ])('is refused with %s', async (_why, text, message) => {
    const error = await errorOf(() => tracker(text));
    expect([error.code, error.problems[0]?.message]).toEqual(['PX2101', expect.stringContaining(message)]);
  });

  it('says what runs at a target, and takes it for no secret', async () => {
    const text = `targets:\n  a: { url: "http://a", version: "\${A_VERSION}", commit: "\${NONE:-}" }\n  b: http://b\n`;
    const config = await load(folderWith({ 'parity.yaml': text }), {}, { A_VERSION: '1.4.2-rc.1' });
    expect(config.targets[0]).toMatchObject({ version: '1.4.2-rc.1' });
    expect(config.targets[0]).not.toHaveProperty('commit');
    expect(config.secrets).toEqual([]);
  });
});
