import { randomUUID } from 'node:crypto';
import { type FileHandle, lstat, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ParityError } from '../../errors.ts';
import { makeFolders } from '../../structures/make-folders.ts';
import { maxBytes } from '../limits.ts';
import { type Lock, lockFile } from './lock.ts';
import { errnoOf, storageError } from './storage-error.ts';

/** What an edit of a file gives: the new text, and what its caller wants to know. */
export interface Edited<T> {
  readonly text: string;
  readonly result: T;
}

/** Whether to write, and how patient to be. */
export interface RewriteOptions {
  readonly write: boolean;
  /** How long to wait for a lock that somebody holds, in ms. */
  readonly lockWaitMs: number;
  /** Told the text that is about to be replaced, null for no file; the file stays as it is if this throws. */
  readonly keep?: (text: string | null, lock: HeldLock) => Promise<void> | undefined;
  /** Called under the lock after the text was replaced, or where it stays and nothing is settled yet. After a replacement, what the system refuses here is left to the next run. */
  readonly settle?: (lock: HeldLock) => Promise<void>;
  /** Whether `settle` has nothing to do where the text stays as it is; true if absent. */
  readonly isSettled?: () => boolean;
}

/** The lock under which a file is written, for what is written beside it. */
export type HeldLock = Pick<Lock, 'isHeld'>;

/** A file as it was read. */
interface Snapshot {
  readonly bytes: Buffer;
  readonly text: string;
}

const attempts = 5;

/** A file's name in, its text out, or null if there is no such file. Throws PX4104 (no UTF-8) and PX4106 (cannot be read). */
export async function readFileText(file: string): Promise<string | null> {
  return (await readSnapshot(await targetOf(file), file))?.text ?? null;
}

/**
 * A file, and a pure function from its text (null: no such file) to its new text in; what the function said out.
 * Under a lock; if somebody writes the file meanwhile, the function is asked again with the new text, and only then. The same text is not written.
 * Throws PX4101 (locked), PX4102 (no space), PX4104 (no UTF-8), PX4106 (cannot be read or written), PX4107 (kept changing).
 */
export async function rewriteFile<T>(
  file: string,
  edit: (text: string | null) => Edited<T>,
  { write, ...options }: RewriteOptions,
): Promise<{ readonly written: boolean; readonly result: T }> {
  const target = await targetOf(file);
  const planner = plannerOf(edit);
  const first = await readSnapshot(target, file);
  const planned = planner(first);
  const isSettled = () => options.isSettled?.() ?? true;
  if (!write || (planned.text === first?.text && isSettled())) return { written: false, result: planned.result };
  await makeFolders(dirname(target)).catch((error: unknown) => {
    throw storageError(error, file, planned.text.length);
  });
  for (let attempt = 0; attempt < attempts; attempt++) {
    const done = await attemptOnce({ target, file, ...options }, planner).catch((error: unknown) => {
      // What the system refuses is not a bug, whatever was being written beside the file.
      throw errnoOf(error) === '' ? error : storageError(error, file, planned.text.length);
    });
    if (done !== null) return done;
  }
  throw new ParityError('PX4107', `${file} changed ${attempts} times while it was being written`, {
    hint: 'Close what keeps saving it, then run again. Nothing was written.',
  });
}

type Planner<T> = (found: Snapshot | null) => Edited<T>;

/** Under the lock the file is most often still what it was before: a long tracker is not worked through twice. */
function plannerOf<T>(edit: (text: string | null) => Edited<T>): Planner<T> {
  let last: { readonly found: Snapshot | null; readonly edited: Edited<T> } | null = null;
  return (found) => {
    if (last === null || !isSame(last.found, found)) last = { found, edited: edit(found?.text ?? null) };
    return last.edited;
  };
}

interface Attempt extends Omit<RewriteOptions, 'write'> {
  readonly target: string;
  readonly file: string;
}

