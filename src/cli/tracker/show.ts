import { terminalText } from '../../json/printable.ts';
import type { RunRecord } from '../../record/run-record.ts';
import type { ReportDocument } from '../../report/document/document.ts';
import { toReportDocument } from '../../report/document/document.ts';
import { judgedCases } from '../../report/document/ladder-moves.ts';
import type { ReportFinding } from '../../report/document/report-model.ts';
import { reproduceLines } from '../../report/document/reproduce.ts';
import { plural } from '../../report/document/wording.ts';
import { recentRuns } from '../../report/history.ts';
import { rowOf } from '../../tracker/list.ts';
import { plainRow, type TrackerRow } from '../../tracker/rows/row.ts';
import { print, printJson } from '../console.ts';
import type { Options } from '../options.ts';
import { trackerAt } from '../tracker-file.ts';

const searchedRuns = 20;
const shownCases = 20;

/** The newest run that has a finding, and what each run says of it. */
interface History {
  readonly newest: { readonly record: RunRecord; readonly finding: ReportFinding } | null;
  /** The newest first. */
  readonly lines: readonly string[];
}

/** What a run says of a finding that an earlier or later one has. */
function standing(finding: ReportFinding, report: ReportDocument): string {
  const seen = report.findings.find(({ id }) => id === finding.id);
  if (seen !== undefined) return `${seen.state}, ${plural(seen.cases.length, 'case')}`;
  const [judged, all] = [judgedCases(finding, report), finding.cases.length];
  return judged === all ? 'not there' : `not known: ${judged} of ${plural(all, 'case')} judged`;
}

/** Runs before the newest one that has the finding need it to say which cases were judged: all are read, then told. */
async function historyOf(id: string, out: string): Promise<History> {
  const reports: ReportDocument[] = [];
  let newest: History['newest'] = null;
  for await (const record of recentRuns(out, searchedRuns)) {
    const report = toReportDocument(record);
    const finding = report.findings.find((one) => one.id === id);
    if (newest === null && finding !== undefined) newest = { record, finding };
    reports.push({ ...report, notes: [] });
  }
  const known = newest?.finding;
  if (known === undefined) return { newest, lines: [] };
  const lines = reports.map((report) => {
    const when = report.run.startedAt.slice(0, 16).replace('T', ' ');
    return `  ${terminalText(when)}  ${terminalText(report.run.id)}  ${standing(known, report)}`;
  });
  return { newest, lines };
}

function rowLines(row: TrackerRow): string[] {
  const facts: readonly (readonly [string, string | null])[] = [
    ['route', row.route],
    ['reference', row.reference],
    ['candidate', row.candidate],
    ['cases', row.cases],
    ['first seen', row.firstSeen],
    ['last seen', row.lastSeen],
    ['decision', row.decision],
    ['owner', row.owner],
    ['until', row.until],
  ];
  const told = facts.filter(([, text]) => text !== null && text !== '');
  return [
    `${row.id}  ${terminalText(row.status)}  ${terminalText(row.divergence ?? '')}`,
    ...told.map(([name, text]) => `  ${name.padEnd(10)}  ${terminalText(text ?? '')}`),
  ];
}

function caseLines({ cases }: ReportFinding): string[] {
  const rest = cases.length - shownCases;
  const shown = cases.slice(0, shownCases).map((id) => `  ${terminalText(id)}`);
  return ['', 'cases', ...shown, ...(rest > 0 ? [`  and ${rest} more`] : [])];
}

/** What sends the example to each target, to be pasted into a shell. */
function curlLines({ record, finding }: NonNullable<History['newest']>): string[] {
  const runCase = record.cases.find(({ id }) => id === finding.example.case);
  if (runCase === undefined || runCase.exchanges === null) return [];
  const lines = record.header.targets.flatMap((target) =>
    reproduceLines(runCase, target).map((line) => `  ${terminalText(target.name)}: ${terminalText(line)}`),
  );
  return ['', `reproduce ${terminalText(runCase.id)} (fill in what is masked: ***)`, ...lines];
}

function explained(name: string): string[] {
  return name === 'unexplained' ? [] : [`parity explain ${name}`];
}

/** `parity tracker show ID`: the row, what the runs said of it, its cases, and how to send them. */
export async function trackerShow(name: string, options: Options): Promise<number> {
  const { file, tracking, out } = await trackerAt(options);
  const row = await rowOf(file, name, tracking);
  const { newest, lines } = await historyOf(row.id ?? '', out);
  if (options.json === true) {
    await printJson({ row: plainRow(row), finding: newest?.finding ?? null });
    return 0;
  }
  const none = ['', `no run in ${terminalText(out)} has it`];
  const told =
    newest === null
      ? none
      : ['', 'history, the newest first', ...lines, ...caseLines(newest.finding), ...curlLines(newest)];
  const commands = ['', `parity replay ${row.id}`, ...explained(newest?.finding.class ?? 'unexplained')];
  await print([...rowLines(row), ...told, ...commands].join('\n'));
  return 0;
}
