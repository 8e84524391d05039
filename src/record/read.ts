import { join } from 'node:path';
import { caseIndex } from './case-index.ts';
import { runLogName } from './lines/files.ts';
import { candidatesOf, isLetGo } from './match-summary.ts';
import type { FileLine } from './record-lines.ts';
import type { RunRecord } from './run-record.ts';
import { scanRecord, type TakeCase } from './scan.ts';
import { settledBy } from './settle.ts';
import type { RecordedCase, RunFooter, RunHeader } from './types.ts';

const byId = (a: RecordedCase, b: RecordedCase): number => (a.id < b.id ? -1 : 1);

const sorted = (cases: Iterable<RecordedCase>): RecordedCase[] => [...cases].sort(byId);

/**
 * Reads `run.jsonl` in the run folder `dir`. A torn last line is dropped; no footer gives `footer: null`; a case that is there
 * twice counts as it stands last; cases come sorted by id. Throws ParityError PX2501 if the file is missing or not a run's.
 */
export const readRun = async (dir: string): Promise<RunRecord> => {
  const cases = new Map<string, RecordedCase>();
  const take: TakeCase = (runCase) => void cases.set(runCase.id, runCase);
  const { header, footer } = await scanRecord(dir, { wholeLines: false }, () => take);
  return { header, cases: sorted(cases.values()).map(settledBy(footer)), footer };
};

/** How much of a run is held in memory to render it. */
interface Room {
  /** Cases that matched everywhere: of a run with more, they are only counted. */
  readonly matching: number;
  /** Bytes of the lines of cases: of a run with more, none is held. */
  readonly bytes: number;
}

const roomToRender: Room = { matching: 10_000, bytes: 16 << 20 };

/** Where the line of a case stands in its record, in bytes. */
type Place = Pick<FileLine, 'start' | 'end'>;

/** The cases of a run as its record takes them in: those of a short run in memory, of a long one where they stand in the file. */
export interface GatheredRun {
  /** Takes a case, in the order of the file. */
  take(runCase: RecordedCase, line: Place): void;
  /** The run in the folder `dir`, to be rendered: its cases are read from there as they are asked for, and those that matched are counted, where it is long. */
  record(dir: string, footer: RunFooter | null): RunRecord;
}

/** A run of which only the header is there yet. */
export const gatherRun = (header: RunHeader, { matching, bytes }: Room = roomToRender): GatheredRun => {
  const candidates = candidatesOf(header);
  const index = caseIndex(candidates);
  let cases: Map<string, RecordedCase> | null = new Map();
  const left = { matching, bytes };
  return {
    take(runCase, { start, end }) {
      const isMatching = isLetGo(runCase, candidates);
      index.add(runCase, { start, end }, isMatching);
      if (isMatching) left.matching -= 1;
      left.bytes -= end - start;
      if (left.matching < 0 || left.bytes < 0) cases = null;
      cases?.set(runCase.id, runCase);
    },
    record(dir, footer) {
      const settled = settledBy(footer);
      if (cases !== null) return { header, cases: sorted(cases.values()).map(settled), footer };
      const long = index.cases(join(dir, runLogName), { listsMatching: left.matching >= 0, settled });
      return {
        header,
        get cases() {
          return sorted(long.stored.listed);
        },
        footer,
        ...long,
      };
    },
  };
};

/** Reads a run as `readRun` does, to render it: the cases of a long one are left in the file, and those that matched are counted. Throws ParityError PX2501. */
export const readToRender = async (dir: string, room: Room = roomToRender): Promise<RunRecord> => {
  let gathered: GatheredRun | null = null;
  const { header, footer } = await scanRecord(dir, { wholeLines: false }, (begun) => {
    const run = gatherRun(begun, room);
    gathered = run;
    return run.take;
  });
  return (gathered ?? gatherRun(header, room)).record(dir, footer);
};
