import { fromDifference } from '../../compare/model/excerpt.ts';
import type { RunRecord } from '../../record/run-record.ts';
import type { RecordedNoise } from '../../record/types.ts';
import { buildPhrase } from '../document/build-phrase.ts';
import { comparisonsOf, digestIn, listedCases, type ReportDocument, toReportDocument } from '../document/document.ts';
import { evidencePhrases } from '../document/evidence.ts';
import { sharedFixes } from '../document/fixes.ts';
import { digestsOf, type LadderPhrase, ladderPhrases } from '../document/ladder.ts';
import type { ReportCase, ReportFinding, ReportSuite } from '../document/report-model.ts';
import type { SuiteDigest } from '../document/summary.ts';
import {
  acceptCommand,
  findingPlace,
  findingRoutes,
  groupMessage,
  openFindings,
  plural,
  proofWord,
  referenceName,
  silentGroups,
  topFindings,
  verdictLook,
  verdictReason,
} from '../document/wording.ts';
import { finishLines, type Pen, type PenOptions, penFor } from './ansi.ts';

export interface TerminalOptions extends PenOptions {
  /** Lists every case, every finding in full, and what was ignored as noise. */
  readonly verbose?: boolean;
  /** The verdict, and what could not be done. */
  readonly quiet?: boolean;
  /** Path of the report to point to, or absent. */
  readonly report?: string;
}

const shownFindings = 10;

const targetLines = ({ run }: ReportDocument, pen: Pen): readonly string[] => {
  const widest = Math.min(24, Math.max(0, ...run.targets.map(({ name }) => name.length)));
  return run.targets.map((target) => {
    const start = `  ${pen.show(target.name, 24).padEnd(widest)}  ${target.role}  `;
    const build = buildPhrase(target);
    return start + pen.show(build === null ? target.url : `${target.url}  (${build})`, pen.width - start.length);
  });
};

const suiteMark = ({ cases, conclusive }: ReportSuite, digests: readonly SuiteDigest[], pen: Pen): string => {
  if (digests.some(({ outcomes }) => outcomes.divergent > 0)) return pen.paint('red', pen.bad);
  return conclusive === cases ? pen.paint('green', pen.good) : pen.paint('yellow', pen.unsure);
};

/** Phrases on lines of at most `columns`, but that the first two stand together; one that need not be told is left out where it does not fit. */
const phraseLines = (phrases: readonly LadderPhrase[], columns: number, pen: Pen, all: boolean): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const [index, { text, changesSomething }] of phrases.entries()) {
    const longer = line === '' ? text : line + pen.dot + text;
    if (index < 2 || longer.length <= columns) line = longer;
    else if (changesSomething || all) {
      lines.push(line);
      line = text;
    }
  }
  return [...lines, line];
};

const suiteLines = (report: ReportDocument, pen: Pen, verbose: boolean): readonly string[] => {
  const { suites, run } = report;
  const several = run.targets.length > 2;
  const labels = suites.map(({ name, candidate }) => pen.show(several ? `${name} (${candidate})` : name, 32));
  const widest = Math.max(0, ...labels.map((label) => label.length));
  return suites.flatMap((suite, index) => {
    const digests = digestsOf(suite, digestIn(report).suites);
    const start = `  ${suiteMark(suite, digests, pen)} ${(labels[index] ?? '').padEnd(widest)}  `;
    const lines = phraseLines(ladderPhrases(suite, digests), pen.width - widest - 6, pen, verbose);
    return lines.map((line, at) => (at === 0 ? start : ' '.repeat(widest + 6)) + line);
  });
};

const sideLines = ({ example, candidate }: ReportFinding, reference: string, pen: Pen): readonly string[] => {
  const widest = Math.min(16, Math.max(reference.length, candidate.length));
  const [here, there] = fromDifference(example.reference, example.candidate, pen.width - widest - 8);
  const side = (mark: string, name: string, text: string | null): string => {
    const start = `    ${mark} ${pen.show(name, 16).padEnd(widest)}  `;
    return start + (text === null ? 'absent' : pen.show(text, pen.width - start.length));
  };
  return [
    `      ${pen.paint('dim', pen.show(example.case, pen.width - 6))}`,
    pen.paint('red', side('-', reference, here)),
    pen.paint('green', side('+', candidate, there)),
  ];
};

