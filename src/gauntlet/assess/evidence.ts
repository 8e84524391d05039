import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { findOut } from '../../config/out.ts';
import { newestRun } from '../../record/run-folder.ts';
import type { GauntletFile } from '../gauntlet-file.ts';
import { gauntletFolders } from '../gauntlet-folder.ts';
import { type PhaseName, type PhaseResult, readPhase } from '../phase-results.ts';
import { type ProjectState, readStart } from '../project-state.ts';
import type { ParitySettings } from '../schema.ts';
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

/** The state of the project that evidence must be of. */
export type EvidenceState = Pick<ProjectState, 'commit' | 'dirty'>;

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
  { failures = {}, state }: { readonly failures?: Failures; readonly state: EvidenceState },
): Promise<Evidence> {
  const wanted = file.smoke.length;
  const at = (folder: string | null) => ({ folder, state });
  const smoke = wanted === 0 ? absent : await judged('smoke', at(folders.smoke), (found) => smokeFaults(found, wanted));
  const review = file.review === undefined ? absent : await judged('review', at(folders.review), reviewFaults);
  const parity = file.parity === undefined ? absent : await judgedRun(file, file.parity, at(folders.parity));
  const parts = { smoke, review, parity };
  return {
    ...{ smoke: smoke.result, review: review.result, parity: parity.result },
    unjudged: (['smoke', 'review', 'parity'] as const).flatMap((phase) => {
      const failure = failures[phase];
      return (failure === undefined ? parts[phase].faults : [failure]).map((reason) => ({ phase, reason }));
    }),
    files: [smoke, review, parity].flatMap(({ files }) => files),
  };
}

/** What a phase left, and why that cannot be judged. */
interface Judged<Result> {
  readonly result: Result | null;
  readonly faults: readonly string[];
  readonly files: readonly string[];
}

/** No such phase in gauntlet.yaml. */
const absent = { result: null, faults: [], files: [] };
const noEvidence = { ...absent, faults: ['no evidence'] };

interface EvidenceAt {
  readonly folder: string | null;
  /** Of the project now. */
  readonly state: EvidenceState;
}

async function judged<Name extends 'smoke' | 'review'>(
  name: Name,
  { folder, state }: EvidenceAt,
  faultsOf: (result: PhaseResult<Name>) => readonly string[],
): Promise<Judged<PhaseResult<Name>>> {
  const result = folder === null ? null : await readPhase(folder, name);
  if (folder === null || result === null) return noEvidence;
  const faults = [...faultsOf(result), ...(await staleness(folder, state))];
  return { result, faults, files: [join(folder, `${name}.json`)] };
}

/** The run of the gauntlet, or a newer one of the whole library. */
async function judgedRun(
  { root, parityConfig }: GauntletFile,
  { select }: ParitySettings,
  { folder, state }: EvidenceAt,
): Promise<Judged<ParityEvidence>> {
  const context = { config: parityConfig(), root, isWhole: select.length === 0 };
  const phase = folder === null ? null : await readPhase(folder, 'parity');
  const newest = newestRun((await findOut(context, root)).path);
  const isNewer = newest !== null && (phase === null ? folder === null : basename(newest) > phase.run);
  const other = isNewer ? await readParityRun(newest, context) : null;
  if (other !== null && (phase === null || (typeof other !== 'string' && other.isWhole))) return asJudged(other);
  if (folder === null || phase === null) return noEvidence;
  const run = await readParityRun(dirname(resolve(folder, phase.report)), context);
  const { result, faults, files } = asJudged(run);
  const isAnother = result !== null && result.run !== phase.run;
  const all = [
    ...(isAnother ? [`its report is of another run than ${phase.run}`] : faults),
    ...(await staleness(folder, state)),
  ];
  return { result, faults: all, files: [join(folder, 'parity.json'), ...files] };
}

/** A text says why there is no run. */
function asJudged(run: ParityEvidence | string): Judged<ParityEvidence> {
  if (typeof run === 'string') return { ...absent, faults: [run] };
  return { result: run, faults: run.faults, files: [run.file] };
}

function smokeFaults(smoke: PhaseResult<'smoke'>, wanted: number): string[] {
  const count = smoke.pass + smoke.fail;
  return count === wanted ? [] : [`there are results of ${count} checks, and gauntlet.yaml has ${wanted}`];
}

function reviewFaults(review: PhaseResult<'review'>): string[] {
  return review.hasQuorum ? [] : ['fewer lineages answered than the quorum asks for'];
}

/** Evidence of another state of the project says nothing of this one. */
async function staleness(folder: string, state: EvidenceState): Promise<string[]> {
  const start = await readStart(folder);
  if (start === null || (start.commit === state.commit && start.dirty === state.dirty)) return [];
  return ['its evidence is of another state of the project; run it again'];
}
