import { join } from 'node:path';
import { ParityError } from '../errors.ts';
import { type CaseIndex, candidatesOf, caseIndex, isLetGo } from './case-index.ts';
import { terminalText } from './escape.ts';
import type { RunCase, RunFooter, RunHeader, RunRecord } from './record.ts';
import { isKeptAnswers, isRunCase, isRunFooter, isRunHeader } from './record-checks.ts';
import { type FileLine, jsonOf, linesOf } from './record-lines.ts';
import { answersName, errorCode, runLogName } from './store.ts';

const notOurs = (path: string, why: string, cause?: unknown): ParityError =>
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

interface Gathered {
  header: RunHeader | null;
  footer: RunFooter | null;
  readonly cases: Map<string, RunCase>;
  /** Matching cases are let go once there are more than this. */
  readonly mostMatching: number;
  candidates: readonly string[];
  index: CaseIndex | null;
  /** Matching cases that are in `cases`; null once they are let go. */
  matching: number | null;
}

/** Takes the line of a case in. */
const takeCase = (into: Gathered, runCase: RunCase, line: FileLine): void => {
  const { cases, candidates } = into;
  into.index?.add(runCase, line);
  const letsGo = into.index !== null && isLetGo(runCase, candidates);
  if (letsGo && into.matching === null) {
    cases.delete(runCase.id);
    return;
  }
  cases.set(runCase.id, runCase);
  if (!letsGo || into.matching === null || ++into.matching <= into.mostMatching) return;
  into.matching = null;
  for (const [id, one] of cases) if (isLetGo(one, candidates)) cases.delete(id);
};

/** Takes one line in; false if it has no place there. */
const take = (into: Gathered, value: unknown, line: FileLine): boolean => {
  if (into.footer !== null) return false;
  if (into.header === null) {
    into.header = isRunHeader(value) ? value : null;
    into.candidates = into.header === null ? [] : candidatesOf(into.header);
    if (Number.isFinite(into.mostMatching)) into.index = caseIndex(into.candidates);
    return into.header !== null;
  }
  if (isRunFooter(value)) into.footer = value;
  else if (isRunCase(value)) takeCase(into, value, line);
  else return false;
  return true;
};

const byId = (a: RunCase, b: RunCase): number => (a.id < b.id ? -1 : 1);

/** A record, and how many of its bytes come before its footer, or before the line that was torn. */
interface ReadRecord {
  readonly record: RunRecord;
  readonly end: number;
}

interface Reading {
  readonly wholeLines: boolean;
  readonly mostMatching: number;
}

const readRecord = async (dir: string, { wholeLines, mostMatching }: Reading): Promise<ReadRecord> => {
  const path = join(dir, runLogName);
  const empty = { header: null, footer: null, cases: new Map<string, RunCase>() };
  const gathered: Gathered = { ...empty, mostMatching, candidates: [], index: null, matching: 0 };
  let end = 0;
  for await (const line of recordLines(path)) {
    if (wholeLines && !line.whole) break;
    const taken = take(gathered, jsonOf(line.text), line);
    if (taken && gathered.footer === null) end = line.end;
    if (!taken && (line.whole || gathered.footer !== null))
      throw notOurs(path, `line ${line.number} has no place in one`);
  }
  if (gathered.header === null) throw notOurs(path, 'it has no header line');
  const cases = [...gathered.cases.values()].sort(byId);
  const matching = gathered.matching === null ? gathered.index?.matching(path) : undefined;
  const record = { header: gathered.header, cases, footer: gathered.footer };
  return { record: matching === undefined ? record : { ...record, matching }, end };
};

/**
 * Reads `run.jsonl` in the run folder `dir`. A torn last line is dropped; no footer gives `footer: null`; a case that is there
 * twice counts as it stands last; cases come sorted by id. Throws ParityError PX2501 if the file is missing or not a run's.
 */
export const readRun = async (dir: string): Promise<RunRecord> =>
  (await readRecord(dir, { wholeLines: false, mostMatching: Number.POSITIVE_INFINITY })).record;

/** So many matching cases of a run are held in memory to render it. */
const mostMatching = 10_000;

/** Reads a run as `readRun` does, to render it: of a long one, cases that matched are counted and left in the file. Throws ParityError PX2501. */
export const readToRender = async (dir: string, most = mostMatching): Promise<RunRecord> =>
  (await readRecord(dir, { wholeLines: false, mostMatching: most })).record;

/** What a run has left behind, to go on with. */
export interface Unfinished {
  readonly dir: string;
  /** The answers to matching cases are in it again, as far as they were kept. */
  readonly record: RunRecord;
  /** Bytes of each file that hold. */
  readonly end: { readonly lines: number; readonly answers: number };
}

/** Reads a run as `readRun` does, but for a last line without its line feed, and with the answers that it kept beside its record. Throws ParityError PX2501. */
export const readUnfinished = async (dir: string): Promise<Unfinished> => {
  const { record, end } = await readRecord(dir, { wholeLines: true, mostMatching: Number.POSITIVE_INFINITY });
  const kept = new Map<string, RunCase['exchanges']>();
  let answers = 0;
  try {
    for await (const { text, whole, end: after } of linesOf(join(dir, answersName))) {
      const value = jsonOf(text);
      if (!whole || !isKeptAnswers(value)) break;
      kept.set(value.id, value.exchanges);
      answers = after;
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw notOurs(join(dir, answersName), 'it cannot be read', error);
  }
  const cases = record.cases.map((one) => ({ ...one, exchanges: one.exchanges ?? kept.get(one.id) ?? null }));
  return { dir, record: { ...record, cases }, end: { lines: end, answers } };
};
