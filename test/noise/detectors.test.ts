import { expect, it } from 'vitest';
import type { TestCase } from '../../src/cases/case.ts';
import type { Config } from '../../src/config/config.ts';
import { defaultCompare } from '../../src/config/rules.ts';
import { type DetectorId, detectorSentences } from '../../src/noise/detectors/detector.ts';
import type { NoiseResult } from '../../src/noise/evidence/result.ts';
import { settle } from '../../src/noise/subtract-noise.ts';
import { openClaims } from '../../src/run/judging/resample-policy.ts';
import { json, side } from '../compare/exchanges.ts';

/** Numbers from 0 to 1 from a seed (mulberry32): each run of this test draws the same. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws the values of one side, answer by answer. */
interface Draw {
  readonly real: (from: number, to: number) => number;
  readonly whole: (from: number, to: number) => number;
  readonly one: (...values: readonly string[]) => string;
  readonly hex: (length: number) => string;
}

function drawFrom(random: () => number): Draw {
  const real = (from: number, to: number) => from + random() * (to - from);
  const whole = (from: number, to: number) => Math.floor(real(from, to + 1));
  const hex = (length: number) => Array.from({ length }, () => whole(0, 15).toString(16)).join('');
  return { real, whole, one: (...values) => values[whole(0, values.length - 1)]!, hex };
}

type Make = (draw: Draw, answer: number) => unknown;

const uuid: Make = ({ hex }) => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (draw: Draw, claims: object) =>
  [base64({ alg: 'HS256', typ: 'JWT' }), base64({ ...claims, jti: uuid(draw, 0) }), base64(uuid(draw, 0))].join('.');
const numbers = ({ whole }: Draw) => Array.from({ length: 8 }, () => whole(1, 9999));

/** A side that always has the property, and one that does not. */
const sides: Readonly<Record<DetectorId, readonly [holds: Make, not: Make]>> = {
  'token-claims': [(draw) => token(draw, { tenant: 1 }), (draw) => token(draw, { tenant: 2 })],
  vocabulary: [({ one }) => one('open', 'closed'), ({ one }) => one('active', 'deleted')],
  decimals: [({ real }) => Number(real(1, 99).toFixed(2)), ({ real }) => real(1, 99)],
  'leading-zeros': [({ whole }) => String(whole(1, 99)).padStart(4, '0'), ({ whole }) => String(whole(1, 99))],
  direction: [(_, answer) => 5000 + answer, ({ whole }) => whole(1, 9999)],
  'number-range': [({ whole }) => whole(1, 9), ({ whole }) => whole(100_000, 900_000)],
  'constant-ends': [({ hex }) => `${hex(6)}y`, ({ hex }) => `${hex(6)}z`],
  'distinct-values': [uuid, (_, answer) => `00000000-0000-4000-8000-00000000000${answer % 2}`],
  'sorted-list': [(draw) => numbers(draw).sort((a, b) => a - b), numbers],
  agreement: [
    ({ whole }) => {
      const id = whole(1, 99);
      return { id, href: `/x/${id}` };
    },
    ({ whole }) => ({ id: whole(1, 99), href: `/x/${whole(1, 99)}` }),
  ],
};

const config = { routes: [] } as unknown as Config;
const testCase = { id: 's/x', routes: [], steps: [{ request: { method: 'GET', path: '/x' } }] } as unknown as TestCase;

/** Takes as many samples as a run takes of a case that only reads; returns what came of the last ones. */
function sampled([a, b]: readonly [Make, Make], seed: number): NoiseResult {
  const draws = [drawFrom(randomFrom(2 * seed)), drawFrom(randomFrom(2 * seed + 1))] as const;
  const answers: (readonly [ReturnType<typeof side>, ReturnType<typeof side>])[] = [];
  const ask = () => {
    const bodies = [a, b].map((make, at) => JSON.stringify({ v: make(draws[at]!, answers.length) }));
    answers.push([side('rust', [json(bodies[0]!)]), side('go', [json(bodies[1]!)])]);
  };
  ask();
  ask();
  const claims = openClaims(config);
  for (let further = 0; ; further += 1) {
    const [reference, candidate] = [0, 1].map((at) => {
      const [first, ...more] = answers.map((one) => one[at]!);
      return { first: first!, more };
    });
    const settled = settle(reference!, candidate!, defaultCompare);
    const replays = answers[0]!.map(({ replay }) => replay);
    if (claims.pause({ testCase, replays, settled: [settled] }, further) === null) return settled;
    ask();
  }
}

/** Seeded runs of two equal sides. PARITY_PROPERTY_RUNS=4000 measures the rate more exactly and takes minutes. */
const equalRuns = Number(process.env.PARITY_PROPERTY_RUNS ?? 300);
/** What a rate of 1 in 1,000 leads to, and four standard deviations more. */
const mostFound = equalRuns / 1000 + 4 * Math.sqrt(equalRuns / 1000);
const runs = 200;
const ids = Object.keys(detectorSentences) as DetectorId[];

it.each(ids)(
  'The detector %s finds a property of one side in 99% of the runs, with the samples that a run takes',
  (id) => {
    const found = Array.from({ length: runs }, (_, seed) => sampled(sides[id], seed + 1)).filter(({ comparison }) =>
      comparison.divergences.some(({ detector }) => detector !== undefined),
    );
    expect(found.length).toBeGreaterThanOrEqual(runs * 0.99);
    const named = found.filter(({ comparison }) => comparison.divergences.some(({ detector }) => detector === id));
    expect(named.length).toBeGreaterThanOrEqual(runs * 0.9);
  },
);

it.each(ids.flatMap((id) => [[id, 'with', 0] as const, [id, 'without', 1] as const]))(
  'Two equal sides differ in about 1 of 1,000 runs at most: %s, both %s the property',
  (id, _, at) => {
    const make = sides[id][at];
    const found = Array.from({ length: equalRuns }, (_, seed) => sampled([make, make], seed + 1)).filter(
      ({ comparison }) => comparison.divergences.length > 0,
    );
    expect(found.length).toBeLessThanOrEqual(mostFound);
  },
);
