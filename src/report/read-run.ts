import { join } from 'node:path';
import { type CaseIndex, caseIndex } from './case-index.ts';
import { candidatesOf, isLetGo } from './matching.ts';
import type { RunCase, RunHeader, RunRecord } from './record.ts';
import type { FileLine } from './record-lines.ts';
import { scanRecord, type TakeCase } from './scan-record.ts';
import { runLogName } from './store.ts';

const byId = (a: RunCase, b: RunCase): number => (a.id < b.id ? -1 : 1);

const sorted = (cases: Iterable<RunCase>): RunCase[] => [...cases].sort(byId);

/**
 * Reads `run.jsonl` in the run folder `dir`. A torn last line is dropped; no footer gives `footer: null`; a case that is there
 * twice counts as it stands last; cases come sorted by id. Throws ParityError PX2501 if the file is missing or not a run's.
 */
export const readRun = async (dir: string): Promise<RunRecord> => {
  const cases = new Map<string, RunCase>();
  const take: TakeCase = (runCase) => void cases.set(runCase.id, runCase);
  const { header, footer } = await scanRecord(dir, { wholeLines: false }, () => take);
  return { header, cases: sorted(cases.values()), footer };
};

/** How much of a run is held in memory to render it. */
interface Room {
  /** Cases that matched everywhere: of a run with more, they are only counted. */
  readonly matching: number;
  /** Bytes of the lines of cases: of a run with more, none is held. */
  readonly bytes: number;
}

const roomToRender: Room = { matching: 10_000, bytes: 16 << 20 };

interface Gathered {
  /** Null once there is no room for them. */
  cases: Map<string, RunCase> | null;
  readonly left: { matching: number; bytes: number };
  candidates: readonly string[];
  index: CaseIndex;
}

const gather = (into: Gathered, runCase: RunCase, line: FileLine): void => {
  into.index.add(runCase, line);
  if (isLetGo(runCase, into.candidates)) into.left.matching -= 1;
  into.left.bytes -= line.end - line.start;
  if (into.left.matching < 0 || into.left.bytes < 0) into.cases = null;
  into.cases?.set(runCase.id, runCase);
};

/** Reads a run as `readRun` does, to render it: the cases of a long one are left in the file, and those that matched are counted. Throws ParityError PX2501. */
export const readToRender = async (dir: string, { matching, bytes }: Room = roomToRender): Promise<RunRecord> => {
  const into: Gathered = { cases: new Map(), left: { matching, bytes }, candidates: [], index: caseIndex([]) };
  const begin = (header: RunHeader): TakeCase => {
    into.candidates = candidatesOf(header);
    into.index = caseIndex(into.candidates);
    return (runCase, line) => gather(into, runCase, line);
  };
  const { header, footer } = await scanRecord(dir, { wholeLines: false }, begin);
  if (into.cases !== null) return { header, cases: sorted(into.cases.values()), footer };
  const long = into.index.cases(join(dir, runLogName), into.left.matching >= 0);
  return {
    header,
    get cases() {
      return sorted(long.stored.listed);
    },
    footer,
    ...long,
  };
};
