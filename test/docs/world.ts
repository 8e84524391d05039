import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { loadCases } from '../../src/cases/read/load.ts';
import { loadConfig } from '../../src/config/load.ts';
import { startTwin } from '../../src/twins/twin.ts';
import { selfSigned } from '../rig/certificate.ts';
import { home } from './page.ts';
import { isPipeline } from './steps.ts';

/** What a command line of a page left behind. */
export interface Ended {
  readonly exitCode: number;
  /** Standard output, then standard error. */
  readonly output: string;
}

/** A folder with the files of one page, and the twins that its URLs mean. */
export interface World {
  /** Text of a page with the ports that are free here. */
  local(text: string): string;
  /** Writes a file of the page, and loads it if it is a configuration, a case file or a pipeline. Rejects with what is wrong. */
  write(name: string, text: string): Promise<void>;
  run(command: string, ci: boolean): Promise<Ended>;
  end(): Promise<void>;
}

/** Variables that pages name. */
const variables = { GO_TOKEN: 'a-token-of-the-pages', PROXY_PASSWORD: 'a-password-of-the-pages' };

/** Starts the twins and makes an empty folder. */
export async function makeWorld(): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), 'parity-docs-'));
  const [folder, bin] = [join(dir, 'page'), join(dir, 'bin')];
  await Promise.all([mkdir(join(folder, 'node_modules'), { recursive: true }), makeBin(bin)]);
  await symlink(home, join(folder, 'node_modules/parity-prober'));
  await writeCertificates(join(folder, 'pki'));
  const [rust, go] = await Promise.all([startTwin('rust'), startTwin('go')]);
  const local = (text: string) =>
    text.replaceAll(/3100|4110/g, (port) => new URL(port === '3100' ? rust.url : go.url).port);
  return {
    local,
    async write(name, text) {
      const path = join(folder, name);
      if (relative(folder, path).startsWith('..')) throw new Error(`${name} lies outside the folder of the page`);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, local(text));
      await load(name, folder);
    },
    run: (command, ci) => runLine(local(command), { folder, bin, ci }),
    async end() {
      await Promise.all([rust.close(), go.close()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** `parity` and `npx parity`, as a package that depends on this one has them. */
async function makeBin(bin: string): Promise<void> {
  await mkdir(bin);
  const start = `exec "${process.execPath}" "${join(home, 'dist/cli/main.js')}" "$@"`;
  await writeFile(join(bin, 'parity'), `#!/bin/sh\n${start}\n`, { mode: 0o755 });
  const npx = `#!/bin/sh\n[ "$1" = parity ] || exit 99\nshift\n${start}\n`;
  await writeFile(join(bin, 'npx'), npx, { mode: 0o755 });
}

/** Certificates that pages name. */
async function writeCertificates(dir: string): Promise<void> {
  const { cert, key } = selfSigned();
  await mkdir(dir);
  for (const [name, text] of [
    ['ca.pem', cert],
    ['client.pem', cert],
    ['client.key', key],
  ] as const)
    await writeFile(join(dir, name), text);
}

async function load(name: string, folder: string): Promise<void> {
  const path = join(folder, name);
  if (basename(name) === 'parity.yaml') await loadConfig({ config: path }, { cwd: folder, env: variables });
  else if (/^cases\/.*\.(?:yaml|json|jsonl)$/.test(name)) await loadCases([path], { root: folder, env: variables });
  else if (isPipeline(name) || /\.ya?ml$/.test(name)) parse(readFileSync(path, 'utf8'));
}

interface Shell {
  readonly folder: string;
  readonly bin: string;
  readonly ci: boolean;
}

function runLine(line: string, { folder, bin, ci }: Shell): Promise<Ended> {
  const path = `${bin}${delimiter}${process.env.PATH ?? ''}`;
  const env = { PATH: path, HOME: folder, LANG: 'C.UTF-8' };
  const child = spawn('sh', ['-c', line], {
    cwd: folder,
    env: { ...env, ...variables, ...(ci ? { CI: 'true' } : {}) },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 150_000,
  });
  const read = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (read.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (read.stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? -1, output: read.stdout + read.stderr }));
  });
}
