import { visibleJson } from '../../json/printable.ts';
import type { RunRecord } from '../../record/run-record.ts';
import { digestIn, type ReportDocument, toReportDocument } from '../document/document.ts';
import { cut } from '../document/escape.ts';
import { sharedFixes } from '../document/fixes.ts';
import type { ReportFinding } from '../document/report-model.ts';
import { placeKey } from '../document/summary.ts';
import { findingPlace, findingRoutes, plural, verdictReason } from '../document/wording.ts';

const levels = { breaking: 'error', risky: 'warning', cosmetic: 'note' } as const;
const baselines = { new: 'new', reopened: 'new', open: 'unchanged', accepted: 'unchanged', fixed: 'absent' } as const;
/** Code scanning shows ten locations of a result. */
const shownLocations = 10;

const messageOf = (text: string, limit = 1000): { readonly text: string } => ({ text: cut(text, limit) });

/** A path of the record as a relative URI; a lone surrogate in it is not a character. */
const uriOf = (path: string): string => Buffer.from(path).toString().split('/').map(encodeURIComponent).join('/');

const locationOf = (source: string) => {
  const [, file, line] = /^([^\n]{1,400}):([1-9]\d{0,8})$/.exec(source) ?? [];
  if (file === undefined) return [];
  const artifactLocation = { uri: uriOf(file), uriBaseId: '%SRCROOT%' };
  return [{ physicalLocation: { artifactLocation, region: { startLine: Number(line) } } }];
};

/** The lines of the cases that show a finding, its example first, each once. */
const sourcesOf = ({ example, cases, candidate }: ReportFinding, report: ReportDocument): readonly string[] => {
  const { places } = digestIn(report);
  const found = [example.case, ...cases].flatMap((id) => places.get(placeKey(id, candidate))?.source ?? []);
  return [...new Set(found)].slice(0, shownLocations);
};

const textOf = (finding: ReportFinding): string =>
  [
    finding.title,
    `${findingRoutes(finding)}, ${findingPlace(finding)}, ${plural(finding.cases.length, 'case')}`,
    finding.impact,
    ...sharedFixes(finding).map(({ label, text }) => `${label}: ${text}`),
  ]
    .filter((line) => line !== '')
    .join('\n');

const resultOf = (finding: ReportFinding, report: ReportDocument) => {
  const [first, ...others] = sourcesOf(finding, report).map(locationOf);
  const accepted = { kind: 'external', status: 'accepted', justification: cut(finding.decision ?? '', 1000) } as const;
  return {
    ruleId: finding.class,
    level: levels[finding.severity],
    baselineState: baselines[finding.state],
    message: messageOf(textOf(finding), 4000),
    locations: first ?? [],
    ...(others.length === 0 ? {} : { relatedLocations: others.flat() }),
    partialFingerprints: { 'parityFinding/v1': finding.fingerprint },
    ...(finding.state === 'accepted' ? { suppressions: [accepted] } : {}),
    properties: {
      id: finding.id,
      candidate: finding.candidate,
      severity: finding.severity,
      cases: finding.cases.length,
    },
  };
};

const ruleOf = (id: string) => ({
  id,
  // The titles of the classes are not read here: they would be loaded with every run.
  shortDescription: messageOf(
    id === 'unexplained' ? 'A divergence that no known drift class explains' : `The drift class ${id}`,
  ),
  ...(id === 'unexplained' ? {} : { help: messageOf(`parity explain ${id}`) }),
});

/** A time of the record, where it is one. */
const timeOf = (name: string, text: string | null) => {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? {} : { [name]: new Date(time).toISOString() };
};

const notificationOf = (text: string) => ({ level: 'note', message: messageOf(text) });

/** A run as SARIF 2.1.0: a rule for each drift class, a result for each finding at the line of its case. */
export const renderSarif = (record: RunRecord): string => {
  const report = toReportDocument(record);
  const { run, findings, notes, verdict, exitCode } = report;
  const results = findings.map((finding) => resultOf(finding, report));
  const invocation = {
    executionSuccessful: verdict !== 'inconclusive',
    exitCode,
    ...timeOf('startTimeUtc', run.startedAt),
    ...timeOf('endTimeUtc', run.finishedAt),
    toolExecutionNotifications: [verdictReason(report), ...notes.slice(0, 100)].map(notificationOf),
  };
  const rules = [...new Set(findings.map((finding) => finding.class))].sort().map(ruleOf);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: run.tool.name, version: run.tool.version, rules } },
        invocations: [invocation],
        columnKind: 'utf16CodeUnits',
        results,
        properties: { verdict, run: run.id },
      },
    ],
  };
  return `${visibleJson(JSON.stringify(log, null, 2))}\n`;
};
