import type { RecordedDurations } from '../../record/durations.ts';
import type { RecordedEvidence } from '../../record/evidence.ts';
import type { RecordedExercise } from '../../record/exercise.ts';
import type { RunRecord } from '../../record/run-record.ts';
import type {
  RecordedBuild,
  RecordedCase,
  RecordedFinding,
  RunFooter,
  RunHeader,
  Schedule,
} from '../../record/types.ts';
import { tallyCounts, tallySuites } from './counts.ts';
import { type FindingOf, findingIndex, type ReportedCase, reportedCases } from './report-cases.ts';
import type { ReportCase, ReportCounts, ReportFinding, ReportSuite } from './report-model.ts';
import { type Digest, digestOf } from './summary.ts';

/** A target, and what its answers showed of the build that runs there, where there were any. */
export type ReportTarget = RunHeader['targets'][number] & Partial<Omit<RecordedBuild, 'target'>>;

/** `report.json` and the stdout of `--json`; its JSON Schema is `schema/report.json`. */
export interface ReportDocument {
  readonly schema: 'parity-report/1';
  readonly run: Pick<RunHeader, 'id' | 'startedAt' | 'seed' | 'tool' | 'level' | 'derivedFrom' | 'comparedHeaders'> & {
    readonly targets: readonly ReportTarget[];
    /** The targets are one service, asked twice. */
    readonly selfCheck: boolean;
    /** How the durations in `run.jsonl` came about, which are no part of any verdict; null in a record that does not say. */
    readonly schedule: Schedule | null;
    /** Null if the run was cut off. */
    readonly finishedAt: string | null;
    readonly interrupted: boolean;
  };
  readonly verdict: 'parity' | 'divergent' | 'inconclusive';
  readonly exitCode: number;
  readonly counts: ReportCounts;
  readonly suites: readonly ReportSuite[];
  /** Suites of which both sides refused half of the judged cases or more alike; where all were, they exercise nothing. */
  readonly unexercised: readonly RecordedExercise[];
  /** In memory, of a long run only those that did not simply match, read when they are asked for; `jsonParts` writes all of them. */
  readonly cases: readonly ReportCase[];
  readonly findings: readonly ReportFinding[];
  /** Null if the run was cut off. */
  readonly evidence: RecordedEvidence | null;
  /** How long each target took to answer, under `run.schedule`; no part of any verdict. */
  readonly durations: readonly RecordedDurations[];
  readonly notes: readonly string[];
  /** A record of an older version does not say what is unsettled. */
  readonly tracker: RunFooter['tracker'];
}

const reportFinding = ({ divergences: _, pin: _pin, ...finding }: RecordedFinding): ReportFinding => finding;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const severities = ['breaking', 'risky', 'cosmetic'] as const;

/** What the candidate takes and the reference refuses comes first: nobody complains of it until the damage is done. */
const acceptsMore = ({ direction }: ReportFinding): boolean => direction === 'over-accepts' || direction === 'both';

const isNews = ({ state }: ReportFinding): boolean => state === 'new' || state === 'reopened';

/** The order of work: by severity, then direction, then reach, then what is new. */
const byUrgency = (a: ReportFinding, b: ReportFinding): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  Number(acceptsMore(b)) - Number(acceptsMore(a)) ||
  b.cases.length - a.cases.length ||
  b.routes.length - a.routes.length ||
  Number(isNews(b)) - Number(isNews(a)) ||
  compareText(a.id, b.id);

const bySuite = (a: RecordedCase, b: RecordedCase): number => compareText(a.suite, b.suite) || compareText(a.id, b.id);

/** What people say of a version counts before what the target says. */
const withBuild = (target: RunHeader['targets'][number], builds: readonly RecordedBuild[]): ReportTarget => {
  const build = builds.find((one) => one.target === target.name);
  if (build === undefined) return target;
  const { target: _, ...shown } = build;
  return { ...shown, ...target };
};

const reportRun = ({ header, footer }: RunRecord): ReportDocument['run'] => ({
  id: header.id,
  startedAt: header.startedAt,
  finishedAt: footer?.finishedAt ?? null,
  seed: header.seed,
  interrupted: footer?.interrupted ?? true,
  tool: header.tool,
  targets: header.targets.map((target) => withBuild(target, footer?.builds ?? [])),
  level: header.level,
  selfCheck: header.selfCheck ?? false,
  ...(header.derivedFrom === undefined ? {} : { derivedFrom: header.derivedFrom }),
  comparedHeaders: header.comparedHeaders,
  schedule: header.schedule ?? null,
});

