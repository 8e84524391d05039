import {
  type ReportCase,
  type ReportDivergence,
  type ReportDocument,
  type ReportFinding,
  toReportDocument,
} from './document.ts';
import { cut, xmlText } from './escape.ts';
import { sharedFixes } from './fixes.ts';
import { findingPlace, plural, silenceOf, verdictReason } from './phrases.ts';
import type { RunRecord } from './record.ts';

const excerpt = 200;
const shownDivergences = 5;
const shownFindings = 3;
/** CI servers refuse files above some 30 MB; from here on a failure tells its count alone. */
const shownFailures = 1000;

const attribute = (name: string, value: string | number): string => ` ${name}="${xmlText(cut(String(value), 500))}"`;

const divergenceLine = (each: ReportDivergence): string => {
  const side = (text: string | null): string => (text === null ? '(nothing there)' : cut(text, excerpt));
  const head = `${each.finding === null ? '' : `${each.finding} `}${findingPlace(each)} ${each.kind}`;
  return [head, `  - ${side(each.reference)}`, `  + ${side(each.candidate)}`].map(xmlText).join('\n');
};

/** A cause in a few lines: its class, how to mend it on either side, and where to read more. */
const findingLines = (finding: ReportFinding): string => {
  const known = finding.class !== 'unexplained';
  const head = `${finding.id} ${finding.class} (${finding.severity}): ${finding.title}`;
  const fixes = sharedFixes(finding).map(({ target, text }) => `  fix in ${target}: ${text}`);
  return [head, ...fixes, ...(known ? [`  parity explain ${finding.class}`] : [])]
    .map((line) => xmlText(cut(line, 500)))
    .join('\n');
};

const failure = (each: ReportCase, findings: readonly ReportFinding[], position: number): string => {
  const isShown = position < shownFailures;
  const shown = each.divergences.slice(0, isShown ? shownDivergences : 0).map(divergenceLine);
  const rest = each.divergences.length - shown.length;
  const classes = [...new Set(findings.map((finding) => finding.class))].slice(0, shownFindings).join(', ');
  const count = `${each.divergences.length} divergences from the reference`;
  const message = classes === '' ? count : `${count}: ${classes}`;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  const causes = isShown ? findings.slice(0, shownFindings).map(findingLines) : [];
  return `<failure${attribute('message', message)}${attribute('type', 'divergent')}>${[...shown, ...more, ...causes].join('\n')}</failure>`;
};

const silence = (element: string, each: ReportCase): string =>
  `<${element}${attribute('message', `${each.reason ?? each.outcome}: ${silenceOf(each)}`)}${
    element === 'error' ? attribute('type', each.reason ?? each.outcome) : ''
  }/>`;

const acceptance = (each: ReportCase): string => {
  const ids = [...new Set(each.divergences.map(({ finding }) => finding ?? ''))].join(' ').trim();
  return `<system-out>${xmlText(cut(`accepted: ${ids}`, 500))}</system-out>`;
};

/** The findings of a case, worst first as the report has them. */
const findingsOf = (each: ReportCase, { findings }: ReportDocument): readonly ReportFinding[] => {
  const ids = new Set(each.divergences.map(({ finding }) => finding));
  return findings.filter(({ id }) => ids.has(id));
};

const resultOf = (each: ReportCase, report: ReportDocument, position: number): string => {
  switch (each.outcome) {
    case 'match':
      return '';
    case 'accepted':
      return acceptance(each);
    case 'divergent':
      return failure(each, findingsOf(each, report), position);
    case 'inconclusive':
      return silence('error', each);
    default:
      return silence('skipped', each);
  }
};

const testCase = (each: ReportCase, report: ReportDocument, position: number): string => {
  const name = report.run.targets.length > 2 ? `${each.id} [${each.candidate}]` : each.id;
  const start = `    <testcase${attribute('classname', each.suite)}${attribute('name', name)}${attribute('file', each.source)}`;
  const result = resultOf(each, report, position);
  return result === '' ? `${start}/>` : `${start}>${result}</testcase>`;
};

const tally = (cases: readonly ReportCase[]): string => {
  const count = (...outcomes: string[]): number => cases.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return (
    attribute('tests', cases.length) +
    attribute('failures', count('divergent')) +
    attribute('errors', count('inconclusive')) +
    attribute('skipped', count('notRun', 'flaky'))
  );
};

const bySuite = (cases: readonly ReportCase[]): readonly (readonly ReportCase[])[] => {
  const groups = new Map<string, ReportCase[]>();
  for (const each of cases) {
    const group = groups.get(each.suite);
    if (group === undefined) groups.set(each.suite, [each]);
    else group.push(each);
  }
  return [...groups.values()];
};

const testSuite = (cases: readonly ReportCase[], report: ReportDocument): string => {
  const { run, cases: all } = report;
  const name = attribute('name', cases[0]?.suite ?? '');
  const first = Math.max(0, all.indexOf(cases[0] as ReportCase));
  const tests = cases.map((each, index) => testCase(each, report, first + index));
  return [
    `  <testsuite${name}${tally(cases)}${attribute('timestamp', run.startedAt)}>`,
    ...tests,
    '  </testsuite>',
  ].join('\n');
};

/** A run that nothing came of, or that was cut off, must not read as green: it gets an error of its own. */
const runItself = (report: ReportDocument): readonly ReportCase[] => {
  const told = report.verdict !== 'inconclusive' || report.cases.some(({ outcome }) => outcome === 'inconclusive');
  if (told) return [];
  const ladder = { status: false, shape: false, value: false, wire: false };
  const place = { id: 'parity/run', suite: 'parity', title: null, source: '', candidate: '', divergences: [] };
  return [
    {
      ...place,
      outcome: 'inconclusive',
      ladder,
      headers: false,
      reason: 'inconclusive',
      message: verdictReason(report),
      hint: null,
    },
  ];
};

/** A long run does not list what matched, and says so. */
const letGo = ({ matching }: RunRecord): readonly string[] => {
  if (matching === undefined) return [];
  const words = `${plural(matching.count, 'case')} that matched: not listed here, but in report.json and run.jsonl`;
  return [`  <testsuite${attribute('name', 'matched')}${tally([])}><system-out>${words}</system-out></testsuite>`];
};

/** A run as JUnit XML: divergent is a failure, inconclusive an error, not run and flaky are skipped. Always valid XML 1.0. */
export const renderJunit = (record: RunRecord): string => {
  const report = toReportDocument(record);
  const cases = [...report.cases, ...runItself(report)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attribute('name', report.run.tool.name)}${tally(cases)}>`,
    ...bySuite(cases).map((group) => testSuite(group, report)),
    ...letGo(record),
    '</testsuites>',
    '',
  ].join('\n');
};
