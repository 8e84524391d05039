import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'undici';
import type { Target } from '../config/config.ts';
import { Attempt, type AttemptEnd } from './attempt.ts';
import { type Deadlines, deadlines } from './deadlines.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import type { Failure, Response, SentRequest } from './exchange.ts';
import { aborted } from './failure.ts';
import { clientOf, clientOn, drop, type Lane, type Lanes, makeBare, openLanes } from './lanes.ts';
import { type Pace, pacer } from './pace.ts';
import { PlainAttempt } from './plain-attempt.ts';
import { plainRequest } from './plain-request.ts';
import { dispatchOptions, isRepeatable, type WireRequest, wireRequest } from './wire.ts';

export interface TransportOptions {
  /** Connections a target; 16 if absent. */
  readonly connections?: number;
  /** Total deadline of one request, in milliseconds, from connecting to the last byte. */
  readonly timeoutMs: number;
  /** Cap of one response body, in bytes. */
  readonly maxBodyBytes: number;
  /** Requests a second and target, or null for no limit. */
  readonly rate: number | null;
}

export interface SendOptions {
  /** The head and first byte of the body go out at once, the rest after so many milliseconds. */
  readonly holdMs?: number;
  /** The body goes out in chunks of so many bytes; null for a body with its length. */
  readonly chunkBytes?: number | null;
  /** The request may be sent again although its method is not idempotent. */
  readonly repeatable?: boolean;
  /** It goes out on a connection that has carried nothing yet. */
  readonly fresh?: boolean;
  /** A status that is wanted, whatever it says of the server's load. */
  readonly accepts?: number | null;
  readonly signal?: AbortSignal | undefined;
}

export interface Sent {
  readonly outcome: Response | Failure;
  /** Milliseconds from the first byte sent to the end of the outcome. */
  readonly durationMs: number;
  /** Of a request that was sent again for what was answered to it: how often it was sent. */
  readonly attempts?: number;
}

export interface Transport {
  /** Sends one request to the target of that name. Whatever goes wrong is a failure in the outcome; never rejects for it. */
  send(target: string, request: SentRequest, options?: SendOptions): Promise<Sent>;
  /** Sends copies of one request at the same moment, over the limit of connections if need be. */
  sendTogether(
    target: string,
    request: SentRequest,
    options: SendOptions & { readonly copies: number },
  ): Promise<Sent[]>;
  /** Ends every connection; requests in flight end as `aborted`. */
  close(): Promise<void>;
}

interface Channel {
  readonly endpoint: Endpoint;
  readonly lanes: Lanes;
  /** Null for no limit. */
  readonly pace: Pace | null;
  readonly deadlines: Deadlines;
  readonly options: TransportOptions;
  /** How many answers were not plain. */
  odd: number;
  /** It has answered since it was last found gone. */
  answered: boolean;
}

/** Opens a transport to some targets; connections are made when first needed. Throws PX2011 for a URL that is not http(s). */
export function openTransport(targets: readonly Target[], options: TransportOptions): Transport {
  const bounds = deadlines();
  const channels = new Map(targets.map((target) => [target.name, openChannel(target, options, bounds)]));
  const closing = new AbortController();
  const channelOf = (name: string) => {
    const channel = channels.get(name);
    if (!channel) throw new RangeError(`no target is called ${name}`);
    return channel;
  };
  return {
    async send(name, request, sending = {}) {
      const channel = channelOf(name);
      if (channel.pace !== null) await channel.pace(1, closing.signal);
      return sendOn(channel, request, { ...sending, now: false });
    },
    async sendTogether(name, request, sending) {
      const channel = channelOf(name);
      if (channel.pace !== null) await channel.pace(sending.copies, closing.signal);
      const one = () => sendOn(channel, request, { ...sending, now: true });
      return Promise.all(Array.from({ length: sending.copies }, one));
    },
    async close() {
      closing.abort();
      await Promise.all([...channels.values()].map(({ lanes }) => lanes.close()));
    },
  };
}

function openChannel(target: Target, options: TransportOptions, bounds: Deadlines): Channel {
  const lanes = openLanes(options.connections ?? 16);
  const pace = options.rate === null ? null : pacer(options.rate);
  return { endpoint: endpointOf(target), lanes, pace, deadlines: bounds, options, odd: 0, answered: false };
}

interface Sending extends SendOptions {
  readonly now: boolean;
}

/**
 * A request that may not be sent twice goes out on a connection that has carried nothing yet, which is known to live.
 * Others may meet a used connection that is just being closed: they are sent once more, on a fresh one.
 */
