import type { AgreedExchange, ComparedCase } from '../findings/kept-case.ts';
import { routesFor } from '../findings/route.ts';
import type { Exchange, TargetReplay } from '../replay/exchange.ts';
import { seededRank } from './seeded.ts';

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
export function agreeing(routes: readonly string[]): Agreeing {
  const groups = new Map<string, Ranked[]>();
  return {
    add(compared) {
      const { reference, candidate, comparison, testCase } = compared;
      if (comparison.inconclusive !== null || !comparison.ladder.value) return;
      const routeOf = routesFor(testCase, routes);
      for (const [at, sent] of reference.exchanges.entries()) {
        const status = statusOfJson(sent, candidate.exchanges[at]);
        if (status === null) continue;
        const route = routeOf(sent);
        const key = `${status} ${candidate.target}\n${route}`;
        const group = groups.get(key) ?? [];
        if (group.length === 0 && groups.size === mostGroups) continue;
        const rank = seededRank(0, `${at} ${testCase.id}`);
        if (group.length === mostOfOne && rank >= group.at(-1)!.rank) continue;
        groups.set(key, group);
        const only = { ...compared, reference: oneOf(reference, at), candidate: oneOf(candidate, at) };
        group.push({ rank, agreed: { case: testCase.id, candidate: candidate.target, route, status, compared: only } });
        group.sort((a, b) => a.rank - b.rank);
        group.length = Math.min(group.length, mostOfOne);
      }
    },
    all: () => [...groups.values()].flat().map(({ agreed }) => agreed),
  };
}

/** How an object, a list and what gzip packed begin. */
const opening = [0x7b, 0x5b, 0x1f];

/** The status of both sides, where they have one and their bodies may be JSON; else null. */
function statusOfJson({ outcome: a }: Exchange, other: Exchange | undefined): number | null {
  const b = other?.outcome;
  if (a.kind !== 'response' || b?.kind !== 'response' || a.status !== b.status) return null;
  return opening.includes(a.body[0] ?? 0) && a.body.length + b.body.length <= largest ? a.status : null;
}

function oneOf(replay: TargetReplay, at: number): TargetReplay {
  return { ...replay, exchanges: replay.exchanges.slice(at, at + 1) };
}
