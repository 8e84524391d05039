import { seededRank } from '../../assurance/seeded-random.ts';
import type { Routes } from '../../config/routes.ts';
import type { AgreedExchange, ComparedCase } from '../../findings/kept-case.ts';
import { routesFor } from '../../findings/route.ts';
import type { Exchange, TargetReplay } from '../../http/exchange.ts';

/** Keeps some of the answers in which both sides agree: what explains others must not be at odds with them. */
export interface Agreeing {
  add(compared: ComparedCase): void;
  /** In no order. */
  all(): readonly AgreedExchange[];
}

/** So many of one candidate, route and status, of so many of these; and the bytes of both bodies of one. */
const [mostOfOne, mostGroups, largest] = [8, 500, 16 << 10];

interface Ranked {
  readonly rank: number;
  readonly agreed: AgreedExchange;
}

/** None yet. `routes`: templates, beside those of the cases. Which are kept depends on the ids of the cases, not on the order in which they come. */
export function agreeing(routes: Routes): Agreeing {
  const groups: Ranked[][] = [];
  const groupOf = groupsByKey(groups);
  return {
    add(compared) {
      const { reference, candidate, comparison, testCase } = compared;
      if (comparison.inconclusive !== null || !comparison.ladder.value) return;
      const routeOf = routesFor(testCase, routes);
      for (let at = 0; at < reference.exchanges.length; at += 1) {
        const sent = reference.exchanges[at]!;
        const status = statusOfJson(sent, candidate.exchanges[at]);
        if (status === null) continue;
        const route = routeOf(sent);
        const group = groupOf(route, candidate.target, status);
        if (group === null) continue;
        const rank = seededRank(at, testCase.id);
        if (group.length === mostOfOne && rank >= group.at(-1)!.rank) continue;
        const only = { ...compared, reference: oneOf(reference, at), candidate: oneOf(candidate, at) };
        group.push({ rank, agreed: { case: testCase.id, candidate: candidate.target, route, status, compared: only } });
        group.sort((a, b) => a.rank - b.rank);
        group.length = Math.min(group.length, mostOfOne);
      }
    },
    all: () => groups.flat().map(({ agreed }) => agreed),
  };
}

/** Gives the group of a key, a new one where there is none; null where there are enough. One text of all three would have to be made for each answer. */
function groupsByKey(groups: Ranked[][]): (route: string, candidate: string, status: number) => Ranked[] | null {
  const known = new Map<string, Map<string, Map<number, Ranked[]>>>();
  return (route, candidate, status) => {
    const found = known.get(route)?.get(candidate)?.get(status);
    if (found !== undefined || groups.length === mostGroups) return found ?? null;
    const group: Ranked[] = [];
    const ofRoute = known.get(route) ?? new Map<string, Map<number, Ranked[]>>();
    const ofCandidate = ofRoute.get(candidate) ?? new Map<number, Ranked[]>();
    known.set(route, ofRoute.set(candidate, ofCandidate.set(status, group)));
    groups.push(group);
    return group;
  };
}

/** How an object, a list and what gzip packed begin. */
const opening = [0x7b, 0x5b, 0x1f];

/** The status of both sides, where they have one and their bodies may be JSON; else null. */
function statusOfJson({ outcome: a }: Exchange, other: Exchange | undefined): number | null {
  const b = other?.outcome;
  if (a.kind !== 'response' || b?.kind !== 'response' || a.status !== b.status) return null;
  return a.body.length + b.body.length <= largest && opening.includes(a.body[0] ?? 0) ? a.status : null;
}

function oneOf(replay: TargetReplay, at: number): TargetReplay {
  return { ...replay, exchanges: replay.exchanges.slice(at, at + 1) };
}
