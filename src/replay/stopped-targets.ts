import type { TestCase } from '../cases/case.ts';
import { someOf } from '../config/some-of.ts';
import type { TargetReplay } from '../http/exchange.ts';
import { maxComebacks, maxNamed, maxStoppedTargetsWaitMs } from './limits.ts';
import type { InFlightLog } from './middleware/in-flight-log.ts';
import type { Unsent } from './unsent.ts';

/** Watches over targets that stop while a run is under way: they had answered, and then refuse connections. */
export interface StoppedTargets {
  /**
   * What becomes of a case after it was sent: null where no target stopped; else, once a target that stopped was waited for, whether it
   * came back, whether the case was under way when it stopped, and why it is not judged.
   */
  check(testCase: TestCase, replays: readonly TargetReplay[]): Promise<Stopped | null>;
  /** Why nothing more is sent, or null: a target stopped and did not come back. */
  open(): Unsent | null;
}

/** A case that a stopped target did not answer. */
export interface Stopped {
  readonly isBack: boolean;
  /** It was under way when the target stopped: it may be what stopped it, and is not sent again. */
  readonly wasUnderWay: boolean;
  readonly unsent: Unsent;
}

interface Parts {
  readonly inFlight: InFlightLog;
  /** Whether a target can be sent to. */
  readonly isUp: (target: string) => Promise<boolean>;
  /** Takes a sentence for the reader of the run. */
  readonly note: (sentence: string) => void;
  readonly wait: (ms: number) => Promise<void>;
}
const pauseMs = 250;

interface Stop {
  readonly underWay: readonly string[];
  readonly isBack: Promise<boolean>;
}

/** A watch over the targets of a run. */
export function stoppedTargets({ inFlight, isUp, note, wait }: Parts): StoppedTargets {
  const stops = new Map<string, Stop>();
  const comebacks = new Map<string, number>();
  let open: Unsent | null = null;
  const comesBack = async (target: string): Promise<boolean> => {
    if ((comebacks.get(target) ?? 0) >= maxComebacks) return false;
    for (let waited = 0; waited < maxStoppedTargetsWaitMs; waited += pauseMs) {
      if (await isUp(target)) return true;
      await wait(pauseMs);
    }
    return false;
  };
  const begin = (target: string): Stop => {
    const underWay = [...inFlight.of(target)];
    const isBack = comesBack(target).then((back) => {
      const said = `${target} stopped answering at ${named(underWay)}`;
      if (back) comebacks.set(target, (comebacks.get(target) ?? 0) + 1);
      else open ??= notSent(target, underWay);
      note(
        back
          ? `${said}, and came back: the run went on`
          : `${said}, and did not come back: nothing was sent after that`,
      );
      if (back) stops.delete(target);
      return back;
    });
    const stop = { underWay, isBack };
    stops.set(target, stop);
    return stop;
  };
  return {
    async check({ id }, replays) {
      const target = replays.find((replay) => isRefused(replay) && inFlight.hasAnswered(replay.target))?.target;
      if (target === undefined) return null;
      const { underWay, isBack } = stops.get(target) ?? begin(target);
      const wasUnderWay = underWay.includes(id);
      const unsent = wasUnderWay ? stoppedHere(target, id, underWay) : notSent(target, underWay);
      return { isBack: await isBack, wasUnderWay, unsent };
    },
    open: () => open,
  };
}

function isRefused({ exchanges }: TargetReplay): boolean {
  const outcome = exchanges.at(-1)?.outcome;
  return outcome?.kind === 'failure' && outcome.reason === 'connection-refused';
}

function named(ids: readonly string[]): string {
  if (ids.length < 2) return ids[0] ?? 'a case that is not known';
  return `one of the ${ids.length} cases that were under way: ${someOf(ids, maxNamed)}`;
}

const reason = 'target-stopped';

function stoppedHere(target: string, id: string, underWay: readonly string[]): Unsent {
  const others = underWay.filter((one) => one !== id);
  const rest = others.length === 0 ? '' : `, or at another one that was under way: ${someOf(others, maxNamed)}`;
  return {
    reason,
    message: `${target} stopped answering at this case${rest}: it had answered before, and refused connections after it`,
    hint: `see what ${target} logged at this request, mend that, and start it again`,
  };
}

function notSent(target: string, underWay: readonly string[]): Unsent {
  return {
    reason,
    message: `not sent: ${target} stopped answering at ${named(underWay)}`,
    hint: `mend what stops ${target} at that request, start it again, and run again`,
  };
}
