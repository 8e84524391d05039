import type { Divergence, DivergenceKind, Facet, Ladder } from '../compare/divergence.ts';
import type { Rung } from '../config/rules.ts';
import type { Finding, FindingState } from '../findings/finding.ts';
import type { RecordedEvidence } from './evidence.ts';
import type {
  RecordedComparison,
  RecordedExchange,
  RecordedFinding,
  RunCase,
  RunHeader,
  RunRecord,
  Schedule,
} from './record.ts';
import { tallyCounts, tallySuites } from './tally.ts';

export type Outcome = 'match' | 'divergent' | 'accepted' | 'flaky' | 'inconclusive' | 'notRun';

export interface ReportDivergence {
  readonly facet: Facet;
  readonly pointer: string;
  readonly kind: DivergenceKind;
  readonly rung: Rung | null;
  /** Index of the step, where the record holds the exchanges; else null. */
  readonly step: number | null;
  readonly reference: string | null;
  readonly candidate: string | null;
  /** Null where it is below the level that the case must hold. */
  readonly finding: string | null;
}

/** One case on one candidate. */
export interface ReportCase {
  readonly id: string;
  readonly suite: string;
  readonly title: string | null;
  readonly source: string;
  readonly candidate: string;
  readonly outcome: Outcome;
  readonly ladder: Ladder;
  readonly headers: boolean;
  /** Stable kebab-case word of an inconclusive, flaky or not-run case. */
  readonly reason: string | null;
  readonly message: string | null;
  /** One next step, where there is one. */
  readonly hint: string | null;
  readonly divergences: readonly ReportDivergence[];
}

export interface ReportSuite {
  readonly name: string;
  readonly candidate: string;
  readonly cases: number;
  /** Cases with something to say: `ladder` and `headers` count among these. */
  readonly conclusive: number;
  readonly ladder: Readonly<Record<Rung, number>>;
  readonly headers: number;
}

export interface ReportFinding extends Finding {
  readonly state: FindingState;
  readonly decision: string | null;
}

/** `total` and `selected` count cases; the others count cases times candidates. */
export interface ReportCounts extends Readonly<Record<Outcome, number>> {
  readonly total: number;
  readonly selected: number;
}

