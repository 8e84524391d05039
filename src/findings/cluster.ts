import type { Routes } from '../config/routes.ts';
import { atOnce, type Steps } from '../structures/slices.ts';
import { divergenceKey } from './divergence-key.ts';
import type { FoundFinding } from './gather.ts';
import { type Found, groupingOf } from './grouping.ts';
import { fingerprintOf, identify } from './identity.ts';
import type { AgreedExchange, ComparedCase, KeptCase } from './kept-case.ts';
import type { KnownFindings, Sighted } from './known-findings.ts';
import { held } from './outline.ts';
import { type Placed, type Places, placeAll } from './place.ts';
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
  const places = yield* placeAll(cases, agreed);
  const grouping = groupingOf(([at, nth]) => places.at(at)[nth]!);
  for (const [placed, found] of inTurn(places)) {
    yield;
    const identity = identify(placed);
    const isXml = isMarkup(placed.compared, placed.divergence.exchange);
    const [own, key] = [fingerprintOf(identity, isXml), divergenceKey(placed)];
    const owner = known?.ownerOf({ ...sightedAs(placed), key, fingerprint: own }) ?? null;
    const isProper = owner === null;
    grouping.add({ fingerprint: owner?.fingerprint ?? own, identity: owner ?? identity, placed, isProper }, found);
  }
  return yield* grouping.findings();
}

function* inTurn(places: Places): Generator<readonly [Placed, Found]> {
  for (let at = 0; at < places.length; at += 1)
    for (const [nth, placed] of places.at(at).entries()) yield [placed, [at, nth]];
}

function sightedAs(placed: Placed): Pick<Sighted, 'candidate' | 'caseId' | 'isSteady'> {
  const { testCase, candidate } = placed.compared;
  return { candidate: candidate.target, caseId: testCase.id, isSteady: isSteady(placed) };
}
