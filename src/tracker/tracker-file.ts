import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { ParityError } from '../errors.ts';
import {
  type Edited,
  type HeldLock,
  type RewriteOptions,
  readFileText,
  replaceFile,
  rewriteFile,
  targetOf,
} from './file/atomic-write.ts';
import { errnoOf, storageError } from './file/storage-error.ts';
import { maxBytes } from './limits.ts';
import {
  keptLines,
  parseStateLines,
  type StateLines,
  spellStateLines,
  splitState,
  withState,
} from './markdown/state-lines.ts';
import type { TableOptions } from './rows/columns.ts';

/*
 * A tracker is a pair of files: the Markdown that people read, and beside it `NAME.state` with what its rows remember. A row names its line
 * there by a number that comes from the line itself. So the Markdown alone decides: lines that it needs are written before it, and those
 * that it no longer needs are taken away after it, but for the line before of each row. A process that is killed in between leaves too many lines, never a wrong one.
 */

const readings = 5;

/** A tracker file and where its table stands in, its text with what the rows remember out; null if there is no such file. Throws PX4103 to PX4106. */
export async function readTrackerText(file: string, options: TableOptions): Promise<string | null> {
  const target = await targetOf(file);
  for (let reading = 1; ; reading++) {
    const text = await readFileText(file);
    if (text === null) return null;
    const whole = withState(text, readState(target), { file, options });
    // Somebody may have written both files in between.
    if (!whole.includes('<!-- state: ') || reading === readings || text === (await readFileText(file))) return whole;
  }
}

interface TrackerRewrite extends Pick<RewriteOptions, 'write' | 'lockWaitMs'> {
  readonly table: TableOptions;
  /** Told the text that is about to be replaced; nothing is written if this throws. */
  readonly keep?: (text: string | null) => Promise<void> | undefined;
}

/** As `rewriteFile`, of a tracker: `edit` is given and returns the text with what the rows remember. */
export async function rewriteTracker<T>(
  file: string,
  edit: (text: string | null) => Edited<T>,
  { table: options, keep, ...rest }: TrackerRewrite,
): Promise<{ readonly written: boolean; readonly result: T }> {
  const target = await targetOf(file);
  let wanted: StateLines = new Map();
  let [before, whole]: [string | null, string | null] = [null, null];
  const editPair = (found: string | null): Edited<T> => {
    before = found;
    whole = found && withState(found, readState(target), { file, options });
    const { text, result } = edit(whole);
    const split = splitState(text, { file, options });
    wanted = split.lines;
    return { text: split.text, result };
  };
  return rewriteFile(file, editPair, {
    ...rest,
    keep: async (_, lock) => {
      await keep?.(whole);
      await writeState(target, new Map([...readState(target), ...wanted]), lock);
    },
    settle: (lock) => writeState(target, keptLines(wanted, { there: readState(target), before: before ?? '' }), lock),
    isSettled: () => {
      const there = readState(target);
      return [...wanted.keys()].every((number) => there.has(number));
    },
  });
}

/** What the file of a tracker would say if its text, with what the rows remember, were this. */
export function textInFile(text: string, file: string, options: TableOptions): string {
  return splitState(text, { file, options }).text;
}

/** The name of the file that holds what the rows of a tracker remember. */
export function statePath(tracker: string): string {
  return `${tracker}.state`;
}

/** None where there is no such file. Throws PX4106 if it cannot be read. */
function readState(tracker: string): StateLines {
  const path = statePath(tracker);
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > maxBytes)
      throw new ParityError('PX4106', `${path} cannot be read: it is not a regular file of less than 64 MB`, {
        hint: `Move it away: rows of ${basename(tracker)} stay open until runs have seen them again.`,
      });
    return parseStateLines(readFileSync(path, 'utf8'));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return new Map();
    throw storageError(error, path);
  }
}

/** Not written where nothing changes, or where there is nothing to write. */
async function writeState(tracker: string, lines: StateLines, lock: HeldLock): Promise<void> {
  const path = statePath(tracker);
  const isThere = existsSync(path);
  const text = spellStateLines(lines);
  if (isThere ? readFileSync(path, 'utf8') === text : lines.size === 0) return;
  const model = [path, tracker].find((one) => existsSync(one)) ?? null;
  await replaceFile({ target: path, file: path, model, mayReplace: lock.isHeld }, Buffer.from(text));
}
