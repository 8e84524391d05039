import type { RunRecord } from '../../record/run-record.ts';
import { buildPhrase } from '../document/build-phrase.ts';
import { comparisonsOf, digestIn, listedCases, type ReportDocument, toReportDocument } from '../document/document.ts';
import { durationsPhrase } from '../document/durations.ts';
import { cut, markdownCode, markdownFence, markdownText } from '../document/escape.ts';
import { evidencePhrases } from '../document/evidence.ts';
import { sharedFixes } from '../document/fixes.ts';
import { headerScope } from '../document/header-scope.ts';
import { digestsOf, ladderWithReasons } from '../document/ladder.ts';
import type { ReportCase, ReportFinding } from '../document/report-model.ts';
import { isConclusive } from '../document/summary.ts';
import {
  acceptCommand,
  capital,
  findingPlace,
  findingRoutes,
  foundIn,
  groupSilence,
  openFindings,
  plural,
  proofWord,
  referenceName,
  silentGroups,
  statePhrase,
  topFindings,
  verdictLook,
  verdictReason,
} from '../document/wording.ts';
import { shortAnswers } from '../html/answers.ts';
import { maxCommentLength } from '../limits.ts';

const shownFindings = 100;
const shownCases = 100;
const shownRows = 30;

const text = (value: string, limit = 300): string => markdownText(cut(value, limit));
const code = (value: string, limit = 200): string => markdownCode(cut(value, limit));

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const heading = (report: ReportDocument): string => {
  const sign = { parity: '✅', divergent: '❌', accepted: '☑️', inconclusive: '⚠️' }[verdictLook(report)];
  return `# ${sign} ${report.verdict.toUpperCase()}: ${text(verdictReason(report))}`;
};

/** The decision: the four questions of the HTML report, in a line each. */
const decision = (report: ReportDocument): string =>
  shortAnswers(report)
    .map(([question, answer]) => `- **${question}** ${text(answer)}`)
    .join('\n');

/** Blocks behind a line that opens them. The line holds words of ours alone: it is HTML. */
const folded = (summary: string, blocks: readonly string[]): readonly string[] =>
  blocks.length === 0 ? [] : [[`<details><summary>${summary}</summary>`, ...blocks, '</details>'].join('\n\n')];

const targets = ({ run }: ReportDocument): string => {
  const builds = run.targets.map(buildPhrase);
  const isKnown = builds.some((one) => one !== null);
  const rows = run.targets.map(({ name, role, url }, at) => {
    return [text(name), role, code(url), ...(isKnown ? [text(builds[at] ?? 'not known')] : [])];
  });
  return table(['Target', 'Role', 'URL', ...(isKnown ? ['Build'] : [])], rows);
};

const ladders = (report: ReportDocument): readonly string[] => {
  const { suites } = report;
  if (suites.length === 0) return [];
  const rows = suites.slice(0, shownCases).map((suite) => {
    const held = (count: number): string => `${count}/${suite.conclusive}`;
    const { status, shape, value, wire } = suite.ladder;
    const names = [text(suite.name, 80), text(suite.candidate, 40)];
    return [
      ...names,
      ...[status, shape, value, wire, suite.headers].map(held),
      text(ladderWithReasons(suite, digestsOf(suite, digestIn(report).suites))),
    ];
  });
  return folded('The ladder', [
    table(['Suite', 'Candidate', 'status', 'shape', 'value', 'wire', 'headers', 'In words'], rows),
  ]);
};

const exampleBlock = ({ example, candidate }: ReportFinding, reference: string): string => {
  const side = (mark: string, name: string, value: string | null): string =>
    `${mark} ${cut(name, 40)}: ${value === null ? '(absent)' : cut(value, 300)}`;
  return markdownFence([side('-', reference, example.reference), side('+', candidate, example.candidate)], 'diff');
};

const findingFacts = (finding: ReportFinding, report: ReportDocument): readonly string[] => {
  const accept = acceptCommand(finding, report);
  const word = proofWord(finding);
  const proof = word === 'verified' && finding.verifiedAt !== null ? `verified at ${finding.verifiedAt}` : word;
  const causes = [finding.class, ...finding.also].map((each) => code(each)).join(' + ');
  return [
    `- Cause: ${causes}, ${finding.class === 'unexplained' ? 'no known drift class' : proof}`,
    `- Where: ${code(findingRoutes(finding))}, ${code(findingPlace(finding))}, ${plural(finding.cases.length, 'case')}`,
    `- Impact: ${text(finding.impact, 1000)}`,
    ...sharedFixes(finding).map((fix) => `- ${capital(text(fix.label))}: ${text(fix.text, 1000)}`),
    ...(finding.class === 'unexplained' ? [] : [`- More: ${code(`parity explain ${finding.class}`)}`]),
    ...(finding.decision === null || finding.decision === '' ? [] : [`- Decision: ${text(finding.decision, 1000)}`]),
    ...(accept === null ? [] : [`- To accept it: ${code(accept, 400)}`]),
  ];
};

/** The id of a finding in a line of HTML: only where it is as plain as ours are. */
const plainId = ({ id }: ReportFinding): string => (/^[A-Za-z][\w-]{0,60}$/.test(id) ? id : 'A finding');

const findingBlock = (finding: ReportFinding, report: ReportDocument): readonly string[] =>
  folded(`${plainId(finding)} · ${finding.state} · ${finding.severity}`, [
    `**${text(finding.title)}**`,
    findingFacts(finding, report).join('\n'),
    `Example ${code(finding.example.case)}:`,
    exampleBlock(finding, referenceName(report)),
  ]);

