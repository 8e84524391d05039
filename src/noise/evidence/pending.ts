import { counts } from '../../compare/compare-case.ts';
import type { CaseComparison, Divergence, DivergenceKind } from '../../compare/model/divergence.ts';
import { areMomentsApart } from '../../compare/values/timestamps.ts';
import { formatOf, isName } from '../../compare/values/value-format.ts';
import type { Rung } from '../../config/rules.ts';
import { minPendingSamples } from '../limits.ts';
import { type At, foldedAt, keyOf, type NoisyPlace, type SelfDiff } from './self-diff.ts';

/** What two sides show against themselves: each of them, and at the same places. */
export interface Unsteady {
  readonly views: readonly SelfDiff[];
  readonly noise: readonly NoisyPlace[];
}

/** What further answers may take back, or show. */
export interface Open {
  /** The divergence, or the place where there is none. */
  readonly at: Divergence | At;
  /** Something varies there, and time may tell of it; else it is a value, of which each side may have drawn the same again from a few. */
  readonly moves: boolean;
  /** Nothing varies there so far, but what both sides say may be a second old: the tokens of one second are alike, and so is an uptime. */
  readonly waits?: boolean;
  /** So many further answers that say the same are no chance: no more are asked for. */
  readonly most: number;
  /** The id of a detector: the samples differ in what it compares, and are too few to prove it: what other cases have shown does not decide it. */
  readonly undecided?: string;
}

const usual = 4;
/** Of two random values one comes six times in a row in one of 32 cases, and fourteen times in one of 8,000. */
const ofFew = 12;
/** A detector needs up to twelve samples. */
const ofDetectors = 10;
const few = 3;

/**
 * Of what counts what further answers may take back: what one side alone shows, what stays the same beside noise, clocks that are a
 * moment apart, what stands elsewhere in an array of which a side shows something else each time; and values, which may be drawn.
 */
export function openIn({ divergences }: CaseComparison, { views, noise }: Unsteady, level: Rung): readonly Open[] {
  if (!divergences.some((one) => counts(one, level))) return [];
  const noisy = new Set(noise.map((place) => keyOf(foldedAt(place))));
  const moved = movedIn(divergences, views);
  const moves = (one: Divergence) =>
    one.noisy !== undefined ||
    noisy.has(keyOf(foldedAt(one))) ||
    areMomentsApart(one) ||
    areSigned(one) ||
    moved.has(one);
  // What is random on both sides may have come alike in all answers of one of them.
  const isFromFew = (one: Divergence) =>
    drawsFromFew(one, views) || (one.kind === 'value' && noisy.has(keyOf(foldedAt(one))));
  // Answers of other status codes are no two draws of one value; and who is busy is not asked more than need be.
  const ended = new Set(divergences.flatMap(({ facet, exchange }) => (facet === 'status' ? [exchange] : [])));
  return divergences
    .filter((one) => counts(one, level))
    .map((one) => ({ at: one, moves: moves(one), waits: mayLast(one), most: isFromFew(one) ? ofFew : usual }))
    .filter(
      ({ moves, at: { kind, exchange } }) => moves || ((kind === 'value' || kind === 'bytes') && !ended.has(exchange)),
    );
}

/** Two signed tokens: those that one side makes within a second are the same. */
function areSigned({ reference, candidate }: Divergence): boolean {
  return [reference, candidate].every((text) => text?.startsWith('"eyJ') === true);
}

/** Two whole numbers, or two names that are generated: each side may say the same for a second, and something else then. */
function mayLast({ kind, reference, candidate }: Divergence): boolean {
  if (kind !== 'value' || reference === null || candidate === null) return false;
  return [reference, candidate].every((text) => /^\d{1,10}$/.test(text) || isName(formatOf(text)));
}

/** A place where nothing counts so far, and a few answers are too few to tell. */
export function needsMoreSamples(at: At): Open {
  return { at, moves: false, most: usual };
}

/** One side alone varies between a few things: values, being there or not, orders of a short list. The other may draw from as few. */
function drawsFromFew(one: Divergence, views: readonly SelfDiff[]): boolean {
  if (one.noisy === undefined) return false;
  if (one.facet !== 'body' || one.kind !== 'value') return true;
  const said = new Set(views.flatMap(({ values }) => values.get(keyOf(one)) ?? []));
  return said.size > 0 && said.size <= few;
}

/** What may say no more than that the items of an array come in another order, which one side has not shown yet. */
function movedIn(divergences: readonly Divergence[], views: readonly SelfDiff[]): ReadonlySet<Divergence> {
  const arrays = new Map<string, Divergence[]>();
  for (const one of divergences) {
    const array = outermostArray(one);
    if (array !== null) arrays.set(array, [...(arrays.get(array) ?? []), one]);
  }
  const unsteady = new Set(views.flatMap((view) => [...view.places.keys()].map((place) => place.split('/*', 1)[0]!)));
  return new Set(
    [...arrays].flatMap(([array, found]) =>
      mayBeMoved(found) && (unsteady.has(array) || areOrders(found)) ? found : [],
    ),
  );
}

function outermostArray({ exchange, facet, kind, pointer }: Divergence): string | null {
  const folded = foldedAt({ exchange, facet, pointer });
  const end = folded.pointer.indexOf('/*');
  if (facet !== 'body' || (end === -1 && kind !== 'order')) return null;
  return keyOf(end === -1 ? folded : { ...folded, pointer: folded.pointer.slice(0, end) });
}

/** The same items in another order: a short list may come twice in one order by chance. */
function areOrders(found: readonly Divergence[]): boolean {
  return found.every(({ kind }) => kind === 'order');
}

/** Another order; items that one side lacks and others that it has instead; or the same values at other places. */
function mayBeMoved(found: readonly Divergence[]): boolean {
  const has = (kind: DivergenceKind) => found.some((one) => one.kind === kind);
  if (has('order') || (has('missing') && has('extra'))) return true;
  const values = found.filter(({ kind }) => kind === 'value');
  const [a, b] = [values.map((one) => one.reference).sort(), values.map((one) => one.candidate).sort()];
  return values.length > 1 && a.every((text, at) => text === b[at]);
}

/** A place where nothing counts so far, and one side alone differs from itself: it is asked for as long as two things may be drawn. */
export function oneSided(at: At): Open {
  return { at, moves: true, most: ofFew };
}

/** Noise of which two or three samples do not show whether it is new in each, or one of a few values. */
export function fewSamples(at: At, samples: number): Open[] {
  return samples < minPendingSamples
    ? [{ at, moves: false, most: minPendingSamples - 2, undecided: 'distinct-values' }]
    : [];
}

/** A difference between samples that may still be chance. */
export function undecidedBy(detector: string, at: At): Open {
  return { at, moves: true, most: ofDetectors, undecided: detector };
}
