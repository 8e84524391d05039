import { type CaseJudge, prefixOf } from '../compare/compare-case.ts';
import { meaningsIn } from '../compare/headers/compare-headers.ts';
import type { Meaning } from '../compare/headers/header-grammars.ts';
import { lastOtherwise } from '../compare/headers/max-age.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import { bijectionBetween } from '../compare/values/bijection.ts';
import { haveOtherForms, haveOtherTraits, isRounded } from '../compare/values/text-traits.ts';
import { tellOtherTimes } from '../compare/values/timestamps.ts';
import { agree, type PairBudget } from '../compare/values/token-diff.ts';
import { formatOf, isName, isOneMaker, type ValueFormat } from '../compare/values/value-format.ts';
import { pointerShape } from '../json/pointer.ts';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import { shuffledValues, valuesInReordered } from './arrays/reordered-items.ts';
import {
  type At,
  type Both,
  foldedAt,
  keyOf,
  type NoisyPlace,
  type Sampled,
  type SelfDiff,
} from './evidence/self-diff.ts';
import { maxByChance } from './limits.ts';
import { residualText } from './values/residual-text.ts';
import { clocksAt } from './values/sample-reader.ts';
import { agreeInSteadyBytes } from './values/steady-bytes.ts';

/** What two targets show against themselves. */
export interface Known {
  readonly views: readonly [reference: SelfDiff, candidate: SelfDiff];
  /** Where both are noisy in value. */
  readonly noise: readonly NoisyPlace[];
  /** Shuffled lists whose items have no names. */
  readonly moving: readonly NoisyPlace[];
  readonly budget: PairBudget;
}

/** Forgives what varies on both sides, and remembers where. */
export interface NoiseJudge {
  readonly judge: CaseJudge;
  forgivesHeader(divergence: Divergence): boolean;
  /** A divergence that the judge left, with what it could tell of it beside the noise in its texts. */
  residualText(divergence: Divergence): Divergence;
  /** Exchanges with a body in which something was forgiven. */
  exchanges(): ReadonlySet<number>;
  /** The exact places that were forgiven in bodies, by `keyOf`. */
  places(): ReadonlySet<string>;
}

/** A judge for two targets that were asked several times. It takes each difference once, in the order of the bodies. */
export function noiseJudge(sides: readonly [Sampled, Sampled], { views, noise, moving, budget }: Known): NoiseJudge {
  const noisy = new Set(noise.map(keyOf));
  const shuffled = moving.map((place) => ({ exchange: place.exchange, below: `${place.pointer}/` }));
  const forgiven = new Set<string>();
  const beside = residualText();
  const exchanges = new Set<number>();
  const correspond = bijectionBetween();
  const isPaired = (key: string) => views.some(({ unpaired }) => !unpaired.has(key));
  const clocksOf = memoizeBounded(16, (exchange: number) => clocksAt(sides, exchange));
  const distinguishes = valuesInReordered(sides, clocksOf);
  const othersAt = shuffledValues(sides);
  const prefix = prefixOf(sides[0].first, sides[1].first);
  const answers = sides.map(({ more }) => 1 + more.length);
  // Several differences may share a pointer: of a key that is there again and again, or that is too long.
  const isOnePlace = (a: readonly string[], b: readonly string[]) => a.length <= answers[0]! && b.length <= answers[1]!;
  const isSteadyByChance = steadyByChance(views);
  const forgive = (at: At) => {
    exchanges.add(at.exchange);
    forgiven.add(keyOf(at));
    return null;
  };
  return {
    judge({ a, b, texts, hasPieces, shown, isBinary }, exchange) {
      const at = { exchange, facet: 'body', pointer: a } as const;
      const folded = foldedAt(at);
      if (!noisy.has(keyOf(folded))) return 'value';
      const said = { a: views[0].values.get(keyOf(at)), b: views[1].values.get(keyOf({ ...at, pointer: b })) };
      if (isBinary) return agreeInSteadyBytes(said.a ?? [], said.b ?? []) ? forgive(at) : 'value';
      const isMoving = shuffled.some((one) => one.exchange === exchange && folded.pointer.startsWith(one.below));
      if (!isMoving && texts.some((text) => othersAt(folded).has(text))) return 'value';
      if (!isMoving && isSteadyByChance(folded, { said: [said.a, said.b], texts })) return forgive(at);
      if (isMoving ? distinguishes(folded) : said.a === undefined || said.b === undefined) return 'value';
      const format = formatOnBoth(texts, isMoving ? texts.map((text) => [text]) : [said.a!, said.b!]);
      if (format === undefined || (!isMoving && !hasPieces && isOtherNumber(said.a!, said.b!))) return 'format';
      const clocks = clocksOf(exchange);
      if (!isMoving && isOnePlace(said.a!, said.b!)) {
        if (tellOtherTimes([said.a!, said.b!], clocks)) return 'value';
        const areOther = format === null || format.startsWith('rfc3339') ? haveOtherTraits : haveOtherForms;
        if (hasPieces && areOther(said.a!.map(unquoted), said.b!.map(unquoted))) return 'format';
      }
      const inPieces = !isMoving && hasPieces && format === null;
      if (inPieces && !agree({ a: said.a!, b: said.b!, exact: false, clocks }, budget)) {
        if (isOnePlace(said.a!, said.b!)) beside.see(keyOf(at), [said.a!, said.b!], shown);
        return 'value';
      }
      const place = keyOf(folded);
      if (isName(format) && isPaired(place) && correspond(texts, place) !== null) return 'value';
      return forgive(at);
    },
    forgivesHeader(divergence) {
      if (divergence.facet !== 'headers' || divergence.kind !== 'value' || !noisy.has(keyOf(divergence))) return false;
      const [a, b] = sides.map((side) => headerMeanings(side, divergence, prefix));
      const texts = { a: joinedTexts(a!), b: joinedTexts(b!), exact: true, clocks: clocksOf(divergence.exchange) };
      return !sayOtherLifetimes(a!, b!) && agree(texts, budget);
    },
    residualText: beside.addTo,
    exchanges: () => exchanges,
    places: () => forgiven,
  };
}

