import type { Routes } from '../config/routes.ts';
import { atOnce, eachInSteps, type Steps } from '../structures/slices.ts';
import { divergenceKey } from './divergence-key.ts';
import { type FoundFinding, type Gathering, gathering } from './gather.ts';
import { fingerprintOf, identify, idsOf } from './identity.ts';
import type { AgreedExchange, ComparedCase, KeptCase } from './kept-case.ts';
import type { KnownFindings, Sighted } from './known-findings.ts';
import { held } from './outline.ts';
import { type Placed, placeAll } from './place.ts';
import { isSteady } from './steady.ts';
import { isMarkup } from './step.ts';

/** Findings of a run: every divergence that counts, over all cases, grouped by its cause. Sorted by id. */
export function findFindings(compared: readonly ComparedCase[], routes: Routes): FoundFinding[] {
  return findIn(compared.map((one) => held(one, routes)));
}

/** What a run knows beside the cases that diverge. */
export interface Knowledge {
  /** What these contradict is not verified. */
  readonly agreed?: readonly AgreedExchange[];
  /** Of earlier runs; null where this run alone decides. */
  readonly known?: KnownFindings | null;
}

/** As `findFindings`, of cases that need not be in memory: it holds only where each of them diverges. */
export function findIn(cases: readonly KeptCase[], knowledge: Knowledge = {}): FoundFinding[] {
  return atOnce(findInSteps(cases, knowledge));
}

/** As `findIn`, in steps of a sample or divergence each. */
export function* findInSteps(cases: readonly KeptCase[], { agreed, known = null }: Knowledge): Steps<FoundFinding[]> {
  const groups = new Map<string, Gathering>();
  for (const placed of yield* placeAll(cases, agreed)) {
    yield;
    const identity = identify(placed);
    const isXml = isMarkup(placed.compared, placed.divergence.exchange);
    const [own, key] = [fingerprintOf(identity, isXml), divergenceKey(placed)];
    const owner = known?.ownerOf({ ...sightedAs(placed), key, fingerprint: own }) ?? null;
    const fingerprint = owner?.fingerprint ?? own;
    const group = groups.get(fingerprint) ?? gathering(owner ?? identity);
    groups.set(fingerprint, group);
    group.add({ placed, key, isProper: owner === null });
  }
  const ids = idsOf(groups.keys());
  const found = yield* eachInSteps(groups, ([fingerprint, group]) =>
    group.finding({ fingerprint, id: ids.get(fingerprint)! }),
  );
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function sightedAs(placed: Placed): Pick<Sighted, 'candidate' | 'caseId' | 'isSteady'> {
  const { testCase, candidate } = placed.compared;
  return { candidate: candidate.target, caseId: testCase.id, isSteady: isSteady(placed) };
}
