import type { Duplex } from 'node:stream';
import type { Client } from 'undici';
import type { Target } from '../../config/config.ts';
import { clientOf, clientOn, drop, type Lane, type Lanes, openLanes } from '../connection/connections.ts';
import { type Endpoint, endpointOf, withoutAuth } from '../endpoint.ts';
import { aborted } from '../failure.ts';
import { maxOdd } from '../limits.ts';
import { dispatchOptions, type WireRequest } from '../wire-request.ts';
import { Attempt, type AttemptEnd, type AttemptOptions } from './attempt.ts';
import type { Bound, Deadlines } from './deadlines.ts';
import { PlainAttempt } from './fast-attempt.ts';
import { plainRequest } from './fast-request.ts';
import { type Pace, pacer } from './rate-limit.ts';
import type { Outbox } from './send-batch.ts';

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
  /** The case that the request is of. */
  readonly caseId?: string;
  /** The same object for all steps of one time that the case is sent. */
  readonly visit?: object;
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
export interface PoolRequest {
  readonly channel: Channel;
  readonly wire: WireRequest;
  readonly sending: SendOptions;
  /** Do not wait for a free connection. */
  readonly now: boolean;
  readonly fresh: boolean;
  /** When the request's time is over, on the monotonic clock, in milliseconds. */
  readonly until: number;
}

/** Takes what has come of a request, or will. */
type Done = (end: AttemptEnd | Promise<AttemptEnd>) => void;

/**
 * Sends a request once, as soon as there is a connection for it, and tells `done` once what has come of it. Whatever goes wrong is a
 * failure in the outcome. No promises of its own: all that is sent goes through here.
 */
export function attempt(wanted: PoolRequest, done: Done): void {
  const free = wanted.sending.signal?.aborted ? null : wanted.channel.lanes.acquire(wanted);
  if (free instanceof Promise) done(free.then((lane) => new Promise((end) => attemptOn(lane, wanted, end))));
  else attemptOn(free, wanted, done);
}

/** `lane` is null where there is none any more. */
function attemptOn(lane: Lane | null, wanted: PoolRequest, done: Done): void {
  const bytes = lane === null ? null : plainBytes(wanted);
  if (lane === null) done({ outcome: aborted(wanted.channel.endpoint.name), durationMs: 0, again: null });
  else if (bytes === null) done(clientAttempt(lane, wanted).finally(() => wanted.channel.lanes.release(lane)));
  else plainAttempt(lane, wanted, { bytes, done });
}

/** A request as it is written to a bare connection; null for one that needs the HTTP client. */
function plainBytes({ channel, wire, sending }: PoolRequest): string | null {
  const { holdMs = 0, chunkBytes = null } = sending;
  if (holdMs > 0 || chunkBytes !== null || channel.odd >= maxOdd) return null;
  return plainRequest(channel.endpoint, wire);
}

interface Plain {
  readonly bytes: string;
  readonly done: Done;
}

function plainAttempt(lane: Lane, wanted: PoolRequest, { bytes, done }: Plain): void {
  const { channel, until } = wanted;
  const { endpoint, lanes, options } = channel;
  const { timeoutMs, maxBodyBytes } = options;
  const ended = (end: AttemptEnd | Duplex) => {
    letGo(plain, wanted);
    if ('outcome' in end) {
      lanes.release(lane);
      done(end);
    } else done(handedOver(lane, wanted, { plain, answer: end }).finally(() => lanes.release(lane)));
  };
  const hasBody = hasBytes(wanted.wire);
  const plain = new PlainAttempt(lane, { endpoint, bytes, hasBody, at: until, timeoutMs, maxBodyBytes }, ended);
  hold(plain, wanted);
  if (wanted.sending.signal?.aborted) plain.abort();
  else channel.outbox.post(plain);
}

/** The HTTP client is given the answer that has come so far, and says what it is. */
async function handedOver(lane: Lane, wanted: PoolRequest, { plain, answer }: HandedOver): Promise<AttemptEnd> {
  const { channel } = wanted;
  channel.odd += 1;
  const client = await clientOn(lane, channel.endpoint, answer);
  const end = await clientAttempt(lane, wanted, { client, written: plain.written });
  await drop(lane);
  return end;
}

function hasBytes({ body }: WireRequest): boolean {
  return body !== null && body.length > 0;
}

interface HandedOver {
  readonly plain: PlainAttempt;
  readonly answer: Duplex;
}

async function clientAttempt(
  lane: Lane,
  wanted: PoolRequest,
  taken?: { readonly client: Client; readonly written: NonNullable<AttemptOptions['written']> },
): Promise<AttemptEnd> {
  const { channel, wire, sending, until } = wanted;
  const { endpoint, options } = channel;
  const client = taken?.client ?? (await clientOf(lane, endpoint));
  const written = taken === undefined ? {} : { written: taken.written };
  const { method } = wire;
  const running = new Attempt(lane, { ...options, endpoint, method, hasBody: hasBytes(wire), at: until, ...written });
  hold(running, wanted);
  if (sending.signal?.aborted) running.abort();
  else client.dispatch(dispatchOptions(wire, sending), running);
  const end = await running.done;
  letGo(running, wanted);
  return end;
}

/** An attempt, which ends at its deadline at the latest, or when nobody wants it any more. */
interface Running extends Bound {
  abort(): void;
  /** As `abort`, for a signal. */
  handleEvent(): void;
}

function hold(running: Running, { channel, sending }: PoolRequest): void {
  channel.deadlines.add(running);
  sending.signal?.addEventListener('abort', running);
}

function letGo(running: Running, { channel, sending }: PoolRequest): void {
  channel.deadlines.remove(running);
  sending.signal?.removeEventListener('abort', running);
}
