import { type ReportCase, type ReportDivergence, type ReportDocument, toReportDocument } from './document.ts';
import { cut, xmlText } from './escape.ts';
import { findingPlace, silenceOf, verdictReason } from './phrases.ts';
import type { RunRecord } from './record.ts';

const excerpt = 200;
const shownDivergences = 5;
/** CI servers refuse files above some 30 MB; from here on a failure tells its count alone. */
const shownFailures = 1000;

const attribute = (name: string, value: string | number): string => ` ${name}="${xmlText(cut(String(value), 500))}"`;

const divergenceLine = (each: ReportDivergence): string => {
  const side = (text: string | null): string => (text === null ? '(nothing there)' : cut(text, excerpt));
  const head = `${each.finding === null ? '' : `${each.finding} `}${findingPlace(each)} ${each.kind}`;
  return [head, `  - ${side(each.reference)}`, `  + ${side(each.candidate)}`].map(xmlText).join('\n');
};

const failure = (each: ReportCase, position: number): string => {
  const shown = each.divergences.slice(0, position < shownFailures ? shownDivergences : 0).map(divergenceLine);
  const rest = each.divergences.length - shown.length;
  const message = `${each.divergences.length} divergences from the reference`;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  return `<failure${attribute('message', message)}${attribute('type', 'divergent')}>${[...shown, ...more].join('\n')}</failure>`;
};

const silence = (element: string, each: ReportCase): string =>
  `<${element}${attribute('message', `${each.reason ?? each.outcome}: ${silenceOf(each)}`)}${
    element === 'error' ? attribute('type', each.reason ?? each.outcome) : ''
  }/>`;

const acceptance = (each: ReportCase): string => {
  const ids = [...new Set(each.divergences.map(({ finding }) => finding ?? ''))].join(' ').trim();
  return `<system-out>${xmlText(cut(`accepted: ${ids}`, 500))}</system-out>`;
};

const resultOf = (each: ReportCase, position: number): string => {
  switch (each.outcome) {
    case 'match':
      return '';
    case 'accepted':
      return acceptance(each);
    case 'divergent':
      return failure(each, position);
    case 'inconclusive':
      return silence('error', each);
    default:
      return silence('skipped', each);
  }
};

const testCase = (each: ReportCase, several: boolean, position: number): string => {
  const name = several ? `${each.id} [${each.candidate}]` : each.id;
  const start = `    <testcase${attribute('classname', each.suite)}${attribute('name', name)}${attribute('file', each.source)}`;
  const result = resultOf(each, position);
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

const testSuite = (cases: readonly ReportCase[], { run, cases: all }: ReportDocument): string => {
  const name = attribute('name', cases[0]?.suite ?? '');
  const first = Math.max(0, all.indexOf(cases[0] as ReportCase));
  const tests = cases.map((each, index) => testCase(each, run.targets.length > 2, first + index));
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

/** A run as JUnit XML: divergent is a failure, inconclusive an error, not run and flaky are skipped. Always valid XML 1.0. */
export const renderJunit = (record: RunRecord): string => {
  const report = toReportDocument(record);
  const cases = [...report.cases, ...runItself(report)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attribute('name', report.run.tool.name)}${tally(cases)}>`,
    ...bySuite(cases).map((group) => testSuite(group, report)),
    '</testsuites>',
    '',
  ].join('\n');
};
