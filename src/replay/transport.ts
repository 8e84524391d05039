import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'undici';
import type { Target } from '../config/config.ts';
import { Attempt, type AttemptEnd } from './attempt.ts';
import { type Bound, type Deadlines, deadlines } from './deadlines.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import type { Failure, Response, SentRequest } from './exchange.ts';
import { aborted } from './failure.ts';
import { clientOf, clientOn, drop, type Lane, type Lanes, openLanes } from './lanes.ts';
import { type Outbox, outbox } from './outbox.ts';
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
  readonly outbox: Outbox;
  readonly options: TransportOptions;
  /** How many answers were not plain. */
  odd: number;
  /** It has answered since it was last found gone. */
  answered: boolean;
}

/** Opens a transport to some targets; connections are made when first needed. Throws PX2011 for a URL that is not http(s). */
export function openTransport(targets: readonly Target[], options: TransportOptions): Transport {
  const shared = { deadlines: deadlines(), outbox: outbox() };
  const channels = new Map(targets.map((target) => [target.name, openChannel(target, options, shared)]));
  const closing = new AbortController();
  const channelOf = (name: string) => {
    const channel = channels.get(name);
    if (!channel) throw new RangeError(`no target is called ${name}`);
    return channel;
  };
  return {
    send(name, request, sending = {}) {
      const channel = channelOf(name);
      if (channel.pace === null) return sendOn(channel, request, sending);
      return channel.pace(1, closing.signal).then(() => sendOn(channel, request, sending));
    },
    async sendTogether(name, request, sending) {
      const channel = channelOf(name);
      if (channel.pace !== null) await channel.pace(sending.copies, closing.signal);
      const one = () => sendOn(channel, request, sending, true);
      return Promise.all(Array.from({ length: sending.copies }, one));
    },
    async close() {
      closing.abort();
      shared.outbox.close();
      await Promise.all([...channels.values()].map(({ lanes }) => lanes.close()));
    },
  };
}

function openChannel(
  target: Target,
  options: TransportOptions,
  shared: Pick<Channel, 'deadlines' | 'outbox'>,
): Channel {
  const lanes = openLanes(options.connections ?? 16);
  const pace = options.rate === null ? null : pacer(options.rate);
  return { endpoint: endpointOf(target), lanes, pace, ...shared, options, odd: 0, answered: false };
}

/**
 * A request that may not be sent twice goes out on a connection that has carried nothing yet, which is known to live.
 * Others may meet a used connection that is just being closed: they are sent once more, on a fresh one.
 */
function sendOn(channel: Channel, request: SentRequest, sending: SendOptions, now = false): Promise<Sent> {
  const wire = wireRequest(channel.endpoint, request);
  if ('kind' in wire) return Promise.resolve({ outcome: wire, durationMs: 0 });
  const repeatable = isRepeatable(request, sending);
  const until = performance.now() + channel.options.timeoutMs;
  const fresh = sending.fresh === true || channel.endpoint.fresh || !repeatable;
  const plan = { sending, now, fresh, until };
  return attempt(channel, wire, plan).then((end) => {
    if (end.outcome.kind === 'failure') return sentAgain(end, { channel, wire, plan, repeatable });
    channel.answered = true;
    return end;
  });
}

interface Failed {
  readonly channel: Channel;
  readonly wire: WireRequest;
  readonly plan: AttemptPlan;
  readonly repeatable: boolean;
}

/** What comes of a request that has failed, and goes out once more where that is no harm. */
async function sentAgain(first: AttemptEnd, { channel, wire, plan, repeatable }: Failed): Promise<AttemptEnd> {
  const anew = { ...plan, fresh: true };
  let end = first;
  if (end.again === 'unsent' || (end.again === 'stale' && repeatable)) end = await attempt(channel, wire, anew);
  if (channel.answered && isRefused(end)) end = await untilBack(channel, wire, anew);
  channel.answered ||= end.outcome.kind === 'response';
  return end;
}

interface AttemptPlan {
  readonly sending: SendOptions;
  /** Do not wait for a free connection. */
  readonly now: boolean;
  readonly fresh: boolean;
  /** When the request's time is over, on the monotonic clock, in milliseconds. */
  readonly until: number;
}

/** So long a target that answered before may take to come back, in milliseconds, and so often it is looked for. */
const restartMs = 1000;
const lookMs = 50;

function isRefused({ outcome }: AttemptEnd): boolean {
  return outcome.kind === 'failure' && outcome.reason === 'connection-refused';
}

