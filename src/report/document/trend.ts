import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type Rung, rungs } from '../../config/rules.ts';
import { exercisesNothing, isRefusedMatch, type RecordedExercise } from '../../record/exercise.ts';
import { runLogName } from '../../record/lines/files.ts';
import { isTrendPoint, type TrendPoint } from '../../record/trend.ts';
import type { RecordedCase, RecordedFinding, RunHeader } from '../../record/types.ts';
import { listOf, shapeOf } from '../../record/validators.ts';
import { maxFooterLength } from '../limits.ts';
import type { ReportDocument } from './document.ts';
import { judgedCases } from './ladder-moves.ts';
import type { ReportFinding } from './report-model.ts';
import { openFindings } from './wording.ts';

/** A run of a trend, with what opened and what closed since the runs before it. */
export interface TrendRun extends TrendPoint {
  readonly verdict: ReportDocument['verdict'];
  readonly opened: readonly string[];
  readonly closed: readonly string[];
}

const keptPoints = 30;

/** How far the run of a report came. */
export const pointOf = (report: ReportDocument): TrendPoint => {
  const { run, counts, suites, findings } = report;
  const held = (rung: Rung): number => suites.reduce((sum, { ladder }) => sum + ladder[rung], 0);
  return {
    ...{ id: run.id, startedAt: run.startedAt, total: counts.total, selected: counts.selected },
    conclusive: suites.reduce((sum, { conclusive }) => sum + conclusive, 0),
    ladder: { status: held('status'), shape: held('shape'), value: held('value'), wire: held('wire') },
    open: openFindings(report).length,
    accepted: findings.filter(({ state }) => state === 'accepted').length,
  };
};

/** Counts the cases of a run as they finish, so that its point is known when its footer is written. */
export interface TrendTally {
  add(finished: { readonly testCase: Pick<RecordedCase, 'suite'> } & Pick<RecordedCase, 'comparisons'>): void;
  /** The points of a footer: those before, and this run's. */
  trend(before: readonly TrendPoint[], run: FinishedRun): readonly TrendPoint[];
}

interface FinishedRun {
  readonly header: RunHeader;
  readonly findings: readonly RecordedFinding[];
  readonly unexercised: readonly RecordedExercise[];
}

type Held = Pick<TrendPoint, 'conclusive'> & { readonly ladder: Record<Rung, number> };

/** An empty tally. */
export const trendTally = (): TrendTally => {
  const all = new Map<string, { -readonly [K in keyof Held]: Held[K] }>();
  const heldAt = (key: string) => {
    const known = all.get(key) ?? { conclusive: 0, ladder: { status: 0, shape: 0, value: 0, wire: 0 } };
    all.set(key, known);
    return known;
  };
  return {
    add({ testCase, comparisons }) {
      for (const one of comparisons) {
        if (one.outcome !== 'match' && one.outcome !== 'divergent') continue;
        // Whether a refused match counts is known at the end.
        const held = heldAt(isRefusedMatch(one) ? refusedKey(testCase.suite, one.candidate) : '');
        held.conclusive += 1;
        for (const rung of rungs) held.ladder[rung] += Number(one.ladder[rung]);
      }
    },
    trend(before, { header, findings, unexercised }) {
      if (!isOfLibrary(header)) return before;
      const { id, startedAt, total, selected } = header;
      const nothing = new Set(
        unexercised.filter(exercisesNothing).map(({ suite, candidate }) => refusedKey(suite, candidate)),
      );
      const held = [...all].filter(([key]) => !nothing.has(key)).map(([, one]) => one);
      const sum = (pick: (one: Held) => number): number => held.reduce((whole, one) => whole + pick(one), 0);
      const ladder = Object.fromEntries(rungs.map((rung) => [rung, sum((one) => one.ladder[rung])]));
      const accepted = findings.filter(({ state }) => state === 'accepted').length;
      const open = findings.filter(({ state }) => state !== 'accepted' && state !== 'fixed').length;
      const conclusive = sum((one) => one.conclusive);
      const point = { id, startedAt, total, selected, conclusive, ladder: ladder as Held['ladder'], open, accepted };
      return [...before, point];
    },
  };
};

/** Replays, and runs of derived cases, say nothing about how far the library is: they are no points of a trend. */
export const isOfLibrary = ({ derivedFrom, replayOf }: Pick<RunHeader, 'derivedFrom' | 'replayOf'>): boolean =>
  derivedFrom === undefined && replayOf === undefined;

const refusedKey = (suite: string, candidate: string): string => `${suite}\0${candidate}`;

/** Reports, the oldest first; a finding is closed by the first run that judged all its cases and does not show it. */
export const trendOf = (reports: readonly ReportDocument[]): TrendRun[] => {
  const standing = new Map<string, ReportFinding>();
  return reports.map((report) => {
    const seen = new Set(report.findings.map(({ id }) => id));
    const opened = report.findings.filter(({ id }) => !standing.has(id));
    const closed = [...standing.values()].filter(
      (finding) => !seen.has(finding.id) && judgedCases(finding, report) === finding.cases.length,
    );
    for (const { id } of closed) standing.delete(id);
    for (const finding of report.findings) standing.set(finding.id, finding);
    const ids = (findings: readonly ReportFinding[]): string[] => findings.map(({ id }) => id).sort();
    return { ...pointOf(report), verdict: report.verdict, opened: ids(opened), closed: ids(closed) };
  });
};

/** The points of the newest run in the folder `out`, the oldest first; none where there is no run that can be read. */
export const lastTrend = async (out: string): Promise<readonly TrendPoint[]> => {
  const file = await open(join(out, 'latest', runLogName)).catch(() => null);
  if (file === null) return [];
  try {
    const footer: unknown = JSON.parse(await lastLine(file));
    return hasTrend(footer) ? footer.trend.slice(-(keptPoints - 1)) : [];
  } catch {
    return [];
  } finally {
    await file.close();
  }
};

const hasTrend = shapeOf({ trend: listOf(isTrendPoint) });

const lastLine = async (file: FileHandle): Promise<string> => {
  const { size } = await file.stat();
  const length = Math.min(size, maxFooterLength);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
  const text = buffer.toString('utf8', 0, bytesRead).trimEnd();
  return text.slice(text.lastIndexOf('\n') + 1);
};
