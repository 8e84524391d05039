import { bodyOf } from '../compare/body.ts';
import { excerptBytes } from '../compare/excerpt.ts';
import type { Rung } from '../config/rules.ts';
import type { TargetReplay } from '../replay/exchange.ts';
import { type Described, describe } from './describe.ts';
import type { Finding } from './finding.ts';
import { fingerprintOf, type Identity, identify, idsOf } from './identity.ts';
import { type ComparedCase, namesOf, type Placed, placeAll } from './place.ts';

export type { ComparedCase } from './place.ts';

/** A finding and the divergences that it holds: case id, candidate, index in the case's list. */
export interface FoundFinding extends Finding {
  readonly divergences: readonly (readonly [caseId: string, candidate: string, index: number])[];
}

interface Group {
  readonly identity: Identity;
  /** In the order of case ids. */
  readonly placed: Placed[];
}

/** Findings of a run: every divergence that counts, over all cases, grouped by its cause. Sorted by id. */
export function findFindings(compared: readonly ComparedCase[], routes: readonly string[]): FoundFinding[] {
  const groups = new Map<string, Group>();
  for (const placed of placeAll(compared, routes)) {
    const identity = identify(placed);
    const fingerprint = fingerprintOf(identity);
    const group = groups.get(fingerprint);
    if (group === undefined) groups.set(fingerprint, { identity, placed: [placed] });
    else group.placed.push(placed);
  }
  const ids = idsOf(groups.keys());
  return [...groups]
    .map(([fingerprint, group]) => makeFinding({ fingerprint, id: ids.get(fingerprint)! }, group))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

const heights: readonly Rung[] = ['status', 'shape', 'value', 'wire'];

/** The lowest rung of a list; null if none of them is on the ladder. */
function lowestRung(rungs: readonly (Rung | null)[]): Rung | null {
  const found = new Set(rungs);
  return heights.find((rung) => found.has(rung)) ?? null;
}

function makeFinding(marks: { fingerprint: string; id: string }, { identity, placed }: Group): FoundFinding {
  const first = placed[0]!;
  const causes = [...new Set(placed.map((one) => one.cause))].filter((cause) => cause !== null);
  const rung = lowestRung(placed.map((one) => one.divergence.rung));
  const described: Described = {
    ...identity,
    rung,
    names: namesOf(first.compared),
    divergence: first.divergence,
    replaced: first.replaced,
  };
  return {
    ...marks,
    candidate: identity.candidate,
    facet: identity.facet,
    rung,
    class: identity.class,
    also: [...new Set(causes.flatMap((cause) => cause.also))].sort(),
    verified: causes.length > 0 && !causes.some((cause) => cause.hypothesis),
    verifiedAt: lowestRung(causes.map((cause) => cause.verifiedAt)),
    ...describe(described),
    route: identity.route,
    pointer: identity.pointer,
    fixes: causes[0]?.fixes ?? [],
    cases: [...new Set(placed.map((one) => one.compared.testCase.id))],
    example: exampleOf(first, identity),
    divergences: placed.map((one) => [one.compared.testCase.id, identity.candidate, one.index]),
  };
}

/** Both sides of the first case: the whole bodies where the finding is about them, else the place that differs. */
function exampleOf({ compared, divergence }: Placed, identity: Identity): Finding['example'] {
  const { reference, candidate } = divergence;
  if (identity.facet !== 'body' || identity.pointer !== '') return { case: compared.testCase.id, reference, candidate };
  const body = (replay: TargetReplay) => {
    const outcome = replay.exchanges[divergence.exchange]?.outcome;
    return outcome?.kind === 'response' && outcome.body.length > 0
      ? excerptBytes(bodyOf(outcome.headers, outcome.body).bytes)
      : null;
  };
  return { case: compared.testCase.id, reference: body(compared.reference), candidate: body(compared.candidate) };
}
