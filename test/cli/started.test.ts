import { join } from 'node:path';
import { expect, it } from 'vitest';
import { answering, closedUrl, folder, parity } from './command.ts';

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
