import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCases } from '../../../src/cases/read/load.ts';
import { errorOf, folderWith, lines } from '../../config/folder.ts';
import { casesOf, errorOfCases } from '../library.ts';

const one = (id: string, path = '/') => `cases: [{ id: ${id}, request: { path: ${path} } }]\n`;

test('a whole file', async () => {
  const file = `suite: s
routes: ["/v1/{id}"]
tags: [t]
safe: true
compare: { level: wire, unordered: [/a] }
cases:
  - id: put-then-get
    title: a title
    tags: [u, t]
    safe: false
    compare: { level: shape }
    steps:
      - request: { method: PUT, path: /v1/a?x=1, text: hello }
        capture: { etag: { header: ETag }, id: { pointer: /id }, code: { status: true } }
        parallel: 3
        expect: { status: 201 }
      - request: { path: "/v1/{{id}}", headers: { if-match: "{{etag}}" } }
  - id: plain
    request: { path: / }
    expect: { status: 200 }
`;
  const cases = await casesOf({ 'x.yaml': file });
  expect(cases).toEqual([
    {
      id: 's/put-then-get',
      suite: 's',
      title: 'a title',
      tags: ['t', 'u'],
      safe: false,
      compare: { level: 'shape', unordered: [{ pointer: '/a', key: null, reason: null }] },
      routes: ['/v1/{id}'],
      location: { file: 'x.yaml', line: 7, col: 5 },
      steps: [
        {
          request: {
            method: 'PUT',
            path: '/v1/a?x=1',
            headers: [['content-type', 'text/plain; charset=utf-8']],
            body: { kind: 'text', text: 'hello', mediaType: 'text/plain; charset=utf-8' },
            holdMs: 0,
            chunkBytes: null,
          },
          capture: {
            etag: { from: 'header', name: 'etag' },
            id: { from: 'pointer', pointer: '/id' },
            code: { from: 'status' },
          },
          parallel: 3,
          expect: { status: 201 },
        },
        {
          request: {
            method: 'GET',
            path: '/v1/{{id}}',
            headers: [['if-match', '{{etag}}']],
            body: null,
            holdMs: 0,
            chunkBytes: null,
          },
          capture: {},
          parallel: 1,
          expect: null,
        },
      ],
    },
    {
      id: 's/plain',
      suite: 's',
      title: null,
      tags: ['t'],
      safe: true,
      compare: { level: 'wire', unordered: [{ pointer: '/a', key: null, reason: null }] },
      routes: ['/v1/{id}'],
      location: { file: 'x.yaml', line: 18, col: 5 },
      steps: [
        {
          request: { method: 'GET', path: '/', headers: [], body: null, holdMs: 0, chunkBytes: null },
          capture: {},
          parallel: 1,
          expect: { status: 200 },
        },
      ],
    },
  ]);
});

describe('files', () => {
  test('are read sorted, of every kind, in folders below, and name the suite', async () => {
    const cases = await casesOf({
      'b/two.yml': one('x'),
      'b/one.yaml': one('y'),
      'a.json': '{ "cases": [{ "id": "x", "request": { "path": "/" } }] }',
      'b/lines.jsonl':
        '\uFEFF{"id":"x","request":{"path":"/"}}\r\n\r\n{"id":"y","suite":"other","routes":["/{a}"],"request":{"path":"/"}}',
      'b/notes.txt': 'not a case',
      'b/_bodies/body.json': '{}',
      '.hidden/x.yaml': '!',
      'node_modules/x.yaml': '!',
    });
    expect(cases.map(({ id, location }) => `${id} ${location.file}:${location.line}`)).toEqual([
      'a/x a.json:1',
      'lines/x b/lines.jsonl:1',
      'other/y b/lines.jsonl:3',
      'b/y b/one.yaml:1',
      'b/x b/two.yml:1',
    ]);
    expect(cases[2]?.routes).toEqual(['/{a}']);
  });

  test('that are named twice are read once, and a circle of links ends', async () => {
    const root = folderWith({ 'cases/a.yaml': one('x'), 'cases/s/b.yaml': one('y') });
    symlinkSync(join(root, 'cases'), join(root, 'cases/s/again'));
    const paths = [join(root, 'cases'), join(root, 'cases/a.yaml')];
    const { cases } = await loadCases(paths, { root, env: {} });
    expect(cases.map(({ id }) => id)).toEqual(['a/x', 's/y']);
  });

  test.each([
    ['a missing path', 'no', 'no: there is no such file or folder'],
    ['an empty folder', 'empty', 'empty: the folder holds no .yaml, .yml, .json or .jsonl file'],
    ['another kind of file', 'empty/x.txt', 'empty/x.txt: a case file ends in .yaml, .yml, .json or .jsonl'],
  ])('PX2202: %s', async (_, path, message) => {
    const root = folderWith({ 'empty/x.txt': '' });
    const error = await errorOf(() => loadCases([join(root, path)], { root, env: {} }));
    expect(error).toMatchObject({ code: 'PX2202', exitCode: 2, message });
  });

  test('problems name files from the working directory, locations from the root', async () => {
    const root = folderWith({ 'c/a.yaml': one('x'), 'd/a.yaml': one('x', 'y') });
    const error = await errorOf(() => loadCases([join(root, 'd')], { root, env: {}, cwd: join(root, 'c') }));
    expect(error.problems[0]?.file).toBe('../d/a.yaml');
    const { cases } = await loadCases([join(root, 'c')], { root, env: {}, cwd: join(root, 'd') });
    expect(cases[0]?.location.file).toBe('c/a.yaml');
  });
});

describe('environment variables in headers', () => {
  const file = `cases:\n  - id: x\n    title: \${TITLE}\n    request:\n      path: /\${PATH}\n      headers: { a: "k \${TOKEN}" }\n      text: \${BODY}\n`;

  test('are filled in there and nowhere else, and kept as secrets', async () => {
    const root = folderWith({ 'a.yaml': file.replace('/$', '/') });
    const { cases, secrets } = await loadCases([root], { root, env: { TOKEN: `\${TITLE}`, TITLE: 't', BODY: 'b' } });
    expect(cases[0]).toMatchObject({ title: `\${TITLE}` });
    expect(cases[0]?.steps[0]?.request.headers[0]).toEqual(['a', `k \${TITLE}`]);
    expect(cases[0]?.steps[0]?.request.body).toMatchObject({ text: `\${BODY}` });
    expect(secrets).toEqual([`\${TITLE}`]);
  });

  test('that are missing are PX2103 with name and line', async () => {
    const error = await errorOfCases({ 'a.yaml': file.replace('/$', '/') });
    expect(error.code).toBe('PX2103');
    expect(lines(error)[0]).toMatch(/^a\.yaml:6:21 the environment variable TOKEN is not set/);
  });
});