function joinedTexts(side: readonly Said[]): string[] {
  return side.map((said) => said.map(({ text }) => text).join('\n'));
}

/**
 * The format of two first texts, or one that both sides have in other answers, too, where those may differ by chance; undefined if there
 * is none.
 */
function formatOnBoth(
  [a, b]: Both<string>,
  [all, others]: readonly (readonly string[])[],
): ValueFormat | null | undefined {
  const [format, other] = [formatOf(a), formatOf(b)];
  if (format === other || !isOneMaker(format, other)) return format === other ? format : undefined;
  const theirs = new Set(others!.map(formatOf));
  return all!.map(formatOf).find((one) => theirs.has(one));
}

/** What two sides say at one place: again and again where they vary, and at first. */
interface OneSaid {
  readonly said: Both<readonly string[] | undefined>;
  readonly texts: Both<string>;
}

/**
 * Says of places that vary on one side alone whether the other says the same there by chance: in other items it says few things in
 * turn, that one among them, and the one that varies says nothing else.
 */
function steadyByChance(views: Both<SelfDiff>): (folded: At, one: OneSaid) => boolean {
  const pools = memoizeBounded(2, fewIn);
  return (folded, { said, texts }) => {
    if ((said[0] === undefined) === (said[1] === undefined)) return false;
    const steady = said[0] === undefined ? 0 : 1;
    const few = pools(views[steady]).get(keyOf(folded));
    return few?.has(texts[steady]) === true && said[1 - steady]!.every((text) => few.has(text));
  };
}

/** The values of a side that vary, for all items of an array at once, where they are few. */
function fewIn({ values }: SelfDiff): ReadonlyMap<string, ReadonlySet<string>> {
  const pools = new Map<string, Set<string>>();
  for (const [key, texts] of values) {
    const folded = pointerShape(key);
    const pool = pools.get(folded) ?? new Set();
    if (pool.size === 0) pools.set(folded, pool);
    for (const text of texts) if (pool.size <= maxByChance) pool.add(text);
  }
  return new Map([...pools].filter(([, pool]) => pool.size <= maxByChance));
}

/** Numbers that vary, as source text: all whole here and with a point there, all below zero here and not there, or all rounded. */
function isOtherNumber(a: readonly string[], b: readonly string[]): boolean {
  return [isWhole, isNegative, isRounded].some(
    (is) => is(a[0]!) !== is(b[0]!) && [a, b].every((side) => side.every((one) => is(one) === is(side[0]!))),
  );
}

const isWhole = (source: string) => /^-?\d+$/.test(source);
const isNegative = (source: string) => source.startsWith('-');
const unquoted = (source: string) => source.slice(1, -1);

/** What one answer says in a header, by its grammar. */
type Said = readonly Meaning[];

/** Whether all answers of both sides say of a value of the header how long something lasts, and those of one side otherwise. */
function sayOtherLifetimes(a: readonly Said[], b: readonly Said[]): boolean {
  return (a[0] ?? []).some((_, at) => {
    const [x, y] = [a, b].map((side) => side.flatMap((said) => said[at]?.lasts ?? []));
    return x!.length === a.length && y!.length === b.length && lastOtherwise(x!, y!);
  });
}

/** What each answer says in a header. */
function headerMeanings({ first, more }: Sampled, { exchange, pointer }: At, prefix: string): Said[] {
  const name = pointer.slice(1);
  return [first, ...more].flatMap(({ replay, origin }) => {
    const { request, outcome } = replay.exchanges[exchange] ?? {};
    if (request === undefined || outcome?.kind !== 'response') return [];
    return [meaningsIn({ headers: outcome.headers, origin, path: prefix + request.path }, name)];
  });
}
