import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { home } from './page.ts';

interface Manifest {
  readonly name: string;
  readonly bin: { readonly parity: string };
  readonly dependencies: Readonly<Record<string, string>>;
}

let folder = '';

/** Packs what was built, and installs it as npm would: unpacked, its dependencies beside it. No registry is asked. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parity-package-'));
  const options = { cwd: home, stdio: 'pipe' } as const;
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], options);
  const [file = ''] = readdirSync(folder).filter((name) => /^parity-prober-.*\.tgz$/.test(name));
  const { name, dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest;
  const at = join(folder, 'node_modules', name);
  mkdirSync(at, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, file), '-C', at, '--strip-components=1'], options);
  for (const one of Object.keys(dependencies)) {
    const link = join(folder, 'node_modules', one);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(home, 'node_modules', one), link);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function installed(...args: readonly string[]): string {
  const at = join(folder, 'node_modules', 'parity-prober');
  const { bin } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as Manifest;
  const env = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' };
  return execFileSync(process.execPath, [join(at, bin.parity), ...args], { cwd: folder, env, encoding: 'utf8' });
}

it('what npm pack makes works in a folder of its own', () => {
  expect(installed('init')).toContain('wrote  parity.yaml\n');
  expect(installed('run', '--dry-run')).toBe('first/health\n  GET /health\n');
  expect(installed('demo', '--no-tracker')).toContain('6/6 status codes match · 5/6 body shapes diverge');
});