/** A target that is restarted in the midst of a run refuses connections for a moment: nothing was sent, so it is asked again. */
async function untilBack(channel: Channel, wire: WireRequest, plan: AttemptPlan): Promise<AttemptEnd> {
  const deadline = Math.min(performance.now() + restartMs, plan.until);
  for (;;) {
    await sleep(lookMs);
    const end = await attempt(channel, wire, plan);
    if (!isRefused(end)) return end;
    if (performance.now() >= deadline) {
      channel.answered = false;
      return end;
    }
  }
}

interface Turn {
  readonly channel: Channel;
  readonly lane: Lane;
  readonly wire: WireRequest;
  readonly plan: AttemptPlan;
}

function attempt(channel: Channel, wire: WireRequest, plan: AttemptPlan): Promise<AttemptEnd> {
  const free = plan.sending.signal?.aborted ? null : channel.lanes.acquire(plan);
  return free instanceof Promise
    ? free.then((lane) => attemptOn(lane, { channel, wire, plan }))
    : attemptOn(free, { channel, wire, plan });
}

/** `lane` is null where there is none any more. */
function attemptOn(lane: Lane | null, { channel, wire, plan }: Omit<Turn, 'lane'>): Promise<AttemptEnd> {
  const { endpoint, lanes } = channel;
  if (lane === null) return Promise.resolve({ outcome: aborted(endpoint.name), durationMs: 0, again: null });
  const turn = { channel, lane, wire, plan };
  const release = (end: AttemptEnd) => {
    lanes.release(lane);
    return end;
  };
  const plain = plainAttempt(turn);
  if (plain === null) return clientAttempt(turn).then(release);
  return bounded(plain, turn, () => channel.outbox.post(plain)).then((end) => {
    channel.deadlines.remove(plain);
    return 'outcome' in end ? release(end) : handedOver(turn, plain, end).then(release);
  });
}

/** A target whose answers need the HTTP client so often gets it from the start. */
const mostOdd = 8;

/** Null for a request that needs the HTTP client. */
function plainAttempt({ channel, lane, wire, plan }: Turn): PlainAttempt | null {
  const { endpoint, options, odd } = channel;
  const { holdMs = 0, chunkBytes = null } = plan.sending;
  if (holdMs > 0 || chunkBytes !== null || odd >= mostOdd) return null;
  const bytes = plainRequest(endpoint, wire);
  if (bytes === null) return null;
  return new PlainAttempt(lane, {
    endpoint,
    bytes,
    at: plan.until,
    timeoutMs: options.timeoutMs,
    maxBodyBytes: options.maxBodyBytes,
  });
}

/** The HTTP client is given the answer that has come so far, and says what it is. */
async function handedOver(turn: Turn, { startedAt }: PlainAttempt, answer: Duplex): Promise<AttemptEnd> {
  turn.channel.odd += 1;
  const client = await clientOn(turn.lane, turn.channel.endpoint, answer);
  const taken = await clientAttempt(turn, { client, startedAt });
  await drop(turn.lane);
  return taken;
}

async function clientAttempt(
  turn: Turn,
  taken?: { readonly client: Client; readonly startedAt: number },
): Promise<AttemptEnd> {
  const { channel, lane, wire, plan } = turn;
  const { endpoint, options, deadlines: bounds } = channel;
  const client = taken?.client ?? (await clientOf(lane, endpoint));
  const started = taken === undefined ? {} : { startedAt: taken.startedAt };
  const running = new Attempt(lane, { ...options, endpoint, method: wire.method, at: plan.until, ...started });
  const end = await bounded(running, turn, () => void client.dispatch(dispatchOptions(wire, plan.sending), running));
  bounds.remove(running);
  return end;
}

interface Running<End> extends Bound {
  readonly done: Promise<End>;
  abort(): void;
}

/** Starts an attempt that ends at its deadline at the latest, or when nobody wants it any more. */
function bounded<End>(running: Running<End>, { channel, plan }: Turn, start: () => void): Promise<End> {
  channel.deadlines.add(running);
  const { signal } = plan.sending;
  if (signal !== undefined) return stoppable(running, signal, start);
  start();
  return running.done;
}

async function stoppable<End>(running: Running<End>, signal: AbortSignal, start: () => void): Promise<End> {
  const stop = () => running.abort();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  else start();
  const end = await running.done;
  signal.removeEventListener('abort', stop);
  return end;
}