/**
 * The report of a run as one JSON value, sorted: cases by suite, id, candidate; findings that are new or reopened first, and the worst of them. A record without a
 * footer was cut off: inconclusive, exit code 3, interrupted. An inconclusive case with the reason `flaky` counts as flaky.
 */
export const toReportDocument = (record: RunRecord): ReportDocument => madeOf(record).document;

/** How many cases times candidates a report is about, those too that are not in its `cases`. */
export const comparisonsOf = ({ suites }: ReportDocument): number => suites.reduce((sum, { cases }) => sum + cases, 0);

/** The report of a run, its `cases` left out. */
export const reportFrame = (record: RunRecord): ReportDocument => madeOf(record).frame;

/** The cases that are in the `cases` of a report, in that order: of a long run, one at a time. */
export const listedCases = (record: RunRecord): Iterable<ReportedCase> => madeOf(record).listed;

/** How the findings of a run are looked up by their divergences. */
export const findingsOf = (record: RunRecord): FindingOf => madeOf(record).findingOf;

/** What the cases of a report come to. */
export const digestIn = (document: ReportDocument): Digest =>
  digests.get(document) ?? digestOf(document.cases, document.findings);

interface Made {
  readonly document: ReportDocument;
  readonly frame: ReportDocument;
  readonly digest: Digest;
  readonly listed: Iterable<ReportedCase>;
  readonly findingOf: FindingOf;
}

/** Several formats are rendered from one record. */
const made = new WeakMap<RunRecord, Made>();
const digests = new WeakMap<ReportDocument, Digest>();

const madeOf = (record: RunRecord): Made => {
  const known = made.get(record) ?? make(record);
  made.set(record, known);
  digests.set(known.document, known.digest);
  return known;
};

const make = (record: RunRecord): Made => {
  const { stored } = record;
  const findingOf = findingIndex(record.footer?.findings ?? []);
  const listed =
    stored === undefined
      ? [...reportedCases([...record.cases].sort(bySuite), findingOf)]
      : { [Symbol.iterator]: () => reportedCases(stored.listed, findingOf) };
  const { frame, digest } = frameOf(record, listed);
  return { document: withCases(frame, listed, stored !== undefined), frame, digest, listed, findingOf };
};

/** A report without its cases. */
const frameOf = (record: RunRecord, listed: Iterable<ReportedCase>): Pick<Made, 'frame' | 'digest'> => {
  const { header, footer, matching } = record;
  const findings = (footer?.findings ?? []).map(reportFinding).sort(byUrgency);
  let finished = 0;
  const counted = function* () {
    for (const { perCandidate } of listed) {
      finished += 1;
      yield* perCandidate;
    }
  };
  const digest = digestOf(counted(), findings);
  const { suites } = digest;
  const frame: ReportDocument = {
    schema: 'parity-report/1',
    run: reportRun(record),
    verdict: footer?.verdict ?? 'inconclusive',
    exitCode: footer?.exitCode ?? 3,
    counts: tallyCounts(header, { suites, listed: finished, matching }),
    suites: tallySuites(suites, matching?.suites),
    unexercised: footer?.unexercised ?? [],
    cases: [],
    findings,
    evidence: footer?.evidence ?? null,
    durations: footer?.durations ?? [],
    notes: footer?.notes ?? [
      header.live === true
        ? 'the live comparison has not come to its end'
        : `the run was cut off: ${finished + (matching?.count ?? 0)} of ${header.selected} cases are in the record`,
    ],
    tracker: footer?.tracker ?? null,
  };
  return { frame, digest };
};

const withCases = (frame: ReportDocument, listed: Iterable<ReportedCase>, isLong: boolean): ReportDocument => {
  const cases = () => Array.from(listed, ({ perCandidate }) => perCandidate).flat();
  if (!isLong) return { ...frame, cases: cases() };
  return Object.defineProperty({ ...frame }, 'cases', { get: cases, enumerable: true });
};
