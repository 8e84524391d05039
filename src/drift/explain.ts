import { atOnce, type Steps } from '../structures/slices.ts';
import { against } from './engine/counterexamples.ts';
import { type Explained, teach } from './engine/learning-loop.ts';
import { dividing, lossesOf, type OwnedPlaces, type Ownership, type OwningRule, ownerOf } from './engine/ownership.ts';
import { isNewlineApart, type Proof, prove } from './engine/proof.ts';
import { type Plan, planOf, rewriteBody } from './engine/rewrite.ts';
import { type Agreed, readBody, type Sample, type Samples } from './engine/sample.ts';
import { isHarmed, isLoose } from './engine/significance.ts';
import { lineUp, type Readable } from './kit/array-alignment.ts';
import { type Cause, notePrefix } from './kit/cause.ts';
import type { Fix, Names } from './kit/drift-rule.ts';
import { nearestKey } from './kit/field.ts';
import { below, type FittedRule, type FittedRules } from './kit/fitted-rule.ts';
import { candidateFirst, listNames } from './kit/fix-text.ts';

/**
 * Explains the samples of one route on one candidate: learns from some of them, freezes, rewrites each reference body and
 * claims only what the result proves; those that it does not explain teach in turn. What `agreed` speaks against stays a hypothesis. One list of causes for each sample; a
 * divergence in none of them is unexplained.
 */
export function explainRoute(
  samples: Samples,
  names: Names,
  agreed: readonly Agreed[] = [],
): readonly (readonly Cause[])[] {
  return atOnce(explainInSteps(samples, names, agreed));
}

/** As `explainRoute`, in steps of a sample each. */
export function* explainInSteps(
  samples: Samples,
  names: Names,
  agreed: readonly Agreed[],
): Steps<readonly (readonly Cause[])[]> {
  function* explainAll(lessons: FittedRules, like: Uint32Array): Steps<readonly Explained[]> {
    const [all, strong] = [planOf(lessons), planOf(strongOf(lessons))];
    const context = { all, strong, isIdle: lessons.size === 0, names, fixes: new Map(), divide: dividing() };
    const alike = sharing();
    const explainAt = (at: number) => {
      const sample = samples.at(at)!;
      return alike({ ...explainSample(sample, context), count: sample.divergences.length });
    };
    const explained: Explained[] = [];
    for (const [at, first] of like.entries()) {
      explained.push(explained[first] ?? explainAt(at));
      yield;
    }
    return explained;
  }
  const { lessons, explained } = yield* teach(samples, explainAll);
  const contested = against(lessons, agreed);
  const weighed = new Map<readonly Cause[], readonly Cause[]>();
  return explained.map(({ causes }) => {
    const known =
      weighed.get(causes) ?? (contested.size === 0 ? causes : causes.map((one) => weigh(one, contested, names)));
    weighed.set(causes, known);
    return known;
  });
}

/** A cause with what is known against the lesson of its place. */
function weigh(cause: Cause, contested: ReadonlyMap<FittedRule, readonly string[]>, names: Names): Cause {
  const cases = cause.lessons.slice(0, 1).flatMap((lesson) => contested.get(lesson) ?? []);
  if (cases.length === 0) return cause;
  const elsewhere = `${notePrefix}it predicts a difference in ${listNames(cases)}, but both sides agree there`;
  return {
    ...cause,
    against: cases,
    hypothesis: true,
    fixes: [...cause.fixes, { target: names.candidate, text: elsewhere }],
  };
}

/** What a sample's proof says. */
interface Proved extends Pick<Explained, 'causes' | 'used'> {
  /** Divergences of the sample. */
  readonly count: number;
}

/** Gives samples of which the same is said one and the same explanation: of many samples a few remain to be held. */
function sharing(): (one: Proved) => Explained {
  const numbers = new Map<FittedRule, number>();
  const known = new Map<string, Explained>();
  const numberOf = (lesson: FittedRule) => {
    const number = numbers.get(lesson) ?? numbers.size;
    numbers.set(lesson, number);
    return number;
  };
  const textOf = ({ lessons, ties: _, fixes, ...rest }: Cause) => {
    // Ties and fixes follow from the lessons, where there are any.
    return { ...rest, lessons: lessons.map(numberOf), fixes: lessons.length === 0 ? fixes : null };
  };
  return ({ causes, used, count }) => {
    const open = count - new Set(causes.flatMap((cause) => cause.divergences)).size;
    const key = JSON.stringify([causes.map(textOf), used.map(numberOf), open]);
    const found = known.get(key) ?? { causes, used, open };
    known.set(key, found);
    return found;
  };
}

interface Context {
  /** All lessons, and those that are confirmed and mend more than what is empty or absent. */
  readonly all: Plan;
  readonly strong: Plan;
  /** There are no lessons. */
  readonly isIdle: boolean;
  readonly names: Names;
  readonly divide: (used: readonly FittedRule[]) => Ownership;
  /** The fixes of a lesson are the same in all samples. */
  readonly fixes: Map<FittedRule, readonly Fix[]>;
}

const nothing: Omit<Proved, 'count'> = { causes: [], used: [] };

function explainSample(sample: Sample, context: Context): Omit<Proved, 'count'> {
  const { all, strong, isIdle, names } = context;
  if (isNewlineApart(sample.reference, sample.candidate)) return { causes: newlineAlone(sample, names), used: [] };
  const reference = isIdle ? null : readBody(sample.reference);
  if (reference === null) return nothing;
  const { tree, used } = rewriteBody(reference.tree, all);
  if (used.length === 0) return nothing;
  const proof = prove({ sample, reference: reference.document, rewritten: tree });
  const ownership = context.divide(used);
  const claims = claimAll(sample, ownership, proof);
  const open = claims.size === 0 ? [] : (proof.residue ?? []).filter((one) => !one.wire);
  const doubtful = open.length > 0 && (isHarmed(sample, open) || isFar([reference, proof.candidate!], sample, strong));
  const outcome = { context, proof, ownership, claims, doubtful };
  const causes = [...claims].map(([domain, claim]) => causeOf(domain, claim, outcome));
  return { causes, used };
}

