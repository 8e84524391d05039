import { type ComparedSide, compareCase, counts } from '../compare/compare-case.ts';
import { maxReadLength } from '../compare/limits.ts';
import { type CompareOptions, defaultCompare } from '../config/rules.ts';
import type { Response } from '../http/exchange.ts';
import { maxDraws, maxMutations, maxSelfCheckWork } from './limits.ts';
import { hiddenBy } from './masked-by-rule.ts';
import { type Mutation, type MutationKind, type Mutator, mutatorsOf, plainOf } from './mutate.ts';
import type { MatchedSample } from './samples.ts';
import { type Random, seededRandom } from './seeded-random.ts';

/** How many mutations of its own matched responses a run could see. `seeded` is `seen`, all that is `hidden`, and `missed`. */
export interface SelfCheck {
  readonly seeded: number;
  readonly seen: number;
  /** By the rules that hid them, sorted by name; several that hide only together are joined with ` + `. */
  readonly hidden: readonly { readonly rule: string; readonly count: number }[];
  /** What no rule hides and the comparison does not see: a bug of the tool. */
  readonly missed: readonly { readonly case: string; readonly mutation: MutationKind; readonly pointer: string }[];
}

export interface SelfCheckInput {
  readonly matched: readonly MatchedSample[];
  readonly seed: number;
  /** The comparison that is put to the test; `compareCase` if absent. */
  readonly compare?: typeof compareCase;
}

/** So many rules make a comparison about twice as dear. */
const dearRules = 12;

/**
 * Seeds up to 40 mutations into copies of matched responses and looks whether the comparison sees them under each case's own rules.
 * The mutated copy stands against its own original, so the mutation is the only difference there is. Big bodies end the check
 * early and never make it fail. The same samples and seed give the same result.
 */
export function selfCheck({ matched, seed, compare = compareCase }: SelfCheckInput): SelfCheck {
  const used = new Map<MutationKind, number>();
  const found = { seeded: 0, seen: 0, hidden: new Map<string, number>(), missed: [] as SelfCheck['missed'][number][] };
  const budget = { work: maxSelfCheckWork };
  const queue = matched.flatMap(readySample);
  queue.sort((a, b) => a.response.body.length - b.response.body.length || (idOf(a) < idOf(b) ? -1 : 1));
  for (const [at, sample] of queue.entries()) {
    const share = Math.ceil((maxMutations - found.seeded) / (queue.length - at));
    for (const mutation of chooseMutations(sample, { share, used, seed, budget })) {
      const verdict = judge(mutation, sample, { compare, budget });
      if (verdict === 'unfinished') break;
      found.seeded += 1;
      if (verdict === 'seen') found.seen += 1;
      else if (verdict === 'missed') found.missed.push(missedOf(mutation, sample));
      else found.hidden.set(verdict.rule, (found.hidden.get(verdict.rule) ?? 0) + 1);
    }
  }
  const hidden = [...found.hidden].map(([rule, count]) => ({ rule, count }));
  return { ...found, hidden: hidden.sort((a, b) => (a.rule < b.rule ? -1 : 1)) };
}

/** The sample with its body decoded; none if that is too big, so that forty small bodies cannot unpack to gigabytes. */
function readySample(sample: MatchedSample): MatchedSample[] {
  const response = plainOf(sample.response);
  return response.body.length > maxReadLength ? [] : [{ ...sample, response }];
}

function idOf(sample: MatchedSample): string {
  return `${sample.case} ${sample.exchange}`;
}

function missedOf(mutation: Mutation, sample: MatchedSample): SelfCheck['missed'][number] {
  return { case: sample.case, mutation: mutation.kind, pointer: mutation.pointer };
}

interface Choice {
  /** How many to choose. */
  readonly share: number;
  /** How often each kind was chosen in the run so far. */
  readonly used: Map<MutationKind, number>;
  readonly seed: number;
  readonly budget: Budget;
}

/** Bytes of work that are left. */
interface Budget {
  work: number;
}

/**
 * Chooses mutations of a response, the kinds first that the run has used least; fewer than its share if it has no more places
 * or the budget ends.
 */
function* chooseMutations(sample: MatchedSample, { share, used, seed, budget }: Choice): Generator<Mutation> {
  if (budget.work <= 0 || share === 0) return;
  const random = seededRandom(seed, sample.case, sample.exchange);
  const chosen = new Set<string>();
  let open = mutatorsOf(sample.response, headersOf(sample.options));
  budget.work -= sample.response.body.length;
  while (chosen.size < share && open.length > 0 && budget.work > 0) {
    const fewest = Math.min(...open.map(({ kind }) => used.get(kind) ?? 0));
    const least = open.filter(({ kind }) => (used.get(kind) ?? 0) === fewest);
    const mutator = least[random(least.length)]!;
    const mutation = drawNew(mutator, chosen, random);
    budget.work -= sample.response.body.length;
    if (mutation === null) {
      open = open.filter((other) => other !== mutator);
      continue;
    }
    chosen.add(nameOf(mutation));
    used.set(mutator.kind, fewest + 1);
    yield mutation;
  }
}

function drawNew(mutator: Mutator, chosen: ReadonlySet<string>, random: Random): Mutation | null {
  for (let draw = 0; draw < maxDraws; draw += 1) {
    const mutation = mutator.mutate(random);
    if (mutation === null || !chosen.has(nameOf(mutation))) return mutation;
  }
  return null;
}

function nameOf(mutation: Mutation): string {
  return `${mutation.kind} ${mutation.pointer}`;
}

/** The headers of the case, and those compared by default: where the case gave one up, the report must say so. */
function headersOf(options: CompareOptions): string[] {
  return [...new Set([...defaultCompare.headers, ...options.headers])];
}

interface Judging {
  readonly compare: typeof compareCase;
  readonly budget: Budget;
}

/** What hides a mutation where the budget ended before the rule was found. */
const notDistinguished = 'several rules, not told apart';

type Verdict = 'seen' | 'missed' | 'unfinished' | { readonly rule: string };

/** Compares under the sample's own rules, and where that sees nothing looks for the rule. Unfinished if the budget ends before. */
function judge(mutation: Mutation, sample: MatchedSample, { compare, budget }: Judging): Verdict {
  const [original, mutated] = [sideOf(sample, sample.response), sideOf(sample, mutation.response)];
  let isCut = false;
  const sees = (options: CompareOptions) => {
    isCut ||= budget.work <= 0;
    if (isCut) return true;
    budget.work -= costOf(options, sample.response.body.length + mutation.response.body.length);
    return compare(original, mutated, options).divergences.some((one) => counts(one, options.level));
  };
  if (sees(sample.options)) return isCut ? 'unfinished' : 'seen';
  if (budget.work <= 0) return 'unfinished';
  const rule = hiddenBy(mutation, sample.options, sees);
  if (rule === null) return 'missed';
  return { rule: isCut ? notDistinguished : rule };
}

function costOf({ ignore, unordered, tolerance }: CompareOptions, bytes: number): number {
  return bytes * (1 + (ignore.length + unordered.length + tolerance.length) / dearRules);
}

function sideOf({ origin }: MatchedSample, response: Response): ComparedSide {
  const target = 'self-check';
  const request = { method: 'GET', path: '/', headers: [], body: null };
  const exchange = { target, step: 0, request, outcome: response, durationMs: 0 };
  return { replay: { target, exchanges: [exchange], captured: {} }, origin };
}