const acceptLines = (finding: ReportFinding, report: ReportDocument, pen: Pen): readonly string[] => {
  const command = acceptCommand(finding, report);
  return command === null ? [] : [`      ${pen.show(command, 400)}`];
};

const fixLines = (finding: ReportFinding, pen: Pen): readonly string[] => [
  ...sharedFixes(finding).flatMap(({ label, text }) =>
    pen.wrap(`${label}: ${text}`, pen.width - 8).map((line, index) => (index === 0 ? '      ' : '        ') + line),
  ),
  ...(finding.class === 'unexplained' ? [] : [`      parity explain ${pen.show(finding.class, 60)}`]),
];

const headLines = (finding: ReportFinding, pen: Pen): readonly string[] => {
  const state = pen.paint(finding.state === 'accepted' ? 'dim' : 'bold', finding.state.toUpperCase().padEnd(8));
  const facts = [proofWord(finding), finding.severity, plural(finding.cases.length, 'case')];
  if (finding.class !== 'unexplained') facts.unshift(pen.show([finding.class, ...finding.also].join(' + '), 60));
  return [
    `${state}  ${pen.show(finding.id, 20)}  ${facts.join(pen.dot)}`,
    `      ${pen.show(`${findingRoutes(finding)}  ${findingPlace(finding)}`, pen.width - 6)}`,
    ...pen.wrap(finding.title, pen.width - 6).map((line) => `      ${line}`),
  ];
};

const findingLines = (finding: ReportFinding, report: ReportDocument, pen: Pen): readonly string[] => [
  '',
  ...headLines(finding, pen),
  ...sideLines(finding, referenceName(report), pen),
  ...fixLines(finding, pen),
  ...acceptLines(finding, report, pen),
];

const acceptedLines = (finding: ReportFinding, pen: Pen): readonly string[] => [
  '',
  ...headLines(finding, pen),
  ...(finding.decision === null ? [] : [`      ${pen.show(`decision: ${finding.decision}`, pen.width - 6)}`]),
];

const allFindingLines = (report: ReportDocument, pen: Pen, verbose: boolean): readonly string[] => {
  const accepted = report.findings.filter(({ state }) => state === 'accepted');
  const fixed = report.findings.filter(({ state }) => state === 'fixed');
  const all = [...openFindings(report), ...accepted];
  const shown = verbose ? all : topFindings(all, shownFindings);
  const rest = all.length - shown.length;
  return [
    ...shown.flatMap((each) =>
      each.state === 'accepted' && !verbose ? acceptedLines(each, pen) : findingLines(each, report, pen),
    ),
    ...(rest === 0 ? [] : ['', `  and ${plural(rest, 'more finding')}: see the report, or -v`]),
    ...(fixed.length === 0 ? [] : ['', `FIXED     ${pen.show(fixed.map(({ id }) => id).join(', '), pen.width - 10)}`]),
  ];
};

const hintOf = ({ hint }: ReportCase): readonly string[] => (hint === null ? [] : [`try: ${hint}`]);

const silentLines = (report: ReportDocument, pen: Pen, verbose: boolean): readonly string[] =>
  silentGroups(report).flatMap((group) => [
    '',
    `${pen.paint('yellow', (group.first.outcome === 'notRun' ? 'not run' : group.first.outcome).toUpperCase())}  ${pen.show(group.reason, 40)}  ${plural(group.count, 'case')}`,
    ...[groupMessage(group), ...hintOf(group.first)].flatMap((text) =>
      pen.wrap(text, pen.width - 6).map((line) => `      ${line}`),
    ),
    ...(verbose ? pen.wrap(group.ids.join(', '), pen.width - 6) : [pen.show(group.ids.join(', '), pen.width - 6)]).map(
      (line) => `      ${line}`,
    ),
  ]);

