import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ParityError } from '../../errors.ts';

/** Name of the record inside a run folder. */
export const runLogName = 'run.jsonl';
/** Name of the answers to matching cases, beside the record: only there while a run can be resumed or merged. */
export const answersName = 'answers.jsonl';
/** Folder of the bodies that are too long for the record. */
export const bodiesName = 'bodies';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than allowed',
  EACCES: 'permission is denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'there is a folder of that name',
  EEXIST: 'there is a file of that name already',
  ENOTEMPTY: 'there is a folder of that name',
  ENOENT: 'a folder of the path is gone',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
};

/** Stable code of a file-system error (`ENOSPC`), or an empty text. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Why the system refused, with its code: `permission is denied (EACCES)`. */
export const refusalText = (error: unknown): string => {
  const code = errorCode(error);
  const why = reasons[code] ?? (code === '' && error instanceof Error ? error.message : 'the system refused');
  return `${why}${code === '' ? '' : ` (${code})`}`;
};

/** A ParityError PX4201 that names `path` and why the system refused; one that is a ParityError already stays. */
export const storeError = (path: string, error: unknown): ParityError => {
  if (error instanceof ParityError) return error;
  return new ParityError('PX4201', `cannot store ${path}: ${refusalText(error)}`, {
    hint: 'make room there, or name another folder with --out',
    cause: error,
  });
};

/** No system refuses with such an error: what was to be stored could not be made. */
const isBug = (error: unknown): boolean =>
  errorCode(error) === '' && [TypeError, RangeError, ReferenceError].some((type) => error instanceof type);

/** What `act` gives; a failure of it becomes a ParityError PX4201 that names `path` and the reason. */
export const storing = async <T>(path: string, act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    throw isBug(error) ? error : storeError(path, error);
  }
};

/** As `storing`, of what is done at once. */
export const storingSync = <T>(path: string, act: () => T): T => {
  try {
    return act();
  } catch (error) {
    throw isBug(error) ? error : storeError(path, error);
  }
};

/** A name next to `path` that nobody uses, on the same file system. */
export const siblingName = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);

/** Forces a file to the disk. Newer Nodes forbid that under their permission model: then the system does it in its own time. */
export const flush = (file: FileHandle): Promise<void> =>
  file.sync().catch((error: unknown) => {
    if (errorCode(error) !== 'ERR_ACCESS_DENIED') throw error;
  });

/** So many characters are written at once. */
const fullBatch = 256 * 1024;

/** The parts joined to texts of 256 KiB and more, the last one shorter. */
export function* batches(parts: Iterable<string>): Generator<string> {
  let waiting = '';
  for (const part of parts) {
    waiting += part;
    if (waiting.length < fullBatch) continue;
    yield waiting;
    waiting = '';
  }
  yield waiting;
}

const writeSynced = async (path: string, parts: Iterable<string>): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    // One buffer for all of a long file: new ones would pile up until they are collected.
    const room = Buffer.allocUnsafeSlow(4 * fullBatch);
    for (const text of batches(parts)) {
      // A UTF-16 unit takes three bytes at most.
      const isShort = 3 * text.length <= room.length;
      await file.writeFile(isShort ? room.subarray(0, room.write(text)) : text, 'utf8');
    }
    await flush(file);
  } finally {
    await file.close();
  }
};

/** Writes the whole file, part after part, or leaves the old one as it was. Throws ParityError PX4201. */
export const writeWhole = (path: string, parts: Iterable<string>): Promise<void> =>
  storing(path, async () => {
    const beside = siblingName(path);
    try {
      await writeSynced(beside, parts);
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  });