/** `report.json` and the stdout of `--json`; its JSON Schema is `schema/report.json`. */
export interface ReportDocument {
  readonly schema: 'parity-report/1';
  readonly run: Pick<RunHeader, 'id' | 'startedAt' | 'seed' | 'tool' | 'targets' | 'level' | 'comparedHeaders'> & {
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
  /** In memory, of a long run only those that did not simply match; `jsonParts` writes all of them. */
  readonly cases: readonly ReportCase[];
  readonly findings: readonly ReportFinding[];
  /** Null if the run was cut off. */
  readonly evidence: RecordedEvidence | null;
  readonly notes: readonly string[];
  readonly tracker: {
    readonly file: string;
    readonly written: boolean;
    readonly added: readonly string[];
    readonly changed: readonly string[];
    /** `--tracker` named it. */
    readonly named?: boolean;
  } | null;
}

type FindingOf = (caseId: string, candidate: string, index: number) => RecordedFinding | null;

const findingIndex = (findings: readonly RecordedFinding[]): FindingOf => {
  const key = (caseId: string, candidate: string, index: number): string => JSON.stringify([caseId, candidate, index]);
  const known = new Map(findings.flatMap((finding) => finding.divergences.map((at) => [key(...at), finding] as const)));
  return (caseId, candidate, index) => known.get(key(caseId, candidate, index)) ?? null;
};

/** What one target answered to a case; empty where the record keeps no exchanges. */
export const exchangesOf = (runCase: RunCase, target: string): readonly RecordedExchange[] =>
  runCase.exchanges !== null && Object.hasOwn(runCase.exchanges, target) ? (runCase.exchanges[target] ?? []) : [];

/** A divergence counts if it belongs to a finding; accepted are those whose every counting divergence is. */
const outcomeOf = (comparison: RecordedComparison, counting: readonly (RecordedFinding | null)[]): Outcome => {
  if (comparison.outcome === 'inconclusive' && comparison.reason === 'flaky') return 'flaky';
  if (comparison.outcome !== 'divergent') return comparison.outcome;
  const found = counting.filter((finding) => finding !== null);
  return found.length > 0 && found.every((finding) => finding.state === 'accepted') ? 'accepted' : 'divergent';
};

const reportDivergence = (
  divergence: Divergence,
  step: number | null,
  finding: RecordedFinding | null,
): ReportDivergence => ({
  facet: divergence.facet,
  pointer: divergence.pointer,
  kind: divergence.kind,
  rung: divergence.rung,
  step,
  reference: divergence.reference,
  candidate: divergence.candidate,
  finding: finding?.id ?? null,
});

const reportCase = (runCase: RunCase, comparison: RecordedComparison, findingOf: FindingOf): ReportCase => {
  const { candidate, ladder, headers, reason, message, hint = null, divergences } = comparison;
  const findings = divergences.map((_, index) => findingOf(runCase.id, candidate, index));
  const exchanges = exchangesOf(runCase, candidate);
  return {
    id: runCase.id,
    suite: runCase.suite,
    title: runCase.title,
    source: runCase.source,
    candidate,
    outcome: outcomeOf(comparison, findings),
    ladder,
    headers,
    reason,
    message,
    hint,
    divergences: divergences.map((each, index) =>
      reportDivergence(each, exchanges[each.exchange]?.step ?? null, findings[index] ?? null),
    ),
  };
};

const reportFinding = ({ divergences: _, pin: _pin, ...finding }: RecordedFinding): ReportFinding => finding;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const severities = ['breaking', 'risky', 'cosmetic'] as const;

/** What the candidate takes and the reference refuses comes first: nobody complains of it until the damage is done. */
const acceptsMore = ({ direction }: ReportFinding): boolean => direction === 'over-accepts' || direction === 'both';

/** The order of work: by severity, then direction, then reach. */
const worstFirst = (a: ReportFinding, b: ReportFinding): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  Number(acceptsMore(b)) - Number(acceptsMore(a)) ||
  b.cases.length - a.cases.length ||
  b.routes.length - a.routes.length ||
  compareText(a.id, b.id);

const bySuite = (a: ReportCase, b: ReportCase): number =>
  compareText(a.suite, b.suite) || compareText(a.id, b.id) || compareText(a.candidate, b.candidate);

const reportRun = ({ header, footer }: RunRecord): ReportDocument['run'] => ({
  id: header.id,
  startedAt: header.startedAt,
  finishedAt: footer?.finishedAt ?? null,
  seed: header.seed,
  interrupted: footer?.interrupted ?? true,
  tool: header.tool,
  targets: header.targets,
  level: header.level,
  comparedHeaders: header.comparedHeaders,
  schedule: header.schedule ?? null,
});

/**
 * The report of a run as one JSON value, sorted: cases by suite, id, candidate; findings worst first. A record without a
 * footer was cut off: inconclusive, exit code 3, interrupted. An inconclusive case with the reason `flaky` counts as flaky.
 */
export const toReportDocument = (record: RunRecord): ReportDocument => {
  const known = documents.get(record) ?? makeDocument(record);
  documents.set(record, known);
  return known;
};

/** How many cases times candidates a report is about, those too that are not in its `cases`. */
export const comparisonsOf = ({ suites }: ReportDocument): number => suites.reduce((sum, { cases }) => sum + cases, 0);

/** Every case of a run as its report lists it, in that order. */
export function* allCases(record: RunRecord): Generator<ReportCase> {
  if (record.matching === undefined) return yield* toReportDocument(record).cases;
  const findingOf = findingIndex(record.footer?.findings ?? []);
  for (const each of record.matching.all())
    yield* each.comparisons.map((one) => reportCase(each, one, findingOf)).sort(bySuite);
}

/** Several formats are rendered from one record. */
const documents = new WeakMap<RunRecord, ReportDocument>();

const makeDocument = (record: RunRecord): ReportDocument => {
  const { header, footer } = record;
  const findingOf = findingIndex(footer?.findings ?? []);
  const cases = record.cases.flatMap((each) => each.comparisons.map((one) => reportCase(each, one, findingOf)));
  return {
    schema: 'parity-report/1',
    run: reportRun(record),
    verdict: footer?.verdict ?? 'inconclusive',
    exitCode: footer?.exitCode ?? 3,
    counts: tallyCounts(cases, record),
    suites: tallySuites(cases, record.matching?.suites),
    cases: cases.sort(bySuite),
    findings: (footer?.findings ?? []).map(reportFinding).sort(worstFirst),
    evidence: footer?.evidence ?? null,
    notes: footer?.notes ?? [
      `the run was cut off: ${record.cases.length + (record.matching?.count ?? 0)} of ${header.selected} cases are in the record`,
    ],
    tracker: footer?.tracker ?? null,
  };
};
