import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { RunningTwin } from '../../../src/twins/twin.ts';
import { build, type Command, startService } from '../process.ts';

/** A toolchain: how to see that it is there, and what makes its servers ready to start. */
interface Toolchain {
  readonly probe: readonly [command: string, ...args: string[]];
  readonly folder: string;
  readonly builds: readonly (readonly [command: string, ...args: string[]])[];
  /** Where the builds only install what a file names, that file, and where its text is kept once they have. */
  readonly installs?: { readonly from: string; readonly done: string };
}

/** One implementation of the catalogue. */
export interface CatalogServer {
  readonly name: string;
  readonly toolchain: string;
  /** The command that starts it in its toolchain's folder; its only further argument is the port. */
  readonly start: readonly [command: string, ...args: string[]];
  /** Its headers come out of a hash map: in another order from each process. */
  readonly shuffles?: boolean;
}

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

const toolchains: Readonly<Record<string, Toolchain>> = {
  cargo: {
    probe: ['cargo', '--version'],
    folder: 'rust',
    builds: [['cargo', 'build', '--release', '--quiet']],
  },
  go: { probe: ['go', 'version'], folder: 'go', builds: [['go', 'build', '-o', 'bin/', './...']] },
  python: {
    probe: ['python3', '-c', 'import venv, ensurepip'],
    folder: 'python',
    builds: [
      ['python3', '-m', 'venv', '.venv'],
      ['.venv/bin/pip', 'install', '--quiet', '--requirement', 'requirements.txt'],
    ],
    installs: { from: 'requirements.txt', done: '.venv/installed' },
  },
  npm: {
    probe: ['npm', '--version'],
    folder: 'node',
    builds: [['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund']],
    installs: { from: 'package-lock.json', done: 'node_modules/.installed' },
  },
  maven: { probe: ['mvn', '--version'], folder: 'java', builds: [['mvn', '--batch-mode', '--quiet', 'package']] },
};

/** The eight implementations; in a pair, the one that stands first is the reference. */
export const servers: readonly CatalogServer[] = [
  { name: 'axum', toolchain: 'cargo', start: ['target/release/catalog-axum'] },
  { name: 'actix', toolchain: 'cargo', start: ['target/release/catalog-actix'], shuffles: true },
  { name: 'nethttp', toolchain: 'go', start: ['bin/nethttp', '-port'] },
  { name: 'chi', toolchain: 'go', start: ['bin/chi', '-port'] },
  { name: 'fastapi', toolchain: 'python', start: ['.venv/bin/python', 'main.py'] },
  { name: 'express', toolchain: 'npm', start: ['node', 'express.mjs'] },
  { name: 'fastify', toolchain: 'npm', start: ['node', 'fastify.mjs'] },
  { name: 'javalin', toolchain: 'maven', start: ['java', '-jar', 'target/catalog.jar'] },
];

/** Whether the server's toolchain answers on this machine. */
export function hasToolchain({ toolchain }: CatalogServer): boolean {
  const [command, ...args] = toolchains[toolchain]!.probe;
  return spawnSync(command, args).status === 0;
}

function commandIn(folder: string, [command, ...args]: CatalogServer['start']): Command {
  const path = command.includes('/') ? `${FOLDER}${folder}/${command}` : command;
  return { cwd: `${FOLDER}${folder}`, command: path, args };
}

const built = new Map<string, Promise<void>>();

async function buildAll({ folder, builds, installs }: Toolchain): Promise<void> {
  const wanted = installs === undefined ? null : await readFile(`${FOLDER}${folder}/${installs.from}`, 'utf8');
  const done = `${FOLDER}${folder}/${installs?.done}`;
  if (wanted !== null && (await readFile(done, 'utf8').catch(() => null)) === wanted) return;
  for (const one of builds) await build(commandIn(folder, one));
  if (wanted !== null) await writeFile(done, wanted);
}

/** Builds (once in this run, with what the registries give) and starts a server on a free port of 127.0.0.1. */
export async function startCatalog({ toolchain, start }: CatalogServer): Promise<RunningTwin> {
  const tools = toolchains[toolchain]!;
  const building = built.get(toolchain) ?? buildAll(tools);
  built.set(toolchain, building);
  await building;
  const { cwd, command, args } = commandIn(tools.folder, start);
  return startService({ cwd, command, args: [...args, '0'] });
}
