import { counts } from '../compare/compare-case.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import type { Cause } from '../drift/explain.ts';
import { type Recognition, recognise } from '../drift/recognise.ts';
import { isDataKey } from '../json/pointer.ts';
import type { AgreedExchange, AnsweredCase, KeptCase } from './kept-case.ts';
import { explainAll, type Known, namesOf } from './known.ts';
import { foldedShape, type Maps } from './maps.ts';
import { type RoutedStep, type Step, stepsOf } from './step.ts';

/** A divergence with everything that says to which finding it belongs. */
export interface Placed {
  readonly compared: AnsweredCase;
  /** Of the divergence in the case's list. */
  readonly index: number;
  /** The divergence that it belongs under: its own, or that of the status of its exchange. */
  readonly divergence: Divergence;
  readonly route: string;
  /** Shape of the place in the body: of the cause's, else of the divergence's. Indices and keys that are data are folded. */
  readonly shape: string;
  readonly cause: Cause | null;
  /** The class of behaviour that it was recognised as; null where a rewrite explains it, or nothing does. */
  readonly recognised: Recognition | null;
  /** The members of one object that took the place of others, where the divergence is one of them. */
  readonly replaced: Replaced | null;
}

/** Unexplained members of one object that the reference alone has, and those that the candidate has instead. */
export interface Replaced {
  /** Shape of the object's pointer. */
  readonly pointer: string;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** Every divergence that counts, over all cases, with its route and its cause; in the order of the case ids. */
export function* placeAll(cases: readonly KeptCase[], agreed?: readonly AgreedExchange[]): Generator<Placed> {
  const sorted = [...cases].sort(byCase);
  const known = explainAll(sorted, agreed);
  for (const [at, kept] of sorted.entries())
    for (const step of stepsOf(kept)) yield* placeStep(step, known(at, step.exchange));
}

function byCase(a: KeptCase, b: KeptCase): number {
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return a.candidate < b.candidate ? -1 : 1;
}

/**
 * Where the status differs, headers and body differ because of it: they belong to the same finding. Not where both sides say that all went
 * well and it is known why they say it with another code: the rest is another matter.
 */
function placeStep(step: RoutedStep, { causes, maps }: Known): Placed[] {
  const { compared, route, divergences } = step;
  const [statusAt, differing] = divergences.find(([, one]) => one.facet === 'status') ?? [];
  const causeAt = new Map(causes.flatMap((cause) => cause.divergences.map((index) => [index, cause])));
  const counting = divergences.filter(([, one]) => counts(one, compared.options.level));
  const unclaimed = differing === undefined ? counting.filter(([index]) => !causeAt.has(index)) : counting;
  const recognisedAt = recogniseStep(step, unclaimed);
  const isKnown = statusAt !== undefined && recognisedAt.has(statusAt);
  const status = differing !== undefined && isKnown && saySuccess(differing) ? undefined : differing;
  const open =
    status === undefined ? unclaimed.filter(([index]) => !recognisedAt.has(index) && !causeAt.has(index)) : [];
  const replacedAt = findReplaced(
    open.map(([, one]) => one),
    maps,
  );
  return counting.map(([index, one]) => {
    const recognised = recognisedAt.get(index) ?? null;
    const cause = status === undefined && recognised === null ? (causeAt.get(index) ?? null) : null;
    const unknown = cause === null && recognised === null && status === undefined;
    const replaced = unknown ? (replacedAt.get(parentShape(one, maps)) ?? null) : null;
    const shape = foldedShape(cause?.pointer ?? replaced?.pointer ?? one.pointer, maps);
    return { compared, index, divergence: status ?? one, route, shape, cause, recognised, replaced };
  });
}

function saySuccess({ reference, candidate }: Divergence): boolean {
  return [reference, candidate].every((code) => code?.startsWith('2'));
}

/** What of an exchange is a known behaviour, by the index of the divergence. What one side does at random is none. */
function recogniseStep({ compared, exchange }: Step, open: Step['divergences']): Map<number, Recognition> {
  const [a, b] = [compared.reference.exchanges[exchange], compared.candidate.exchanges[exchange]];
  if (a === undefined || b === undefined) return new Map();
  const steady = open.filter(([, one]) => one.noisy === undefined);
  const seen = { request: a.request, reference: a.outcome, candidate: b.outcome, open: steady };
  const found = recognise(seen, namesOf(compared));
  return new Map(found.flatMap((one) => one.divergences.map((index) => [index, one])));
}

/** The shape of the object that a member stands in alone on its side; null for everything else, keys that are data among it. */
function parentShape({ facet, kind, pointer, noisy }: Divergence, maps: Maps): string | null {
  if (facet !== 'body' || (kind !== 'missing' && kind !== 'extra') || noisy !== undefined || pointer === '')
    return null;
  const last = pointer.slice(pointer.lastIndexOf('/') + 1);
  const parent = foldedShape(pointer.slice(0, -last.length - 1), maps);
  return isDataKey(last) || maps.has(parent) ? null : parent;
}

/** Objects that lost members and gained others in one answer: one cause, not one for each member. */
function findReplaced(divergences: readonly Divergence[], maps: Maps): Map<string | null, Replaced> {
  const objects = new Map<string, { missing: Set<string>; extra: Set<string> }>();
  for (const divergence of divergences) {
    const parent = parentShape(divergence, maps);
    if (parent === null) continue;
    const members = objects.get(parent) ?? { missing: new Set(), extra: new Set() };
    objects.set(parent, members);
    const name = divergence.pointer.slice(divergence.pointer.lastIndexOf('/') + 1);
    members[divergence.kind === 'missing' ? 'missing' : 'extra'].add(name);
  }
  const replaced = [...objects].filter(([, { missing, extra }]) => missing.size > 0 && extra.size > 0);
  return new Map(
    replaced.map(([pointer, { missing, extra }]) => [
      pointer,
      { pointer, missing: [...missing].sort(), extra: [...extra].sort() },
    ]),
  );
}
