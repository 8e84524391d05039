import type { Target } from '../../config/config.ts';
import { openSocket } from '../../http/connection/connect.ts';
import { connectFailure, connectTimeout } from '../../http/connection/connect-failure.ts';
import { addressOf, type Endpoint, endpointOf } from '../../http/endpoint.ts';
import type { Failure } from '../../http/exchange.ts';
import { down } from '../../http/failure.ts';
import { openTransport } from '../../http/send/transport.ts';
import { maxReadyBytes } from '../limits.ts';
import { type Build, buildOfHealth } from './build-fingerprint.ts';

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
  /** What the answer to its `ready` path shows of what it is. */
  readonly build?: Build;
}

/**
 * Whether each target can be sent to, all asked at once, in their order: a TCP or TLS connection, or, where the target has a
 * `ready` path, an answer to GET with a status below 500. Throws PX2011 for a URL that is not http(s).
 */
export function preflight(targets: readonly Target[], options: PreflightOptions): Promise<Preflight[]> {
  return Promise.all(targets.map(async (target) => ({ target: target.name, ...(await untilUp(target, options)) })));
}

const pauseMs = 200;

type Found = Omit<Preflight, 'target'>;

async function untilUp(target: Target, { timeoutMs, waitMs = 0, signal }: PreflightOptions): Promise<Found> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const found = await probe(target, timeoutMs);
    const left = deadline - performance.now();
    if (found.failure === null || left <= 0 || signal?.aborted === true) return found;
    await new Promise((resume) => setTimeout(resume, Math.min(pauseMs, left)));
  }
}

async function probe(target: Target, timeoutMs: number): Promise<Found> {
  if (target.recorded !== undefined) return { failure: null };
  return target.ready === null
    ? { failure: await probeConnection(endpointOf(target), timeoutMs) }
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

async function probeReady(target: Target, path: string, timeoutMs: number): Promise<Found> {
  const transport = openTransport([target], { connections: 1, timeoutMs, maxBodyBytes: maxReadyBytes, rate: null });
  const { outcome } = await transport.send(target.name, { method: 'GET', path, headers: [], body: null });
  await transport.close();
  if (outcome.kind === 'failure') return { failure: outcome.reason === 'body-limit' ? null : outcome };
  if (outcome.status < 500) return { failure: null, build: buildOfHealth(outcome) };
  const message = `${addressOf(endpointOf(target))} answers ${outcome.status} to GET ${JSON.stringify(path)}`;
  return { failure: down('not-ready', message, 'wait until it is ready, or check `ready` of the target') };
}
