import { setTimeout as sleep } from 'node:timers/promises';
import type { Response, SentRequest } from '../../http/exchange.ts';
import { lost } from '../../http/failure.ts';
import type { SendOptions } from '../../http/send/pool.ts';
import type { Sent, Transport } from '../../http/send/transport.ts';
import { isSafeToRepeat } from '../../http/wire-request.ts';
import { maxBackoffVain, maxBackoffWaitMs, maxTries, minWaitMs } from '../limits.ts';
import type { Middleware } from './middleware.ts';

/** Where a target does not say how long it wants to be left alone. */
const pausesMs = [200, 1000];
/** So many answers without a complaint let one more request go out at a time. */
const calmAnswers = 20;

/** What a target bears. */
interface Gate {
  inFlight: number;
  /** Requests at a time; no limit until it complains. */
  limit: number;
  /** On the monotonic clock: nothing is sent before. */
  notBefore: number;
  calm: number;
  /** Requests that stayed refused after pauses of our own, since the last that did not. */
  vain: number;
  readonly waiting: (() => void)[];
}

/**
 * Backs off: a target that answers 429 or 503 is left alone for as long as it asks for (Retry-After, RFC 9110,
 * 10.2.3), or for pauses that grow, and then sent fewer requests at a time. The request is sent again if it may be. A refusal that
 * stays is a failure, `overloaded`, if it speaks of load: 429 (RFC 6585, 4), or with Retry-After; a plain 503 is an answer. Copies
 * that are sent at the same moment, and answers that the case is about, are left alone.
 */
export function backOff(signal?: AbortSignal): Middleware {
  const gates = new Map<string, Gate>();
  const gateOf = (name: string) => {
    const known = gates.get(name);
    if (known !== undefined) return known;
    const gate = { inFlight: 0, limit: Number.POSITIVE_INFINITY, notBefore: 0, calm: 0, vain: 0, waiting: [] };
    gates.set(name, gate);
    return gate;
  };
  return (transport) => ({
    ...transport,
    send: (name, request, options = {}) =>
      sendOrWait({ transport, name, gate: gateOf(name), signal, request, options }, 1),
  });
}

/** A request on its way to a target. */
interface Asking {
  readonly transport: Transport;
  readonly name: string;
  readonly gate: Gate;
  /** Ends waits. */
  readonly signal: AbortSignal | undefined;
  readonly request: SentRequest;
  readonly options: SendOptions;
}

/** Sends for the how many-th time; a promise without an `async` of its own, for all that is sent goes through here. */
function sendOrWait(asking: Asking, tries: number): Promise<Sent> {
  const { transport, name, gate, signal, request, options } = asking;
  const send = () => transport.send(name, request, options).then((sent) => answered(sent, asking, tries));
  if (gate.limit !== Number.POSITIVE_INFINITY) return enter(gate, signal).then(send);
  gate.inFlight += 1;
  return send();
}

/** Takes an answer, and asks again where that is of use. */
function answered(sent: Sent, asking: Asking, tries: number): Sent | Promise<Sent> {
  const { name, gate, request, options } = asking;
  const refusal = refusalIn(sent, { options, tries });
  if (refusal === null) calm(gate, tries);
  else if (refusal.asks || gate.vain < maxBackoffVain) slowDown(gate, refusal.waitMs);
  leave(gate);
  const answer = tries === 1 ? sent : { ...sent, attempts: tries };
  if (refusal === null) return answer;
  if (!isHopeless(refusal, gate) && isSafeToRepeat(request, options)) return sendOrWait(asking, tries + 1);
  if (!refusal.asks && tries === maxTries) gate.vain += 1;
  return refusal.status === 503 && !refusal.asks ? answer : { ...answer, outcome: overloaded(name, refusal) };
}

/** An answer that turns a request away for the time being. */
interface Refusal {
  readonly status: number;
  /** The target says how long; if not, the wait is our own. */
  readonly asks: boolean;
  readonly waitMs: number;
  /** How often the request was sent. */
  readonly tries: number;
}

function refusalIn(
  { outcome, recordedAnswers }: Sent,
  { options, tries }: { options: SendOptions; tries: number },
): Refusal | null {
  if (outcome.kind === 'failure' || (outcome.status !== 429 && outcome.status !== 503)) return null;
  if (outcome.status === options.accepts || recordedAnswers !== undefined) return null;
  const askedMs = askedToWait(outcome);
  const waitMs = Math.max(minWaitMs, askedMs ?? pausesMs[tries - 1] ?? 0);
  return { status: outcome.status, asks: askedMs !== null, waitMs, tries };
}

/** Milliseconds, or null if it does not ask. */
function askedToWait({ headers }: Response): number | null {
  const value = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1].trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : date - Date.now();
}

function isHopeless({ asks, waitMs, tries }: Refusal, gate: Gate): boolean {
  return tries === maxTries || waitMs > maxBackoffWaitMs || (!asks && gate.vain >= maxBackoffVain);
}

async function enter(gate: Gate, signal: AbortSignal | undefined): Promise<void> {
  while (gate.inFlight >= gate.limit) await new Promise<void>((go) => gate.waiting.push(go));
  gate.inFlight += 1;
  const left = gate.notBefore - performance.now();
  if (left > 0) await sleep(left, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}

function leave(gate: Gate): void {
  gate.inFlight -= 1;
  gate.waiting.shift()?.();
}

function slowDown(gate: Gate, askedMs: number): void {
  gate.limit = Math.max(1, Math.floor(gate.inFlight / 2));
  gate.calm = 0;
  gate.notBefore = performance.now() + Math.min(askedMs, maxBackoffWaitMs);
}

function calm(gate: Gate, tries: number): void {
  if (tries > 1) gate.vain = 0;
  if (gate.limit === Number.POSITIVE_INFINITY) return;
  gate.calm += 1;
  if (gate.calm % calmAnswers === 0) {
    gate.limit += 1;
    gate.waiting.shift()?.();
  }
}

function overloaded(name: string, { status, asks, waitMs, tries }: Refusal) {
  const asked = asks ? ` and asked to wait ${Math.ceil(waitMs / 1000)} s (Retry-After)` : '';
  const times = tries === 1 ? '' : `, ${tries} times in a row`;
  const message = `${name} answered ${status}${asked}${times}`;
  const hint = `lower --concurrency or set --rate; if the case is about this answer, say expect: { status: ${status} }`;
  return lost('overloaded', message, hint);
}
