import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { visibleJson } from '../../json/printable.ts';
import type { Mask } from '../../redact/redact.ts';
import type { GauntletFile } from '../gauntlet-file.ts';
import { writeNew } from '../new-file.ts';
import { type ProjectState, projectChange } from '../project-state.ts';
import type { Assessment } from './assessment.ts';
import { backlogOf } from './backlog.ts';
import { closedIds, deltaOf } from './delta.ts';
import { type EarlierAssessment, readEarlier } from './earlier.ts';
import { type Evidence, type EvidenceFolders, type EvidenceState, type Failures, readEvidence } from './evidence.ts';
import { markdownFiles, reportName } from './markdown.ts';
import { assessmentPage } from './page.ts';
import { type CommandOptions, commandText, createProver } from './proofs.ts';
import { proveRegisters, type Registers } from './registers.ts';
import { type Findings, judge } from './verdict.ts';

/** What an assessment is made of. */
export interface AssessOptions extends CommandOptions {
  readonly file: GauntletFile;
  /** Folder of reports, and in it that of this gauntlet. */
  readonly reports: string;
  readonly folder: string;
  readonly evidence: EvidenceFolders;
  /** Why phases came to nothing, where the caller knows. */
  readonly failures?: Failures;
  /** State of the project when the gauntlet began, and how it is read again. */
  readonly start: ProjectState;
  readonly readState: () => Promise<ProjectState>;
  readonly mask: Mask;
  readonly now: Date;
  /** Name and version. */
  readonly tool: string;
  /** It is computed once more, to be compared: no output of a command is kept, and the evidence was left in this state. */
  readonly again?: EvidenceState;
}

/** An assessment, and what its files are rendered from beside it. */
export interface Computed {
  readonly assessment: Assessment;
  readonly registers: Registers;
  readonly earlier: readonly EarlierAssessment[];
  /** Of the run; null if it has none. */
  readonly report: string | null;
}

/** Assesses a gauntlet and writes the files of the assessment into its folder; null, and no file, if the signal came. Throws PX4201. */
export async function assessGauntlet(options: AssessOptions): Promise<Assessment | null> {
  const computed = await computeAssessment(options);
  if (computed === null) return null;
  for (const [name, text] of Object.entries(assessmentFiles(computed)))
    await writeNew(join(options.folder, name), text);
  return computed.assessment;
}

/** The files of an assessment, by name. The document for programs comes last: where it is, the others are. */
export function assessmentFiles({
  assessment,
  registers,
  earlier,
  report,
}: Computed): Readonly<Record<string, string>> {
  const hasReport = report !== null;
  return {
    ...(hasReport && { [reportName]: report }),
    ...markdownFiles({ assessment, registers, hasReport }),
    'assessment.html': assessmentPage(assessment, { earlier, hasReport }),
    'assessment.json': `${visibleJson(JSON.stringify(assessment, null, 2))}\n`,
  };
}

/** Computes an assessment from evidence, commands and files, and writes nothing but the outputs of commands; null if the signal came. */
export async function computeAssessment(options: AssessOptions): Promise<Computed | null> {
  const { file, folder, mask, signal, start, again } = options;
  const evidence = await readEvidence(file, options.evidence, {
    ...{ failures: options.failures ?? {}, state: again ?? start },
  });
  const logs = again === undefined ? join(folder, 'assess') : null;
  const prover = createProver({ ...options, root: file.root, logs });
  const registers = await proveRegisters(file, prover);
  if (signal.aborted) return null;
  const change = projectChange(start, await options.readState());
  const findings = findingsOf(file, { evidence, registers, change });
  const { earlier, unreadable } = await readEarlier(options.reports, folder);
  const judgement = judge(findings);
  const backlog = backlogOf(findings, registers);
  const closed = closedIds(evidence, { registers, checks: file.smoke.map(({ name }) => name) });
  const { scorecard } = registers;
  const isParityJudged = evidence.parity !== null && !evidence.unjudged.some(({ phase }) => phase === 'parity');
  const assessment: Assessment = mask({
    schema: 'parity-assessment/1',
    verdict: judgement.verdict,
    reasons: [
      ...judgement.reasons,
      ...unreadable.map((name) => `assessment.json of ${name} cannot be read, and counts for nothing`),
    ],
    phases: phasesOf(evidence, folder),
    unjudged: [...new Set(evidence.unjudged.map(({ phase }) => phase))],
    scorecard: [...scorecard],
    ...registerEntries(registers),
    gaps: [...findings.gaps],
    backlog,
    delta: deltaOf(
      { backlog, scorecard: [...scorecard], gaps: [...findings.gaps], registers, closed, isParityJudged },
      earlier,
    ),
    made: await madeOf(options, evidence),
  });
  return { assessment, registers: mask(registers), earlier, report: mask(evidence.parity?.markdown ?? null) };
}