async function sendOn(channel: Channel, request: SentRequest, sending: Sending): Promise<Sent> {
  const wire = wireRequest(channel.endpoint, request);
  if ('kind' in wire) return { outcome: wire, durationMs: 0 };
  const repeatable = isRepeatable(request, sending);
  const { timeoutMs } = channel.options;
  const started = performance.now();
  const left = () => Math.max(1, timeoutMs - (performance.now() - started));
  let end = await attempt(channel, wire, {
    ...sending,
    fresh: sending.fresh === true || channel.endpoint.fresh || !repeatable,
    leftMs: timeoutMs,
  });
  if (end.again === 'unsent' || (end.again === 'stale' && repeatable))
    end = await attempt(channel, wire, { ...sending, fresh: true, leftMs: left() });
  if (channel.answered && isRefused(end))
    end = await untilBack(channel, wire, { ...sending, fresh: true, leftMs: left() });
  channel.answered ||= end.outcome.kind === 'response';
  return sent(end);
}

function sent({ outcome, durationMs }: AttemptEnd): Sent {
  return { outcome, durationMs };
}

interface AttemptPlan extends Sending {
  readonly fresh: boolean;
  /** What is left of the request's deadline, in milliseconds. */
  readonly leftMs: number;
}

/** So long a target that answered before may take to come back, in milliseconds, and so often it is looked for. */
const restartMs = 1000;
const lookMs = 50;

function isRefused({ outcome }: AttemptEnd): boolean {
  return outcome.kind === 'failure' && outcome.reason === 'connection-refused';
}

/** A target that is restarted in the midst of a run refuses connections for a moment: nothing was sent, so it is asked again. */
async function untilBack(channel: Channel, wire: WireRequest, plan: AttemptPlan): Promise<AttemptEnd> {
  const started = performance.now();
  const deadline = started + Math.min(restartMs, plan.leftMs);
  for (;;) {
    await sleep(lookMs);
    const leftMs = Math.max(1, plan.leftMs - (performance.now() - started));
    const end = await attempt(channel, wire, { ...plan, leftMs });
    if (!isRefused(end)) return end;
    if (performance.now() >= deadline) {
      channel.answered = false;
      return end;
    }
  }
}

async function attempt(channel: Channel, wire: WireRequest, plan: AttemptPlan): Promise<AttemptEnd> {
  const { endpoint, lanes } = channel;
  const free = plan.signal?.aborted ? null : lanes.acquire(plan);
  const lane = free instanceof Promise ? await free : free;
  if (lane === null) return { outcome: aborted(endpoint.name), durationMs: 0, again: null };
  const isWhole = (plan.holdMs ?? 0) === 0 && (plan.chunkBytes ?? null) === null;
  const isPlain = isWhole && channel.odd < mostOdd;
  const bytes = isPlain ? plainRequest(endpoint, wire) : null;
  const turn = { channel, lane, wire, plan };
  const end = bytes === null ? await clientAttempt(turn) : await plainAttempt(turn, bytes);
  lanes.release(lane);
  return end;
}

/** A target whose answers need the HTTP client so often gets it from the start. */
const mostOdd = 8;

interface Turn {
  readonly channel: Channel;
  readonly lane: Lane;
  readonly wire: WireRequest;
  readonly plan: AttemptPlan;
}

async function plainAttempt(turn: Turn, bytes: string): Promise<AttemptEnd> {
  const { channel, lane, plan } = turn;
  makeBare(lane);
  const running = new PlainAttempt(lane, { ...channel.options, endpoint: channel.endpoint, bytes });
  const end = await bounded(running, turn, () => running.start());
  if ('outcome' in end) return end;
  channel.odd += 1;
  const leftMs = Math.max(1, plan.leftMs - (performance.now() - running.startedAt));
  const client = await clientOn(lane, channel.endpoint, end);
  const taken = await clientAttempt({ ...turn, plan: { ...plan, leftMs } }, { client, startedAt: running.startedAt });
  await drop(lane);
  return taken;
}

async function clientAttempt(
  turn: Turn,
  taken?: { readonly client: Client; readonly startedAt: number },
): Promise<AttemptEnd> {
  const { channel, lane, wire, plan } = turn;
  const { endpoint, options } = channel;
  const client = taken?.client ?? (await clientOf(lane, endpoint));
  const started = taken === undefined ? {} : { startedAt: taken.startedAt };
  const running = new Attempt(lane, { ...options, endpoint, method: wire.method, ...started });
  return bounded(running, turn, () => void client.dispatch(dispatchOptions(wire, plan), running));
}

interface Running<End> {
  readonly done: Promise<End>;
  expire(): void;
  abort(): void;
}

/** Starts an attempt, and ends it at its deadline or when nobody wants it any more. */
async function bounded<End>(running: Running<End>, { channel, plan }: Turn, start: () => void): Promise<End> {
  const { signal } = plan;
  const bound = { at: performance.now() + plan.leftMs, expire: () => running.expire() };
  channel.deadlines.add(bound);
  const stop = () => running.abort();
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  else start();
  const end = await running.done;
  channel.deadlines.remove(bound);
  signal?.removeEventListener('abort', stop);
  return end;
}
