import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Judged, type Ledger, openLedger } from '../../src/live/counts/ledger.ts';
import { otherRoutes, type RouteState, sumOf, totalsOver } from '../../src/live/counts/live-state.ts';
import { type Known, readinessOf } from '../../src/live/gate/readiness.ts';
import { readinessLines, readinessSentence } from '../../src/live/gate/readiness-text.ts';
import { maxKept, maxRoutes, maxSignatures } from '../../src/live/limits.ts';

const gate = { min: 1000, parity: 0.999, confidence: 0.95 };
const nothingKnown: Known = { isAccepted: () => false, expected: [], except: [] };
const matched: Judged = { outcome: 'matched' };

/** Counts the same outcome of so many requests. */
function judge(ledger: Ledger, route: string, judged: Judged, times = 1): void {
  for (let at = 0; at < times; at += 1) {
    ledger.copy(route);
    ledger.judge(route, judged);
  }
}

function readyOf(ledger: Ledger, known: Partial<Known> = {}) {
  return readinessOf({ routes: ledger.routes() }, gate, { ...nothingKnown, ...known });
}

describe('the ledger of a live comparison', () => {
  const action = fc.record({
    what: fc.constantFrom('skip', 'copy', 'lose', 'judge'),
    route: fc.constantFrom('GET /a', 'GET /b', '__proto__', 'constructor'),
    reason: fc.constantFrom('max-pending', 'method', '__proto__'),
    outcome: fc.constantFrom<Judged['outcome']>('matched', 'divergent', 'suppressed', 'inconclusive'),
  });

  it('adds up after any row of events, and after a restart in the midst of it', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), fc.nat(60), (actions, restartAt) => {
        let ledger = openLedger();
        const open: string[] = [];
        const happened = { requests: 0, lost: 0, compared: 0 };
        for (const [at, { what, route, reason, outcome }] of actions.entries()) {
          if (at === restartAt) {
            happened.lost += open.splice(0).length;
            ledger = openLedger(JSON.parse(JSON.stringify(ledger.routes())) as RouteState[]);
          }
          if (what === 'skip' || what === 'copy') happened.requests += 1;
          if (what === 'skip') ledger.skip(route, reason);
          else if (what === 'copy') {
            ledger.copy(route);
            open.push(route);
          } else if (open.length > 0) {
            const name = open.pop()!;
            if (what === 'lose') ledger.lose(name, reason);
            else ledger.judge(name, { outcome, signature: reason });
            happened[what === 'lose' ? 'lost' : 'compared'] += 1;
          }
        }
        const totals = totalsOver(ledger.routes());
        expect(totals).toMatchObject({ ...happened, pending: open.length });
        expect(ledger.pending()).toBe(open.length);
        expect(totals.requests).toBe(totals.copied + sumOf(totals.skipped));
        expect(totals.copied).toBe(totals.pending + totals.compared + totals.lost);
        expect(totals.compared).toBe(totals.matched + totals.divergent + totals.suppressed + totals.inconclusive);
      }),
    );
  });

  it('counts routes beyond its limit as one', () => {
    const ledger = openLedger();
    for (let at = 0; at < 10 * maxRoutes; at += 1) judge(ledger, `GET /${at}`, matched);
    expect(ledger.routes()).toHaveLength(maxRoutes + 1);
    expect(ledger.routes().find(({ route }) => route === otherRoutes)?.matched).toBe(9 * maxRoutes);
  });

  it('wants a bounded number of examples of each set of divergences, and of bounded many sets', () => {
    const ledger = openLedger();
    let kept = 0;
    for (let at = 0; at < 100 * maxSignatures; at += 1) {
      const judged: Judged = { outcome: 'divergent', signature: `s${at % (2 * maxSignatures)}` };
      judge(ledger, 'GET /a', judged);
      if (!ledger.isWanted('GET /a', judged)) continue;
      kept += 1;
      ledger.keep('GET /a', judged, `live/${at}`);
    }
    expect(kept).toBe(maxSignatures * maxKept);
    expect(Object.keys(ledger.routes()[0]!.signatures)).toHaveLength(maxSignatures + 1);
  });
});

