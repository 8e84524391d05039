import { type ComparedSide, compareJudged } from '../../compare/compare-case.ts';
import type { Divergence, Facet } from '../../compare/model/divergence.ts';
import { areNames, bijectionBetween } from '../../compare/values/bijection.ts';
import type { CompareOptions } from '../../config/rules.ts';
import { pointerShape } from '../../json/pointer.ts';
import { maxSelfDiffPlaces } from '../limits.ts';

/** What one target answered to one case, first and again. */
export interface Sampled {
  readonly first: ComparedSide;
  readonly more: readonly ComparedSide[];
}

/** A place where a target differs from itself. */
export interface NoisyPlace {
  readonly exchange: number;
  readonly facet: Facet;
  /** Shape: array indices folded to `*`. */
  readonly pointer: string;
  /**
   * `order`: an array comes in another order each time; `value`: a value differs each time; `shape`: the structure does; `keys`: the
   * keys of an object do, and nothing else of its structure.
   */
  readonly what: 'value' | 'order' | 'shape' | 'keys';
  /** Of `order` what names the items, where something does: a JSON Pointer inside one. */
  readonly key?: string;
  /** Why it counts as noise, where it was not measured. */
  readonly reason?: string;
  readonly example: readonly [string | null, string | null];
}

/**
 * A place that is noisy on both sides: its value, its order, or what the members of an object are called is forgiven. Exact where another
 * item of the same array counts.
 */
export interface Noise extends NoisyPlace {
  readonly what: 'value' | 'order' | 'keys';
  /** Of `keys` those that are not noise. */
  readonly steady?: readonly string[];
}

/** A place in the answers to a case; of a body, exactly or for all items of an array at once. */
export type At = Pick<Divergence, 'exchange' | 'facet' | 'pointer'>;

/** Where a target differs from its own first answer. */
export interface SelfDiff {
  /** For all items of an array at once, by `keyOf`. */
  readonly places: ReadonlyMap<string, NoisyPlace>;
  /** By `keyOf` of the place in the first answer: the values of a body that differ, those of the first answer among them. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** By `keyOf` of the place in the first answer: the value of each answer in turn, where they are not all the same. */
  readonly series: ReadonlyMap<string, readonly string[]>;
  /** By `keyOf` of the place in the first answer: whatever differs, in value, order or structure. */
  readonly exact: ReadonlySet<string>;
  /** By `keyOf`, for all items of an array at once: where names stand that do not correspond from answer to answer; which go together is chance. */
  readonly unpaired: ReadonlySet<string>;
}

/** A place for all items of an array at once. */
export function foldedAt({ exchange, facet, pointer }: At): At {
  return { exchange, facet, pointer: facet === 'body' ? pointerShape(pointer) : pointer };
}

/** A name for a place. */
export function keyOf({ exchange, facet, pointer }: At): string {
  return `${exchange} ${facet} ${pointer}`;
}

function whatOf(divergence: Divergence): NoisyPlace['what'] {
  if (divergence.kind === 'order') return 'order';
  return divergence.rung === 'shape' || divergence.kind === 'missing' || divergence.kind === 'extra'
    ? 'shape'
    : 'value';
}

/** Where a target differs from itself, each place once. Differences below `value` are not noise. */
export function selfDiff(side: Sampled, options: CompareOptions): SelfDiff {
  const places = new Map<string, NoisyPlace>();
  const values = new Map<string, string[]>();
  const series = new Map<string, string[]>();
  const exact = new Set<string>();
  const unpaired = new Set<string>();
  const changed = new Set<string>();
  const see = (at: At, what: NoisyPlace['what'], example: () => NoisyPlace['example']) => {
    const folded = foldedAt(at);
    const key = keyOf(folded);
    // An order that changes explains the values that seem to change under it, not the other way round.
    if (!places.has(key) || what === 'order') places.set(key, { ...folded, what, example: example() });
    if (exact.size < maxSelfDiffPlaces) exact.add(keyOf(at));
  };
  for (const [at, again] of side.more.entries()) {
    const correspond = bijectionBetween();
    const { divergences } = compareJudged([side.first, again], options, ({ a, texts, shown }, exchange) => {
      const place = { exchange, facet: 'body', pointer: a } as const;
      see(place, 'value', shown);
      if (areNames(texts)) for (const one of correspond(texts, keyOf(foldedAt(place))) ?? []) unpaired.add(one);
      const key = keyOf(place);
      const known = values.get(key);
      if (known !== undefined) known.push(texts[1]);
      else if (values.size < maxSelfDiffPlaces) values.set(key, [...texts]);
      const samples = series.get(key) ?? Array<string>(at + 1).fill(texts[0]);
      if (samples.length === at + 1) samples.push(texts[1]);
      if (series.size < maxSelfDiffPlaces) series.set(key, samples);
      return null;
    });
    for (const samples of series.values()) if (samples.length === at + 1) samples.push(samples[0]!);
    for (const one of divergences) {
      if (one.rung !== 'wire') see(one, whatOf(one), () => [one.reference, one.candidate]);
      if (whatOf(one) === 'shape') changed.add(keyOf(one));
    }
  }
  for (const key of series.keys()) if (isWithin(key, changed)) series.delete(key);
  return { places, values, series, exact, unpaired };
}

/** Says of a place whether a side varies there if its captured values do not count as equal; asked of sides that seem stable. */
export function variesByCapture(side: Sampled, options: CompareOptions): (place: At) => boolean {
  const bare = (one: ComparedSide): ComparedSide => ({ ...one, replay: { ...one.replay, captured: {} } });
  let plain: SelfDiff | null = null;
  return (place) => {
    if (Object.keys(side.first.replay.captured).length === 0) return false;
    plain ??= selfDiff({ first: bare(side.first), more: side.more.map(bare) }, options);
    return plain.places.has(keyOf(foldedAt(place)));
  };
}

/** Whether one of the places is this one or one around it. */
function isWithin(key: string, places: ReadonlySet<string>): boolean {
  for (let end = key.length; end > 0; end = key.lastIndexOf('/', end - 1))
    if (places.has(key.slice(0, end))) return true;
  return false;
}

export type Both<T> = readonly [reference: T, candidate: T];

/** Where both sides differ from themselves in this, as the reference does it. */
export function noisyOnBoth(what: Noise['what'], [reference, candidate]: Both<SelfDiff>): Noise[] {
  const isSo = (place: NoisyPlace | undefined): place is Noise => place?.what === what;
  return [...reference.places].flatMap(([key, place]) =>
    isSo(place) && isSo(candidate.places.get(key)) ? [place] : [],
  );
}

/** The exact places where both sides differ from themselves. */
export function onBoth([reference, candidate]: Both<ReadonlySet<string>>): ReadonlySet<string> {
  return new Set([...reference].filter((key) => candidate.has(key)));
}
