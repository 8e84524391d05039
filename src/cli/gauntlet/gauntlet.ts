import { ParityError } from '../../errors.ts';
import { type EvidenceFolders, newestEvidence } from '../../gauntlet/assess/evidence.ts';
import type { GauntletFile } from '../../gauntlet/gauntlet-file.ts';
import type { PhaseName } from '../../gauntlet/phase-results.ts';
import { stopCodes } from '../../run/verdict.ts';
import { print } from '../console.ts';
import { printProblem } from '../errors.ts';
import { listOption, type Options } from '../options.ts';
import { shorter } from '../shorter.ts';
import { assessPhase } from './assess.ts';
import {
  amongServices,
  type BegunGauntlet,
  beginGauntlet,
  openGauntlet,
  type Phase,
  type Surroundings,
} from './open.ts';
import { openParity } from './parity.ts';
import { openReview, reviewPhase } from './review.ts';
import { openSmoke } from './smoke.ts';

/** Checks all that a phase needs before anything is started; null where gauntlet.yaml has no such phase. */
type OpenPhase = (file: GauntletFile, options: Options) => Promise<Phase | null>;

/** The phases that leave evidence, in their order. */
const evidencePhases: Readonly<Record<PhaseName, OpenPhase>> = {
  smoke: openSmoke,
  review: openReviewPhase,
  parity: openParity,
};
const names = Object.keys(evidencePhases) as PhaseName[];

/** What is to be done. */
interface Plan {
  readonly phases: ReadonlyMap<PhaseName, Phase>;
  readonly assesses: boolean;
}

/** A gauntlet under way. */
interface Chain extends BegunGauntlet, Plan {
  /** Where the evidence of the phases is that are not run. */
  readonly earlier: EvidenceFolders;
  readonly codes: number[];
  /** Why phases came to nothing. */
  readonly failures: Partial<Record<PhaseName, string>>;
}

/** `parity gauntlet`: the phases of gauntlet.yaml in one folder, and what they come to; the exit code is that of the assessment. */
export async function gauntletCommand(options: Options): Promise<number> {
  const gauntlet = await openGauntlet(options);
  const plan = await planOf(gauntlet.file, options);
  const earlier = await newestEvidence(gauntlet.reports);
  const begun = await beginGauntlet(gauntlet, [...plan.phases.keys()]);
  const chain: Chain = { ...begun, ...plan, earlier, codes: [], failures: {} };
  await print(`gauntlet ${shorter(begun.folder)}`);
  try {
    return await amongServices(chain.file, async (around) => {
      await runPhases(chain, around);
      return finish(chain, around);
    });
  } catch (error) {
    if (!(error instanceof ParityError) || !/^PX120[12]$/.test(error.code)) throw error;
    printProblem(error);
    for (const name of plan.phases.keys()) chain.failures[name] = error.message;
    chain.codes.push(error.exitCode);
    return amongServices({ ...chain.file, services: [] }, (around) => finish(chain, around));
  }
}

async function planOf(file: GauntletFile, options: Options): Promise<Plan> {
  const known = [...names, 'assess'];
  const named = listOption(options, 'phase');
  const wrong = named.find((name) => !known.includes(name));
  if (wrong !== undefined)
    throw new ParityError('PX2001', `--phase is ${JSON.stringify(wrong)}`, { hint: `phases: ${known.join(', ')}` });
  const phases = new Map<PhaseName, Phase>();
  for (const name of names) {
    if (named.length > 0 && !named.includes(name)) continue;
    const phase = await evidencePhases[name](file, options).catch(unjudged);
    if (phase !== null) phases.set(name, phase);
    else if (named.includes(name))
      throw new ParityError('PX2001', `--phase is ${name}, and ${shorter(file.path)} has no such phase`, {
        hint: `add ${name}: to it, or leave the flag out`,
      });
  }
  return { phases, assesses: named.length === 0 || named.includes('assess') };
}

async function openReviewPhase(file: GauntletFile, options: Options): Promise<Phase | null> {
  if (file.review === undefined) return null;
  const plan = await openReview(file, options);
  return (folder, around) => reviewPhase({ plan, folder }, around);
}

/** A phase in which nothing can be judged is no mistake that keeps the others from being run. */
function unjudged(error: unknown): Phase {
  if (!(error instanceof ParityError) || error.exitCode !== 3) throw error;
  return () => Promise.reject(error);
}

/** What one phase cannot do is no reason to leave the others out. */
async function runPhases({ phases, folder, codes, failures }: Chain, around: Surroundings): Promise<void> {
  for (const [name, run] of phases) {
    if (around.stopping.signal.aborted) return;
    await print(`\n${name}`);
    try {
      codes.push(await run(folder, around));
    } catch (error) {
      if (!(error instanceof ParityError)) throw error;
      printProblem(error);
      failures[name] = error.message;
      codes.push(error.exitCode);
    }
  }
}

/** The assessment decides, but where something could not be stored or a bug of the tool came up; what was interrupted is not assessed. */
async function finish(chain: Chain, around: Surroundings): Promise<number> {
  const { codes, phases, folder, assesses, earlier } = chain;
  const { signal } = around.stopping;
  if (signal.aborted) return stopCodes[signal.reason] ?? 130;
  if (!assesses) return worstOf(codes, [70, 4, 1, 3, 2]);
  await print('');
  const here = Object.fromEntries(Array.from(phases.keys(), (name) => [name, folder]));
  const verdict = await assessPhase({ ...chain, evidence: { ...earlier, ...here } }, around);
  return verdict >= 128 ? verdict : worstOf([...codes, verdict], [70, 4]) || verdict;
}

/** Of several exit codes the first of these that is among them, else 0. */
function worstOf(codes: readonly number[], order: readonly number[]): number {
  return order.find((code) => codes.includes(code)) ?? 0;
}
