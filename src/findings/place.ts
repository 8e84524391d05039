import { counts } from '../compare/compare-case.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import type { Cause } from '../drift/kit/cause.ts';
import { type Encounter, ownedByStatus, type RecognisedBehaviour, recognise } from '../drift/recognise.ts';
import { isDataKey } from '../json/pointer.ts';
import type { Steps } from '../structures/slices.ts';
import type { AgreedExchange, AnsweredCase, KeptCase } from './kept-case.ts';
import { explainAll, type KnownExchange, namesOf } from './known.ts';
import { foldedShape, type Maps } from './maps.ts';
import { type DivergentStep, type RoutedStep, stepsOf } from './step.ts';

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
  readonly recognised: RecognisedBehaviour | null;
  /** The divergences of its exchange that belong to the same finding, where that is recognised or about a status. */
  readonly alongside: readonly Divergence[];
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

/** What was placed of the cases of a run, in the order of their ids. */
export interface Places {
  /** How many cases there are. */
  readonly length: number;
  /** Every divergence of a case that counts, with its route and its cause; computed on each call, and kept for the last case that was asked for. */
  at(index: number): readonly Placed[];
}

/** Places all divergences of all cases. */
export function* placeAll(cases: readonly KeptCase[], agreed?: readonly AgreedExchange[]): Steps<Places> {
  const sorted = [...cases].sort(byCase);
  const known = yield* explainAll(sorted, agreed);
  let last: readonly [index: number, placed: readonly Placed[]] = [-1, []];
  return {
    length: sorted.length,
    at(index) {
      if (last[0] === index) return last[1];
      const steps = stepsOf(sorted[index]!);
      last = [index, steps.flatMap((step) => placeStep(step, known(index, step.exchange)))];
      return last[1];
    },
  };
}

function byCase(a: KeptCase, b: KeptCase): number {
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return a.candidate < b.candidate ? -1 : 1;
}

/**
 * Where the status differs, what follows from that belongs to the same finding; the rest of the exchange is another matter, each place for
 * itself.
 */
function placeStep(step: RoutedStep, { causes, maps }: KnownExchange): Placed[] {
  const { compared, route, divergences } = step;
  const status = divergences.find(([, one]) => one.facet === 'status')?.[1];
  const causeAt = new Map(causes.flatMap((cause) => cause.divergences.map((index) => [index, cause])));
  const counting = divergences.filter(([, one]) => counts(one, compared.options.level));
  const owners = ownersIn(step, counting, causeAt);
  const open = counting.filter(([index]) => owners.get(index) === undefined && !causeAt.has(index));
  const replacedAt = findReplaced(
    open.map(([, one]) => one),
    maps,
  );
  return counting.map(([index, one]) => {
    const owner = owners.get(index);
    const isOfStatus = status !== undefined && owner?.isOfStatus === true;
    const recognised = owner?.recognised ?? null;
    const cause = owner === undefined ? (causeAt.get(index) ?? null) : null;
    const unknown = cause === null && owner === undefined;
    const replaced = unknown ? (replacedAt.get(parentShape(one, maps)) ?? null) : null;
    const shape = foldedShape(cause?.pointer ?? replaced?.pointer ?? one.pointer, maps);
    const alongside = counting.flatMap(([at, other]) =>
      owner !== undefined && owners.get(at) === owner ? [other] : [],
    );
    const divergence = isOfStatus ? status : one;
    return { compared, index, divergence, route, shape, cause, recognised, alongside, replaced };
  });
}

/** What divergences of one exchange belong to, where no rewrite explains them: a class that was recognised, or a status that nothing explains. */
interface Owner {
  readonly recognised: RecognisedBehaviour | null;
  /** It owns the status. */
  readonly isOfStatus: boolean;
}

/** The owner of each divergence that has one, by index. What one side does at random is not a known behaviour. */
function ownersIn(
  { compared, exchange, divergences, fillsEscapes }: RoutedStep,
  counting: DivergentStep['divergences'],
  causeAt: ReadonlyMap<number, Cause>,
): Map<number, Owner> {
  const [a, b] = [compared.reference.exchanges[exchange], compared.candidate.exchanges[exchange]];
  if (a === undefined || b === undefined) return new Map();
  const unclaimed = counting.filter(([index]) => !causeAt.has(index));
  const seen: Encounter = {
    request: a.request,
    reference: a.outcome,
    candidate: b.outcome,
    open: unclaimed,
    fillsEscapes,
  };
  const steady = unclaimed.filter(([, one]) => one.noisy === undefined);
  const found = recognise({ ...seen, open: steady }, namesOf(compared));
  const statusAt = divergences.find(([, one]) => one.facet === 'status')?.[0] ?? -1;
  const owners = found.map((one): Owner => ({ recognised: one, isOfStatus: one.divergences.includes(statusAt) }));
  const byIndex = new Map(
    owners.flatMap((one) => (one.recognised?.divergences ?? []).map((index) => [index, one] as const)),
  );
  const ofStatus: Owner = byIndex.get(statusAt) ?? { recognised: null, isOfStatus: true };
  if (statusAt >= 0) for (const index of ownedByStatus(seen)) if (!byIndex.has(index)) byIndex.set(index, ofStatus);
  return byIndex;
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
