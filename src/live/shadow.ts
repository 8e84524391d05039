import { existsSync } from 'node:fs';
import { onlyReads } from '../cases/every-step.ts';
import type { Config } from '../config/config.ts';
import { routeOf } from '../findings/route.ts';
import type { Response } from '../http/exchange.ts';
import type { Transport } from '../http/send/transport.ts';
import type { Tap, TappedExchange, TappedRequest } from '../proxy/tap.ts';
import type { CaseResult } from '../run/model/case-result.ts';
import { budgetOf } from './compare/budget.ts';
import { closedCircuit } from './compare/circuit.ts';
import { type LivePair, liveComparer } from './compare/compare-live.ts';
import { judgedOf } from './compare/judged.ts';
import {
  copyHeader,
  credentialsIn,
  liveCase,
  rampShare,
  requestOf,
  withoutClientCredentials,
} from './compare/live-case.ts';
import type { Judged, Ledger } from './counts/ledger.ts';

/** What is copied, and how. */
export interface ShadowOptions {
  readonly config: Config;
  readonly transport: Transport;
  /** The share of requests that is copied, from 0 to 1. */
  readonly share: number;
  readonly methods: ReadonlySet<string>;
  /** Copies that are not compared yet, at most. */
  readonly maxPending: number;
  /** While this file is there nothing is copied. */
  readonly killSwitch: string | null;
  /** The candidate gets the credentials of the clients. */
  readonly passesCredentials: boolean;
  /** How many requests a second are sent again to both sides, to tell noise from divergence. */
  readonly noiseRate: number;
  readonly ledger: Ledger;
  /** Ids of the cases that are recorded already. */
  readonly recorded: Iterable<string>;
  /** Records a case of the run. */
  readonly take: (result: CaseResult) => void;
  /** Told what went wrong that is a bug of the tool. */
  readonly failed: (error: unknown) => void;
}

/** Copies what a proxy passes on to a candidate, and compares. */
export interface Shadow {
  readonly tap: Tap;
  /** Whether copying was switched off, by whatever means. */
  isOff(): boolean;
  switchOff(isOff: boolean): void;
  isCircuitOpen(): boolean;
  /** No copy begins any more; resolves once all of them are compared, or lost after so many milliseconds. */
  finish(graceMs: number): Promise<void>;
}

/** A shadow that copies from now on. */
export function openShadow(options: ShadowOptions): Shadow {
  const { config, ledger, maxPending, share, methods } = options;
  const stop = new AbortController();
  const circuit = closedCircuit();
  const comparer = liveComparer({
    ...{ config, transport: options.transport, signal: stop.signal },
    budget: budgetOf(options.noiseRate, performance.now()),
  });
  const pending = new Set<Promise<void>>();
  const ids = new Set(options.recorded);
  let isSwitchedOff = false;
  const isOff = () => isSwitchedOff || (options.killSwitch !== null && existsSync(options.killSwitch));
  const routeAt = ({ method, path, headers }: TappedRequest, body: Uint8Array | null) =>
    routeOf({ method, path, headers, body }, config.routes, '');

  /** Why a request is not copied, as far as its head says; null where it is. */
  const refusal = (request: TappedRequest): string | null => {
    if (request.headers.some(([name]) => name.toLowerCase() === copyHeader)) return 'loop';
    if (!methods.has(request.method)) return 'method';
    if (isOff()) return 'kill-switch';
    return onlyReads(request.method) && rampShare(request, null) >= share ? 'percent' : null;
  };

  const refusalNow = ({ request, body }: { request: TappedRequest; body: Uint8Array | null }): string | null => {
    if (stop.signal.aborted) return 'ending';
    if (isOff()) return 'kill-switch';
    if (!onlyReads(request.method) && rampShare(request, body) >= share) return 'percent';
    if (ledger.pending() >= maxPending) return 'max-pending';
    return circuit.mayCopy(performance.now()) ? null : 'circuit-open';
  };

  const compare = async (pair: LivePair): Promise<void> => {
    const { route } = pair;
    let isOver = false;
    const lose = (reason: string) => {
      if (!isOver) ledger.lose(route, reason);
      isOver = true;
    };
    const onStop = () => lose('ended');
    finishing.signal.addEventListener('abort', onStop);
    try {
      const replays = await comparer.copy(pair);
      circuit.ended(replays[1]!.exchanges[0]!.outcome, performance.now());
      const result = await comparer.judge(pair, replays);
      if (isOver) return;
      isOver = true;
      record(result, route);
    } catch (error) {
      lose('internal');
      options.failed(error);
    } finally {
      finishing.signal.removeEventListener('abort', onStop);
    }
  };

  const record = (result: CaseResult, route: string): void => {
    const judged: Judged = judgedOf(result, route);
    const isWanted = ledger.isWanted(route, judged);
    ledger.judge(route, judged);
    if (!isWanted) return;
    const testCase = withOwnId(result.testCase, ids);
    options.take({ ...result, testCase, compared: result.compared.map((one) => ({ ...one, testCase })) });
    ledger.keep(route, judged, testCase.id);
  };
  const finishing = new AbortController();

  const exchanged = (exchange: TappedExchange): void | Promise<void> => {
    // It was counted when it was refused.
    if (exchange.end === 'refused') return;
    const route = ledger.nameOf(routeAt(exchange.request, exchange.request.body.bytes));
    const pair = pairOf(exchange, route, options);
    const reason =
      typeof pair === 'string' ? pair : refusalNow({ request: exchange.request, body: exchange.request.body.bytes });
    if (reason !== null || typeof pair === 'string') return ledger.skip(route, reason ?? 'unsendable');
    ledger.copy(route);
    const work = compare(pair).finally(() => pending.delete(work));
    pending.add(work);
    return work;
  };

  return {
    tap: {
      wants(request) {
        const reason = refusal(request);
        if (reason !== null) ledger.skip(routeAt(request, null), reason);
        return reason === null;
      },
      exchanged,
      refused: () => ledger.skip(null, 'refused'),
      failed: options.failed,
    },
    isOff,
    switchOff(off) {
      isSwitchedOff = off;
    },
    isCircuitOpen: circuit.isOpen,
    async finish(graceMs) {
      stop.abort();
      const timer = setTimeout(() => finishing.abort(), graceMs);
      await Promise.race([Promise.all(pending), aborted(finishing.signal)]);
      clearTimeout(timer);
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** The pair that an exchange makes; or why it makes none. */
function pairOf(exchange: TappedExchange, route: string, options: ShadowOptions): LivePair | string {
  const { request, answer, end, durationMs } = exchange;
  if (end === 'upgraded' || end === 'client-gone') return end;
  if (answer === null || end !== 'complete') return 'reference-failed';
  if (request.body.omitted !== null) return `request-${request.body.omitted}`;
  if (answer.body.bytes === null) return `answer-${answer.body.omitted ?? 'missing'}`;
  const sent = requestOf({ ...request, body: request.body.bytes });
  if (sent === null) return 'unsendable';
  const response: Response = { kind: 'response', ...answer, body: answer.body.bytes };
  const copy = options.passesCredentials ? sent : withoutClientCredentials(sent);
  return {
    ...{ testCase: liveCase(sent), route, requests: [sent, copy] as const, answer: response, durationMs },
    secrets: credentialsIn(sent),
  };
}

/** Requests that ask for the same are cases of their own. */
function withOwnId(testCase: CaseResult['testCase'], ids: Set<string>): CaseResult['testCase'] {
  let id = testCase.id;
  for (let number = 2; ids.has(id); number += 1) id = `${testCase.id}-${number}`;
  ids.add(id);
  return { ...testCase, id };
}
