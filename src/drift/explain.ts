import type { Divergence } from '../compare/divergence.ts';
import type { JsonOptions } from '../compare/json.ts';
import type { Rung } from '../config/rules.ts';
import { type JsonDocument, JsonSyntaxError } from '../json/document.ts';
import { readJson } from '../json/read.ts';
import { type JsonNode, toTree } from '../json/tree.ts';
import { listed } from './advice.ts';
import { learn } from './learn.ts';
import type { Lessons } from './lesson.ts';
import { isNewlineApart, type Proof, prove } from './proof.ts';
import { rewriteBody } from './rewrite.ts';
import { classOf, type Fix, type Names } from './rule.ts';
import { claimant, type Domain, divide, type Holding, lossesOf, type Territory } from './territory.ts';

/** Two bodies of one exchange that differ, with where they do. */
export interface Sample {
  readonly reference: Buffer;
  readonly candidate: Buffer;
  /** The body's divergences, each with its index in the case's list. */
  readonly divergences: readonly (readonly [index: number, divergence: Divergence])[];
  /** The comparison's own rules: what it forgives, the proof forgives. */
  readonly options: JsonOptions;
}

/** A cause of divergences in one sample. */
export interface Cause {
  /** Id of a drift class. */
  readonly class: string;
  /** Further classes that the rewriting needed, sorted. */
  readonly also: readonly string[];
  /** Shape of the place: array indices folded to `*`. */
  readonly pointer: string;
  /** The rung at which the rewritten reference gives the candidate. */
  readonly verifiedAt: Rung;
  /** Something in it is not confirmed yet: it was learned from one sample alone, or another sample makes it doubtful. */
  readonly hypothesis: boolean;
  /** What only one side tells, so that the rewriting cannot be undone, or not be done: the sides are not equivalent. */
  readonly lossy: readonly string[];
  /** Classes that explain it just as well. */
  readonly ties: readonly string[];
  readonly fixes: readonly Fix[];
  /** Indices of the divergences that it explains, in the case's list. */
  readonly divergences: readonly number[];
}

interface Readable {
  readonly document: JsonDocument;
  readonly tree: JsonNode;
}

type ReadablePair = readonly [reference: Readable, candidate: Readable];

/** Bytes of bodies that are learned from, both sides together: a tree takes some twenty times as many. */
const mostToLearnFrom = 8 << 20;

/** Bodies above this are compared, but not explained. */
const largestBody = 4 << 20;

/**
 * Explains the samples of one route on one candidate: learns over all of them (the first ones, where they are too many),
 * freezes, rewrites each reference body and claims only what the result proves. One list of causes for each sample; a
 * divergence in none of them is unexplained.
 */
export function explainRoute(samples: readonly Sample[], names: Names): readonly (readonly Cause[])[] {
  const lessons = learn(teachers(samples).map(([reference, candidate]) => ({ a: reference.tree, b: candidate.tree })));
  return samples.map((sample) =>
    isNewlineApart(sample.reference, sample.candidate)
      ? newlineAlone(sample, names)
      : explainSample(sample, { lessons, names }),
  );
}

function teachers(samples: readonly Sample[]): ReadablePair[] {
  let left = mostToLearnFrom;
  const pairs: ReadablePair[] = [];
  for (const sample of samples) {
    left -= sample.reference.length + sample.candidate.length;
    const pair = left < 0 ? null : readPair(sample);
    if (pair !== null) pairs.push(pair);
  }
  return pairs;
}

function readPair({ reference, candidate }: Sample): ReadablePair | null {
  const [a, b] = [readBody(reference), readBody(candidate)];
  return a === null || b === null ? null : [a, b];
}

function readBody(bytes: Buffer): Readable | null {
  const document = bytes.length > largestBody ? null : readJson(bytes);
  if (document === null || document instanceof JsonSyntaxError) return null;
  const tree = toTree(document);
  return tree === null ? null : { document, tree };
}

interface Context {
  readonly lessons: Lessons;
  readonly names: Names;
}

