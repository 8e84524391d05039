import { type FoundFinding, type Gathering, gathering } from './gather.ts';
import { fingerprintOf, identify, idsOf } from './identity.ts';
import type { AgreedExchange, ComparedCase, KeptCase } from './kept-case.ts';
import { held } from './outline.ts';
import { placeAll } from './place.ts';

export type { FoundFinding } from './gather.ts';
export type { ComparedCase, KeptCase } from './kept-case.ts';

/** Findings of a run: every divergence that counts, over all cases, grouped by its cause. Sorted by id. */
export function findFindings(compared: readonly ComparedCase[], routes: readonly string[]): FoundFinding[] {
  return findIn(compared.map((one) => held(one, routes)));
}

/**
 * As `findFindings`, of cases that need not be in memory: what it holds of each is where it diverges. What `agreed` speaks against is not
 * verified.
 */
export function findIn(cases: readonly KeptCase[], agreed?: readonly AgreedExchange[]): FoundFinding[] {
  const groups = new Map<string, Gathering>();
  for (const placed of placeAll(cases, agreed)) {
    const identity = identify(placed);
    const fingerprint = fingerprintOf(identity);
    const group = groups.get(fingerprint) ?? gathering(identity, placed);
    groups.set(fingerprint, group);
    group.add(placed);
  }
  const ids = idsOf(groups.keys());
  return [...groups]
    .map(([fingerprint, group]) => group.finding({ fingerprint, id: ids.get(fingerprint)! }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