const findingRow = (finding: ReportFinding): readonly string[] => [
  text(finding.id, 40),
  finding.state,
  finding.severity,
  text(finding.title, 200),
  code(findingRoutes(finding), 120),
  String(finding.cases.length),
];

const findings = (report: ReportDocument): readonly string[] => {
  if (report.findings.length === 0) return [];
  const known = report.findings.filter(({ state }) => state === 'accepted' || state === 'fixed');
  const all = [...openFindings(report), ...known];
  const shown = topFindings(all, shownFindings);
  const rest = all.length - shown.length;
  const rows = shown.slice(0, shownRows).map(findingRow);
  return [
    `## Findings${report.tracker === null ? '' : `: ${statePhrase(report)}`}`,
    table(['ID', 'State', 'Severity', 'What', 'Where', 'Cases'], rows),
    ...(all.length > rows.length
      ? [`and ${plural(all.length - rows.length, 'more finding')} below or in the HTML report.`]
      : []),
    ...shown.flatMap((finding) => findingBlock(finding, report)),
    ...(rest > 0 ? [`and ${plural(rest, 'more finding')} in the HTML report.`] : []),
  ];
};

const silent = (report: ReportDocument): readonly string[] => {
  const rows = silentGroups(report).map((group) => [
    code(group.reason),
    String(group.count),
    text(groupSilence(group)),
    group.ids
      .slice(0, 20)
      .map((id) => code(id, 80))
      .join(' '),
  ]);
  return rows.length === 0 ? [] : ['## Not judged', table(['Reason', 'Cases', 'What happened', 'Which'], rows)];
};

const caseRow = (each: ReportCase): readonly string[] => {
  const rungs = [each.ladder.status, each.ladder.shape, each.ladder.value, each.ladder.wire, each.headers];
  const known = isConclusive(each);
  const { ids, more } = foundIn(each);
  return [
    code(each.id, 120),
    text(each.candidate, 40),
    each.outcome === 'notRun' ? 'not run' : each.outcome,
    ...rungs.map((held) => (known ? (held ? 'yes' : '**no**') : '')),
    [...ids.map((id) => text(id, 40)), more].join(' ').trimEnd(),
  ];
};

const caseTable = (report: ReportDocument, record: RunRecord): readonly string[] => {
  const total = comparisonsOf(report);
  if (total === 0) return [];
  const shown: ReportCase[] = [];
  for (const { perCandidate } of listedCases(record)) {
    if (shown.length >= shownCases) break;
    shown.push(...perCandidate.filter(({ outcome }) => total <= shownCases || outcome !== 'match'));
  }
  shown.length = Math.min(shown.length, shownCases);
  const head = ['Case', 'Candidate', 'Outcome', 'status', 'shape', 'value', 'wire', 'headers', 'Findings'];
  const rest = total - shown.length;
  return folded('Cases', [
    table(head, shown.map(caseRow)),
    ...(rest > 0 ? [`and ${plural(rest, 'more case')} in report.json.`] : []),
  ]);
};

/** Names of headers are foreign text. */
const headerNames = (names: readonly string[]): string =>
  names
    .slice(0, 100)
    .map((name) => code(name))
    .join(', ');

const headers = (report: ReportDocument): string => {
  const { compared, partly, uncompared } = headerScope(report);
  return [
    `Headers: ${headerNames(compared) || 'none'}.`,
    ...(partly.length === 0 ? [] : [`In some cases only: ${headerNames(partly)}.`]),
    uncompared.length === 0 ? 'No other header was compared.' : `Not compared: ${headerNames(uncompared)}.`,
  ].join(' ');
};

const scope = (report: ReportDocument): readonly string[] =>
  folded('What was compared', [
    [
      `- A case matches if it holds the rung ${code(report.run.level)} (or the rung that the case names).`,
      `- ${headers(report)}`,
      ...[...evidencePhrases(report), durationsPhrase(report.durations, report.run.schedule) ?? []]
        .flat()
        .map((phrase) => `- ${text(phrase, 1000)}`),
      ...report.notes.slice(0, 100).map((note) => `- Note: ${text(note, 1000)}`),
    ].join('\n'),
  ]);

const source = ({ run }: ReportDocument): string =>
  `Run ${code(run.id)}, ${text(run.startedAt)}, seed ${run.seed}, ${text(run.tool.name)} ${text(run.tool.version)}.`;

/** The blocks that fit, worst news first, and a line that says how many did not. */
const keepWithin = (blocks: readonly string[], limit: number): string => {
  const kept: string[] = [];
  let room = limit - 200;
  for (const block of blocks) {
    room -= Buffer.byteLength(block) + 2;
    if (room < 0) break;
    kept.push(block);
  }
  const rest = blocks.length - kept.length;
  if (rest > 0) kept.push(`_Cut here: ${plural(rest, 'more part')} in the HTML report._`);
  return `${kept.join('\n\n')}\n`;
};

/** A run as GFM Markdown of at most `limit` bytes, for people on a pull request: the decision first, details folded. */
export const renderMarkdown = (record: RunRecord, limit = maxCommentLength): string => {
  const report = toReportDocument(record);
  const blocks = [
    heading(report),
    decision(report),
    ...silent(report),
    ...findings(report),
    targets(report),
    ...ladders(report),
    ...scope(report),
    ...caseTable(report, record),
    source(report),
  ];
  return keepWithin(blocks, limit);
};