/** More differs than agrees, items lined up as the comparison has them, where only the strong lessons are followed. */
function isFar([reference, candidate]: readonly [Readable, Readable], { options }: Sample, strong: Plan): boolean {
  lineUp(reference, candidate, options);
  return isLoose(rewriteBody(reference.tree, strong).tree, candidate.tree);
}

function strongOf(lessons: FittedRules): FittedRules {
  return new Map(
    [...lessons].map(([shape, list]) => [shape, list.filter((one) => one.rule.weak !== true && !one.hypothesis)]),
  );
}

/** What one domain explains in one sample. */
interface Claim {
  readonly indices: number[];
  readonly ownedPlaces: Set<OwnedPlaces>;
  /** One of the divergences is about more than spelling. */
  above: boolean;
}

type Claims = ReadonlyMap<OwningRule, Claim>;

function claimAll({ divergences }: Sample, ownership: Ownership, { residue }: Proof): Claims {
  const claims = new Map<OwningRule, Claim>();
  if (residue === null) return claims;
  const losses = lossesOf(residue, ownership.waived);
  for (const [index, divergence] of divergences) {
    const found = ownerOf(divergence, ownership, losses);
    if (found === null) continue;
    const domain = 'domain' in found ? found.domain : found;
    const claim = claims.get(domain) ?? { indices: [], ownedPlaces: new Set(), above: false };
    claims.set(domain, claim);
    claim.indices.push(index);
    claim.above ||= divergence.rung !== 'wire';
    if ('domain' in found) claim.ownedPlaces.add(found);
  }
  return claims;
}

interface Outcome {
  readonly context: Context;
  readonly proof: Proof;
  readonly ownership: Ownership;
  readonly claims: Claims;
  /** More is unexplained than agrees, so that what agrees may be chance; or the rewriting broke something. */
  readonly doubtful: boolean;
}

function causeOf(domain: OwningRule, claim: Claim, { context, proof, ownership, claims, doubtful }: Outcome): Cause {
  const { shape, ties, rule, parameters } = domain.lesson;
  const key = rule.place?.(parameters) ?? null;
  const lossy = new Set([...claim.ownedPlaces].flatMap((one) => [...one.lossy]));
  const also = new Set([...claim.ownedPlaces].flatMap((one) => [...one.also]));
  if (proof.exact && proof.newline) also.add('trailing-newline');
  // Keys that were renamed, added or dropped hide that the rest is in another order, too.
  const order = ownership.orders.get(shape);
  if (order !== undefined && !claims.has(order)) also.add(order.lesson.class);
  also.delete(domain.lesson.class);
  return {
    class: domain.lesson.class,
    also: [...also].sort(),
    pointer: key === null ? shape : below(shape, key),
    // Where something was left out, no rung of the body is proved.
    verifiedAt: lossy.size > 0 ? 'status' : proof.exact || !claim.above ? 'wire' : 'value',
    hypothesis:
      doubtful || domain.lesson.hypothesis || ties.length > 0 || [...claim.ownedPlaces].some((one) => one.hypothesis),
    lossy: [...lossy].sort(),
    ties,
    against: [],
    lessons: [...new Set([domain.lesson, ...[...claim.ownedPlaces].flatMap((one) => one.serving)])],
    fixes: [...fixesOf(domain.lesson, context), ...caveats({ lossy: [...lossy].sort(), ties }, context.names)],
    divergences: claim.indices,
  };
}

function fixesOf(lesson: FittedRule, { names, fixes }: Context): readonly Fix[] {
  const { rule, parameters, shape } = lesson;
  const known =
    fixes.get(lesson) ?? candidateFirst(rule.fixes(parameters, { ...names, key: nearestKey(shape) }), names);
  fixes.set(lesson, known);
  return known;
}

/** Why the explanation is not an equivalence, as notes for the candidate. */
function caveats({ lossy, ties }: Pick<Cause, 'lossy' | 'ties'>, { candidate: target }: Names): Fix[] {
  const lost = `${notePrefix}only one side shows ${listNames(lossy)}, so a rewrite cannot make both sides equal`;
  const both = `${notePrefix}${ties.join(' or ')} would explain it too; more samples could decide`;
  return [...(lossy.length > 0 ? [{ target, text: lost }] : []), ...(ties.length > 0 ? [{ target, text: both }] : [])];
}

/**
 * Bodies that differ in a final newline and nothing else. Where that changes what is inside a body, as the last event of a stream, it
 * is more than a spelling of the end.
 */
function newlineAlone({ reference, candidate, divergences }: Sample, names: Names): Cause[] {
  if (divergences.some(([, { pointer }]) => pointer !== '')) return [];
  const [ends, bare] =
    candidate.length > reference.length ? [names.candidate, names.reference] : [names.reference, names.candidate];
  const fixes = [
    { target: ends, text: 'in Go json.Marshal and Write instead of Encoder.Encode, which appends a newline' },
    { target: bare, text: 'or nothing, unless a client looks at the very bytes' },
  ];
  const indices = divergences.map(([index]) => index);
  const place = { class: 'trailing-newline', also: [], pointer: '', verifiedAt: 'wire', hypothesis: false } as const;
  const safe = { lossy: [], ties: [], against: [], lessons: [] };
  return indices.length === 0 ? [] : [{ ...place, ...safe, fixes, divergences: indices }];
}
