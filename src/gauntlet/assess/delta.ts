import type { Assessment, Delta } from './assessment.ts';
import { checkId, claimId } from './backlog.ts';
import type { EarlierAssessment } from './earlier.ts';
import type { Evidence } from './evidence.ts';
import type { Registers } from './registers.ts';

/** What is known of this gauntlet when it is compared with earlier ones. */
interface Current {
  readonly backlog: Assessment['backlog'];
  readonly scorecard: Assessment['scorecard'];
  readonly gaps: Assessment['gaps'];
  readonly registers: Registers;
  /** Ids that this gauntlet shows to be closed. */
  readonly closed: ReadonlySet<string>;
  /** A whole run was judged: a divergence that it does not show is gone. */
  readonly isParityJudged: boolean;
}

/** What changed since the last gauntlet. Nothing counts as closed but what a check, a command or a run shows to be. */
export function deltaOf(current: Current, earlier: readonly EarlierAssessment[]): Delta {
  const last = earlier.at(-1);
  const open = current.backlog.map(({ id }) => id);
  const before = new Set(last?.backlog.map(({ id }) => id));
  const ever = new Set(earlier.flatMap(({ backlog }) => backlog.map(({ id }) => id)));
  const regressed = new Set(current.gaps.filter(({ state }) => state === 'reopened').map(({ id }) => id));
  const gone = [...before].filter((id) => !open.includes(id));
  const accepted = (last?.gaps ?? []).filter(({ state }) => state === 'accepted').map(({ id }) => id);
  const lapsed = accepted.filter((id) => current.isParityJudged && !current.gaps.some((gap) => gap.id === id));
  const isAgain = (id: string) => regressed.has(id) || (ever.has(id) && !before.has(id));
  return {
    since: last?.folder ?? null,
    scores: scoreChanges(last?.scorecard ?? [], current.scorecard),
    closed: [...gone.filter((id) => current.closed.has(id)), ...lapsed],
    partial: current.registers.risks.filter(({ status }) => status === 'partial').map(({ risk }) => risk.id),
    new: open.filter((id) => !ever.has(id) && !regressed.has(id)),
    reopened: open.filter(isAgain),
    left: gone.filter((id) => !current.closed.has(id)),
  };
}

function scoreChanges(before: Assessment['scorecard'], now: Assessment['scorecard']): Delta['scores'] {
  const names = [...new Set([...now, ...before].map(({ dimension }) => dimension))];
  const scoreIn = (scorecard: Assessment['scorecard'], name: string) =>
    scorecard.find(({ dimension }) => dimension === name)?.score ?? null;
  return names.map((dimension) => ({ dimension, from: scoreIn(before, dimension), to: scoreIn(now, dimension) }));
}

/** What this gauntlet shows to be closed: what passes, holds, or is fixed in a run that was judged. */
export function closedIds(
  { smoke, parity, unjudged }: Evidence,
  { registers, checks }: { readonly registers: Registers; readonly checks: readonly string[] },
): Set<string> {
  const isJudged = (phase: string) => !unjudged.some((one) => one.phase === phase);
  const passed = smoke === null || !isJudged('smoke') ? [] : checks.filter((name) => !smoke.failed.includes(name));
  return new Set([
    ...passed.map(checkId),
    ...registers.gates.filter(({ result }) => result.holds).map(({ id }) => id),
    ...registers.risks.filter(({ status }) => status === 'closed').map(({ risk }) => risk.id),
    ...registers.claims.filter(({ status }) => status === 'held').map(({ claim }) => claimId(claim.claim)),
    ...(parity === null || !isJudged('parity') ? [] : parity.fixed),
  ]);
}
