import type { TestCase } from '../cases/case.ts';
import { fillRequest } from '../cases/variables.ts';
import type { Target } from '../config/config.ts';
import { monotonic } from '../http/send/rate-limit.ts';
import { openTransport } from '../http/send/transport.ts';
import { backOff } from '../replay/middleware/backoff.ts';
import { type InFlightLog, inFlightLog } from '../replay/middleware/in-flight-log.ts';
import type { LoggedIn } from '../replay/middleware/login.ts';
import { behind, type Middleware } from '../replay/middleware/middleware.ts';
import { lateClose } from '../replay/middleware/shutdown-grace.ts';
import type { RenewOptions } from '../replay/middleware/token-refresh.ts';
import { type ReplayAllContext, replayAll } from '../replay/replay-all.ts';
import type { Replayed } from '../replay/replayed.ts';
import { type Preflight, preflight } from '../replay/services/preflight.ts';
import type { Services } from '../replay/services/services.ts';
import { stoppedTargets } from '../replay/stopped-targets.ts';
import type { AwaitedKeys } from '../tracker/awaited-cases.ts';
import { readPointer } from '../xml/body-pointer.ts';
import { unreachable } from './judging/compare-answers.ts';
import { comparerOf } from './judging/comparer.ts';
import type { CaseResult } from './model/case-result.ts';
import type { RunEvent } from './model/observer.ts';
import type { RunPlan } from './plan.ts';
import { exitText } from './warnings/service-exit.ts';

/** Takes each case as it is finished. What it throws ends the run. */
export type Take = (result: CaseResult) => void;

/** What the sending adds to a run, and to whom it reports. */
export interface Sending {
  /** What a login hands out is added. */
  readonly secrets: Set<string>;
  readonly tell: (event: RunEvent) => void;
  /** See `ReplayAllContext`. */
  readonly begin: (testCase: TestCase) => true | Promise<boolean>;
  /** What the rows of the tracker list for a case; null for none. */
  readonly awaited: AwaitedKeys | null;
}

/**
 * Starts what has to be started, asks whether every target is there, logs in where that is wanted, and sends the cases; or says of each
 * why it was not sent.
 */
export async function sendSelected(plan: RunPlan, sending: Sending, take: Take): Promise<void> {
  const { secrets, tell } = sending;
  const { config, signal } = plan;
  const services = await startedFor(plan);
  const inFlight = inFlightLog((target) => services?.isOver(target) === true);
  try {
    const { timeoutMs, waitMs } = config;
    const reached = await preflight(config.targets, { timeoutMs, waitMs, signal });
    tell({ kind: 'reached', targets: reached });
    const down = reached.filter((one) => one.failure !== null);
    if (down.length > 0) return takeUnsent(plan, down, take);
    const { targets, failures, handedOut } = await logIntoAll(plan);
    for (const one of handedOut.values()) secrets.add(one);
    if (failures.length > 0) return takeUnsent(plan, failures, take);
    await sendTo(plan, { ...sending, targets, handedOut: new Map(handedOut), inFlight }, take);
  } finally {
    const ended = (await services?.fallen((target) => inFlight.of(target).length > 0)) ?? [];
    for (const one of ended) tell({ kind: 'service-ended', sentence: exitText(one, inFlight.of(one.target)) });
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

function takeUnsent(plan: RunPlan, failures: readonly Preflight[], take: Take): void {
  for (const testCase of plan.selected) take(unreachable(testCase, failures, plan));
}

function wantsLogin({ config }: RunPlan): boolean {
  return config.targets.some(({ login }) => login !== undefined);
}

/** What logs in, and what renews a login, is loaded where a target wants that. */
async function logIntoAll(plan: RunPlan): Promise<LoggedIn> {
  const { targets, timeoutMs } = plan.config;
  if (!wantsLogin(plan)) return { targets, failures: [], handedOut: new Map() };
  const { logIn } = await import('../replay/middleware/login.ts');
  return logIn(targets, { timeoutMs, readPointer });
}

async function renewal(plan: RunPlan, sending: ReadySending): Promise<Middleware[]> {
  if (!wantsLogin(plan)) return [];
  const { renewTokens } = await import('../replay/middleware/token-refresh.ts');
  return [renewTokens(renewalFor(plan, sending))];
}

interface ReadySending extends Sending {
  /** With their credentials. */
  readonly targets: readonly Target[];
  /** What each of them handed out last; changes where one expires. */
  readonly handedOut: Map<string, string>;
  readonly inFlight: InFlightLog;
}

async function sendTo(plan: RunPlan, loggedIn: ReadySending, take: Take): Promise<void> {
  const { first, selected, signal, config } = plan;
  const { targets, inFlight, tell, awaited } = loggedIn;
  const middleware = [
    ...(await renewal(plan, loggedIn)),
    inFlight.logInFlight,
    ...(plan.middleware ?? []),
    backOff(signal),
  ];
  const transport = behind(openTransport(targets, config), middleware);
  const giveUp = lateClose(transport, signal);
  try {
    const { finish, divergentOn, ...asking } = comparerOf({ ...plan, retries: plan.retries ?? 0, awaited });
    const stopped = stoppedTargets({
      inFlight,
      isUp: (name) =>
        isUp(
          targets.filter((one) => one.name === name),
          config.timeoutMs,
        ),
      note: (sentence) => tell({ kind: 'service-ended', sentence }),
      wait: async (ms) => void (await monotonic.wait(ms, signal)),
    });
    const context: ReplayAllContext = {
      ...{ ...config, ...loggedIn, ...asking, transport, stopped },
      ...{ seed: plan.seed, signal, fill: fillRequest, readPointer, beginsAll: plan.claimsAll === true },
      ...(plan.bail === undefined ? {} : bailing(plan.bail, divergentOn)),
    };
    const taken = (replayed: Replayed) => take(finish(replayed));
    if (first === undefined) return await replayAll(selected, context, taken);
    const { replayDerived } = await import('./replay-derived.ts');
    const spoiled: Parameters<typeof replayDerived>[0]['spoiled'] = (one) => tell({ kind: 'spoiled', ...one });
    await replayDerived({ first, selected, context, spoiled }, taken);
  } finally {
    tell({ kind: 'sent-more', targets: transport.haveSentMore() });
    giveUp.forget();
    await transport.close();
  }
}

function bailing(
  { count, open }: NonNullable<RunPlan['bail']>,
  divergentOn: ReturnType<typeof comparerOf>['divergentOn'],
): Pick<ReplayAllContext, 'onAnswered' | 'enough'> {
  return { onAnswered: (replayed) => count(replayed.testCase.id, divergentOn(replayed)), enough: open };
}

/** How tokens are renewed that a target refuses. */
function renewalFor({ config }: RunPlan, { handedOut, secrets }: ReadySending): RenewOptions {
  return {
    targets: config.targets,
    timeoutMs: config.timeoutMs,
    readPointer,
    open: (target) => openTransport([target], config),
    learn(target, credential) {
      handedOut.set(target, credential);
      secrets.add(credential);
    },
  };
}

/** A target that lets be connected to is asked no longer than a request may take. */
async function isUp(targets: readonly Target[], timeoutMs: number): Promise<boolean> {
  const found = await preflight(targets, { timeoutMs });
  return found.every(({ failure }) => failure === null);
}