/** `body /token (value), headers date (value: a clock)`: what differs on both sides each time, and did not count. */
const noiseText = (noise: readonly RecordedNoise[]): string =>
  [
    ...new Set(
      noise.map(({ facet, pointer, what, reason }) => {
        return `${facet} ${pointer === '' ? '/' : pointer} (${what}${reason === undefined ? '' : `: ${reason}`})`;
      }),
    ),
  ].join(', ');

const caseLines = (record: RunRecord, pen: Pen): readonly string[] => {
  const lines: string[] = [];
  let listed = 0;
  for (const { runCase, perCandidate } of listedCases(record))
    for (const { outcome, id, candidate, reason } of perCandidate) {
      const noise = runCase.comparisons.find((one) => one.candidate === candidate)?.noise ?? [];
      const why = reason === null ? '' : `  (${reason})`;
      listed += 1;
      lines.push(`  ${outcome.padEnd(12)}  ${pen.show(`${id}  ${candidate}${why}`, pen.width - 16)}`);
      if (noise.length > 0)
        lines.push(
          ...pen.wrap(`ignored as noise: ${noiseText(noise)}`, pen.width - 18).map((line) => ' '.repeat(18) + line),
        );
    }
  const rest = comparisonsOf(toReportDocument(record)) - listed;
  return ['', ...lines, ...(rest === 0 ? [] : [`  and ${plural(rest, 'more case')} that matched: see report.json`])];
};

const countLine = ({ counts }: ReportDocument, pen: Pen): string => {
  const words = [
    [counts.match, 'match'],
    [counts.divergent, 'divergent'],
    [counts.accepted, 'accepted'],
    [counts.flaky, 'flaky'],
    [counts.inconclusive, 'inconclusive'],
    [counts.notRun, 'not run'],
  ] as const;
  const shown = words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return `  ${counts.selected} of ${plural(counts.total, 'case')}${shown.length === 0 ? '' : `: ${shown.join(pen.dot)}`}`;
};

const verdictLine = (report: ReportDocument, pen: Pen): string => {
  const styles = { parity: 'green', divergent: 'red', accepted: 'cyan', inconclusive: 'yellow' } as const;
  const style = styles[verdictLook(report)];
  return `${pen.paint(style, report.verdict.toUpperCase())} ${pen.show(verdictReason(report), 400)}`;
};

/**
 * A run for the terminal: what was compared, the ladder of each suite, the findings, the worst first, what said nothing,
 * and on the last line the verdict. Text of targets and files is shown, never obeyed.
 */
export const renderTerminal = (record: RunRecord, options: TerminalOptions): string => {
  const report = toReportDocument(record);
  const pen = penFor(options);
  if (options.quiet === true) {
    const silent = silentLines(report, pen, false).slice(1);
    return finishLines([...silent, ...(silent.length === 0 ? [] : ['']), verdictLine(report, pen)]);
  }
  const { run } = report;
  const verbose = options.verbose === true;
  const wrapped = (text: string) => pen.wrap(text, pen.width - 2).map((line) => `  ${line}`);
  const notes = report.notes.flatMap((note) => wrapped(`note: ${note}`));
  const proof = evidencePhrases(report).flatMap(wrapped);
  return finishLines([
    pen.show(`${run.tool.name} ${run.tool.version}  run ${run.id}  seed ${run.seed}`, pen.width),
    ...targetLines(report, pen),
    ...(report.suites.length === 0 ? [] : ['', ...suiteLines(report, pen, verbose)]),
    ...(verbose ? caseLines(record, pen) : []),
    ...allFindingLines(report, pen, verbose),
    ...silentLines(report, pen, verbose),
    ...(notes.length === 0 ? [] : ['', ...notes]),
    '',
    countLine(report, pen),
    ...proof,
    ...(options.report === undefined ? [] : [`  report ${pen.show(options.report, 400)}`]),
    '',
    verdictLine(report, pen),
  ]);
};