describe('the gate', () => {
  it.each<[title: string, count: (ledger: Ledger) => void, known: Partial<Known>, standing: string, exitCode: number]>([
    ['is ready with enough requests alike', (one) => judge(one, 'GET /a', matched, 2995), {}, 'ready', 0],
    ['is shut below the bound', (one) => judge(one, 'GET /a', matched, 2994), {}, 'below', 1],
    ['has too little evidence below the minimum', (one) => judge(one, 'GET /a', matched, 999), {}, 'too-few', 3],
    [
      'is shut by one divergence in a million',
      (one) => {
        judge(one, 'GET /a', matched, 100_000);
        judge(one, 'GET /a', { outcome: 'divergent', signature: 'a' });
      },
      {},
      'divergent',
      1,
    ],
    [
      'is open where that one is accepted',
      (one) => {
        judge(one, 'GET /a', matched, 100_000);
        judge(one, 'GET /a', { outcome: 'divergent', signature: 'a' });
      },
      { isAccepted: (route, signature) => route === 'GET /a' && signature === 'a' },
      'ready',
      0,
    ],
    [
      'takes no refusal for evidence',
      (one) => judge(one, 'GET /a', { outcome: 'matched', refused: 'refused' }, 5000),
      {},
      'too-few',
      3,
    ],
    [
      'does not wait for a path that the reference does not have, and is not ready without any other',
      (one) => judge(one, 'GET /a', { outcome: 'matched', refused: 'absent' }, 5000),
      {},
      'absent',
      3,
    ],
    [
      'waits for such a path where the library has it',
      (one) => judge(one, 'GET /a', { outcome: 'matched', refused: 'absent' }, 5000),
      { expected: ['GET /a'] },
      'too-few',
      3,
    ],
    [
      'has too little evidence where most copies came to nothing',
      (one) => {
        judge(one, 'GET /a', matched, 5000);
        judge(one, 'GET /a', { outcome: 'inconclusive', signature: 'target-down' }, 5001);
      },
      {},
      'too-few',
      3,
    ],
    ['does not count requests that were only skipped', (one) => one.skip('GET /a', 'kill-switch'), {}, 'too-few', 3],
  ])('%s', (_, count, known, standing, exitCode) => {
    const ledger = openLedger();
    count(ledger);
    const readiness = readyOf(ledger, known);
    expect(readiness.routes.map((one) => one.standing)).toEqual([standing]);
    expect(readiness.exitCode).toBe(exitCode);
  });

  it('has too little evidence while a route of the library was not seen', () => {
    const ledger = openLedger();
    judge(ledger, 'GET /a', matched, 5000);
    expect(readyOf(ledger, { expected: ['GET /a', 'GET /b'] })).toMatchObject({ exitCode: 3, unseen: ['GET /b'] });
    expect(readyOf(ledger, { expected: ['GET /a', 'GET /b'], except: ['GET /b'] })).toMatchObject({ exitCode: 0 });
  });

  it('has too little evidence without any request', () => {
    expect(readyOf(openLedger())).toMatchObject({ exitCode: 3, verdict: 'too-little-evidence' });
  });

  it('has a line for each route and a sentence that first says what was not observed', () => {
    const ledger = openLedger();
    judge(ledger, 'GET /a', matched, 3000);
    judge(ledger, 'GET /b\u001b[2J', matched, 20);
    ledger.skip('GET /a', 'max-pending');
    const readiness = readyOf(ledger, { expected: ['GET /c'] });
    const state = {
      ...{ routes: ledger.routes(), run: '20261125-100000-1', reference: 'rust', candidate: 'go' },
      ...{ startedAt: '2026-11-25T10:00:00.000Z', updatedAt: '2026-11-25T11:30:00.000Z' },
    };
    expect([...readinessLines(readiness), readinessSentence(state, readiness, gate)].join('\n')).toMatchInlineSnapshot(`
      "GET /a         ready: 3,001 requests, 3,000 compared, 0 divergent, 0 accepted, skipped: 1 max-pending, at least 99.9001% alike
      GET /b\\x1b[2J  too few: 20 requests, 20 compared, 0 divergent, 0 accepted, skipped: none, at least 86.0891% alike; 2,975 more without a divergence are needed
      GET /c         not seen: no request came to it
      Not observed: 1 request not compared; routes that no request came to (GET /c); routes with too few requests (GET /b\\x1b[2J). From 2026-11-25 10:00 UTC to 2026-11-25 11:30 UTC, run 20261125-100000-1 saw 3,021 requests on 2 routes and compared 3,020 of them. 0 show a divergence that nobody accepted, 0 one that was accepted. With a confidence of 95.0% at least 86.0891% of the requests of each route are answered alike (lowest: GET /b\\x1b[2J). There is too little evidence that go can replace rust by the gate of 1,000 requests a route and a parity of 99.9%."
    `);
  });
});
