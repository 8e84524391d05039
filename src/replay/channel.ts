import type { Duplex } from 'node:stream';
import type { Client } from 'undici';
import type { Target } from '../config/config.ts';
import { Attempt, type AttemptEnd } from './attempt.ts';
import type { Bound, Deadlines } from './deadlines.ts';
import { type Endpoint, endpointOf, withoutAuth } from './endpoint.ts';
import { aborted } from './failure.ts';
import { clientOf, clientOn, drop, type Lane, type Lanes, openLanes } from './lanes.ts';
import type { Outbox } from './outbox.ts';
import { type Pace, pacer } from './pace.ts';
import { PlainAttempt } from './plain-attempt.ts';
import { plainRequest } from './plain-request.ts';
import { dispatchOptions, type WireRequest } from './wire.ts';

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
  /** It goes out without the `auth` of the target. */
  readonly withoutAuth?: boolean | undefined;
  /** A status that is wanted, whatever it says of the server's load. */
  readonly accepts?: number | null;
  readonly signal?: AbortSignal | undefined;
}

/** What leads to one target. */
export interface Channel {
  readonly endpoint: Endpoint;
  /** The same without the `auth` of the target. */
  readonly anonymous: Endpoint;
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

/** Opens a channel; connections are made when first needed. Throws PX2011 for a URL that is not http(s). */
export function openChannel(
  target: Target,
  options: TransportOptions,
  shared: Pick<Channel, 'deadlines' | 'outbox'>,
): Channel {
  const lanes = openLanes(options.connections ?? 16);
  const pace = options.rate === null ? null : pacer(options.rate);
  const endpoint = endpointOf(target);
  return {
    endpoint,
    anonymous: withoutAuth(endpoint, target),
    lanes,
    pace,
    ...shared,
    options,
    odd: 0,
    answered: false,
  };
}

/** A request that is to go out over a channel. */
export interface Wanted {
  readonly channel: Channel;
  readonly wire: WireRequest;
  readonly sending: SendOptions;
  /** Do not wait for a free connection. */
  readonly now: boolean;
  readonly fresh: boolean;
  /** When the request's time is over, on the monotonic clock, in milliseconds. */
  readonly until: number;
}

/** Sends a request once, as soon as there is a connection for it. Whatever goes wrong is a failure in the outcome. */
export function attempt(wanted: Wanted): Promise<AttemptEnd> {
  const free = wanted.sending.signal?.aborted ? null : wanted.channel.lanes.acquire(wanted);
  return free instanceof Promise ? free.then((lane) => attemptOn(lane, wanted)) : attemptOn(free, wanted);
}

/** `lane` is null where there is none any more. */
function attemptOn(lane: Lane | null, wanted: Wanted): Promise<AttemptEnd> {
  const { channel } = wanted;
  const { endpoint, lanes } = channel;
  if (lane === null) return Promise.resolve({ outcome: aborted(endpoint.name), durationMs: 0, again: null });
  const release = (end: AttemptEnd) => {
    lanes.release(lane);
    return end;
  };
  const plain = plainAttempt(lane, wanted);
  if (plain === null) return clientAttempt(lane, wanted).then(release);
  return bounded(plain, wanted, () => channel.outbox.post(plain)).then((end) => {
    channel.deadlines.remove(plain);
    return 'outcome' in end ? release(end) : handedOver(lane, wanted, { plain, answer: end }).then(release);
  });
}

/** A target whose answers need the HTTP client so often gets it from the start. */
const mostOdd = 8;

/** Null for a request that needs the HTTP client. */
function plainAttempt(lane: Lane, { channel, wire, sending, until }: Wanted): PlainAttempt | null {
  const { endpoint, options, odd } = channel;
  const { holdMs = 0, chunkBytes = null } = sending;
  if (holdMs > 0 || chunkBytes !== null || odd >= mostOdd) return null;
  const bytes = plainRequest(endpoint, wire);
  if (bytes === null) return null;
  return new PlainAttempt(lane, {
    endpoint,
    bytes,
    at: until,
    timeoutMs: options.timeoutMs,
    maxBodyBytes: options.maxBodyBytes,
  });
}

/** The HTTP client is given the answer that has come so far, and says what it is. */
async function handedOver(lane: Lane, wanted: Wanted, { plain, answer }: HandedOver): Promise<AttemptEnd> {
  const { channel } = wanted;
  channel.odd += 1;
  const client = await clientOn(lane, channel.endpoint, answer);
  const end = await clientAttempt(lane, wanted, { client, startedAt: plain.startedAt });
  await drop(lane);
  return end;
}

interface HandedOver {
  readonly plain: PlainAttempt;
  readonly answer: Duplex;
}

async function clientAttempt(
  lane: Lane,
  wanted: Wanted,
  taken?: { readonly client: Client; readonly startedAt: number },
): Promise<AttemptEnd> {
  const { channel, wire, sending, until } = wanted;
  const { endpoint, options, deadlines: bounds } = channel;
  const client = taken?.client ?? (await clientOf(lane, endpoint));
  const started = taken === undefined ? {} : { startedAt: taken.startedAt };
  const running = new Attempt(lane, { ...options, endpoint, method: wire.method, at: until, ...started });
  const end = await bounded(running, wanted, () => void client.dispatch(dispatchOptions(wire, sending), running));
  bounds.remove(running);
  return end;
}

interface Running<End> extends Bound {
  readonly done: Promise<End>;
  abort(): void;
}

/** Starts an attempt that ends at its deadline at the latest, or when nobody wants it any more. */
function bounded<End>(running: Running<End>, { channel, sending }: Wanted, start: () => void): Promise<End> {
  channel.deadlines.add(running);
  const { signal } = sending;
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
