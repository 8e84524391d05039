import { ParityError } from '../../errors.ts';
import type { GauntletFile } from '../../gauntlet/gauntlet-file.ts';
import { makeGauntletFolder } from '../../gauntlet/gauntlet-folder.ts';
import { print } from '../console.ts';
import { printProblem } from '../errors.ts';
import { listOption, type Options } from '../options.ts';
import { shorter } from '../shorter.ts';
import { amongServices, openGauntlet, type Phase } from './open.ts';
import { openParity } from './parity.ts';
import { openSmoke } from './smoke.ts';

/** Checks all that a phase needs before anything is started; null where gauntlet.yaml has no such phase. */
type OpenPhase = (file: GauntletFile, options: Options) => Promise<Phase | null>;

const phases = { smoke: openSmoke, parity: openParity } satisfies Record<string, OpenPhase>;
type PhaseName = keyof typeof phases;
const names = Object.keys(phases) as PhaseName[];

/** `parity gauntlet`: the phases of gauntlet.yaml in one folder. */
export async function gauntletCommand(options: Options): Promise<number> {
  const { file, reports } = await openGauntlet(options);
  const ready = await openPhases(file, options);
  const folder = await makeGauntletFolder(reports, new Date());
  await print(`gauntlet ${shorter(folder)}`);
  const codes = await amongServices(file, async (surroundings) => {
    const codes: number[] = [];
    for (const [name, run] of ready) {
      if (surroundings.stopping.signal.aborted) break;
      await print(`\n${name}`);
      codes.push(await runPhase(() => run(folder, surroundings)));
    }
    return codes;
  });
  return worstOf(codes);
}

async function openPhases(file: GauntletFile, options: Options): Promise<Map<PhaseName, Phase>> {
  const named = listOption(options, 'phase');
  const wrong = named.find((name) => !names.some((one) => one === name));
  if (wrong !== undefined)
    throw new ParityError('PX2001', `--phase is ${JSON.stringify(wrong)}`, { hint: `phases: ${names.join(', ')}` });
  const ready = new Map<PhaseName, Phase>();
  for (const name of names) {
    if (named.length > 0 && !named.includes(name)) continue;
    const phase = await phases[name](file, options);
    if (phase !== null) ready.set(name, phase);
    else if (named.includes(name))
      throw new ParityError('PX2001', `--phase is ${name}, and ${shorter(file.path)} has no such phase`, {
        hint: `add ${name}: to it, or leave the flag out`,
      });
  }
  if (ready.size > 0) return ready;
  throw new ParityError('PX3201', `${shorter(file.path)} has no phase`, { hint: 'parity init --gauntlet shows them' });
}

/** What one phase cannot do is no reason to leave the others out. */
async function runPhase(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    printProblem(error);
    return error.exitCode;
  }
}

/** Of several exit codes the one that counts; an interruption above all, as nothing after it was done. */
function worstOf(codes: readonly number[]): number {
  return codes.find((code) => code >= 128) ?? [70, 4, 1, 3, 2].find((code) => codes.includes(code)) ?? 0;
}
