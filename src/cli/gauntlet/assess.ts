import { join } from 'node:path';
import { assessGauntlet } from '../../gauntlet/assess/assess.ts';
import type { Assessment } from '../../gauntlet/assess/assessment.ts';
import { type EvidenceFolders, type Failures, newestEvidence } from '../../gauntlet/assess/evidence.ts';
import { phaseLines, scoreText } from '../../gauntlet/assess/markdown.ts';
import { verdictCodes } from '../../gauntlet/assess/verdict.ts';
import { checkReports } from '../../gauntlet/gauntlet-folder.ts';
import { readProjectState } from '../../gauntlet/project-state.ts';
import { terminalText } from '../../json/printable.ts';
import { maskOf } from '../../redact/redact.ts';
import { guardLine } from '../../report/document/escape.ts';
import { stopCodes } from '../../run/verdict.ts';
import { print, secrets } from '../console.ts';
import type { Options } from '../options.ts';
import { shorter } from '../shorter.ts';
import { version } from '../version.ts';
import {
  amongServices,
  type BegunGauntlet,
  beginGauntlet,
  type OpenGauntlet,
  openGauntlet,
  type Surroundings,
} from './open.ts';

/** What every assessment is computed with. */
export function optionsOf({ file, reports }: OpenGauntlet, { ledger, stopping }: Surroundings) {
  const { signal, atLast: onStarted } = stopping;
  return {
    ...{ marks: [ledger.mark], signal, onStarted, mask: maskOf(secrets), now: new Date() },
    readState: () => readProjectState(file, reports),
    tool: `parity-prober ${version}`,
  };
}

/** `parity assess`: judges the newest evidence of each phase; 0 to ship, 1 to hold, 3 if a phase could not be judged. */
export async function assessCommand(options: Options): Promise<number> {
  const gauntlet = await openGauntlet(options);
  await checkReports(gauntlet.reports);
  return amongServices(gauntlet.file, async (surroundings) => {
    const evidence = await newestEvidence(gauntlet.reports);
    return assessPhase({ ...(await beginGauntlet(gauntlet, [])), evidence }, surroundings);
  });
}

/** The assessment of a gauntlet whose other phases are over. */
export interface AssessPhase extends BegunGauntlet {
  /** The folder of this gauntlet for each phase that was run. */
  readonly evidence: EvidenceFolders;
  /** Why phases came to nothing. */
  readonly failures?: Failures;
}

/** Computes the verdict, writes the files and prints what they say; returns the exit code. */
export async function assessPhase(phase: AssessPhase, surroundings: Surroundings): Promise<number> {
  const { signal } = surroundings.stopping;
  const assessment = await assessGauntlet({ ...phase, ...optionsOf(phase, surroundings) });
  if (assessment === null) return stopCodes[signal.reason] ?? 130;
  await print(
    assessmentLines(assessment)
      .map((line) => guardLine(terminalText(line)))
      .join('\n'),
  );
  await print(`  ${shorter(join(phase.folder, 'assessment.md'))}`);
  return verdictCodes[assessment.verdict];
}

function assessmentLines(assessment: Assessment): string[] {
  const { verdict, reasons, delta, made } = assessment;
  const scores = delta.scores.map(
    ({ dimension, from, to }) =>
      `  ${dimension}: ${scoreText(to)}/10${from === to || from === null ? '' : ` (was ${scoreText(from)})`}`,
  );
  const { closed, partial, reopened, left } = delta;
  const ids = { closed, partial, new: delta.new, reopened, 'not listed any more': left };
  const changes = Object.entries(ids)
    .filter(([, list]) => list.length > 0)
    .map(([word, list]) => `    ${word}: ${list.join(', ')}`);
  return [
    `assessment ${made.gauntlet}`,
    ...phaseLines(assessment).flatMap(({ name, lines }) => lines.map((line) => `  ${name}: ${line}`)),
    ...scores,
    ...(delta.since === null
      ? []
      : [`  since ${delta.since}:`, ...(changes.length === 0 ? ['    no change'] : changes)]),
    verdict.toUpperCase(),
    ...reasons.map((reason) => `  ${reason}`),
  ];
}