function explainSample(sample: Sample, { lessons, names }: Context): Cause[] {
  const pair = lessons.size === 0 ? null : readPair(sample);
  if (pair === null) return [];
  const [reference, candidate] = pair;
  const { tree, used } = rewriteBody(reference.tree, lessons);
  const proof = prove({ reference, rewritten: tree, candidate: candidate.document, options: sample.options });
  const territory = divide(used);
  const claims = claimAll(sample, territory, proof);
  return [...claims].map(([domain, claim]) => causeOf(domain, claim, { proof, names, territory, claims }));
}

/** What one domain explains in one sample. */
interface Claim {
  readonly indices: number[];
  readonly holdings: Set<Holding>;
  /** One of the divergences is about more than spelling. */
  above: boolean;
}

type Claims = ReadonlyMap<Domain, Claim>;

function claimAll({ divergences }: Sample, territory: Territory, { residue }: Proof): Claims {
  const claims = new Map<Domain, Claim>();
  if (residue === null) return claims;
  const losses = lossesOf(residue, territory.waived);
  for (const [index, divergence] of divergences) {
    const found = claimant(divergence, territory, losses);
    if (found === null) continue;
    const domain = 'domain' in found ? found.domain : found;
    const claim = claims.get(domain) ?? { indices: [], holdings: new Set(), above: false };
    claims.set(domain, claim);
    claim.indices.push(index);
    claim.above ||= divergence.rung !== 'wire';
    if ('domain' in found) claim.holdings.add(found);
  }
  return claims;
}

interface Outcome {
  readonly proof: Proof;
  readonly names: Names;
  readonly territory: Territory;
  readonly claims: Claims;
}

function causeOf(domain: Domain, claim: Claim, { proof, names, territory, claims }: Outcome): Cause {
  const { rule, parameters, shape, ties } = domain.lesson;
  const lossy = new Set([...claim.holdings].flatMap((one) => [...one.lossy]));
  const also = new Set([...claim.holdings].flatMap((one) => [...one.also]));
  if (proof.exact && proof.newline) also.add('trailing-newline');
  // Keys that were renamed, added or dropped hide that the rest is in another order, too.
  const order = territory.orders.get(shape);
  if (order !== undefined && !claims.has(order)) also.add(classOf(order.lesson));
  also.delete(classOf(domain.lesson));
  return {
    class: classOf(domain.lesson),
    also: [...also].sort(),
    pointer: shape,
    // Where something was left out, no rung of the body is proved.
    verifiedAt: lossy.size > 0 ? 'status' : proof.exact || !claim.above ? 'wire' : 'value',
    hypothesis: domain.lesson.hypothesis || ties.length > 0 || [...claim.holdings].some((one) => one.hypothesis),
    lossy: [...lossy].sort(),
    ties,
    fixes: [...rule.fixes(parameters, names), ...caveats({ lossy: [...lossy].sort(), ties }, names)],
    divergences: claim.indices,
  };
}

/** What stands between the explanation and an equivalence, as advice for the candidate. */
function caveats({ lossy, ties }: Pick<Cause, 'lossy' | 'ties'>, { candidate: target }: Names): Fix[] {
  const lost = `information is lost: ${listed(lossy)} is there on one side only, so the sides are not equivalent`;
  const both = `it may as well be ${ties.join(' or ')}: more samples would tell`;
  return [...(lossy.length > 0 ? [{ target, text: lost }] : []), ...(ties.length > 0 ? [{ target, text: both }] : [])];
}

/** Bodies that differ in a final newline and nothing else. */
function newlineAlone({ reference, candidate, divergences }: Sample, names: Names): Cause[] {
  const [ends, bare] =
    candidate.length > reference.length ? [names.candidate, names.reference] : [names.reference, names.candidate];
  const fixes = [
    { target: ends, text: 'in Go json.Marshal and Write instead of Encoder.Encode, which appends a newline' },
    { target: bare, text: 'or nothing, unless a client looks at the very bytes' },
  ];
  const indices = divergences.map(([index]) => index);
  const place = { class: 'trailing-newline', also: [], pointer: '', verifiedAt: 'wire', hypothesis: false } as const;
  const safe = { lossy: [], ties: [] };
  return indices.length === 0 ? [] : [{ ...place, ...safe, fixes, divergences: indices }];
}
