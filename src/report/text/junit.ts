import type { RunRecord } from '../../record/run-record.ts';
import { countIn } from '../document/counts.ts';
import { digestIn, listedCases, type ReportDocument, toReportDocument } from '../document/document.ts';
import { cut, xmlText } from '../document/escape.ts';
import { sharedFixes } from '../document/fixes.ts';
import type { ReportCase, ReportDivergence, ReportFinding } from '../document/report-model.ts';
import type { SuiteDigest } from '../document/summary.ts';
import { findingPlace, plural, silenceOf, verdictReason } from '../document/wording.ts';

const excerpt = 200;
const shownDivergences = 5;
const shownFindings = 3;
/** CI servers refuse files above some 30 MB; from here on a failure tells its count alone. */
const shownFailures = 1000;

const attribute = (name: string, value: string | number): string => ` ${name}="${xmlText(cut(String(value), 500))}"`;

const divergenceLine = (each: ReportDivergence): string => {
  const side = (text: string | null): string => (text === null ? '(absent)' : cut(text, excerpt));
  const head = `${each.finding === null ? '' : `${each.finding} `}${findingPlace(each)} ${each.kind}`;
  return [head, `  - ${side(each.reference)}`, `  + ${side(each.candidate)}`].map(xmlText).join('\n');
};

/** A cause in a few lines: its class, how to mend it on either side, and where to read more. */
const findingLines = (finding: ReportFinding): string => {
  const known = finding.class !== 'unexplained';
  const head = `${finding.id} ${finding.class} (${finding.severity}): ${finding.title}`;
  const fixes = sharedFixes(finding).map(({ label, text }) => `  ${label}: ${text}`);
  return [head, ...fixes, ...(known ? [`  parity explain ${finding.class}`] : [])]
    .map((line) => xmlText(cut(line, 500)))
    .join('\n');
};

/** What people have accepted is no part of it, and is said beside. */
const failure = (each: ReportCase, all: readonly ReportFinding[], position: number): string => {
  const isShown = position < shownFailures;
  const accepted = new Set(all.flatMap(({ id, state }) => (state === 'accepted' ? [id] : [])));
  const findings = all.filter(({ id }) => !accepted.has(id));
  const open = each.divergences.filter(({ finding }) => finding === null || !accepted.has(finding));
  const shown = open.slice(0, isShown ? shownDivergences : 0).map(divergenceLine);
  const rest = open.length - shown.length;
  const classes = [...new Set(findings.map((finding) => finding.class))].slice(0, shownFindings).join(', ');
  const count = `${plural(open.length, 'divergence')} from the reference`;
  const message = classes === '' ? count : `${count}: ${classes}`;
  const more = [...(rest > 0 ? [`and ${rest} more`] : []), ...(accepted.size > 0 ? [acceptedWords(accepted)] : [])];
  const causes = isShown ? findings.slice(0, shownFindings).map(findingLines) : [];
  return `<failure${attribute('message', message)}${attribute('type', 'divergent')}>${[...shown, ...more, ...causes].join('\n')}</failure>`;
};

const silence = (element: string, each: ReportCase): string =>
  `<${element}${attribute('message', `${each.reason ?? each.outcome}: ${silenceOf(each)}`)}${
    element === 'error' ? attribute('type', each.reason ?? each.outcome) : ''
  }/>`;

const acceptedWords = (ids: Iterable<string>): string => xmlText(cut(`accepted: ${[...ids].join(' ').trim()}`, 500));

const acceptance = (each: ReportCase): string =>
  `<system-out>${acceptedWords(new Set(each.divergences.map(({ finding }) => finding ?? '')))}</system-out>`;

/** The findings of a case, in the order of the report. */
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
  return result === '' ? `${start}/>\n` : `${start}>${result}</testcase>\n`;
};

interface Tally {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

const tallyOf = (suites: readonly SuiteDigest[], itself: readonly ReportCase[]): Tally => ({
  tests: countIn(suites, 'match', 'divergent', 'accepted', 'flaky', 'inconclusive', 'notRun') + itself.length,
  failures: countIn(suites, 'divergent'),
  errors: countIn(suites, 'inconclusive') + itself.length,
  skipped: countIn(suites, 'notRun', 'flaky'),
});

const tallyText = (tally: Tally): string =>
  Object.entries(tally)
    .map(([name, count]) => attribute(name, count))
    .join('');

const suiteStart = (name: string, tally: Tally, { run }: ReportDocument): string =>
  `  <testsuite${attribute('name', name)}${tallyText(tally)}${attribute('timestamp', run.startedAt)}>\n`;

/** The suite of what is said of the run as a whole. */
const itselfSuite = 'parity';

/** A run that nothing came of, or that was cut off, must not read as green: it gets an error of its own. */
const runItself = (report: ReportDocument): readonly ReportCase[] => {
  if (report.verdict !== 'inconclusive' || countIn(digestIn(report).suites, 'inconclusive') > 0) return [];
  const ladder = { status: false, shape: false, value: false, wire: false };
  const place = { id: 'parity/run', suite: itselfSuite, title: null, source: '', candidate: '', divergences: [] };
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
const letGo = ({ matching }: RunRecord): string => {
  if (matching === undefined) return '';
  const words = `${plural(matching.count, 'case')} that matched are not listed here; see report.json and run.jsonl`;
  return `  <testsuite${attribute('name', 'matched')}${tallyText(tallyOf([], []))}><system-out>${words}</system-out></testsuite>\n`;
};

const suiteEnd = '  </testsuite>\n';

/** The suites one after the other, as their cases come; what is said of the run itself stands in a suite of its own. */
function* suiteParts(record: RunRecord, itself: readonly ReportCase[]): Generator<string> {
  const report = toReportDocument(record);
  const { suites } = digestIn(report);
  const ofItself = itself.map((each) => testCase(each, report, 0));
  const begin = (name: string): string => {
    const own = suites.filter((one) => one.name === name);
    return suiteStart(name, tallyOf(own, name === itselfSuite ? itself : []), report);
  };
  const finish = (name: string | null): readonly string[] =>
    name === null ? [] : [...(name === itselfSuite ? ofItself : []), suiteEnd];
  let current: string | null = null;
  let position = 0;
  for (const { perCandidate } of listedCases(record))
    for (const each of perCandidate) {
      if (each.suite !== current) yield* [...finish(current), begin(each.suite)];
      yield testCase(each, report, position);
      current = each.suite;
      position += 1;
    }
  yield* finish(current);
  if (itself.length > 0 && suites.every(({ name }) => name !== itselfSuite))
    yield* [begin(itselfSuite), ...finish(itselfSuite)];
}

/** A run as JUnit XML: divergent is a failure, inconclusive an error, not run and flaky are skipped. Always valid XML 1.0. In parts, each of a case or so. */
export function* junitParts(record: RunRecord): Generator<string> {
  const report = toReportDocument(record);
  const itself = runItself(report);
  const all = tallyText(tallyOf(digestIn(report).suites, itself));
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attribute('name', report.run.tool.name)}${all}>\n`;
  yield* suiteParts(record, itself);
  yield `${letGo(record)}</testsuites>\n`;
}
