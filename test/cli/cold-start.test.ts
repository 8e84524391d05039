import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answering, type Fixed, folder, parity } from './command.ts';

/** Kilobytes of our JavaScript that a command line has loaded by its end. */
async function loaded(args: readonly string[], cwd: string): Promise<number> {
  const NODE_V8_COVERAGE = mkdtempSync(join(tmpdir(), 'parity-loaded-'));
  const { exitCode, stderr } = await parity(args, { cwd, env: { NODE_V8_COVERAGE } });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const [report] = readdirSync(NODE_V8_COVERAGE).map((name) => readFileSync(join(NODE_V8_COVERAGE, name), 'utf8'));
  const { result } = JSON.parse(report ?? '') as { result: { url: string }[] };
  const files = result.filter(({ url }) => url.startsWith('file:')).map(({ url }) => fileURLToPath(url));
  return files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000;
}

const servers: Fixed[] = [];
beforeAll(async () => {
  servers.push(await answering({ body: '{"is":"up"}' }), await answering({ body: '{"is": "up"}' }));
});
afterAll(() => Promise.all(servers.map((server) => server.close())));

const targets = () => ['a', 'b'].flatMap((name, at) => ['--target', `${name}=${servers[at]!.url}`]);

it('a question for the version loads next to nothing', async () => {
  const size = await loaded(['--version'], await folder());
  expect(size).toBeGreaterThan(1);
  expect(size).toBeLessThan(20);
});

it('a run of lines that a program wrote, in which all match, loads neither parsers of configuration nor what knows of drift', async () => {
  const dir = await folder({ 'cases.jsonl': '{"id":"up","request":{"path":"/up"}}\n' });
  const args = ['run', '--cases', 'cases.jsonl', '--no-tracker', ...targets()];
  // It is about 499, of which 43 are commander; the XML parser is 27, the YAML reader, the schemas of cases or the drift classes are 100 each, at least.
  expect(await loaded(args, dir)).toBeLessThan(515);
});
