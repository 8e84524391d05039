import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '../../config/config.ts';
import type { Failure, Response, SentRequest } from '../exchange.ts';
import { isSafeToRepeat, wireRequest } from '../wire-request.ts';
import type { AttemptEnd } from './attempt.ts';
import { deadlines } from './deadlines.ts';
import {
  attempt,
  type Channel,
  openChannel,
  type PoolRequest,
  type SendOptions,
  type TransportOptions,
} from './pool.ts';
import { type AnswerFromRecording, answersFrom } from './recorded-answers.ts';
import { outbox } from './send-batch.ts';

export interface Sent {
  readonly outcome: Response | Failure;
  /** Milliseconds from the first byte sent to the end of the outcome. */
  readonly durationMs: number;
  /** Of a request that was sent again for what was answered to it: how often it was sent. */
  readonly attempts?: number;
  /** Of a recorded answer: how many answers to this request were recorded, one after the other. */
  readonly recordedAnswers?: number;
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
  /** Resolves when what is to be sent by now has gone out: what takes time is done while the targets have something to do. */
  flushed(): Promise<void>;
  /** The targets that have sent more than they were asked for. Each request to one of them goes out on a connection of its own from then on. */
  haveSentMore(): string[];
  /** Ends every connection; requests in flight end as `aborted`. */
  close(): Promise<void>;
}

/** Opens a transport to some targets; connections are made when first needed. Throws PX2011 for a URL that is not http(s). */
export function openTransport(targets: readonly Target[], options: TransportOptions): Transport {
  const shared = { deadlines: deadlines(), outbox: outbox() };
  const recorded = new Map(
    targets.flatMap(({ name, recorded }): [string, AnswerFromRecording][] =>
      recorded === undefined ? [] : [[name, answersFrom(name, recorded)]],
    ),
  );
  const services = targets.filter(({ name }) => !recorded.has(name));
  const channels = new Map(services.map((target) => [target.name, openChannel(target, options, shared)]));
  const closing = new AbortController();
  const channelOf = (name: string) => {
    const channel = channels.get(name);
    if (!channel) throw new RangeError(`no target is called ${name}`);
    return channel;
  };
  return {
    send(name, request, sending = {}) {
      const answer = recorded.get(name);
      if (answer !== undefined) return Promise.resolve(answer(request, sending));
      const channel = channelOf(name);
      if (channel.pace === null) return sendOn(channel, request, sending);
      return channel.pace(1, closing.signal).then(() => sendOn(channel, request, sending));
    },
    async sendTogether(name, request, sending) {
      const answer = recorded.get(name);
      if (answer !== undefined) return Array.from({ length: sending.copies }, () => answer(request, sending));
      const channel = channelOf(name);
      if (channel.pace !== null) await channel.pace(sending.copies, closing.signal);
      const one = () => sendOn(channel, request, sending, true);
      return Promise.all(Array.from({ length: sending.copies }, one));
    },
    flushed: shared.outbox.flushed,
    haveSentMore: () => [...channels].filter(([, { lanes }]) => lanes.hasSentMore()).map(([name]) => name),
    async close() {
      closing.abort();
      shared.outbox.close();
      await Promise.all([...channels.values()].map(({ lanes }) => lanes.close()));
    },
  };
}

/**
 * A request that may not be sent twice goes out on a connection that has carried nothing yet, which is known to live.
 * Others may meet a used connection that is just being closed: they are sent once more, on a fresh one.
 */
function sendOn(channel: Channel, request: SentRequest, sending: SendOptions, now = false): Promise<Sent> {
  const wire = wireRequest(sending.withoutAuth === true ? channel.anonymous : channel.endpoint, request);
  if ('kind' in wire) return Promise.resolve({ outcome: wire, durationMs: 0 });
  const repeatable = isSafeToRepeat(request, sending);
  const until = performance.now() + channel.options.timeoutMs;
  const fresh = sending.fresh === true || channel.endpoint.fresh || !repeatable;
  const wanted = { channel, wire, sending, now, fresh, until };
  const checked = (end: AttemptEnd) => {
    if (end.outcome.kind === 'failure') return sentAgain(end, wanted, repeatable);
    channel.answered = true;
    return end;
  };
  return new Promise((settle) => {
    attempt(wanted, (end) => settle(end instanceof Promise ? end.then(checked) : checked(end)));
  });
}

/** One more attempt. */
function attempted(wanted: PoolRequest): Promise<AttemptEnd> {
  return new Promise((settle) => attempt(wanted, settle));
}

/** What comes of a request that has failed, and goes out once more where that is no harm. */
async function sentAgain(first: AttemptEnd, wanted: PoolRequest, repeatable: boolean): Promise<AttemptEnd> {
  const { channel } = wanted;
  const anew = { ...wanted, fresh: true };
  let end = first;
  if (end.again === 'unsent' || (end.again === 'stale' && repeatable)) end = await attempted(anew);
  // On a connection of its own it got a clean answer: what came on the used one belongs to an earlier request.
  if (first.unclear !== undefined && end.outcome.kind === 'response') first.unclear.hasSurplus = true;
  if (channel.answered && isRefused(end)) end = await untilBack(anew);
  channel.answered ||= end.outcome.kind === 'response';
  return end;
}

/** So long a target that answered before may take to come back, in milliseconds, and so often it is looked for. */
const restartMs = 1000;
const lookMs = 50;

function isRefused({ outcome }: AttemptEnd): boolean {
  return outcome.kind === 'failure' && outcome.reason === 'connection-refused';
}

/** A target that is restarted in the midst of a run refuses connections for a moment: nothing was sent, so it is asked again. */
async function untilBack(wanted: PoolRequest): Promise<AttemptEnd> {
  const deadline = Math.min(performance.now() + restartMs, wanted.until);
  for (;;) {
    await sleep(lookMs);
    const end = await attempted(wanted);
    if (!isRefused(end)) return end;
    if (performance.now() >= deadline) {
      wanted.channel.answered = false;
      return end;
    }
  }
}
