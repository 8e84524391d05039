import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Reply, serving } from './service.ts';

const library = `
before:
  - request: { method: POST, path: /users, json: { name: x, password: hunter22222 } }
    capture: { user: { pointer: /id } }
  - { request: { method: PUT, path: /only-b }, target: b }
cases:
  - id: x
    steps:
      - { request: { method: POST, path: /orders, text: "{{user}}" }, capture: { id: { pointer: /id }, etag: { header: etag } } }
      - { request: { path: "/orders/{{id}}", headers: { if-match: "{{ etag }}" } } }
`;

/** What is shown of the one finding between two services whose ids begin with their names. */
async function shown() {
  const service = (name: string) =>
    serving(({ method, path }): Reply => {
      if (method === 'POST') return [201, `{"id":"${name}${path.length}00000"}`, { etag: `"${name}"` }];
      return [200, `{"of":"${name === 'aa' ? 'one' : 'two'}"}`];
    });
  const [a, b] = [await service('aa'), await service('bb')];
  const cwd = await folder({ 'cases/s.yaml': library });
  const targets = ['--target', `a=${a.url}`, '--target', `b=${b.url}`];
  await parity(['run', ...targets, '--noise', '0', '--tracker', 't.md'], { cwd });
  const id = newestReport(cwd).findings[0]?.id ?? '';
  const { stdout } = await parity(['tracker', 'show', id, '--tracker', 't.md'], { cwd });
  const lines = stdout.slice(stdout.indexOf('reproduce s/x')).split('\n');
  return { stdout, of: (name: string) => lines.filter((line) => line.startsWith(`  ${name}: `)) };
}

it('a case with steps is shown with what comes before, and where its values came from', async () => {
  const { stdout, of } = await shown();
  const from = 'the value below is from the run';
  const lines = (name: string, ...more: readonly RegExp[]) => [
    expect.stringContaining('# the `before` requests of the case, as in its file'),
    expect.stringMatching(/-X 'POST' .*--data-raw '\{"name":"x","password":"\*\*\*"\}' .*\/users'$/),
    ...more.map((one) => expect.stringMatching(one)),
    expect.stringContaining('# the steps of the case'),
    expect.stringContaining(`# {{user}} is the value at "/id" of the answer to \`before\`; ${from}`),
    expect.stringMatching(new RegExp(`--data-raw '${name}600000' .*/orders'$`)),
    expect.stringContaining(`# {{id}} is the value at "/id" of the answer to step 1; ${from}`),
    expect.stringContaining(`# {{etag}} is the header etag of the answer to step 1; ${from}`),
    expect.stringMatching(new RegExp(`-H 'if-match: "${name}"' .*/orders/${name}700000'$`)),
  ];
  expect(of('a')).toEqual(lines('aa'));
  expect(of('b')).toEqual(lines('bb', /-X 'PUT' .*\/only-b'$/));
  expect(stdout).not.toContain('hunter');
});
