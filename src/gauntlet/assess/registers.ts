import type { GauntletFile } from '../gauntlet-file.ts';
import { maxPoints } from '../limits.ts';
import type { Claim, Risk } from '../schema.ts';
import type { Assessment } from './assessment.ts';
import type { ProofResult, Prover } from './proofs.ts';

/** What commands and citations show of gates, scores, risks and claims. */
export interface Registers {
  readonly gates: readonly GateResult[];
  readonly scorecard: Assessment['scorecard'];
  readonly risks: readonly RiskResult[];
  readonly claims: readonly ClaimResult[];
}

export interface GateResult {
  readonly id: string;
  readonly title: string;
  readonly result: ProofResult;
}

export interface RiskResult {
  readonly risk: Risk;
  readonly status: Assessment['risks'][number]['status'];
  readonly evidence: readonly ProofResult[];
  readonly closedBy: readonly ProofResult[];
}

export interface ClaimResult {
  readonly claim: Claim;
  readonly status: Assessment['claims'][number]['status'];
  readonly result: ProofResult | null;
}

/** Runs the gates first: their deadline counts for a command that is named again. */
export async function proveRegisters(file: GauntletFile, prover: Prover): Promise<Registers> {
  const { gates = [], scorecard = [] } = file.assess ?? {};
  return {
    gates: await each(gates, async ({ id, title, command, timeout }) => {
      return { id, title, result: await prover.runs(command, timeout) };
    }),
    scorecard: await each(scorecard, async ({ dimension, checks }) => {
      const results = await each(checks, async ({ command, file: path = '', points }) => {
        const { text, holds } = await (command === undefined ? prover.fileExists(path) : prover.runs(command));
        return { check: text, points, holds };
      });
      const sum = results.reduce((total, { points, holds }) => total + (holds ? points : 0), 0);
      return { dimension, score: Math.round(sum * 100) / 100, of: maxPoints, checks: results };
    }),
    risks: await each(file.risks, (risk) => proveRisk(risk, prover)),
    claims: await each(file.claims, (claim) => proveClaim(claim, prover)),
  };
}

/** Closed by all that should close it, never by a word in the file. */
async function proveRisk(risk: Risk, prover: Prover): Promise<RiskResult> {
  const evidence = await each([risk.evidence ?? []].flat(), prover.prove);
  const closedBy = await each([risk.closedBy ?? []].flat(), prover.prove);
  const held = closedBy.filter(({ holds }) => holds).length;
  const status = held === 0 ? 'open' : held === closedBy.length ? 'closed' : 'partial';
  return { risk, status, evidence, closedBy };
}

async function proveClaim(claim: Claim, prover: Prover): Promise<ClaimResult> {
  const result = claim.test === undefined ? null : await prover.prove(claim.test);
  if (result === null || result.isMissing) return { claim, result, status: 'missing evidence' };
  return { claim, result, status: result.holds ? 'held' : 'failed' };
}

/** One after the other: commands of one project get into each other's way. */
async function each<Item, Result>(items: readonly Item[], act: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await act(item));
  return results;
}
