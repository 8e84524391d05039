import { describe, expect, it } from 'vitest';
import {
  type Findings,
  judge,
  type KnownGap,
  type Verdict,
  verdictCodes,
  verdicts,
} from '../../../src/gauntlet/assess/verdict.ts';

const gap = (state: KnownGap['state'], severity: KnownGap['severity'], decision: string | null = null): KnownGap => ({
  ...{ id: `P-${state}`, title: 'keys differ', severity, state, decision },
});

const gaps: readonly (readonly [name: string, gaps: readonly KnownGap[], verdict: Verdict])[] = [
  ['no divergence', [], 'ship'],
  ['a new one', [gap('new', 'cosmetic')], 'hold'],
  ['a new one that is decided', [gap('new', 'cosmetic', 'fine')], 'hold'],
  ['a reopened one', [gap('reopened', 'risky')], 'hold'],
  ['a reopened breaking one that is decided', [gap('reopened', 'breaking', 'fine')], 'hold'],
  ['a breaking one without a decision', [gap('open', 'breaking')], 'hold'],
  ['a breaking one with a decision', [gap('open', 'breaking', 'until 2.0')], 'ship-with-known-gap'],
  ['an accepted breaking one', [gap('accepted', 'breaking')], 'ship-with-known-gap'],
  ['a risky one without a decision', [gap('open', 'risky')], 'ship-with-known-gap'],
  ['a cosmetic one without a decision', [gap('open', 'cosmetic')], 'ship-with-known-gap'],
  ['a row that the run did not show', [gap('open', null)], 'ship-with-known-gap'],
  ['a documented one and a new one', [gap('open', 'risky'), gap('new', 'risky')], 'hold'],
];
const either = [false, true];
const flags = either.flatMap((check) =>
  either.flatMap((gate) =>
    either.flatMap((block) =>
      either.flatMap((unjudged) =>
        either.flatMap((risk) =>
          either.flatMap((claim) => either.map((strict) => ({ check, gate, block, unjudged, risk, claim, strict }))),
        ),
      ),
    ),
  ),
);

type Flags = (typeof flags)[number];

const findings = (is: Flags, known: readonly KnownGap[]): Findings => ({
  failedChecks: is.check ? ['d1'] : [],
  failedGates: is.gate ? [{ id: 'G1', title: 'smokes' }] : [],
  gaps: known,
  blocked: is.block ? ['src/a.go:17'] : [],
  unjudged: is.unjudged ? ['parity was not judged: no evidence'] : [],
  openRisks: is.risk ? ['R-001'] : [],
  unprovedClaims: is.claim ? ['it answers'] : [],
  hasParity: true,
  strict: is.strict,
});

/** The table of the contract, line by line. */
const expected = (is: Flags, ofGaps: Verdict): Verdict => {
  if (is.check || is.gate || is.block || ofGaps === 'hold') return 'hold';
  if (is.strict && (is.risk || is.claim)) return 'hold';
  if (is.unjudged) return 'inconclusive';
  return ofGaps;
};

describe.each(gaps)('with %s', (_, known, ofGaps) => {
  it('every combination of checks, gates, reviews, evidence, risks and claims has the verdict of the table', () => {
    const wrong = flags.filter((is) => judge(findings(is, known)).verdict !== expected(is, ofGaps));
    expect(wrong).toEqual([]);
  });

  it('no review makes a verdict milder', () => {
    const rank = (is: Flags) => verdicts.indexOf(judge(findings(is, known)).verdict);
    expect(flags.filter((is) => rank({ ...is, block: true }) > rank({ ...is, block: false }))).toEqual([]);
  });

  it('every verdict has a reason', () => {
    expect(flags.filter((is) => judge(findings(is, known)).reasons.length === 0)).toEqual([]);
  });
});

it('only the two verdicts that ship have exit code 0', () => {
  expect(verdicts.map((verdict) => verdictCodes[verdict])).toEqual([1, 3, 0, 0]);
});
