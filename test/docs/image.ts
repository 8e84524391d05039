import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { home } from './page.ts';

/** A line of the Dockerfile: `RUN`, and what stands behind it. */
interface Instruction {
  readonly word: string;
  readonly text: string;
}

/** All instructions of the Dockerfile, lines that go on joined. */
export const instructions: readonly Instruction[] = readFileSync(join(home, 'Dockerfile'), 'utf8')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter(Boolean)
  .map((line) => ({ word: line.split(' ')[0]!, text: line.slice(line.indexOf(' ') + 1) }));

/** Of .dockerignore, in order: the last one that fits decides. */
const patterns = readFileSync(join(home, '.dockerignore'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => ({
    keeps: line.startsWith('!'),
    fits: new RegExp(`^${line.replace('!', '').replaceAll('.', '\\.').replaceAll('*', '[^/]*')}(?:/|$)`),
  }));

/** Whether Docker gets a path of the checkout. */
export function isSent(path: string): boolean {
  return patterns.findLast(({ fits }) => fits.test(path))?.keeps ?? true;
}

/** The last stage of the image as a folder. */
interface Image {
  readonly root: string;
  /** Runs what the image starts, as the user of the image where this process may become another. */
  start(args: readonly string[]): Promise<{ exitCode: number; output: string }>;
}

/** The user `node` of the images of Node. */
const user = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};

/** Carries out all instructions of the Dockerfile, with folders in the place of file systems. */
export function buildImage(): Image {
  // Not below TMPDIR, which other users cannot enter.
  const base = mkdtempSync('/tmp/parity-image-');
  chmodSync(base, 0o755);
  const stages: Stage[] = [];
  for (const instruction of instructions) {
    if (instruction.word === 'FROM') stages.push(newStage(instruction.text, join(base, String(stages.length))));
    else carryOut(instruction, stages.at(-1)!, stages);
  }
  const { root, workdir, entrypoint } = stages.at(-1)!;
  return { root, start: (args) => ended([...entrypoint, ...args], { root, cwd: join(root, workdir) }) };
}

interface Stage {
  readonly name: string | null;
  readonly root: string;
  workdir: string;
  entrypoint: readonly string[];
}

function newStage(text: string, root: string): Stage {
  for (const folder of ['tmp', 'opt', 'usr/local/bin']) mkdirSync(join(root, folder), { recursive: true });
  copyFileSync(process.execPath, join(root, 'usr/local/bin/node'));
  return { name: / AS (\w+)$/.exec(text)?.[1] ?? null, root, workdir: '/', entrypoint: [] };
}

function carryOut({ word, text }: Instruction, stage: Stage, stages: readonly Stage[]): void {
  const { root } = stage;
  if (word === 'WORKDIR') {
    stage.workdir = text;
    mkdirSync(join(root, text), { recursive: true });
  } else if (word === 'RUN') {
    const line = text.replaceAll(/(?<=\s)\/(?=\w)/g, `${root}/`);
    // What was installed for these tests is in the cache of npm: no test depends on a network then.
    const env = { ...process.env, npm_config_prefer_offline: 'true' };
    execFileSync('sh', ['-ec', line], { cwd: join(root, stage.workdir), stdio: ['ignore', 'ignore', 'pipe'], env });
  } else if (word === 'COPY') copy(text, stage, stages);
  else if (word === 'ENTRYPOINT') stage.entrypoint = JSON.parse(text) as string[];
  else if (word !== 'USER') throw new Error(`the test cannot carry out ${word}`);
}

function copy(text: string, { root, workdir }: Stage, stages: readonly Stage[]): void {
  const [, from, rest] = /^(?:--from=(\w+) )?(.+)$/.exec(text)!;
  const words = rest!.split(' ');
  const to = words.pop()!;
  const target = to.startsWith('/') ? join(root, to) : join(root, workdir, to);
  const source = from === undefined ? home : stages.find(({ name }) => name === from)!.root;
  const filter = (path: string) => from !== undefined || path === home || isSent(relative(home, path));
  for (const word of words) {
    const isFile = to.endsWith('/') && word !== '.';
    cpSync(join(source, word), isFile ? join(target, basename(word)) : target, { recursive: true, filter });
  }
}

function ended([file, ...args]: readonly string[], { root, cwd }: { root: string; cwd: string }) {
  const bin = join(root, 'usr/local/bin');
  const child = spawn(join(bin, file!), args, {
    cwd,
    ...user,
    env: { PATH: `${bin}:/usr/bin:/bin`, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 150_000,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise<{ exitCode: number; output: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? -1, output }));
  });
}
