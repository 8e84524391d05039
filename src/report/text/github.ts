import { terminalText } from '../../json/printable.ts';
import type { RunRecord } from '../../record/run-record.ts';
import { digestIn, type ReportDocument, toReportDocument } from '../document/document.ts';
import { cut, githubMessage, githubProperty } from '../document/escape.ts';
import { sharedFixes } from '../document/fixes.ts';
import type { ReportFinding } from '../document/report-model.ts';
import { placeKey } from '../document/summary.ts';
import {
  findingPlace,
  findingRoutes,
  groupSilence,
  openFindings,
  plural,
  silentGroups,
  topFindings,
  verdictReason,
} from '../document/wording.ts';
import { renderMarkdown } from './markdown.ts';

/** GitHub drops a job summary above 1 MiB whole, and annotations above ten a step. */
const summaryLimit = 900 * 1024;
const shownAnnotations = 9;

/** The job summary: Markdown of at most 900 KiB. */
export const renderGithubSummary = (record: RunRecord): string => renderMarkdown(record, summaryLimit);

const command = (level: string, properties: readonly (readonly [string, string])[], message: string): string => {
  const fields = properties.map(([name, value]) => `${name}=${githubProperty(terminalText(cut(value, 300)))}`);
  return `::${level}${fields.length === 0 ? '' : ' '}${fields.join(',')}::${githubMessage(message)}`;
};

interface Place {
  readonly report: ReportDocument;
  /** Where the folder that case files are named from is in the repository, `api/` or nothing. */
  readonly below: string;
}

const place = (finding: ReportFinding, { report, below }: Place): readonly (readonly [string, string])[] => {
  const source = digestIn(report).places.get(placeKey(finding.example.case, finding.candidate))?.source ?? '';
  const [, file, line] = /^([^\n]{1,400}):(\d{1,9})$/.exec(source) ?? [];
  if (file === undefined || line === undefined) return [];
  return [
    ['file', `${below}${file}`],
    ['line', line],
  ];
};

const annotation = (finding: ReportFinding, at: Place): string => {
  const level = finding.severity === 'breaking' ? 'error' : finding.severity === 'risky' ? 'warning' : 'notice';
  const title = `${finding.id} ${finding.state}: ${finding.class}`;
  const where = `${findingRoutes(finding)} ${findingPlace(finding)}, ${plural(finding.cases.length, 'case')}`;
  const fixes = sharedFixes(finding).map(({ label, text }) => `${label}: ${text}`);
  const page = finding.class === 'unexplained' ? [] : [`parity explain ${finding.class}`];
  const lines = [finding.title, where, ...fixes, ...page].map((line) => terminalText(cut(line, 500)));
  return command(level, [...place(finding, at), ['title', title]], lines.join('\n'));
};

/** Workflow commands for stdout, a line each: nine open findings, the worst first and none that is new left out for one that is known, then how many more; nothing for parity. GitHub shows them at files of the repository: `below` is what comes before their names there, `api/` or nothing. */
export const renderGithubAnnotations = (record: RunRecord, below = ''): string => {
  const report = toReportDocument(record);
  const open = openFindings(report);
  const shown = topFindings(open, shownAnnotations).map((finding) => annotation(finding, { report, below }));
  const rest = open.length - shown.length;
  if (rest > 0) shown.push(command('warning', [], `and ${plural(rest, 'more finding')}: see the job summary`));
  if (report.verdict === 'inconclusive') {
    const largest = silentGroups(report)[0];
    const lines = [verdictReason(report), ...(largest === undefined ? [] : [groupSilence(largest)])];
    const text = lines.map((line) => terminalText(cut(line, 500))).join('\n');
    shown.push(command('warning', [['title', 'parity: inconclusive']], text));
  }
  return shown.map((line) => `${line}\n`).join('');
};
