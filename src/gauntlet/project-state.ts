import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, readFile, readlink } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { loadTracker } from '../config/load.ts';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { statePath } from '../tracker/tracker-file.ts';
import type { GauntletFile } from './gauntlet-file.ts';
import { maxGitBytes, maxGitMs, maxHashedBytes, maxNamedFiles } from './limits.ts';
import { writeNew } from './new-file.ts';

/** The commit of a project, and what is not committed. */
export interface ProjectState {
  /** Null without git, or without a commit. */
  readonly commit: string | null;
  /** Hash over what is not committed; null if nothing, or without git. */
  readonly dirty: string | null;
  /** Hash of each file that is not committed, by path. */
  readonly files: ReadonlyMap<string, string>;
}

const runFile = promisify(execFile);

/** Takes the gauntlet file and the folder of reports; returns the state of all that git does not ignore and the gauntlet itself does not write. */
export async function readProjectState(file: GauntletFile, reports: string): Promise<ProjectState> {
  const { root } = file;
  const own = await ownOutputs(file, reports);
  const top = (await git(root, ['rev-parse', '--show-toplevel']))?.trimEnd();
  if (top === undefined) return { commit: null, dirty: null, files: new Map() };
  const commit = (await git(root, ['rev-parse', '--verify', 'HEAD']))?.trimEnd() ?? null;
  const status = await git(top, ['status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=all']);
  const entries = (status ?? '').split('\0').filter((entry) => entry !== '');
  const files = new Map<string, string>();
  for (const entry of entries) {
    const path = join(top, entry.slice(3));
    if (own.some((one) => isWithin(path, one))) continue;
    files.set(entry.slice(3), `${entry.slice(0, 2)} ${await contentHash(path)}`);
  }
  const all = createHash('sha256');
  for (const [path, hash] of files) all.update(`${path}\0${hash}\0`);
  return { commit, dirty: files.size === 0 ? null : all.digest('hex'), files };
}

/** What the gauntlet itself writes. */
async function ownOutputs({ root, parity }: GauntletFile, reports: string): Promise<string[]> {
  return [reports, ...(parity === undefined ? [] : await runOutputs(resolve(root, parity.config), root))];
}

/** What was committed since a commit beside what the gauntlet itself writes, as the end of a sentence; null if nothing. */
export async function committedSince(file: GauntletFile, reports: string, commit: string): Promise<string | null> {
  const { root } = file;
  const now = (await git(root, ['rev-parse', '--verify', 'HEAD']))?.trimEnd();
  if (now === commit) return null;
  const top = (await git(root, ['rev-parse', '--show-toplevel']))?.trimEnd();
  const isCommit = /^[0-9a-f]{40,64}$/.test(commit);
  const diff = isCommit ? await git(root, ['diff', '--name-only', '--no-renames', '-z', commit, 'HEAD', '--']) : null;
  if (diff === null || top === undefined) return `the commit ${shortCommit(commit)} is not in this repository`;
  const own = await ownOutputs(file, reports);
  const paths = diff.split('\0').filter((path) => path !== '' && !own.some((one) => isWithin(join(top, path), one)));
  return paths.length === 0 ? null : changedFiles(paths);
}

function changedFiles(paths: readonly string[]): string {
  const named = paths.slice(0, maxNamedFiles).map(terminalText).join(', ');
  return paths.length > maxNamedFiles
    ? `${named} and ${paths.length - maxNamedFiles} more files changed`
    : `${named} changed`;
}

/** The folder of runs, the tracker, and what its rows remember; none where the configuration cannot be read, which the run says. */
async function runOutputs(config: string, root: string): Promise<string[]> {
  try {
    const { out, tracker } = await loadTracker({ config }, root);
    return tracker === null ? [out] : [out, tracker, statePath(tracker)];
  } catch (error) {
    if (error instanceof ParityError) return [];
    throw error;
  }
}

/** What differs between two states, as the end of a sentence; null if nothing. */
export function projectChange(before: ProjectState, after: ProjectState): string | null {
  if (before.commit !== after.commit) return `commit ${shortCommit(before.commit)} became ${shortCommit(after.commit)}`;
  if (before.dirty === after.dirty) return null;
  const paths = [...new Set([...before.files.keys(), ...after.files.keys()])].filter(
    (path) => before.files.get(path) !== after.files.get(path),
  );
  return changedFiles(paths);
}

function shortCommit(commit: string | null): string {
  return commit === null ? 'none' : commit.slice(0, 12);
}

/** Null where git is not there, or refuses. It writes nothing, and runs no program that the repository names. */
async function git(cwd: string, args: readonly string[]): Promise<string | null> {
  const options = { cwd, maxBuffer: maxGitBytes, timeout: maxGitMs };
  const result = await runFile('git', ['--no-optional-locks', '-c', 'core.fsmonitor=false', ...args], options).catch(
    () => null,
  );
  return result?.stdout ?? null;
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}

async function contentHash(path: string): Promise<string> {
  try {
    const found = await lstat(path);
    if (found.isSymbolicLink()) return `link ${await readlink(path)}`;
    if (!found.isFile()) return 'no file';
    if (found.size > maxHashedBytes) return `${found.size} ${found.mtimeMs}`;
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  } catch {
    return 'absent';
  }
}

const startSchema = z.object({
  commit: z.string().nullable(),
  dirty: z.string().nullable(),
  phases: z.array(z.string()),
});

/** What a gauntlet set out to do, and in which state the project was then. */
export type GauntletStart = z.output<typeof startSchema>;

/** Writes `start.json` into the folder of a gauntlet. */
export async function writeStart(folder: string, { commit, dirty }: ProjectState, phases: readonly string[]) {
  const start: GauntletStart = { commit, dirty, phases: [...phases] };
  await writeNew(join(folder, 'start.json'), `${JSON.stringify(start, null, 2)}\n`);
}

/** Null for a folder without one that can be read. */
export async function readStart(folder: string): Promise<GauntletStart | null> {
  try {
    return startSchema.parse(JSON.parse(await readFile(join(folder, 'start.json'), 'utf8')));
  } catch {
    return null;
  }
}
