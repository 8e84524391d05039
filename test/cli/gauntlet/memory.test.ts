import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { folder, parity } from '../command.ts';
import { gauntletsIn, newest } from './gauntlet.ts';

const told = `process.on('exit', () => require('node:fs').writeFileSync('peak.txt', String(process.resourceUsage().maxRSS)))`;
const gigabyte = 'echo first; yes 0123456789abcdef0123456789abcde | head -c 1000000000; echo last; exit 1';

it('a check and a gate that print a gigabyte each are not held: head and tail are kept, and how much was left out', async () => {
  const check = { name: 'd1', shell: gigabyte, timeout: '2m' };
  const gate = { id: 'G1', title: 'a gate', command: ['sh', '-c', gigabyte], timeout: '2m' };
  const cwd = await folder({
    'gauntlet.yaml': JSON.stringify({ smoke: [check], assess: { gates: [gate] } }),
    'told.cjs': told,
  });
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const env = { NODE_OPTIONS: `--require ${join(cwd, 'told.cjs')}` };
  const { exitCode, stdout, stderr } = await parity(['gauntlet', '--reporter', 'junit'], { cwd, env });
  expect([exitCode, gauntletsIn(cwd).length], stderr).toEqual([1, 1]);
  expect(stdout).toContain('--- 0 PASS / 1 FAIL ---\n');
  for (const log of ['smoke/d1.log', 'assess/1.log']) {
    const text = newest(cwd, log);
    expect(text).toMatch(/\n\nfirst\n0123.*\n\[9999\d{5} bytes left out\]\n.*e\nlast\n$/s);
    expect(text.length).toBeLessThan(40_000);
  }
  expect(newest(cwd, 'junit.xml').length).toBeLessThan(50_000);
  // It is 90 to 150, by the Node and by when it collects; output that is held comes on top of that, all 2,000 MB.
  expect(Number(readFileSync(join(cwd, 'peak.txt'), 'utf8')) / 1024).toBeLessThan(400);
});
