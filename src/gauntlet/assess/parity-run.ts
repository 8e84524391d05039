import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadTracker } from '../../config/load.ts';
import { ParityError } from '../../errors.ts';
import { runLogName } from '../../record/lines/files.ts';
import { readToRender } from '../../record/read.ts';
import { digestIn, type ReportDocument, toReportDocument } from '../../report/document/document.ts';
import { digestsOf, ladderWithReasons } from '../../report/document/ladder.ts';
import { listTracker } from '../../tracker/list.ts';
import type { TrackerRow } from '../../tracker/rows/row.ts';
import { maxReportBytes } from '../limits.ts';
import type { KnownGap } from './verdict.ts';

/** What a run of this tool shows. */
export interface ParityEvidence {
  readonly run: string;
  readonly verdict: ReportDocument['verdict'];
  readonly gaps: readonly KnownGap[];
  /** Ids that the run, or the tracker after it, shows to be fixed. */
  readonly fixed: readonly string[];
  /** How far each suite came: `validate, go: 6/6 status codes match · 5/6 body shapes diverge`. */
  readonly suites: readonly string[];
  /** It sent the whole library. */
  readonly isWhole: boolean;
  /** Why it cannot be judged, or not all of it. */
  readonly faults: readonly string[];
  /** Absolute paths of the record and of the report for people; null if it was not written. */
  readonly file: string;
  readonly report: string | null;
  /** Text of its report in Markdown; null if there is none, or it is too large to be copied. */
  readonly markdown: string | null;
}

interface RunContext {
  /** Path of parity.yaml. */
  readonly config: string;
  readonly root: string;
  /** The whole library is to be sent. */
  readonly isWhole: boolean;
}

/** Takes the folder of a run; returns what it shows with what the tracker holds now, or why it cannot be read. */
export async function readParityRun(folder: string, context: RunContext): Promise<ParityEvidence | string> {
  try {
    const record = await readToRender(folder);
    const rows = await trackerRows(context);
    const report = toReportDocument(record);
    const gaps = gapsOf(report, rows);
    const { selected, total, derivedFrom } = record.header;
    const isWhole = selected === total && derivedFrom === undefined;
    return {
      run: report.run.id,
      verdict: report.verdict,
      gaps,
      fixed: [...rows.values()].flatMap(({ id, state }) => (state === 'fixed' && id !== null ? [id] : [])),
      suites: suiteLines(report),
      isWhole,
      faults: [...faultsOf(report, gaps), ...(context.isWhole && selected < total ? [partSentence(report)] : [])],
      file: join(folder, runLogName),
      report: ['report.html', 'report.md'].map((name) => join(folder, name)).find((path) => existsSync(path)) ?? null,
      markdown: await markdownOf(folder),
    };
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    return error.message;
  }
}

async function markdownOf(folder: string): Promise<string | null> {
  const path = join(folder, 'report.md');
  const found = await stat(path).catch(() => null);
  return found?.isFile() && found.size <= maxReportBytes ? readFile(path, 'utf8') : null;
}

/** The rows as they are now: a decision may have come after the run. Empty without a tracker. */
async function trackerRows({ config, root }: RunContext): Promise<ReadonlyMap<string, TrackerRow>> {
  const { tracker, tracking } = await loadTracker({ config }, root);
  if (tracker === null) return new Map();
  const rows = await listTracker(tracker, tracking).catch((error: unknown) => {
    // Without a tracker every divergence is without a row, which the verdict says.
    if (error instanceof ParityError && error.code === 'PX4106') return [];
    throw error;
  });
  return new Map(rows.map((row) => [row.id ?? '', row]));
}

function gapsOf({ findings, tracker }: ReportDocument, rows: ReadonlyMap<string, TrackerRow>): KnownGap[] {
  const shown = findings.flatMap(({ id, title, severity, state, decision }): KnownGap[] => {
    if (state === 'fixed') return [];
    const row = rows.get(id);
    const decided = textOrNull(row === undefined ? decision : row.standing);
    return [{ id, title, severity, state: stateNow(state, row), decision: decided }];
  });
  const unseen = (tracker?.unsettled ?? []).flatMap((id): KnownGap[] => {
    const row = rows.get(id);
    if (row?.state === 'fixed' || shown.some((gap) => gap.id === id)) return [];
    const title = `${row?.divergence ?? 'an open row of the tracker'} (the run did not show it)`;
    const state = row?.state === 'accepted' ? 'accepted' : 'open';
    return [{ id, title, severity: null, state, decision: textOrNull(row?.standing ?? null) }];
  });
  return [...shown, ...unseen];
}

/** What regressed in the run stays so, whatever the tracker says now; what has lost its row has none. */
function stateNow(state: KnownGap['state'], row: TrackerRow | undefined): KnownGap['state'] {
  if (state === 'new' || state === 'reopened') return state;
  if (row === undefined) return 'new';
  return row.state === 'accepted' ? 'accepted' : 'open';
}

function textOrNull(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text.trim();
}

/** Only a run whose every case was judged on every target says anything of all of them. */
function faultsOf(report: ReportDocument, gaps: readonly KnownGap[]): string[] {
  const { run, counts, verdict } = report;
  if (run.finishedAt === null || run.interrupted) return ['the run was cut off'];
  if (run.selfCheck) return ['the run compares a service with itself'];
  if (run.derivedFrom !== undefined) return ['the run is of derived cases, not of the library'];
  const silent = counts.inconclusive + counts.notRun + counts.flaky;
  if (silent > 0) return [`${silent} cases could not be judged: ${report.notes[0] ?? 'the report says why'}`];
  if (verdict === 'inconclusive' || counts.selected === 0) return [report.notes[0] ?? 'the run is inconclusive'];
  if (verdict === 'divergent' && gaps.length === 0) return ['cases diverge, and no finding says why'];
  return [];
}

function partSentence({ counts }: ReportDocument): string {
  return `the run sent ${counts.selected} of ${counts.total} cases`;
}

function suiteLines(report: ReportDocument): string[] {
  const digests = digestIn(report).suites;
  return report.suites.map((suite) => {
    const { name, candidate } = suite;
    return `${name}, ${candidate}: ${ladderWithReasons(suite, digestsOf(suite, digests))}`;
  });
}
