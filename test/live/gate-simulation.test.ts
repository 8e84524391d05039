import { describe, expect, it } from 'vitest';
import { type Judged, type Ledger, openLedger } from '../../src/live/counts/ledger.ts';
import { readinessOf } from '../../src/live/gate/readiness.ts';

const matched: Judged = { outcome: 'matched' };
const suppressed: Judged = { outcome: 'suppressed' };
const planted: Judged = { outcome: 'divergent', signature: 'a' };

function exitCodeOf(ledger: Ledger): number {
  const gate = { min: 1000, parity: 0.999, confidence: 0.95 };
  const known = { isAccepted: () => false, expected: [], except: [] };
  return readinessOf({ routes: ledger.routes() }, gate, known).exitCode;
}

/** Numbers in [0, 1) that are the same in each run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A run of so many requests on 14 routes, of which one request in `oneIn` diverges, on one of them. */
function simulate(seed: number, requests: number, oneIn: number | null): Ledger {
  const next = random(seed);
  const ledger = openLedger();
  const routes = Array.from({ length: 14 }, (_, at) => `GET /v1/part${at}`);
  for (let at = 0; at < requests; at += 1) {
    const isPlanted = oneIn !== null && next() * oneIn < 1;
    const route = isPlanted ? routes[3]! : routes[Math.floor(next() * routes.length)]!;
    ledger.copy(route);
    ledger.judge(route, isPlanted ? planted : at % 100 === 0 ? suppressed : matched);
  }
  return ledger;
}

describe('the gate over simulated runs', () => {
  it('stays shut in 50 of 50 runs of 300,000 requests where 1 in 10,000 diverges on one of 14 routes', () => {
    const codes = Array.from({ length: 50 }, (_, seed) => exitCodeOf(simulate(seed, 300_000, 10_000)));
    expect(codes).toEqual(Array.from({ length: 50 }, () => 1));
  });

  it('is ready in 50 of 50 runs of a service against itself', () => {
    const codes = Array.from({ length: 50 }, (_, seed) => exitCodeOf(simulate(seed, 300_000, null)));
    expect(codes).toEqual(Array.from({ length: 50 }, () => 0));
  });
});
