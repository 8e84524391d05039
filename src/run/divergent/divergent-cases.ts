import { join } from 'node:path';
import type { Target } from '../../config/config.ts';
import type { Routes } from '../../config/routes.ts';
import type { CompareOptions } from '../../config/rules.ts';
import type { AnsweredCase, ComparedCase, KeptCase, Outline } from '../../findings/kept-case.ts';
import type { KnownFindings } from '../../findings/known-findings.ts';
import { held, outlineOf } from '../../findings/outline.ts';
import { eachInSteps, inSlices } from '../../structures/slices.ts';
import { maxHeld } from '../limits.ts';
import { type Agreeing, agreeing } from './agreeing-samples.ts';
import { type FoundApart, findApart } from './find-apart.ts';
import { pack, unpack } from './pack.ts';
import { overflow } from './spill-file.ts';

/** The cases of a run that diverge, with all that was answered: the first of them in memory, the others on the disk until they are asked for. */
export interface DivergentCases {
  /** Throws ParityError PX4201 where the disk is full. */
  add(compared: ComparedCase): void;
  /** In the order in which they came. */
  cases(): readonly KeptCase[];
  /** Lets go of the disk. */
  close(): void;
}

interface Source {
  /** The folder of the run. */
  readonly dir: string;
  readonly routes: Routes;
  /** Their stacks, where people say them. */
  readonly targets?: readonly Pick<Target, 'name' | 'stack'>[];
  /** What is known of earlier runs; asked for where something diverges. */
  readonly readKnown?: () => Promise<KnownFindings | null>;
  /** Called between two slices of the work; may throw to give it up. */
  readonly check?: () => void;
}

/** Findings in the cases of a run that diverge, see `findApart`: `gather` adds these, and those that agree. Throws what it throws, and ParityError PX4201. */
export async function findDivergent(
  { dir, routes, targets = [], readKnown, check }: Source,
  gather: (divergent: DivergentCases, agreed: Agreeing) => Promise<void>,
): Promise<FoundApart> {
  const [divergent, agreed] = [divergentCases(dir, routes), agreeing(routes)];
  try {
    await gather(divergent, agreed);
    if (divergent.cases().length === 0) return { found: [], unexplained: [] };
    // All that is known of drift is loaded only where something diverges.
    const { findInSteps } = await import('../../findings/cluster.ts');
    const known = (await readKnown?.()) ?? null;
    const { inStacks, stacksOf } = await import('../../findings/stack-fixes.ts');
    return await findApart(divergent.cases(), async (cases) => {
      const stacks = stacksOf(targets, cases);
      const found = await inSlices(findInSteps(cases, { agreed: agreed.all(), known }), check);
      return inSlices(
        eachInSteps(found, (one) => ({ ...one, fixes: inStacks(one, stacks) })),
        check,
      );
    });
  } finally {
    divergent.close();
  }
}

/** No case yet of a run whose folder is `dir` and whose route templates these are. */
export function divergentCases(dir: string, routes: Routes, most = maxHeld): DivergentCases {
  const kept: KeptCase[] = [];
  let left = most;
  let away: Away | null = null;
  return {
    add(compared) {
      left -= away === null ? sizeOf(compared) : 0;
      if (left < 0) away ??= awayFrom(join(dir, 'divergent'));
      kept.push(away === null ? held(compared, routes) : away.keep(compared, outlineOf(compared, routes)));
    },
    cases: () => kept,
    close() {
      away?.close();
    },
  };
}

/** What is there of a case beside its bodies and divergences, and of a divergence. */
const [ofCase, ofDivergence] = [2000, 400];

function sizeOf({ reference, candidate, comparison }: ComparedCase): number {
  let size = ofCase + ofDivergence * comparison.divergences.length;
  for (const { request, outcome } of [...reference.exchanges, ...candidate.exchanges])
    size += (request.body?.length ?? 0) + (outcome.kind === 'response' ? outcome.body.length : 0);
  return size;
}

/** Cases that are on the disk. */
interface Away {
  keep(compared: ComparedCase, outline: Outline): KeptCase;
  close(): void;
}

function awayFrom(beside: string): Away {
  const file = overflow(beside);
  const shared = sharedOptions();
  let last: { readonly place: number; readonly compared: AnsweredCase } | null = null;
  // Apart from what writes: a function that is beside the answers would keep them in memory.
  const fetchAt = (place: number, light: Omit<AnsweredCase, keyof ReturnType<typeof unpack>>) => () => {
    if (last?.place !== place) last = { place, compared: { ...light, ...unpack(file.read(place)) } };
    return last.compared;
  };
  return {
    keep({ testCase: { id }, options, origins, unsteady = [], ...answers }, outline) {
      const light = { testCase: { id }, options: shared(options), origins, unsteady };
      return { id, candidate: answers.candidate.target, outline, fetch: fetchAt(file.keep(pack(answers)), light) };
    },
    close: file.close,
  };
}

/** One object for all options that say the same. */
function sharedOptions(): (options: CompareOptions) => CompareOptions {
  const known = new Map<string, CompareOptions>();
  let last: CompareOptions | null = null;
  return (options) => {
    if (options === last) return options;
    const text = JSON.stringify(options);
    const found = known.get(text) ?? options;
    known.set(text, found);
    last = options;
    return found;
  };
}
