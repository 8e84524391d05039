import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { answering, closedUrl, folder, newestReport, parity } from './command.ts';

const token = 'k3y-of-the-service';

/** Runs cases against a service that the run itself starts, and one that is there. */
async function run(source: string, cases = 'cases: [{ id: x, request: { path: /x } }]\n') {
  const there = await answering({ body: '{}' });
  const url = await closedUrl();
  const command = JSON.stringify([process.execPath, 'service.mjs', new URL(url).port]);
  const cwd = await folder({
    'service.mjs': source,
    'cases/s.yaml': cases,
    'parity.yaml': `targets:
  there: { url: "${there.url}", headers: { x-key: "\${KEY}" } }
  node: { url: "${url}", command: ${command}, ready: /ready }
`,
  });
  const ended = await parity(['run', '--no-tracker'], { cwd, env: { KEY: token } });
  await there.close();
  return { ...ended, cwd, reports: join(cwd, 'reports/latest') };
}

it('the last words of a service that does not start are lines, and obeyed by no terminal', async () => {
  const { exitCode, stderr } = await run(
    `console.error('no database\\n\\x1b[31m  at ${token}, ' + 'x'.repeat(400)); process.exit(7);`,
  );
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(
    /^error\[PX1201\] the service of target node \(.*\) exited with code 7 before it was ready\n {2}its last output:\n {4}no database\n {4}\\x1b\[31m {2}at \*\*\*, x+…\n {2}try: run the command by hand to see why\n$/,
  );
});

const crashing = (how: string) => `
import { createServer } from 'node:http';
createServer((request, response) => {
  if (request.url === '/crash') ${how};
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
}).listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening'));
`;

const cases = (method: string) => `cases:
  - { id: before, serial: true, request: { path: /before } }
  - { id: crash, serial: true, request: { path: /crash, method: ${method} } }
${Array.from({ length: 6 }, (_, i) => `  - { id: later-${i}, request: { path: /later } }`).join('\n')}
`;

it.each([
  [
    'GET',
    `throw new TypeError('no \\x1b[31mroute for ${token}')`,
    'exited with code 1',
    /TypeError: no \\x1b\[31mroute for \*\*\*/,
  ],
  ['POST', `throw new TypeError('no route')`, 'exited with code 1', /TypeError: no route/],
  ['POST', `return process.exit(0)`, 'exited with code 0', /its last output: listening$/],
  ['POST', `return process.kill(process.pid, 'SIGKILL')`, 'was ended by SIGKILL', /its last output: listening$/],
])('a service that ends during the run is told of: %s, %s', async (method, how, ending, words) => {
  const { exitCode, cwd, stdout, reports } = await run(crashing(how), cases(method));
  const notes = newestReport(cwd).notes.filter((note) => note.startsWith('the service of'));
  const told = `${ending} during the run, about when s/crash was sent; its last output: `;
  expect([exitCode, notes]).toEqual([3, [expect.stringMatching(words)]]);
  expect(notes[0]).toContain(told);
  expect(stdout.replace(/\s+/g, ' ')).toContain(told);
  for (const name of ['report.md', 'report.html']) expect(readFileSync(join(reports, name), 'utf8')).toContain(told);
});

it('a service that lives to the end of the run is not told of', async () => {
  const { cwd } = await run(crashing(''), cases('GET'));
  expect(newestReport(cwd).notes.join()).not.toContain('the service of');
});
