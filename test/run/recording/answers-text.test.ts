import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestTemplate, Step, TestCase } from '../../../src/cases/case.ts';
import { fillRequest } from '../../../src/cases/variables.ts';
import { ladderBelow } from '../../../src/compare/compare-case.ts';
import type { Config } from '../../../src/config/config.ts';
import { defaultCompare } from '../../../src/config/rules.ts';
import type { Exchange, TargetReplay } from '../../../src/http/exchange.ts';
import type { Unfinished } from '../../../src/record/resume.ts';
import type { KeptAnswers } from '../../../src/record/types.ts';
import { isKeptAnswers } from '../../../src/record/validate.ts';
import { answersLine } from '../../../src/run/recording/recorded.ts';
import { finishedIn } from '../../../src/run/recording/resume.ts';

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

const stepless = { id: 'a', steps: [] as readonly Step[] } as TestCase;

/** A body that was written as text, as it is written where nobody looks whether it is one. */
function asBase64(key: string, value: unknown): unknown {
  if (key !== 'body' || value === null || !Object.hasOwn(value as object, 'text')) return value;
  const { text: written, ...rest } = value as { text: string };
  return { base64: Buffer.from(written).toString('base64'), ...rest };
}

describe('the answers to a case as a line', () => {
  it('are, written fast, what they are written with a mask that finds nothing to mask', () => {
    fc.assert(
      fc.property(text, fc.oneof(replays, apart), (id, answered) => {
        const testCase = { id, steps: [] as readonly Step[] } as TestCase;
        const finished = { testCase, replays: answered };
        const fast = answersLine(finished, null);
        const masked = JSON.parse(
          answersLine(finished, (value) => value),
          asBase64,
        );
        expect(JSON.parse(fast)).toEqual(masked);
        expect(fast).toBe(JSON.stringify(masked));
        expect(fast).not.toContain('\n');
        expect(isKeptAnswers(JSON.parse(fast))).toBe(true);
      }),
    );
  });

  it('say a request once that all targets were sent, and each its own where they were not', () => {
    const requestsIn = (answered: readonly TargetReplay[]) => {
      const line = answersLine({ testCase: stepless, replays: answered }, null);
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

  const template = fc.record<RequestTemplate>({
    ...{ method: fc.constantFrom('GET', 'PUT'), path: fc.constantFrom('/', '/a', '/{{n}}') },
    headers: fc.array(fc.tuple(fc.constantFrom('x-1', 'date'), text), { maxLength: 3 }),
    body: fc.constantFrom(
      null,
      { kind: 'json', text: '{"a":1.0}' } as const,
      { kind: 'json', text: '{"a":"{{n}}"}' } as const,
      { kind: 'bytes', bytes: Buffer.from([0, 255]), mediaType: null } as const,
    ),
    ...{ holdMs: fc.constant(0), chunkBytes: fc.constant(null) },
  });
  const filled = fc.tuple(fc.array(template, { minLength: 1, maxLength: 3 }), outcome, fc.boolean());

  it('say no request that the case says, and give all that was asked and answered back', () => {
    let [saidAgain, saidNot] = [0, 0];
    fc.assert(
      fc.property(filled, ([templates, answer, hasOwn]) => {
        const steps = templates.map((one): Step => ({ request: one, capture: {}, parallel: 1, expect: null }));
        const testCase = {
          id: 's/a',
          suite: 's',
          steps,
          compare: {},
          routes: [] as readonly string[],
        } as unknown as TestCase;
        const requests = templates.map((one) => fillRequest(one, { n: '7' }));
        const answered = ['rust', 'go'].map((target): TargetReplay => {
          const exchanges = requests.map((sent, step): Exchange => {
            const own = hasOwn && target === 'go' && step === 0 ? { ...sent, path: '/own' } : sent;
            return { target, step, request: own, outcome: answer, durationMs: 1 };
          });
          return { target, exchanges, captured: Object.create(null) };
        });
        for (const mask of [null, <T>(value: T) => value]) {
          const line = JSON.parse(answersLine({ testCase, replays: answered }, mask)) as KeptAnswers;
          const said = line.exchanges.rust!.filter((one) => one.request !== null).length;
          saidAgain += said;
          saidNot += line.exchanges.rust!.length - said;
          const ladder = ladderBelow(null);
          const comparison = { candidate: 'go', outcome: 'match', ladder, divergences: [], noise: [], reason: null };
          const find = () => ({ id: 's/a', comparisons: [comparison], exchanges: line.exchanges });
          const config = {
            targets: ['rust', 'go'].map((name) => ({ name, url: 'http://x' })),
            routes: [],
            compare: defaultCompare,
          };
          const run = { dir: '.', find } as unknown as Unfinished;
          const again = finishedIn([run], config as unknown as Config)(testCase)!.result.replays;
          expect(again.map((one) => one.exchanges.map(asked))).toEqual(answered.map((one) => one.exchanges.map(asked)));
        }
      }),
    );
    expect(Math.min(saidAgain, saidNot)).toBeGreaterThan(20);
  });
});

/** What was asked and came back, bodies as bytes. */
function asked({ step, request: { body: sent, ...sentRest }, outcome: came }: Exchange) {
  const bytes = (whole: Uint8Array | null) => whole && [...whole];
  const answer = came.kind === 'response' ? { status: came.status, body: bytes(came.body) } : came.reason;
  return { step, ...sentRest, body: bytes(sent), answer };
}
