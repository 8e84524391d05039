import { markdownCode, markdownText } from '../../report/document/escape.ts';
import { plural } from '../../report/document/wording.ts';
import type { Assessment } from './assessment.ts';
import type { ProofResult } from './proofs.ts';
import type { Registers } from './registers.ts';

/** What the files of an assessment are rendered from. */
export interface Assessed {
  readonly assessment: Assessment;
  readonly registers: Registers;
  /** The report of the run is beside them. */
  readonly hasReport: boolean;
}

/** Name of the copy of the report of the run: the run itself is in no clone. */
export const reportName = 'parity-report.md';

/** The Markdown files of an assessment, by name. */
export function markdownFiles(assessed: Assessed): Readonly<Record<string, string>> {
  return {
    'assessment.md': assessmentText(assessed),
    'risk-register.md': riskText(assessed.registers),
    'claim-coverage.md': claimText(assessed.registers),
    'backlog.md': backlogText(assessed.assessment),
    'acceptance-gates.md': gateText(assessed.registers),
    'delta.md': deltaText(assessed.assessment),
  };
}

/** A cell is Markdown already, and on one line. */
function table(head: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return `${none}\n`;
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

function page(title: string, ...parts: readonly string[]): string {
  return [`# ${title}\n`, ...parts].join('\n');
}

function list(items: readonly string[], none = 'none'): string {
  return items.length === 0 ? `${none}\n` : `${items.map((item) => `- ${markdownText(item)}`).join('\n')}\n`;
}

function assessmentText({ assessment, hasReport }: Assessed): string {
  const { verdict, reasons, made, scorecard, delta, gates, risks, claims, gaps } = assessment;
  const from = new Map(delta.scores.map((score) => [score.dimension, score.from]));
  return page(
    `Assessment ${made.gauntlet}: ${verdict}`,
    list(reasons),
    '## Phases\n',
    table(['Phase', 'Result'], phaseRows(assessment, hasReport), ''),
    '## Scorecard\n',
    table(
      ['Dimension', 'Score', 'Last', 'Lost points'],
      scorecard.map(({ dimension, score, of, checks }) => {
        const lost = checks
          .filter(({ holds }) => !holds)
          .map(({ check, points }) => `${points}: ${markdownCode(check)}`);
        return [markdownText(dimension), `${score}/${of}`, scoreText(from.get(dimension)), lost.join('<br>')];
      }),
      'No dimension is named.',
    ),
    '## Known gaps\n',
    table(
      ['Id', 'State', 'Severity', 'What differs', 'Decision'],
      gaps.map(({ id, state, severity, title, decision }) => [
        ...[markdownText(id), state, severity ?? '', markdownText(title), markdownText(decision ?? '')],
      ]),
      'No divergence is known.',
    ),
    '## Registers\n',
    table(
      ['File', 'What it holds'],
      [
        ['[acceptance-gates.md](acceptance-gates.md)', counted(gates, 'pass', 'fail')],
        ['[risk-register.md](risk-register.md)', counted(risks, 'open', 'partial', 'closed')],
        ['[claim-coverage.md](claim-coverage.md)', counted(claims, 'held', 'failed', 'missing evidence')],
        ['[backlog.md](backlog.md)', `${assessment.backlog.length} open`],
        ['[delta.md](delta.md)', delta.since === null ? 'the first gauntlet' : `since ${markdownText(delta.since)}`],
      ],
      '',
    ),
    '## Made\n',
    list(madeLines(assessment)),
  );
}

/** What the phases came to, a row each. */
function phaseRows(assessment: Assessment, hasReport: boolean): string[][] {
  const report = assessment.phases.parity?.report ?? null;
  const links = [
    ...(hasReport ? [`[report of the run](${reportName})`] : []),
    ...(report === null ? [] : [`${reportWords}: ${markdownCode(report)}`]),
  ];
  return phaseLines(assessment).map(({ name, lines }) => [
    name,
    [...lines.map(markdownText), ...(name === 'parity' ? links : [])].join('<br>'),
  ]);
}

/** What comes before the path of the run's own report, which is no link: the reports of a gauntlet are tracked, runs are not. */
export const reportWords = 'full report, where it ran';

/** What each phase and the gates came to, as text. */
export function phaseLines({ phases: { smoke, review, parity }, unjudged, gates }: Assessment) {
  const linesOf = (name: string, lines: readonly string[] | null) => {
    const isPart = lines !== null || unjudged.includes(name);
    const verdict = unjudged.includes(name) ? ['not judged'] : isPart ? [] : ['not part of this gauntlet'];
    return { name, lines: [...verdict, ...(lines ?? [])] };
  };
  const bundles = review?.bundles.map((one) => `${one.name}: ${one.convergent} convergent / ${one.distinct} distinct`);
  return [
    linesOf('smoke', smoke && [`${smoke.pass} pass, ${smoke.fail} fail`]),
    linesOf('review', bundles ?? null),
    linesOf(
      'parity',
      parity && [`${parity.verdict}, ${plural(parity.findings, 'finding')}, run ${parity.run}`, ...parity.suites],
    ),
    { name: 'gates', lines: [gates.length === 0 ? 'none' : counted(gates, 'pass', 'fail')] },
  ];
}

/** How many have each status. */
export function counted(items: readonly { readonly status: string }[], ...statuses: readonly string[]): string {
  return statuses.map((word) => `${items.filter(({ status }) => status === word).length} ${word}`).join(', ');
}

/** When, with what and of which state of the project an assessment was made. */
export function madeLines({ made }: Assessment): string[] {
  const state = made.dirty === null ? '' : ` with changes that are not committed (${made.dirty.slice(0, 12)})`;
  const commit =
    made.commit === null ? 'without a commit, so changes during the gauntlet were not noticed' : made.commit;
  return [
    `${made.at} by ${made.tool}`,
    `project: ${commit}${state}`,
    ...Object.entries(made.evidence).map(([file, hash]) => `evidence: ${file} (SHA-256 ${hash.slice(0, 16)})`),
  ];
}

function riskText({ risks }: Registers): string {
  const rows = risks.map(({ risk: { id, severity, title }, status, evidence, closedBy }) => [
    ...[markdownText(id), severity, status, markdownText(title), proofCell(evidence), proofCell(closedBy)],
  ]);
  const head = ['Risk', 'Severity', 'Status', 'Title', 'Evidence', 'Closed by'];
  return page('Risk register', table(head, rows, 'No risk is registered.'));
}

function claimText({ claims, risks }: Registers): string {
  const known = new Set(risks.map(({ risk }) => risk.id));
  const rows = claims.map(({ claim: { claim, risk }, result, status }) => {
    const named = risk === undefined ? '' : `${risk}${known.has(risk) ? '' : ' (not in the register)'}`;
    return [markdownText(claim), result === null ? '' : proofCell([result]), markdownText(named), status];
  });
  return page('Claim coverage', table(['Claim', 'Test', 'Risk', 'Status'], rows, 'No claim is made.'));
}

function gateText({ gates }: Registers): string {
  const rows = gates.map(({ id, title, result: { text, how, holds } }) => [
    ...[markdownText(id), holds ? 'pass' : 'fail', markdownText(title), markdownCode(text), markdownText(how)],
  ]);
  return page(
    'Acceptance gates',
    table(['Gate', 'Status', 'Title', 'Command', 'How it ended'], rows, 'No gate is named.'),
  );
}

function proofCell(proofs: readonly ProofResult[]): string {
  return proofs.map(({ text, how }) => `${markdownCode(text)} ${markdownText(how)}`).join('<br>');
}

function backlogText({ backlog }: Assessment): string {
  const rows = backlog.map(({ id, kind, severity, title, gate }) => [
    ...[markdownText(id), kind, severity, markdownText(title), markdownText(gate)],
  ]);
  return page('Backlog', table(['Id', 'Kind', 'Severity', 'What is open', 'What closes it'], rows, 'Nothing is open.'));
}

function deltaText({ delta }: Assessment): string {
  const scores = delta.scores.map(({ dimension, from, to }) => [
    markdownText(dimension),
    scoreText(from),
    scoreText(to),
  ]);
  const lists = (['closed', 'partial', 'new', 'reopened', 'left'] as const).flatMap((word) => [
    `## ${deltaHeadings[word]}\n`,
    list(delta[word]),
  ]);
  return page(
    delta.since === null ? 'Delta: the first gauntlet' : `Delta since ${markdownText(delta.since)}`,
    '## Scores\n',
    table(['Dimension', 'From', 'To'], scores, 'No dimension is named.'),
    ...lists,
  );
}

export const deltaHeadings = {
  closed: 'Closed',
  partial: 'Partial',
  new: 'New',
  reopened: 'Reopened',
  left: 'Not listed any more, without a proof that it is closed',
} as const;

/** A score, or a sign that there is none. */
export function scoreText(score: number | null | undefined): string {
  return score === null || score === undefined ? '–' : String(score);
}
