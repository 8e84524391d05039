import { randomUUID } from 'node:crypto';
import { link, open, readFile, realpath, rename, rm, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { argv, pid } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { ParityError } from '../../errors.ts';
import { identityOf, isAlive, type ProcessIdentity } from '../../processes/identity.ts';
import { visible } from '../rows/escape.ts';
import { errnoOf, storageError } from './storage-error.ts';

/** What a lock file says of its holder. */
interface Holder extends ProcessIdentity {
  readonly token: string;
  readonly host: string;
  readonly startedAt: string;
  readonly command: string;
}

/** A lock that is held; `release` never throws. */
export interface Lock {
  readonly release: () => Promise<void>;
  /** False once somebody took it away. */
  readonly isHeld: () => Promise<boolean>;
}

/** Locks of this very run: a lock with our process id that is not here was left by one that had the same id. */
const held = new Set<string>();
const pollMs = 40;
/** A holder writes its name at once: a lock that stays unreadable for so long was left half-written. */
const unreadableMs = 2000;

/**
 * The file to lock, its name for people and how long to wait (ms) in, its lock out. The lock is beside the file as `.NAME.lock`.
 * Throws PX4101 if another process holds it for longer, PX4102 and PX4106 if the lock cannot be written.
 */
export async function lockFile(file: string, { name, waitMs }: { name: string; waitMs: number }): Promise<Lock> {
  const path = lockPath(file);
  const started = performance.now();
  for (;;) {
    const token = await take(path, name);
    if (token !== null) return { release: () => release(path, token), isHeld: () => isHeld(path, token) };
    const content = await readLock(path);
    const waited = performance.now() - started;
    if (content === null || (await isStale(content, waited))) {
      if (content !== null) await clear(path, content, name);
    } else if (waited > waitMs) {
      throw locked(name, path, holderOf(content));
    } else {
      await pause(pollMs * (0.5 + Math.random()));
    }
  }
}

/** Null if somebody else has it. */
async function take(path: string, name: string): Promise<string | null> {
  const token = randomUUID();
  const holder: Holder = {
    token,
    ...(await identityOf(pid)),
    host: hostname(),
    startedAt: new Date().toISOString(),
    command: commandLine(),
  };
  const content = `${JSON.stringify(holder)}\n`;
  const handle = await open(path, 'wx').catch((error: unknown) => {
    if (errnoOf(error) === 'EEXIST') return null;
    throw storageError(error, name, content.length);
  });
  if (handle === null) return null;
  held.add(token);
  try {
    await handle.writeFile(content).finally(() => handle.close());
  } catch (error) {
    held.delete(token);
    await rm(path, { force: true }).catch(() => {});
    throw storageError(error, name, content.length);
  }
  return token;
}

/** The program and its command; flags stay out, they may hold secrets. */
function commandLine(): string {
  const [, program = '', command = ''] = argv;
  return /^[a-z]+$/.test(command) ? `${basename(program)} ${command}` : basename(program);
}

/**
 * A file in, who held its lock out; null if it was not locked. A lock whose holder may be at work is taken away with `force` only.
 * Throws PX4101 if it is left in place, PX4106 if it cannot be read.
 */
export async function clearLock(
  file: string,
  { name, force }: { readonly name: string; readonly force: boolean },
): Promise<string | null> {
  const path = lockPath(await realpath(file).catch(() => file));
  const content = await readLock(path);
  if (content === null) return null;
  if (!force && !(await isStale(content, unreadableMs + 1))) throw locked(name, path, holderOf(content));
  await clear(path, content, name);
  return whoHolds(holderOf(content));
}

function lockPath(file: string): string {
  return join(dirname(file), `.${basename(file)}.lock`);
}

async function isHeld(path: string, token: string): Promise<boolean> {
  const content = await readLock(path).catch(() => null);
  return content !== null && holderOf(content)?.token === token;
}

async function release(path: string, token: string): Promise<void> {
  if (await isHeld(path, token)) await unlink(path).catch(() => {});
  held.delete(token);
}

async function readLock(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).slice(0, 4096);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw storageError(error, path);
  }
}

function holderOf(content: string): Holder | null {
  try {
    const value: unknown = JSON.parse(content);
    return isHolder(value) ? { ...value, born: typeof value.born === 'string' ? value.born : '' } : null;
  } catch {
    return null;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  const { pid: id, ...words } = value as Partial<Record<keyof Holder, unknown>>;
  const named = [words.token, words.host, words.startedAt].every((word) => typeof word === 'string');
  return named && Number.isSafeInteger(id) && Number(id) > 0;
}

async function isStale(content: string, waitedMs: number): Promise<boolean> {
  const holder = holderOf(content);
  if (holder === null) return waitedMs > unreadableMs;
  if (holder.host !== hostname()) return false;
  return holder.pid === pid ? !held.has(holder.token) : !(await isAlive(holder));
}

/** Moved aside first: of several that find the same stale lock, only one may remove it, and none a new one. */
async function clear(path: string, stale: string, name: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw storageError(error, name, stale.length);
  }
  if ((await readLock(aside)) !== stale) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

function locked(name: string, path: string, holder: Holder | null): ParityError {
  return new ParityError('PX4101', `${name} is locked ${whoHolds(holder)}`, {
    hint: `Wait for it to end; if it is gone, parity tracker unlock --force removes ${basename(path)}.`,
  });
}

function whoHolds(holder: Holder | null): string {
  if (holder === null) return 'by an unknown process';
  return `by process ${holder.pid} on ${short(holder.host)} since ${short(holder.startedAt)}`;
}

function short(text: string): string {
  return [...visible(text)].slice(0, 80).join('');
}
