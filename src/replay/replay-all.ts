import type { TestCase } from '../cases/case.ts';
import { isRepeatable } from '../cases/every-step.ts';
import { ParityError } from '../errors.ts';
import type { Failure, TargetReplay } from '../http/exchange.ts';
import { monotonic } from '../http/send/rate-limit.ts';
import { type ReplayContext, replayCase } from './case-runner.ts';
import { type SendSlot, underWay } from './in-flight.ts';
import { maxLostSamples } from './limits.ts';
import type { Replayed } from './replayed.ts';
import type { StoppedTargets } from './stopped-targets.ts';
import { type SurplusWatch, surplusWatch } from './surplus-watch.ts';
import type { Unsent } from './unsent.ts';

export interface ReplayAllContext extends ReplayContext {
  /** Cases in flight at the same time. */
  readonly concurrency: number;
  /** Watches over targets that stop while the run is under way. */
  readonly stopped?: StoppedTargets;
  /** Takes each case once all is answered, before it is given to `take`. */
  readonly onAnswered?: (replayed: Replayed) => void;
  /** Why no more cases are wanted, or null. */
  readonly enough?: () => Unsent | null;
  /** Told of a case that may not be sent twice, before anything of it is sent; `false` keeps it from being sent. */
  readonly begin?: (testCase: TestCase) => true | Promise<boolean>;
  /** Tells `begin` of every case. */
  readonly beginsAll?: boolean;
  /**
   * Asked once a case has its first answers, and after each further try: which of them are judged, by index; null: the case is tried once
   * more. The first ones if absent.
   */
  readonly chooseTry?: (testCase: TestCase, tries: readonly (readonly TargetReplay[])[]) => Promise<number | null>;
  /** Asked once a case has its first answers: how many more times it is sent to every target, to tell noise from divergence. */
  readonly moreSamples?: (testCase: TestCase, replays: readonly TargetReplay[]) => number | Promise<number>;
  /** Asked after the samples, with all answers so far: how long to wait, in milliseconds, before the case is sent once more; null: enough. */
  readonly askOn?: (testCase: TestCase, answers: readonly (readonly TargetReplay[])[]) => number | null;
  /** Asked after the samples, with the answers to each try so far: whether a case that did not match is tried once more. */
  readonly tryAgain?: (testCase: TestCase, tries: readonly (readonly TargetReplay[])[]) => boolean;
}

const interrupted: Unsent = {
  reason: 'interrupted',
  message: 'the run was stopped before the case was sent',
  hint: 'go on with --resume',
};

const sentElsewhere: Unsent = {
  reason: 'aborted',
  message: 'another worker has begun to send the case, which may not be sent twice; what came of it is not known',
  hint: 'look at what it has left on the targets, then run it by itself',
};

const cutOff: Unsent = { ...interrupted, message: 'the run was stopped while the case was sent again' };

/** So many cases in a row that end in family `down` on one target open the circuit: nothing more is sent to anyone. */
const downLimit = 5;

/**
 * Replays cases, at most `concurrency` at a time, and gives them to `take` as they finish; those that are not run any more are given
 * too, with the reason. A case that is serial, or has a parallel step, runs alone. Holds no more than four times the cases in flight,
 * however many there are: those that are being sent, those that are judged meanwhile, and those that wait to be asked once more;
 * beside these are finished ones, held until surplus bytes would have come. What `take` throws ends it.
 */
export async function replayAll(
  cases: Iterable<TestCase>,
  context: ReplayAllContext,
  take: (replayed: Replayed) => void,
): Promise<void> {
  const watch = surplusWatch(take, context.signal);
  try {
    await replayEach(cases, context, watch);
    await watch.end();
  } finally {
    watch.stop();
  }
}

async function replayEach(cases: Iterable<TestCase>, context: ReplayAllContext, watch: SurplusWatch): Promise<void> {
  const running = underWay<Replayed>(context.concurrency);
  const circuit = downCounter();
  const passNext = async () => {
    const finished = await running.next();
    if (finished === null) return;
    context.onAnswered?.(finished);
    watch.pass(finished);
  };
  let isAlone = false;
  for (const testCase of cases) {
    const wasAlone = isAlone;
    isAlone = testCase.serial === true || testCase.steps.some(({ parallel }) => parallel > 1);
    while (isAlone || wasAlone ? running.size() > 0 : running.isFull()) await passNext();
    const unsent = isStopped(context)
      ? interrupted
      : (context.stopped?.open() ?? circuit.open() ?? context.enough?.() ?? null);
    if (unsent !== null) {
      watch.pass({ testCase, replays: null, samples: [], unsent });
      continue;
    }
    if (context.beginsAll === true || !isRepeatable(testCase)) {
      const isOurs = context.begin?.(testCase) ?? true;
      if (isOurs !== true && !(await isOurs)) {
        watch.pass({ testCase, replays: null, samples: [], unsent: sentElsewhere, wasSent: true });
        continue;
      }
    }
    running.add((place) => run(testCase, context, { place, circuit }).catch((error) => ended(testCase, error)));
  }
  while (running.size() > 0) await passNext();
}

