import type { RequestTemplate, Step, TestCase } from '../cases/case.ts';
import type { Target } from '../config/config.ts';
import { captured, placeOf, type ReadPointer } from './capture.ts';
import type { Exchange, Response, SentRequest, TargetReplay } from './exchange.ts';
import { unsendable } from './failure.ts';
import { compareExchanges, seededOrder } from './order.ts';
import type { SendOptions, Sent, Transport } from './transport.ts';

export interface ReplayContext {
  readonly targets: readonly Target[];
  readonly transport: Transport;
  /** Decides which target is asked first. */
  readonly seed: number;
  /** A request from its template and the values captured so far. */
  readonly fill: (template: RequestTemplate, variables: Readonly<Record<string, string>>) => SentRequest;
  readonly readPointer: ReadPointer;
}

/**
 * Sends a case to all targets at the same time, steps one after another on each, and gives their replays in the order of the
 * targets. A step that fails, or whose capture finds nothing, ends the case on that target; in the second case the response is
 * kept and a failure `capture-missing` of the same step follows it.
 */
export async function replayCase(testCase: TestCase, context: ReplayContext): Promise<TargetReplay[]> {
  const running = new Map<string, Promise<TargetReplay>>();
  for (const { name } of seededOrder(context.targets, context.seed, testCase.id)) {
    running.set(name, replayOn(name, testCase, context));
  }
  return Promise.all(context.targets.flatMap(({ name }) => running.get(name) ?? []));
}

async function replayOn(target: string, testCase: TestCase, context: ReplayContext): Promise<TargetReplay> {
  const exchanges: Exchange[] = [];
  // No prototype: a capture may be called `constructor`.
  const variables: Record<string, string> = Object.create(null);
  for (const [index, step] of testCase.steps.entries()) {
    const request = context.fill(step.request, variables);
    const sent = await sendStep(request, step, { target, safe: testCase.safe, transport: context.transport });
    const made = sent.map((it): Exchange => ({ target, step: index, request, ...it })).sort(compareExchanges);
    exchanges.push(...made);
    const response = responseOf(made);
    if (response === null) break;
    const missing = captureAll(step, response, { variables, readPointer: context.readPointer });
    if (missing === null) continue;
    exchanges.push({ target, step: index, request, outcome: captureMissing(target, missing), durationMs: 0 });
    break;
  }
  return { target, exchanges, captured: variables };
}

interface StepPlace {
  readonly target: string;
  readonly safe: boolean;
  readonly transport: Transport;
}

async function sendStep(request: SentRequest, step: Step, { target, safe, transport }: StepPlace): Promise<Sent[]> {
  const options: SendOptions = { holdMs: step.request.holdMs, repeatable: safe };
  if (step.parallel > 1) return transport.sendTogether(target, request, { ...options, copies: step.parallel });
  return [await transport.send(target, request, options)];
}

/** The first response in their order; null if one of them failed. */
function responseOf(exchanges: readonly Exchange[]): Response | null {
  if (exchanges.some(({ outcome }) => outcome.kind === 'failure')) return null;
  const outcome = exchanges[0]?.outcome;
  return outcome?.kind === 'response' ? outcome : null;
}

interface Captures {
  readonly variables: Record<string, string>;
  readonly readPointer: ReadPointer;
}

/** Stores what a step captures; null, or the name of the first value that is not there. */
function captureAll(step: Step, response: Response, { variables, readPointer }: Captures): string | null {
  for (const [name, capture] of Object.entries(step.capture)) {
    const value = captured(capture, response, readPointer);
    if (value === null) return `${name}: the answer with status ${response.status} has not ${placeOf(capture)}`;
    variables[name] = value;
  }
  return null;
}

function captureMissing(target: string, what: string) {
  return unsendable('capture-missing', `${target} gave no value for ${what}`, 'look at the answer of this step');
}
