import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findOut } from '../../config/out.ts';
import { newestRun } from '../../record/run-folder.ts';
import type { GauntletFile } from '../gauntlet-file.ts';
import { gauntletFolders } from '../gauntlet-folder.ts';
import { type PhaseName, type PhaseResult, readPhase } from '../phase-results.ts';
import { type ProjectState, readStart } from '../project-state.ts';
import { type ParityEvidence, readParityRun } from './parity-run.ts';

/** What the phases left. Null: the gauntlet has no such phase, or it left nothing; `unjudged` says which. */
export interface Evidence {
  readonly smoke: PhaseResult<'smoke'> | null;
  readonly review: PhaseResult<'review'> | null;
  readonly parity: ParityEvidence | null;
  /** Why a phase could not be judged: `no evidence`. */
  readonly unjudged: readonly { readonly phase: PhaseName; readonly reason: string }[];
  /** The files that were read. */
  readonly files: readonly string[];
}

/** Where the evidence of each phase is looked for; null: nowhere. */
export type EvidenceFolders = Readonly<Record<PhaseName, string | null>>;

/** Why phases came to nothing, where the caller knows. */
export type Failures = Readonly<Partial<Record<PhaseName, string>>>;

const traces: Readonly<Record<PhaseName, readonly string[]>> = {
  smoke: ['smoke.json', 'smoke.log'],
  review: ['review.json', 'verdicts'],
  parity: ['parity.json'],
};

/** The newest gauntlet that began each phase, whether it finished it or not. */
export async function newestEvidence(reports: string): Promise<EvidenceFolders> {
  const folders = (await gauntletFolders(reports)).reverse();
  const starts = await Promise.all(folders.map(readStart));
  const newest = (phase: PhaseName) =>
    folders.find((folder, at) => {
      const hasBegun = starts[at]?.phases.includes(phase) === true;
      return hasBegun || traces[phase].some((name) => existsSync(join(folder, name)));
    }) ?? null;
  return { smoke: newest('smoke'), review: newest('review'), parity: newest('parity') };
}

/** Takes the folders, why phases failed and the state of the project now; returns what there is. */
export async function readEvidence(
  file: GauntletFile,
  folders: EvidenceFolders,
  { failures = {}, state }: { readonly failures?: Failures; readonly state: ProjectState },
): Promise<Evidence> {
  const unjudged: { phase: PhaseName; reason: string }[] = [];
  const files: string[] = [];
  const read = async <Name extends PhaseName>(name: Name): Promise<PhaseResult<Name> | null> => {
    const folder = folders[name];
    const result = folder === null ? null : await readPhase(folder, name);
    if (folder !== null && result !== null) files.push(join(folder, `${name}.json`));
    return result;
  };
  const [smoke, review] = [
    file.smoke.length > 0 ? await read('smoke') : null,
    file.review ? await read('review') : null,
  ];
  const parity = file.parity === undefined ? null : await parityEvidence(file, { folder: folders.parity, read });
  const reasons: Record<PhaseName, readonly string[]> = {
    smoke: file.smoke.length === 0 ? [] : smokeFaults(smoke, file.smoke.length),
    review: file.review === undefined ? [] : reviewFaults(review),
    parity:
      file.parity === undefined ? [] : typeof parity === 'string' ? [parity] : (parity?.faults ?? ['no evidence']),
  };
  for (const name of ['smoke', 'review', 'parity'] as const) {
    const failure = failures[name];
    const stale = await staleness(folders[name], state);
    const all = [...(failure === undefined ? reasons[name] : [failure]), ...(reasons[name].length === 0 ? stale : [])];
    unjudged.push(...all.map((reason) => ({ phase: name, reason })));
  }
  const run = typeof parity === 'string' ? null : parity;
  if (run !== null) files.push(run.file);
  return { smoke, review, parity: run, unjudged, files };
}

interface ParityAt {
  readonly folder: string | null;
  readonly read: (name: 'parity') => Promise<PhaseResult<'parity'> | null>;
}

/** The run of the gauntlet, else the newest; a text says why there is none. */
async function parityEvidence(file: GauntletFile, { folder, read }: ParityAt): Promise<ParityEvidence | string> {
  const config = resolve(file.root, file.parity?.config ?? 'parity.yaml');
  const isWhole = (file.parity?.select ?? []).length === 0;
  const phase = await read('parity');
  if (folder !== null && phase === null) return 'no evidence';
  if (folder !== null && phase !== null) {
    const run = await readParityRun(dirname(resolve(folder, phase.report)), { config, root: file.root, isWhole });
    const isAnother = typeof run !== 'string' && run.run !== phase.run;
    return isAnother ? `its report is of another run than ${phase.run}` : run;
  }
  const newest = newestRun((await findOut({ config }, file.root)).path);
  return newest === null ? 'no evidence' : readParityRun(newest, { config, root: file.root, isWhole });
}

function smokeFaults(smoke: PhaseResult<'smoke'> | null, wanted: number): string[] {
  if (smoke === null) return ['no evidence'];
  const count = smoke.pass + smoke.fail;
  return count === wanted ? [] : [`there are results of ${count} checks, and gauntlet.yaml has ${wanted}`];
}

function reviewFaults(review: PhaseResult<'review'> | null): string[] {
  if (review === null) return ['no evidence'];
  return review.hasQuorum ? [] : ['fewer lineages answered than the quorum asks for'];
}

/** Evidence of another state of the project says nothing of this one. */
async function staleness(folder: string | null, state: ProjectState): Promise<string[]> {
  const start = folder === null ? null : await readStart(folder);
  if (start === null || (start.commit === state.commit && start.dirty === state.dirty)) return [];
  return ['its evidence is of another state of the project; run it again'];
}
