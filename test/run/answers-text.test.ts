import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TestCase } from '../../src/cases/case.ts';
import type { Exchange, TargetReplay } from '../../src/replay/exchange.ts';
import type { KeptAnswers } from '../../src/report/record.ts';
import { isKeptAnswers } from '../../src/report/record-checks.ts';
import { answersLine } from '../../src/run/recorded.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 });
const header = fc.tuple(fc.oneof(fc.constantFrom('Authorization', 'x-api-key', 'date'), text), text);
const headers = fc.array(header, { maxLength: 3 });
const body = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  text.map((one) => Buffer.from(one)),
);
const outcome = fc.oneof(
  fc.record({
    kind: fc.constant('response' as const),
    status: fc.integer({ min: 200, max: 599 }),
    statusText: text,
    headers,
    body,
  }),
  fc.record({
    kind: fc.constant('failure' as const),
    family: fc.constant('lost' as const),
    reason: text,
    message: text,
    hint: fc.option(text),
  }),
);
const request = fc.record({ method: text, path: text, headers, body: fc.option(body) });
const exchange: fc.Arbitrary<Exchange> = fc.record(
  {
    target: fc.constant('rust'),
    step: fc.nat(9),
    request,
    outcome,
    durationMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
    attempts: fc.integer({ min: 2, max: 9 }),
  },
  { requiredKeys: ['target', 'step', 'request', 'outcome', 'durationMs'] },
);

/** The same answers on two targets, as nearly all are, so that what is remembered of the first is used for the second. */
const replays = fc
  .array(exchange, { maxLength: 3 })
  .map((exchanges): TargetReplay[] => ['rust', 'go "quoted"'].map((target) => ({ target, exchanges, captured: {} })));

/** The same requests, but not of one making: what each target was sent stands with it. */
const apart = replays.map((all) =>
  all.map((replay) => ({
    ...replay,
    exchanges: replay.exchanges.map((one) => ({ ...one, request: { ...one.request } })),
  })),
);

describe('the answers to a case as a line', () => {
  it('are, written fast, what they are written with a mask that finds nothing to mask', () => {
    fc.assert(
      fc.property(text, fc.oneof(replays, apart), (id, answered) => {
        const testCase = { id } as TestCase;
        const finished = { testCase, comparisons: [], replays: answered };
        const fast = answersLine(finished, null);
        expect(JSON.parse(fast)).toEqual(JSON.parse(answersLine(finished, (value) => value)));
        expect(fast).toBe(answersLine(finished, (value) => value));
        expect(fast).not.toContain('\n');
        expect(isKeptAnswers(JSON.parse(fast))).toBe(true);
      }),
    );
  });

  it('say a request once that all targets were sent, and each its own where they were not', () => {
    const requestsIn = (answered: readonly TargetReplay[]) => {
      const line = answersLine({ testCase: { id: 'a' } as TestCase, comparisons: [], replays: answered }, null);
      const { exchanges } = JSON.parse(line) as KeptAnswers;
      return answered.map(({ target }) => exchanges[target]!.filter(({ request }) => request !== null).length);
    };
    fc.assert(
      fc.property(replays, apart, (together, each) => {
        expect(requestsIn(together)).toEqual([together[0]!.exchanges.length, 0]);
        expect(requestsIn(each)).toEqual(each.map(({ exchanges }) => exchanges.length));
      }),
    );
  });
});
