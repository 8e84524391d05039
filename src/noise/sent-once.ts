import { type CaseJudge, type ComparedSide, compareCase, compareJudged } from '../compare/compare-case.ts';
import { answeredAt } from '../compare/headers/compare-headers.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import { bijectionBetween } from '../compare/values/bijection.ts';
import type { CompareOptions } from '../config/rules.ts';
import { pointerShape } from '../json/pointer.ts';
import { namesResource, separated } from './backreferences.ts';
import type { NoiseResult } from './evidence/result.ts';
import { type At, type Both, foldedAt, keyOf, type Noise } from './evidence/self-diff.ts';
import { maxRequestLength, maxSentOnceExact } from './limits.ts';
import { areCurrentTimes, areGeneratedIds, memberName } from './values/generated-values.ts';

/** Why a place counts as noise in a case that must not be sent again. */
export const sentOnce = 'sent once; compared by format';

/**
 * Compares the answers to a case that is sent once: current times and generated identifiers of one format are noise. At the level `wire`
 * nothing is.
 */
export function settleOnce(sides: Both<ComparedSide>, options: CompareOptions): NoiseResult {
  const plain = compareCase(...sides, options);
  const isPlain = options.level === 'wire' || plain.inconclusive !== null || plain.divergences.length === 0;
  if (isPlain) return { comparison: plain, noise: [], open: [] };
  // References may come before the identifier that they name: it is known in the second pass.
  const known = judgeOnce(sides, new Set());
  compareJudged(sides, options, known.judge);
  const judged = judgeOnce(sides, known.pairs);
  const compared = compareJudged(sides, options, judged.judge);
  const divergences = compared.divergences.filter((one) => !judged.suppressesHeader(one));
  const headers = !divergences.some(({ facet }) => facet === 'headers' || facet === 'transport');
  return { comparison: { ...compared, divergences, headers }, noise: placesOf(judged.noise, divergences), open: [] };
}

interface OnceJudge {
  readonly judge: CaseJudge;
  suppressesHeader(divergence: Divergence): boolean;
  readonly noise: readonly Noise[];
  /** The identifiers that were found, of both sides. */
  readonly pairs: ReadonlySet<string>;
}

/** A time with milliseconds or finer: two of them are rarely the same. */
const preciseTime = /[.,]\d{2,}|^\d{13,}$/;

const pairOf = ([a, b]: Both<string>) => `${a} ${b}`;

/** Takes the pairs of identifiers that are known so far. */
function judgeOnce(sides: Both<ComparedSide>, known: ReadonlySet<string>): OnceJudge {
  const correspond = bijectionBetween();
  const isSent = sentWords(sides);
  const noise: Noise[] = [];
  const pairs = new Set<string>();
  const suppress = (at: At, example: Both<string>) => noise.push({ ...at, what: 'value', reason: sentOnce, example });
  const areIds = (texts: Both<string>, pointer: string) => {
    if (texts.some(isSent) || !areGeneratedIds(texts, memberName(pointer))) return false;
    // Counters of two tables may have the same value.
    const scope = /^\d+$/.test(texts[0]) ? pointerShape(pointer) : '';
    if (correspond([`${scope} ${texts[0]}`, `${scope} ${texts[1]}`], pointer) !== null) return false;
    pairs.add(pairOf(texts));
    return true;
  };
  // A later answer that shows the time of an earlier one on one side alone: an `updated_at` that a change leaves as it was.
  const areSameMoments = (texts: Both<string>, exchange: number) => {
    const [a, b] = sides.map((side, at) => isShownBefore(side, exchange, texts[at]!));
    return !preciseTime.test(texts[0]) || a === b;
  };
  const areReferences = ([a, b]: Both<string>) => {
    const [pieces, others] = [separated(a), separated(b)];
    if (pieces.length < 2 || pieces.length !== others.length) return false;
    return pieces.every((piece, at) => {
      const pair = [piece, others[at]!] as const;
      return piece === pair[1] || known.has(pairOf(pair)) || areIds(pair, '');
    });
  };
  return {
    judge({ a, texts, shown }, exchange) {
      const values = [unquoted(texts[0]), unquoted(texts[1])] as const;
      const areTimes = areCurrentTimes(values, clocksOf(sides, exchange));
      if (areTimes ? !areSameMoments(values, exchange) : !areIds(values, a) && !areReferences(values)) return 'value';
      suppress({ exchange, facet: 'body', pointer: a }, shown());
      return null;
    },
    suppressesHeader({ facet, kind, exchange, pointer, reference, candidate }) {
      if (facet !== 'headers' || kind !== 'value' || !namesResource(pointer.slice(1))) return false;
      if (reference === null || candidate === null || !areReferences([reference, candidate])) return false;
      suppress({ exchange, facet, pointer }, [reference, candidate]);
      return true;
    },
    noise,
    pairs,
  };
}

/** Whether a text is in an earlier answer of a side. */
function isShownBefore({ replay }: ComparedSide, exchange: number, text: string): boolean {
  return replay.exchanges
    .slice(0, exchange)
    .some(({ outcome }) => outcome.kind === 'response' && Buffer.from(outcome.body).includes(text));
}

function unquoted(source: string): string {
  return source.length > 1 && source.startsWith('"') && source.endsWith('"') ? source.slice(1, -1) : source;
}

/** When each side answered, by its own clock; by the clock here where it does not say. */
function clocksOf(sides: Both<ComparedSide>, exchange: number): Both<number> {
  const [a, b] = sides.map(({ replay }) => {
    const outcome = replay.exchanges[exchange]?.outcome;
    return (outcome?.kind === 'response' ? answeredAt(outcome.headers) : null) ?? Date.now();
  });
  return [a!, b!];
}

/** Whether a value is in the requests to both sides: then the case chose it, and no side generated it. */
function sentWords(sides: Both<ComparedSide>): (text: string) => boolean {
  const [a, b] = sides.map(({ replay }) => {
    const texts = replay.exchanges.map(({ request }) =>
      `${request.path} ${Buffer.from(request.body ?? []).toString('utf8')}`.slice(0, maxRequestLength),
    );
    return new Set(texts.flatMap((text) => text.split(/[^\w-]+/)));
  });
  return (text) => a!.has(text) && b!.has(text);
}

/** Each place once, for all items of a list where none of them counts; else one by one. */
function placesOf(noise: readonly Noise[], divergences: readonly Divergence[]): Noise[] {
  const counting = new Set(divergences.map((one) => keyOf(foldedAt(one))));
  const places = new Map<string, Noise>();
  let exact = 0;
  for (const one of noise) {
    const isExact = counting.has(keyOf(foldedAt(one)));
    if (isExact) exact += 1;
    if (exact > maxSentOnceExact && isExact) continue;
    const place = isExact ? one : { ...one, ...foldedAt(one) };
    if (!places.has(keyOf(place))) places.set(keyOf(place), place);
  }
  return [...places.values()];
}