/** A bug of the tool ends the case that it is about; what is not a bug ends all. */
function ended(testCase: TestCase, fault: unknown): Replayed {
  if (fault instanceof ParityError) throw fault;
  return { testCase, replays: null, samples: [], unsent: null, fault };
}

/** What a case shares with the others under way. */
interface Shared {
  readonly place: SendSlot;
  readonly circuit: DownCounter;
}

async function run(testCase: TestCase, context: ReplayAllContext, { place, circuit }: Shared): Promise<Replayed> {
  const sent = await sendOrStop(testCase, context);
  if ('unsent' in sent) return sent;
  circuit.count(sent.replays);
  // The next request goes out before this answer is looked at.
  if (place.leave()) await context.transport.flushed();
  const samples: TargetReplay[][] = [];
  const retries: TargetReplay[][] = [];
  const sentAgain = async (kept: (readonly TargetReplay[])[]) => {
    const again = await sendAgain(testCase, context, place);
    if (again !== null) kept.push(again);
    return again !== null;
  };
  const tries = [sent.replays];
  const { chooseTry } = context;
  let chosen = chooseTry === undefined ? 0 : await chooseTry(testCase, tries);
  while (chosen === null && chooseTry !== undefined) {
    if (!(await sentAgain(tries))) return cutShort(testCase);
    chosen = await chooseTry(testCase, tries);
  }
  const replays = tries[chosen ?? 0]!;
  const askOn = () => context.askOn?.(testCase, [replays, ...samples]) ?? null;
  const more = context.moreSamples?.(testCase, replays) ?? 0;
  const wanted = typeof more === 'number' ? more : await more;
  let lost = 0;
  const sampled = async () => {
    if (!(await sentAgain(samples))) return false;
    if (lost < maxLostSamples && isLost(replays, samples.at(-1)!)) {
      lost += 1;
      samples.pop();
    }
    return true;
  };
  while (samples.length < wanted) if (!(await sampled())) return cutShort(testCase);
  for (let pause = askOn(); pause !== null; pause = askOn()) {
    if (pause > 0) place.leave();
    await monotonic.wait(pause, context.signal);
    if (!(await sampled())) return cutShort(testCase);
  }
  while (context.tryAgain?.(testCase, [replays, ...retries]) === true)
    if (!(await sentAgain(retries))) return cutShort(testCase);
  return { testCase, replays, samples, retries, unsent: null };
}

/**
 * Sends a case; where a target stopped, and came back, once more, if it may be and was not under way when the target stopped. A case that
 * was sent to the other targets and may not be sent again is inconclusive.
 */
async function sendOrStop(
  testCase: TestCase,
  context: ReplayAllContext,
): Promise<Replayed | { readonly replays: readonly TargetReplay[] }> {
  const replays = await replayCase(testCase, context);
  const stopped = (await context.stopped?.check(testCase, replays)) ?? null;
  if (stopped === null) return { replays };
  const { isBack, wasUnderWay, unsent } = stopped;
  if (isBack && !wasUnderWay && isRepeatable(testCase)) return { replays: await replayCase(testCase, context) };
  return { testCase, replays: null, samples: [], unsent, wasSent: wasUnderWay || !isRepeatable(testCase) };
}

/** A further sample has no answer where the first one had: it shows neither noise nor a divergence. */
function isLost(first: readonly TargetReplay[], again: readonly TargetReplay[]): boolean {
  const answers = (replay: TargetReplay) =>
    replay.exchanges.filter(({ outcome }) => outcome.kind === 'response').length;
  return again.some((replay, at) => answers(replay) < answers(first[at]!));
}

/** What the first answers say alone may be noise, which the next ones would have shown: it is not judged. Only a case that does no harm is sent again. */
function cutShort(testCase: TestCase): Replayed {
  return { testCase, replays: null, samples: [], unsent: cutOff };
}

/** Sends a case again, once it has a place; null where the run was stopped before all was answered. */
async function sendAgain(
  testCase: TestCase,
  context: ReplayAllContext,
  place: SendSlot,
): Promise<TargetReplay[] | null> {
  if (!isStopped(context)) await place.take();
  const replays = isStopped(context) ? null : await replayCase(testCase, context);
  return isStopped(context) ? null : replays;
}

function isStopped({ signal }: ReplayAllContext): boolean {
  return signal?.aborted === true;
}

interface DownCounter {
  /** Takes note of what was answered to a case. */
  count(replays: readonly TargetReplay[]): void;
  /** Why nothing more is sent, or null. */
  open(): Unsent | null;
}

function downCounter(): DownCounter {
  const inRow = new Map<string, number>();
  let open: Unsent | null = null;
  return {
    count(replays) {
      for (const { target, exchanges } of replays) {
        const last = exchanges.at(-1)?.outcome;
        const failure = last?.kind === 'failure' && last.family === 'down' ? last : null;
        const row = failure === null ? 0 : (inRow.get(target) ?? 0) + 1;
        inRow.set(target, row);
        if (failure !== null && row >= downLimit) open ??= targetDown(target, failure);
      }
    },
    open: () => open,
  };
}

function targetDown(target: string, { message, hint }: Failure): Unsent {
  const told = `${target} could not be reached in ${downLimit} cases in a row, so no more were sent: ${message}`;
  return { reason: 'target-down', message: told, hint: hint ?? 'bring it back' };
}