/** Null if the file changed meanwhile, or somebody took the lock away from a process that slept. */
async function attemptOnce<T>({ target, file, lockWaitMs, keep, settle, isSettled }: Attempt, planner: Planner<T>) {
  const lock = await lockFile(target, { name: file, waitMs: lockWaitMs });
  try {
    const before = await readSnapshot(target, file);
    const { text, result } = planner(before);
    const stays = text === before?.text;
    if (stays && (isSettled?.() ?? true)) return { written: false, result };
    if (!stays) await keep?.(before?.text ?? null, lock);
    const isUnchanged = async () => isSame(before, await readSnapshot(target, file)) && (await lock.isHeld());
    const model = before === null ? null : target;
    const replacement = { target, file, model, mayReplace: isUnchanged };
    if (!stays && !(await replaceFile(replacement, Buffer.from(text)))) return null;
    if (stays) await settle?.(lock);
    else await tidyUp(async () => settle?.(lock));
    return { written: true, result };
  } finally {
    await lock.release();
  }
}

/** The file is written, and says what it should. Lines too many beside it do no harm, and the next run takes them away. */
async function tidyUp(step: () => Promise<void>): Promise<void> {
  await step().catch((error: unknown) => {
    const isRefusal = error instanceof ParityError || errnoOf(error) !== '';
    if (!isRefusal) throw error;
  });
}

/** A file that is replaced in one step. */
interface Replacement {
  readonly target: string;
  /** What people call it. */
  readonly file: string;
  /** The file whose owner and mode it gets; null for those of a new file. */
  readonly model: string | null;
  /** Asked right before the step. */
  readonly mayReplace: () => Promise<boolean>;
}

/** Writes a file in one step; false if it may not be replaced after all, and then nothing is written. Throws as `rewriteFile`. */
export async function replaceFile({ target, file, model, mayReplace }: Replacement, bytes: Buffer): Promise<boolean> {
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    await writeLike(model, temporary, bytes);
    if (!(await mayReplace())) return false;
    await rename(temporary, target);
    await syncFolder(dirname(target));
    return true;
  } catch (error) {
    throw storageError(error, file, bytes.length);
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

function isSame(a: Snapshot | null, b: Snapshot | null): boolean {
  return a === null || b === null ? a === b : a.bytes.equals(b.bytes);
}

async function writeLike(model: string | null, path: string, bytes: Buffer): Promise<void> {
  const like = model === null ? null : await stat(model);
  const handle = await open(path, 'wx', like === null ? 0o666 : 0o600);
  try {
    await handle.writeFile(bytes);
    if (like !== null) await keepOwner(handle, like);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function keepOwner(handle: FileHandle, { mode, uid, gid }: { mode: number; uid: number; gid: number }) {
  const own = await handle.stat();
  // Only root may give a file away; for everybody else the file becomes theirs, as with any editor.
  if (own.uid !== uid || own.gid !== gid) await handle.chown(uid, gid).catch(() => {});
  await handle.chmod(mode & 0o7777);
}

/** So that the new name survives a power loss; not every system can do it, and then nothing is lost but that. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close().catch(() => {});
}

/** Where a symbolic link leads; a link that leads nowhere is an error, not a file to make. */
export async function targetOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    const isLink = await lstat(file).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    if (errnoOf(error) === 'ENOENT' && !isLink) return resolve(file);
    throw storageError(error, file);
  }
}

async function readSnapshot(target: string, file: string): Promise<Snapshot | null> {
  try {
    const found = await stat(target);
    // Reading a pipe or a device could wait for ever.
    if (!found.isFile()) throw unfit(file, 'it is not a regular file');
    if (found.size > maxBytes) throw unfit(file, `${Math.ceil(found.size / 1024 / 1024)} MB are too many`);
    const bytes = await readFile(target);
    return { bytes, text: decoded(bytes, file) };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw storageError(error, file);
  }
}

function decoded(bytes: Buffer, file: string): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const again = Buffer.from(text);
  if (again.equals(bytes)) return text;
  const at = bytes.findIndex((byte, index) => byte !== again[index]);
  const line = bytes.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
  throw new ParityError('PX4104', `${file} is not valid UTF-8 at line ${line}`, {
    hint: 'Save the file as UTF-8, then run again. Nothing was written.',
    problems: [{ file, line, col: 1, message: 'bytes that are not UTF-8' }],
  });
}

function unfit(file: string, why: string): ParityError {
  return new ParityError('PX4106', `${file} cannot be a tracker: ${why}`, {
    hint: 'Name a Markdown file with --tracker FILE.',
  });
}
