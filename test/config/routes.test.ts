import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { folderWith } from './folder.ts';

const targets = 'targets: { a: http://127.0.0.1:1, b: http://127.0.0.1:2 }\n';

it.each<[string, unknown]>([
  ['', []],
  ['routes: ["/a/{x}"]', ['/a/{x}']],
  ['operation: { pointer: /cmd }', { templates: [], operations: [{ in: 'pointer', name: '/cmd' }] }],
  [
    'routes: [/a]\noperation: [{ header: X-Op }, { query: op }]',
    {
      templates: ['/a'],
      operations: [
        { in: 'header', name: 'X-Op' },
        { in: 'query', name: 'op' },
      ],
    },
  ],
])('%j gives the rules of routes', async (text, routes) => {
  const cwd = folderWith({ 'parity.yaml': targets + text });
  expect((await loadConfig({}, { cwd, env: {} })).routes).toEqual(routes);
});

it.each([
  ['operation: { pointer: cmd }', '2:23', 'must be a JSON Pointer'],
  ['operation: { header: "a b" }', '2:22', 'must be the name of a header'],
  ['operation: { cookie: a }', '2:14', 'unknown key "cookie"'],
  ['operation: x', '2:12', ''],
])('%j is an error with its place', async (text, place, message) => {
  const cwd = folderWith({ 'parity.yaml': targets + text });
  await expect(loadConfig({}, { cwd, env: {} })).rejects.toMatchObject({
    code: 'PX2101',
    problems: [expect.objectContaining({ message: expect.stringContaining(message) })],
  });
  const problem = await loadConfig({}, { cwd, env: {} }).catch((error) => error.problems[0]);
  expect(`${problem.line}:${problem.col}`).toBe(place);
});
