import type { TestCase } from '../cases/case.ts';
import { fillRequest } from '../cases/variables.ts';
import type { Target } from '../config/config.ts';
import { monotonic } from '../http/rate-limit.ts';
import { openTransport } from '../http/transport.ts';
import { politely } from '../replay/middleware/backoff.ts';
import { type Unanswered, unanswered } from '../replay/middleware/in-flight-log.ts';
import { logIn } from '../replay/middleware/login.ts';
import { lateClose } from '../replay/middleware/shutdown-grace.ts';
import { renewing } from '../replay/middleware/token-refresh.ts';
import { type Replayed, replayAll } from '../replay/replay-all.ts';
import { type Preflight, preflight } from '../replay/services/preflight.ts';
import type { Services } from '../replay/services/services.ts';
import { stoppedTargets } from '../replay/stopped-targets.ts';
import { readPointer } from '../xml/body-pointer.ts';
import type { Builds } from './builds.ts';
import { type Finished, unreachable } from './compare-answers.ts';
import { comparerOf } from './comparer.ts';
import type { RunPlan } from './plan.ts';
import { fallenText } from './service-exit.ts';
import type { Remarks } from './warnings.ts';

/** Takes each case as it is finished. What it throws ends the run. */
export type Take = (finished: Finished) => void;

/**
 * Starts what has to be started, asks whether everybody is there, logs in where that is wanted, and sends the cases; or says of each
 * why it was not sent. What a login hands out is added to `secrets`, what the targets are to `builds`.
 */
export async function sendSelected(plan: RunPlan, learned: Learned, take: Take): Promise<void> {
  const { secrets, builds, remarks, begin } = learned;
  const { config, signal } = plan;
  const services = await startedFor(plan);
  const asked = unanswered((target) => services?.isOver(target) === true);
  try {
    const { timeoutMs, waitMs } = config;
    const reached = await preflight(config.targets, { timeoutMs, waitMs, signal });
    builds.reached(reached);
    const down = reached.filter((one) => one.failure !== null);
    if (down.length > 0) return tellUnsent(plan, down, take);
    const { targets, failures, handedOut } = await logIn(config.targets, { timeoutMs, readPointer });
    for (const one of handedOut.values()) secrets.add(one);
    if (failures.length > 0) return tellUnsent(plan, failures, take);
    await sendTo(plan, { targets, handedOut: new Map(handedOut), secrets, remarks, begin, asked }, take);
  } finally {
    const fallen = (await services?.fallen((target) => asked.of(target).length > 0)) ?? [];
    for (const one of fallen) remarks.fell(fallenText(one, asked.of(one.target)));
    await services?.stop();
  }
}

/** The services that the run itself starts, if any. */
async function startedFor(plan: RunPlan): Promise<Services | null> {
  const { targets, root } = plan.config;
  if (targets.every(({ command }) => command === null)) return null;
  const { startServices } = await import('../replay/services/services.ts');
  return startServices(targets, { ...plan, cwd: root });
}

/** What a run learns of its targets, and who is told what is about to be sent. */
export interface Learned {
  readonly secrets: Set<string>;
  readonly builds: Pick<Builds, 'reached'>;
  readonly remarks: Pick<Remarks, 'haveSentMore' | 'spoiled' | 'fell'>;
  /** See `ReplayAllContext`. */
  readonly begin: (testCase: TestCase) => void;
}

function tellUnsent(plan: RunPlan, failures: readonly Preflight[], take: Take): void {
  for (const testCase of plan.selected) take(unreachable(testCase, failures, plan));
}

interface LoggedIn {
  /** With their credentials. */
  readonly targets: readonly Target[];
  /** What each of them handed out last; changes where one expires. */
  readonly handedOut: Map<string, string>;
  readonly secrets: Set<string>;
  readonly remarks: Learned['remarks'];
  readonly begin: Learned['begin'];
  /** Takes note of what a transport sends. */
  readonly asked: Unanswered;
}

async function sendTo(plan: RunPlan, loggedIn: LoggedIn, take: Take): Promise<void> {
  const { targets, handedOut, secrets, remarks, begin, asked } = loggedIn;
  const { config, signal } = plan;
  const { timeoutMs } = config;
  const open = (target: Target) => openTransport([target], config);
  const learn = (target: string, credential: string) => {
    handedOut.set(target, credential);
    secrets.add(credential);
  };
  const renewed = renewing(openTransport(targets, config), {
    ...{ targets: config.targets, timeoutMs, readPointer, open, learn },
  });
  const transport = politely(asked.watch(renewed), signal);
  const giveUp = lateClose(transport, signal);
  try {
    const { finish, ...asking } = comparerOf({ ...plan, retries: plan.retries ?? 0 });
    const context = {
      transport,
      ...config,
      targets,
      handedOut,
      ...asking,
      begin,
      stopped: stoppedTargets({
        asked,
        isUp: (name) =>
          isUp(
            targets.filter((one) => one.name === name),
            timeoutMs,
          ),
        note: remarks.fell,
        wait: async (ms) => void (await monotonic.wait(ms, signal)),
      }),
      seed: plan.seed,
      signal,
      fill: fillRequest,
      readPointer,
    };
    const { first, selected } = plan;
    const taken = (replayed: Replayed) => take(finish(replayed));
    if (first === undefined) return await replayAll(selected, context, taken);
    const { replayDerived } = await import('./replay-derived.ts');
    await replayDerived({ first, selected, context, spoiled: remarks.spoiled }, taken);
  } finally {
    remarks.haveSentMore(transport.haveSentMore());
    giveUp.forget();
    await transport.close();
  }
}

/** A target that lets be connected to is asked no longer than a request may take. */
async function isUp(targets: readonly Target[], timeoutMs: number): Promise<boolean> {
  const found = await preflight(targets, { timeoutMs });
  return found.every(({ failure }) => failure === null);
}
