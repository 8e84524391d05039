import { join } from 'node:path';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { caseReader } from './case-codec.ts';
import { runLogName } from './lines/files.ts';
import { type FileLine, linesOf, parseLine } from './record-lines.ts';
import type { RecordedCase, RunFooter, RunHeader } from './types.ts';
import { isRunFooter, isRunHeader } from './validate.ts';

/** Takes the cases of a record as they stand in it. */
export type TakeCase = (runCase: RecordedCase, line: FileLine) => void;

/** What a record holds beside its cases. */
export interface Scanned {
  readonly header: RunHeader;
  /** Null if the run was cut off. */
  readonly footer: RunFooter | null;
  /** How many bytes come before the footer, or before the line that was torn. */
  readonly end: number;
}

/** A ParityError PX2501 of a file that is not the record of a run. */
export const notOurs = (path: string, why: string, cause?: unknown): ParityError =>
  new ParityError('PX2501', `${terminalText(path)} is not the record of a run: ${why}`, {
    hint: 'name a run folder that holds a run.jsonl, or "latest"',
    cause,
  });

async function* recordLines(path: string): AsyncGenerator<FileLine> {
  try {
    yield* linesOf(path);
  } catch (error) {
    throw notOurs(path, error instanceof RangeError ? error.message : 'it cannot be read', error);
  }
}

interface Scanning {
  header: RunHeader | null;
  footer: RunFooter | null;
  take: TakeCase;
  readonly caseOf: (line: string) => RecordedCase | null;
}

/** Takes one line in; false if it has no place there. */
const takeLine = (into: Scanning, line: FileLine, begin: (header: RunHeader) => TakeCase): boolean => {
  if (into.footer !== null) return false;
  const runCase = into.header === null ? null : into.caseOf(line.text);
  if (runCase !== null) {
    into.take(runCase, line);
    return true;
  }
  const value = parseLine(line.text);
  if (into.header !== null) {
    if (isRunFooter(value)) into.footer = value;
    return into.footer !== null;
  }
  if (!isRunHeader(value)) return false;
  into.header = value;
  into.take = begin(value);
  return true;
};

/**
 * Reads `run.jsonl` in the run folder `dir` line by line, and gives its cases to what `begin` makes of its header. A torn last line
 * is dropped, and with `wholeLines` one without its line feed, too. Throws ParityError PX2501 if the file is missing or not a run's.
 */
export const scanRecord = async (
  dir: string,
  { wholeLines }: { readonly wholeLines: boolean },
  begin: (header: RunHeader) => TakeCase,
): Promise<Scanned> => {
  const path = join(dir, runLogName);
  const into: Scanning = { header: null, footer: null, take: () => {}, caseOf: caseReader() };
  let end = 0;
  for await (const line of recordLines(path)) {
    if (wholeLines && !line.whole) break;
    const taken = takeLine(into, line, begin);
    if (taken && into.footer === null) end = line.end;
    if (!taken && (line.whole || into.footer !== null)) throw notOurs(path, `line ${line.number} has no place in one`);
  }
  if (into.header === null) throw notOurs(path, 'it has no header line');
  return { header: into.header, footer: into.footer, end };
};
