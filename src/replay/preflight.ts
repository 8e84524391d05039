import type { Target } from '../config/config.ts';
import { openSocket } from './connect.ts';
import { connectFailure, connectTimeout } from './connect-failure.ts';
import { addressOf, type Endpoint, endpointOf } from './endpoint.ts';
import type { Failure } from './exchange.ts';
import { down } from './failure.ts';
import { openTransport } from './transport.ts';

export interface PreflightOptions {
  /** How long one target may take, in milliseconds. */
  readonly timeoutMs: number;
  /** For so long targets that cannot be sent to are asked again, in milliseconds; once if absent. */
  readonly waitMs?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

export interface Preflight {
  readonly target: string;
  /** Null if it can be sent to. */
  readonly failure: Failure | null;
}

/**
 * Whether each target can be sent to, all asked at once, in their order: a TCP or TLS connection, or, where the target has a
 * `ready` path, an answer to GET with a status below 500. Throws PX2011 for a URL that is not http(s).
 */
export function preflight(targets: readonly Target[], options: PreflightOptions): Promise<Preflight[]> {
  return Promise.all(targets.map(async (target) => ({ target: target.name, failure: await untilUp(target, options) })));
}

const pauseMs = 200;

async function untilUp(target: Target, { timeoutMs, waitMs = 0, signal }: PreflightOptions): Promise<Failure | null> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const failure = await probe(target, timeoutMs);
    const left = deadline - performance.now();
    if (failure === null || left <= 0 || signal?.aborted === true) return failure;
    await new Promise((resume) => setTimeout(resume, Math.min(pauseMs, left)));
  }
}

function probe(target: Target, timeoutMs: number): Promise<Failure | null> {
  return target.ready === null
    ? probeConnection(endpointOf(target), timeoutMs)
    : probeReady(target, target.ready, timeoutMs);
}

function probeConnection(endpoint: Endpoint, timeoutMs: number): Promise<Failure | null> {
  return new Promise((settle) => {
    const socket = openSocket(endpoint, (error) => {
      clearTimeout(timer);
      socket.destroy();
      settle(error === null ? null : connectFailure(error, endpoint));
    });
    const timer = setTimeout(() => {
      settle(connectTimeout(endpoint, timeoutMs));
      socket.destroy();
    }, timeoutMs);
  });
}

// What a health page says is not looked at: a page over this size is an answer all the same.
const maxReadyBytes = 1024 * 1024;

async function probeReady(target: Target, path: string, timeoutMs: number): Promise<Failure | null> {
  const transport = openTransport([target], { connections: 1, timeoutMs, maxBodyBytes: maxReadyBytes, rate: null });
  const { outcome } = await transport.send(target.name, { method: 'GET', path, headers: [], body: null });
  await transport.close();
  if (outcome.kind === 'failure') return outcome.reason === 'body-limit' ? null : outcome;
  if (outcome.status < 500) return null;
  const message = `${addressOf(endpointOf(target))} answers ${outcome.status} to GET ${JSON.stringify(path)}`;
  return down('not-ready', message, 'wait until it is ready, or check `ready` of the target');
}
