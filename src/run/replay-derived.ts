import type { Cases, TestCase } from '../cases/case.ts';
import type { TargetReplay } from '../http/exchange.ts';
import { mayChange } from '../probe/model/change.ts';
import { replayCase } from '../replay/case-runner.ts';
import { type ReplayAllContext, replayAll } from '../replay/replay-all.ts';
import type { Replayed } from '../replay/replayed.ts';
import type { Unsent } from '../replay/unsent.ts';
import { type Changed, changedSince, refusedFirst } from './first-case.ts';
import type { RunEvent } from './model/observer.ts';

/** What probes changed that they should have met unchanged; void: answers that match say nothing of the targets for it. */
type Spoiling = Pick<Extract<RunEvent, { readonly kind: 'spoiled' }>, 'sentence' | 'isVoid'>;

/** A case, those that were derived from it, and how they are sent. */
export interface Derivatives {
  readonly first: TestCase;
  /** With the first. */
  readonly selected: Cases;
  readonly context: ReplayAllContext;
  readonly spoiled: (spoiling: Spoiling) => void;
}

type TakeReplayed = (replayed: Replayed) => void;

/**
 * Sends the first case, then, if every target accepts it, the others: those that may change what it is about at the end and one at a
 * time, and each only while the first is still answered as it was.
 */
export async function replayDerived(derivatives: Derivatives, take: TakeReplayed): Promise<void> {
  const { first, selected, context } = derivatives;
  let before: readonly TargetReplay[] = [];
  let refused: string | null = null;
  await replayAll([first], context, (replayed) => {
    before = replayed.replays ?? [];
    refused = replayed.replays && refusedFirst(first, replayed.replays);
    if (refused === null) take(replayed);
  });
  const unsent = refused === null ? null : { reason: 'valid-case-refused', message: refused };
  if (unsent !== null) for (const testCase of selected) take(heldBack(testCase, unsent));
  else await replayOthers({ ...derivatives, before }, take);
}

/** With what was answered to the first at first. */
interface Accepted extends Derivatives {
  readonly before: readonly TargetReplay[];
}

async function replayOthers(accepted: Accepted, take: TakeReplayed): Promise<void> {
  const { first, selected, context, spoiled } = accepted;
  const others = [...selected].filter((one) => one !== first);
  const harmless = others.filter((one) => !mayChange(one, first));
  const changing = others.filter((one) => mayChange(one, first));
  let end: Unsent | null = null;
  for (const cases of [harmless, ...changing.map((one) => [one])]) {
    if (end === null) await replayAll(cases, context, take);
    else for (const one of cases) take(heldBack(one, end));
    const changed: Changed | null = end !== null || cases.length === 0 ? null : await changedBy(accepted);
    if (changed === null) continue;
    const cause: string = `after ${span(cases)} the valid request was answered otherwise than at first: ${changed.sentence}`;
    end = { reason: 'valid-case-changed', message: `not sent, for ${cause}`, hint: mend };
    spoiled(cases === harmless ? alikeForThat(cause) : changed.isAlike ? takenAway(cause) : leftApart(cause));
  }
}

/** Sends the first case once more; null if it is answered as at first, or the run was stopped. */
async function changedBy({ first, context, before }: Accepted): Promise<Changed | null> {
  const isStopped = () => context.signal?.aborted === true;
  if (isStopped()) return null;
  const now = await replayCase(first, context);
  return isStopped() ? null : changedSince(before, now);
}

function heldBack(testCase: TestCase, unsent: Unsent): Replayed {
  return { testCase, replays: null, samples: [], unsent };
}

const mend = 'let a `before` step of the case make anew what it asks for, or leave groups out with --only';

/** Each of several may have been sent when all was over. */
const alikeForThat = (cause: string): Spoiling => ({
  sentence: `${cause}; what was sent in between may have been answered alike for that alone: ${mend}`,
  isVoid: true,
});

/** What did so was sent to all of them in the same state, and came of it in the same one. */
const takenAway = (cause: string): Spoiling => ({
  sentence: `${cause}; nothing was sent after that, and the next run needs it anew`,
  isVoid: false,
});

const leftApart = (cause: string): Spoiling => ({
  sentence: `${cause}; it left the targets in different states, whatever they answered to it: ask each of them what became of it`,
  isVoid: true,
});

/** `method.DELETE`, or `the 80 probes query.empty to limits.query-long`. */
function span(cases: readonly TestCase[]): string {
  const [start, end] = [cases[0], cases.at(-1)].map((one) => one?.id.split('/').at(-1));
  return cases.length === 1 ? `${start}` : `the ${cases.length} probes ${start} to ${end}`;
}