interface Shown {
  readonly evidence: Evidence;
  readonly registers: Registers;
  /** What changed in the project while the gauntlet ran. */
  readonly change: string | null;
}

function findingsOf(file: GauntletFile, { evidence, registers, change }: Shown): Findings {
  const { smoke, review, parity, unjudged } = evidence;
  const dismissed = new Set(file.review?.dismiss.map(({ where }) => where));
  const { gates, risks, claims } = registers;
  const isEmpty = file.smoke.length + gates.length === 0 && file.review === undefined && file.parity === undefined;
  return {
    failedChecks: smoke?.failed ?? [],
    failedGates: gates.filter(({ result }) => !result.holds),
    gaps: parity?.gaps ?? [],
    blocked: (review?.blocked ?? []).filter((where) => !dismissed.has(where)),
    unjudged: [
      ...unjudged.map(({ phase, reason }) => `${phase} was not judged: ${reason}`),
      ...(isEmpty ? ['gauntlet.yaml names no check, no review, no parity run and no gate'] : []),
      ...(change === null ? [] : [`the project changed during the gauntlet: ${change}`]),
    ],
    openRisks: risks.filter(({ status }) => status !== 'closed').map(({ risk }) => risk.id),
    unprovedClaims: claims.filter(({ status }) => status !== 'held').map(({ claim }) => claim.claim),
    hasParity: file.parity !== undefined,
    strict: file.assess?.strict ?? false,
  };
}

function phasesOf({ smoke, review, parity }: Evidence, folder: string): Assessment['phases'] {
  return {
    smoke: smoke && { pass: smoke.pass, fail: smoke.fail },
    review: review && { bundles: review.bundles },
    parity: parity && {
      ...{ verdict: parity.verdict, run: parity.run, suites: [...parity.suites] },
      findings: parity.gaps.filter(({ severity }) => severity !== null).length,
      report: parity.report === null ? null : pathFrom(folder, parity.report),
    },
  };
}

function registerEntries({ risks, claims, gates }: Registers): Pick<Assessment, 'risks' | 'claims' | 'gates'> {
  return {
    risks: risks.map(({ risk: { id, severity, title }, status, evidence }) => {
      return { id, severity, title, status, evidence: evidence.map(({ text }) => text) };
    }),
    claims: claims.map(({ claim: { claim, test, risk }, status }) => {
      const text = test === undefined ? null : typeof test === 'string' ? test : commandText(test.command);
      return { claim, test: text, risk: risk ?? null, status };
    }),
    gates: gates.map(({ id, title, result }) => ({ id, title, status: result.holds ? 'pass' : 'fail' })),
  };
}

async function madeOf({ folder, now, tool, start }: AssessOptions, { files }: Evidence): Promise<Assessment['made']> {
  const hashes: Record<string, string> = {};
  for (const path of files) {
    const content = await readFile(path).catch(() => null);
    if (content !== null) hashes[pathFrom(folder, path)] = createHash('sha256').update(content).digest('hex');
  }
  const { commit, dirty } = start;
  return { at: now.toISOString(), gauntlet: basename(folder), tool, commit, dirty, evidence: hashes };
}

/** Never a path that could be read as an address. */
function pathFrom(folder: string, path: string): string {
  const way = relative(folder, path).split(sep).join('/');
  return way.startsWith('../') ? way : `./${way}`;
}
