import { statSync } from 'node:fs';
import { join } from 'node:path';
import { caseReader } from './case-codec.ts';
import { answersName, errorCode, runLogName } from './lines/files.ts';
import { lineIndex } from './lines/line-index.ts';
import { linesOf, parseLine } from './record-lines.ts';
import { notOurs, type Scanned, scanRecord } from './scan.ts';
import type { KeptAnswers, ResumableCase } from './types.ts';
import { isKeptAnswers } from './validate.ts';

/** What a run has left behind, to go on with. Its cases stay in its files: some sixty bytes of memory for each. */
export interface Unfinished extends Pick<Scanned, 'header' | 'footer'> {
  readonly dir: string;
  /** A case as it stands last in the record, with the answers to it as far as they were kept; null if it is not there. Throws ParityError PX2501. */
  find(id: string): ResumableCase | null;
  /** It was begun to send a case that may not be sent twice, and nothing tells what came of it. Throws ParityError PX2501. */
  isOpen(id: string): boolean;
  /** Bytes of the record before it was read. */
  readonly size: number;
  /** Bytes of each file that hold. */
  readonly end: { readonly lines: number; readonly answers: number };
}

/** Stands among the answers before those to the case come, where it may not be sent twice. */
export function begunText(id: string): string {
  return JSON.stringify({ id, exchanges: {} } satisfies KeptAnswers);
}

function answersIn(text: string): KeptAnswers | null {
  const value = parseLine(text);
  return isKeptAnswers(value) ? value : null;
}

/** Reads the answers that a run kept beside its record. Throws ParityError PX2501. */
async function readAnswers(dir: string) {
  const path = join(dir, answersName);
  const index = lineIndex(path, answersIn);
  let end = 0;
  try {
    for await (const line of linesOf(path)) {
      const answers = line.whole ? answersIn(line.text) : null;
      if (answers === null) break;
      index.add(answers.id, line);
      end = line.end;
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw notOurs(path, 'it cannot be read', error);
  }
  return { index, end };
}

/** Reads a run as `readRun` does, but for a last line without its line feed, and with the answers that it kept beside its record. Throws ParityError PX2501. */
export async function readUnfinished(dir: string): Promise<Unfinished> {
  const path = join(dir, runLogName);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const lines = lineIndex(path, caseReader());
  const { header, footer, end } = await scanRecord(
    dir,
    { wholeLines: true },
    () =>
      ({ id }, line) =>
        lines.add(id, line),
  );
  const answers = await readAnswers(dir);
  const reading = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      throw notOurs(path, 'it changed, or cannot be read', error);
    }
  };
  return {
    ...{ dir, header, footer, size },
    end: { lines: end, answers: answers.end },
    find: (id) =>
      reading(() => {
        const runCase = lines.find(id);
        if (runCase === null || runCase.exchanges !== null) return runCase;
        return { ...runCase, exchanges: answers.index.find(id)?.exchanges ?? null };
      }),
    isOpen: (id) => reading(() => lines.find(id) === null && answers.index.find(id) !== null),
  };
}
