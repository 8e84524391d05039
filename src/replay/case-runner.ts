import type { Step, TestCase } from '../cases/case.ts';
import { everyStep } from '../cases/every-step.ts';
import type { Target } from '../config/config.ts';
import { minSecretLength } from '../config/limits.ts';

import { cookieJar } from '../http/cookies.ts';
import { type Endpoint, endpointOf } from '../http/endpoint.ts';
import type { Exchange, TargetReplay } from '../http/exchange.ts';
import type { Transport } from '../http/send/transport.ts';
import { cleanUp, setUp } from './fixtures.ts';
import { captureSources, type ReadPointer } from './middleware/capture.ts';
import { isSession } from './middleware/session.ts';
import { seededOrder } from './order.ts';
import { type Fill, playStep, unsentStep, type Visit } from './step-runner.ts';

export interface ReplayContext {
  readonly targets: readonly Target[];
  readonly transport: Transport;
  /** Decides which target is asked first. */
  readonly seed: number;
  readonly fill: Fill;
  readonly readPointer: ReadPointer;
  /** What a login of each target handed out last, by the names of the targets. */
  readonly handedOut?: ReadonlyMap<string, string> | undefined;
  /** Ends pauses between attempts. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a case to all targets at the same time, steps one after another on each, and gives their replays in the order of the
 * targets. A step that fails, or whose capture finds nothing, ends the case on that target; in the second case the response is
 * kept and a failure `capture-missing` of the same step follows it. Where a request of `before` fails, no step is sent to that target.
 */
export function replayCase(testCase: TestCase, context: ReplayContext): Promise<TargetReplay[]> {
  const { targets } = context;
  const running: Promise<TargetReplay>[] = [];
  for (const target of seededOrder(targets, context.seed, testCase.id))
    running[targets.indexOf(target)] = replayOn(target, testCase, context);
  return Promise.all(running);
}

function replayOn(target: Target, testCase: TestCase, context: ReplayContext): Promise<TargetReplay> {
  const visit = visitOf(target, testCase, context);
  const { before, steps, after } = testCase;
  if (before !== undefined || after !== undefined || steps.length > 1) return replaySteps(testCase, visit, context);
  // Most cases are one step, which nothing has to wait for.
  return playStep(steps[0]!, 0, visit).then(({ exchanges }) => replayOf(visit, { exchanges, left: null }, context));
}

async function replaySteps(testCase: TestCase, visit: Visit, context: ReplayContext): Promise<TargetReplay> {
  const { before, steps, after } = testCase;
  const failed = before === undefined ? null : await setUp(before, visit);
  const exchanges: Exchange[] = failed === null ? [] : [failed];
  for (let at = 0; failed === null && at < steps.length; at += 1) {
    // What is left of the time is for cleaning up.
    const isLeft = at > 0 && visit.signal?.aborted === true;
    const played = isLeft ? unsentStep(steps[at]!, at, visit) : await playStep(steps[at]!, at, visit);
    exchanges.push(...played.exchanges);
    if (played.response === null) break;
  }
  const left = after === undefined ? null : await cleanUp(after, visit, failed === null);
  return replayOf(visit, { exchanges, left }, context);
}

interface Came {
  readonly exchanges: readonly Exchange[];
  /** Why cleaning up did not work, or null. */
  readonly left: string | null;
}

function replayOf(visit: Visit, { exchanges, left }: Came, context: ReplayContext): TargetReplay {
  const { target, variables } = visit;
  // What nothing is captured into is shared, and stays as it is.
  const captured = variables === nothing.variables ? variables : { ...variables };
  const replay: TargetReplay = {
    target,
    exchanges,
    captured,
    ...(captured === variables ? {} : { capturedFrom: visit.capturedFrom }),
  };
  const [secrets, sessions] = [secretsOf(visit), sessionsOf(visit, context)];
  if (left === null && secrets === null && sessions === null) return replay;
  return {
    ...replay,
    ...(sessions === null ? {} : { sessions }),
    ...(left === null ? {} : { left }),
    ...(secrets === null ? {} : { secrets }),
  };
}

/** What a visit gathers. */
type Gathered = Pick<Visit, 'variables' | 'literals' | 'secrets'>;

function gathersNothing(): Gathered {
  return { variables: Object.create(null), literals: new Set(), secrets: new Set() };
}

/** Shared by all cases that capture nothing, as nearly all do. */
const nothing = gathersNothing();
Object.freeze(nothing.variables);

function visitOf(target: Target, testCase: TestCase, context: ReplayContext): Visit {
  const { id, safe, fresh, cookies } = testCase;
  const captures = everyStep(testCase).some(capturesAny);
  const { variables, literals, secrets } = captures ? gathersNothing() : nothing;
  return {
    target: target.name,
    self: endpointFrom(target),
    transport: context.transport,
    sending: { repeatable: safe, fresh: fresh === true, caseId: id },
    fill: context.fill,
    readPointer: context.readPointer,
    jar: cookies === true ? cookieJar(target) : null,
    variables,
    capturedFrom: captures ? captureSources(testCase) : nowhere,
    literals,
    secrets,
    signal: context.signal,
  };
}

const endpoints = new WeakMap<Target, Endpoint>();

function endpointFrom(target: Target): Endpoint {
  const endpoint = endpoints.get(target) ?? endpointOf(target);
  endpoints.set(target, endpoint);
  return endpoint;
}

const nowhere: Readonly<Record<string, string>> = {};

function capturesAny({ capture }: Step): boolean {
  for (const _ in capture) return true;
  return false;
}

function secretsOf({ jar, secrets }: Visit): string[] | null {
  if (jar === null && secrets.size === 0) return null;
  const all = [...secrets, ...Object.values(jar?.values ?? {})];
  return all.filter((value) => value.length >= minSecretLength);
}

/** What tells one side's session from the other's: its cookies and what its login handed out, under a name that no cookie has. Null for none. */
function sessionsOf({ target, jar }: Visit, { handedOut }: ReplayContext): Record<string, string> | null {
  const credential = handedOut?.get(target);
  if (jar === null && credential === undefined) return null;
  const cookies = Object.entries(jar?.values ?? {}).filter(isSession);
  return Object.fromEntries(credential === undefined ? cookies : [...cookies, ['login credential', credential]]);
}
