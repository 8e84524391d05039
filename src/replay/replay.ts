import type { TestCase } from '../cases/case.ts';
import type { Failure, TargetReplay } from './exchange.ts';
import { type ReplayContext, replayCase } from './one-case.ts';

export { type ReplayContext, replayCase } from './one-case.ts';

export interface ReplayAllContext extends ReplayContext {
  /** Cases in flight at the same time. */
  readonly concurrency: number;
  /** Asked once a case has its first answers: how many more times it is sent to every target, to tell noise from divergence. */
  readonly moreSamples?: (testCase: TestCase, replays: readonly TargetReplay[]) => number;
  /** Asked after the samples, with the answers to each try so far: whether a case that did not match is tried once more. */
  readonly tryAgain?: (testCase: TestCase, tries: readonly (readonly TargetReplay[])[]) => boolean;
}

export interface Replayed {
  readonly testCase: TestCase;
  /** One a target, in their order; null if the case was not run. */
  readonly replays: readonly TargetReplay[] | null;
  /** Further answers to the same case, one list of replays for each time it was sent again. */
  readonly samples: readonly TargetReplay[][];
  /** The answers to each further try of a case that did not match. */
  readonly retries?: readonly (readonly TargetReplay[])[];
  /** Why it was not run, or null. */
  readonly unsent: Unsent | null;
}

/** Why a case was not sent: a stable word (`target-down`, `interrupted`), a sentence, and one next step where there is one. */
export interface Unsent {
  readonly reason: string;
  readonly message: string;
  readonly hint?: string;
}

const interrupted: Unsent = {
  reason: 'interrupted',
  message: 'the run was stopped before the case was sent',
  hint: 'go on with --resume',
};

/** So many cases in a row that end in family `down` on one target open the circuit: nothing more is sent to anyone. */
const downLimit = 5;

/**
 * Replays cases, at most `concurrency` at a time, and yields them as they finish; those that are not run any more are yielded
 * too, with the reason. A case that is serial, or has a parallel step, runs alone. Holds no more than the cases in flight, however
 * many there are.
 */
export async function* replayAll(
  cases: Iterable<TestCase> | AsyncIterable<TestCase>,
  context: ReplayAllContext,
): AsyncGenerator<Replayed> {
  const running = inFlight();
  const circuit = downCounter();
  for await (const testCase of cases) {
    const alone = testCase.serial === true || testCase.steps.some(({ parallel }) => parallel > 1);
    while (running.size() > 0 && (alone || running.size() >= context.concurrency))
      yield circuit.count(await running.next());
    const unsent = context.signal?.aborted ? interrupted : circuit.open();
    if (unsent !== null) {
      yield { testCase, replays: null, samples: [], unsent };
      continue;
    }
    running.add(run(testCase, context));
    if (alone) yield circuit.count(await running.next());
  }
  while (running.size() > 0) yield circuit.count(await running.next());
}

async function run(testCase: TestCase, context: ReplayAllContext): Promise<Replayed> {
  const replays = await replayCase(testCase, context);
  const samples: TargetReplay[][] = [];
  const wanted = context.moreSamples?.(testCase, replays) ?? 0;
  while (samples.length < wanted && context.signal?.aborted !== true) samples.push(await replayCase(testCase, context));
  const retries: TargetReplay[][] = [];
  while (context.signal?.aborted !== true && context.tryAgain?.(testCase, [replays, ...retries]) === true)
    retries.push(await replayCase(testCase, context));
  return { testCase, replays, samples, retries, unsent: null };
}

interface InFlight {
  /** Cases that were added and not taken out. */
  size(): number;
  add(running: Promise<Replayed>): void;
  /** The next that has finished; throws what it threw. */
  next(): Promise<Replayed>;
}

/** A queue of results in the order they finish: racing the promises again and again would pile up reactions on a slow one. */
function inFlight(): InFlight {
  const finished: Promise<Replayed>[] = [];
  let size = 0;
  let wake = () => {};
  return {
    size: () => size,
    add(running) {
      size += 1;
      const settled = () => {
        finished.push(running);
        wake();
      };
      running.then(settled, settled);
    },
    async next() {
      if (finished.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      size -= 1;
      const first = finished.shift();
      if (!first) throw new RangeError('no case is in flight');
      return first;
    },
  };
}

interface DownCounter {
  /** Takes note of a finished case, and gives it back. */
  count(finished: Replayed): Replayed;
  /** Why nothing more is sent, or null. */
  open(): Unsent | null;
}

function downCounter(): DownCounter {
  const inRow = new Map<string, number>();
  let open: Unsent | null = null;
  return {
    count(finished) {
      for (const { target, exchanges } of finished.replays ?? []) {
        const last = exchanges.at(-1)?.outcome;
        const failure = last?.kind === 'failure' && last.family === 'down' ? last : null;
        const row = failure === null ? 0 : (inRow.get(target) ?? 0) + 1;
        inRow.set(target, row);
        if (failure !== null && row >= downLimit) open ??= targetDown(target, failure);
      }
      return finished;
    },
    open: () => open,
  };
}

function targetDown(target: string, { message, hint }: Failure): Unsent {
  const told = `${target} could not be reached in ${downLimit} cases in a row, so no more were sent: ${message}`;
  return { reason: 'target-down', message: told, hint: hint ?? 'bring it back' };
}
