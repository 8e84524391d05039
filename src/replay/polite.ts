import { setTimeout as sleep } from 'node:timers/promises';
import type { Response, SentRequest } from './exchange.ts';
import { lost } from './failure.ts';
import type { SendOptions, Sent, Transport } from './transport.ts';
import { isRepeatable } from './wire.ts';

/** A longer wait is not waited. */
const longestWaitMs = 5000;
const shortestWaitMs = 100;
const mostTries = 3;
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
  readonly waiting: (() => void)[];
}

/**
 * A transport that backs off: a target that answers 429 or 503 with Retry-After (RFC 9110, 10.2.3) is left alone for so long and then
 * sent fewer requests at a time. The request is sent again if it may be; if that does not help, it failed: `overloaded`. Copies that
 * are sent at the same moment, and answers that the case is about, are left alone.
 */
export function politely(transport: Transport, signal?: AbortSignal): Transport {
  const gates = new Map<string, Gate>();
  const gateOf = (name: string) => {
    const gate = gates.get(name) ?? {
      inFlight: 0,
      limit: Number.POSITIVE_INFINITY,
      notBefore: 0,
      calm: 0,
      waiting: [],
    };
    gates.set(name, gate);
    return gate;
  };
  return {
    ...transport,
    send: (name, request, options = {}) =>
      sendPolitely({ transport, name, gate: gateOf(name), signal }, request, options),
  };
}

interface Door {
  readonly transport: Transport;
  readonly name: string;
  readonly gate: Gate;
  /** Ends waits. */
  readonly signal: AbortSignal | undefined;
}

async function sendPolitely(
  { transport, name, gate, signal }: Door,
  request: SentRequest,
  options: SendOptions,
): Promise<Sent> {
  for (let tries = 1; ; tries += 1) {
    if (gate.limit === Number.POSITIVE_INFINITY) gate.inFlight += 1;
    else await enter(gate, signal);
    const sent = await transport.send(name, request, options);
    const asked = askedToWait(sent, options);
    if (asked === null) calm(gate);
    else slowDown(gate, asked);
    leave(gate);
    if (asked === null) return sent;
    const hopeless = asked > longestWaitMs || tries === mostTries || !isRepeatable(request, options);
    if (hopeless) return { ...sent, outcome: overloaded(name, sent.outcome as Response, { asked, tries }) };
  }
}

/** Milliseconds, or null if it does not ask. */
function askedToWait({ outcome }: Sent, { accepts }: SendOptions): number | null {
  if (outcome.kind === 'failure' || (outcome.status !== 429 && outcome.status !== 503)) return null;
  if (outcome.status === accepts) return null;
  const value = outcome.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1].trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Math.max(shortestWaitMs, Number(value) * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(shortestWaitMs, date - Date.now());
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
  gate.notBefore = performance.now() + Math.min(askedMs, longestWaitMs);
}

function calm(gate: Gate): void {
  if (gate.limit === Number.POSITIVE_INFINITY) return;
  gate.calm += 1;
  if (gate.calm % calmAnswers === 0) {
    gate.limit += 1;
    gate.waiting.shift()?.();
  }
}

function overloaded(name: string, { status }: Response, { asked, tries }: { asked: number; tries: number }) {
  const times = tries === 1 ? '' : `, ${tries} times in a row`;
  const message = `${name} answered ${status} and asked to wait ${Math.ceil(asked / 1000)} s (Retry-After)${times}`;
  const hint = `lower --concurrency or set --rate; if the case is about this answer, say expect: { status: ${status} }`;
  return lost('overloaded', message, hint);
}
