import type { CompareOptions, IgnoreRule, UnorderedRule } from '../config/rules.ts';
import { pointerShape } from '../json/pointer.ts';
import type { Exchange } from '../replay/exchange.ts';
import { type ComparedSide, compareCase } from './compare.ts';
import type { CaseComparison, Divergence, Facet } from './divergence.ts';
import { formatOf, isName } from './format.ts';
import { leadElsewhere, namesResource } from './references.ts';

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
  /** `order`: an array comes in another order each time; `value`: a value differs each time; `shape`: the structure does. */
  readonly what: 'value' | 'order' | 'shape';
  readonly example: readonly [string | null, string | null];
}

/** A place that is noisy on both sides: its value, or its order, is forgiven. */
export interface Noise extends NoisyPlace {
  readonly what: 'value' | 'order';
}

/** A comparison with the noise taken out, and what was taken out. */
export interface Settled {
  readonly comparison: CaseComparison;
  readonly noise: readonly Noise[];
}

function whatOf(divergence: Divergence): NoisyPlace['what'] {
  if (divergence.kind === 'order') return 'order';
  return divergence.rung === 'shape' || divergence.kind === 'missing' || divergence.kind === 'extra'
    ? 'shape'
    : 'value';
}

/** Where a divergence is, for all items of an array at once. */
function placeOf({ exchange, facet, pointer }: Divergence): Pick<NoisyPlace, 'exchange' | 'facet' | 'pointer'> {
  return { exchange, facet, pointer: facet === 'body' ? pointerShape(pointer) : pointer };
}

function keyOf(place: Pick<NoisyPlace, 'exchange' | 'facet' | 'pointer'>): string {
  return `${place.exchange} ${place.facet} ${place.pointer}`;
}

/** Where a target differs from its own first answer, each place once. Differences below `value` are no noise. */
export function noisyPlaces(side: Sampled, options: CompareOptions): NoisyPlace[] {
  const found = new Map<string, NoisyPlace>();
  for (const again of side.more)
    for (const divergence of compareCase(side.first, again, options).divergences) {
      if (divergence.rung === 'wire') continue;
      const { reference, candidate } = divergence;
      const place = placeOf(divergence);
      const what = whatOf(divergence);
      const known = found.get(keyOf(place));
      // An order that changes explains the values that seem to change under it, not the other way round.
      if (known === undefined || what === 'order')
        found.set(keyOf(place), { ...place, what, example: [reference, candidate] });
    }
  return [...found.values()];
}

/** Whether a target answered with the same bytes each time, and with nothing else that is compared: there is no noise under any rules. */
export function isSteady(side: Sampled, options: CompareOptions): boolean {
  const isSame = (again: ComparedSide) =>
    again.replay.exchanges.length === side.first.replay.exchanges.length &&
    again.replay.exchanges.every(({ outcome }, at) => isSameAnswer(outcome, side.first.replay.exchanges[at]!.outcome));
  return side.more.every(isSame) && noisyPlaces(side, options).length === 0;
}

/** Whether two answers have one status and the same bytes; a failure is the same as nothing. */
export function isSameAnswer(a: Exchange['outcome'], b: Exchange['outcome']): boolean {
  if (a.kind === 'failure' || b.kind === 'failure') return false;
  return a.status === b.status && Buffer.compare(a.body, b.body) === 0;
}

/** The rules that forgive this noise and no more: values keep presence and type, arrays lose only their order. */
export function rulesFor(noise: readonly NoisyPlace[]): Pick<CompareOptions, 'ignore' | 'unordered'> {
  if (noise.length === 0) return { ignore: [], unordered: [] };
  const body = noise.filter((place) => place.facet === 'body');
  const values = body.filter((place) => place.what === 'value');
  const ignore = values.map(
    (place): IgnoreRule => ({ pointer: place.pointer, keep: 'type', reason: 'differs each time on both sides' }),
  );
  const unordered = body
    .filter((place) => place.what === 'order')
    .map(({ pointer }): UnorderedRule => ({ pointer, key: null, reason: 'another order each time on both sides' }));
  return { ignore: unique(ignore, (rule) => rule.pointer), unordered: unique(unordered, (rule) => rule.pointer) };
}

function unique<T>(list: readonly T[], key: (one: T) => string): T[] {
  return [...new Map(list.map((one) => [key(one), one])).values()];
}

/** The options with these rules added. */
export function withRules(
  options: CompareOptions,
  rules: Pick<CompareOptions, 'ignore' | 'unordered'>,
): CompareOptions {
  if (rules.ignore.length + rules.unordered.length === 0) return options;
  return {
    ...options,
    ignore: [...options.ignore, ...rules.ignore],
    unordered: [...options.unordered, ...rules.unordered],
  };
}

/**
 * Takes the noise out of a divergent comparison. Items of shuffled arrays are lined up without the ids and clocks in them. Order
 * comes first: once arrays that are shuffled on both sides lose their
 * order, the values that still differ from answer to answer show where they really are. What is noisy on one side alone stays,
 * and says so.
 */
export function settle(reference: Sampled, candidate: Sampled, options: CompareOptions): Settled {
  if (reference.more.length === 0)
    return { comparison: compareCase(reference.first, candidate.first, options), noise: [] };
  const sides = [reference, candidate] as const;
  const made = noisyOnBoth('value', sides, options).filter(isMadeAnew);
  const aligned = withRules(options, { ignore: made.map(tellsNothingApart), unordered: [] });
  const order = noisyOnBoth('order', sides, aligned);
  const sorted = withRules(aligned, rulesFor(order));
  const values = noisyOnBoth('value', sides, sorted);
  const compared = compareCase(reference.first, candidate.first, sorted);
  const forgiven = compared.divergences.filter((divergence) => isForgiven(divergence, values));
  const left = compared.divergences.filter((divergence) => !isForgiven(divergence, values));
  const elsewhere = forgiven.filter((divergence) => leadsElsewhere(divergence, sides));
  const kept = [...left, ...otherFormat(forgiven), ...inconsistent(forgiven), ...elsewhere];
  const quiet = withDivergences(compared, kept);
  return { comparison: flagged(quiet, { reference, candidate, options: sorted }), noise: [...order, ...values] };
}

/** An id or a clock: by its format, not by chance, a new one each time. */
function isMadeAnew({ facet, example }: NoisyPlace): boolean {
  return facet === 'body' && example.every((side) => side !== null && formatOf(side) !== null);
}

function tellsNothingApart({ pointer }: NoisyPlace): IgnoreRule {
  return { pointer, keep: 'value', reason: null };
}

/** Where both sides differ from themselves in this, as the reference does it. */
function noisyOnBoth(
  what: Noise['what'],
  [reference, candidate]: readonly [Sampled, Sampled],
  options: CompareOptions,
): Noise[] {
  const isSo = (place: NoisyPlace): place is Noise => place.what === what;
  const other = new Set(noisyPlaces(candidate, options).filter(isSo).map(keyOf));
  return noisyPlaces(reference, options).filter((place): place is Noise => isSo(place) && other.has(keyOf(place)));
}

function isForgiven(divergence: Divergence, noise: readonly Noise[]): boolean {
  if (divergence.kind !== 'value') return false;
  const key = keyOf(placeOf(divergence));
  return noise.some((place) => keyOf(place) === key);
}

/** Both sides differ each time, but not in the same way: a UUID here and a ULID there is a divergence. */
function otherFormat(forgiven: readonly Divergence[]): Divergence[] {
  return forgiven
    .filter(
      ({ facet, reference, candidate }) => facet === 'body' && formatOf(reference ?? '') !== formatOf(candidate ?? ''),
    )
    .map((divergence) => ({ ...divergence, kind: 'format' }));
}

/** Both sides name another resource each time, but not in the same way: `/things/1` here and `/items/2` there is a divergence. */
function leadsElsewhere({ facet, pointer, exchange }: Divergence, [reference, candidate]: readonly [Sampled, Sampled]) {
  const header = facet === 'headers' ? pointer.slice(1) : '';
  return namesResource(header) && leadElsewhere(reference, candidate, { exchange, header });
}

/** A name that stands for one thing on one side must stand for one thing on the other: the same two names at all their places. */
function inconsistent(forgiven: readonly Divergence[]): Divergence[] {
  const [there, back] = [new Map<string, string>(), new Map<string, string>()];
  return forgiven.filter(({ reference, candidate }) => {
    if (reference === null || candidate === null || !isName(formatOf(reference))) return false;
    const agrees =
      (there.get(reference) ?? candidate) === candidate && (back.get(candidate) ?? reference) === reference;
    there.set(reference, there.get(reference) ?? candidate);
    back.set(candidate, back.get(candidate) ?? reference);
    return !agrees;
  });
}

/** A body lists no more divergences of one rung than this: where so many are, more may be there that are not listed. */
const mostListed = 1000;

/** The comparison with these divergences left: the ladder rises to the lowest rung that they break. */
function withDivergences(compared: CaseComparison, divergences: readonly Divergence[]): CaseComparison {
  if (compared.divergences.length >= mostListed) return { ...compared, divergences };
  const broken = (rung: string) => divergences.some((divergence) => divergence.rung === rung);
  const { status, wire } = compared.ladder;
  const shape = status && !broken('shape');
  const value = shape && !broken('value');
  const headers = !divergences.some(({ facet }) => facet === 'headers' || facet === 'transport');
  return { ...compared, divergences, headers, ladder: { status, shape, value, wire: wire && value } };
}

/** Says of each divergence that is left whether one side alone differs from itself there. */
function flagged(
  comparison: CaseComparison,
  run: { reference: Sampled; candidate: Sampled; options: CompareOptions },
): CaseComparison {
  const places = [run.reference, run.candidate].map((side) => noisyPlaces(side, run.options));
  const [a, b] = places.map((noisy) => new Set(noisy.map(keyOf)));
  const divergences = comparison.divergences.map((divergence) => {
    const key = keyOf(placeOf(divergence));
    const noisy = [a!.has(key), b!.has(key)];
    if (noisy[0] === noisy[1]) return divergence;
    return { ...divergence, noisy: noisy[0] ? ('reference' as const) : ('candidate' as const) };
  });
  return unstableStatus({ ...comparison, divergences }, places.flat());
}

/** A target whose status changes from answer to answer says nothing about parity. */
function unstableStatus(comparison: CaseComparison, noisy: readonly NoisyPlace[]): CaseComparison {
  if (!noisy.some(({ facet }) => facet === 'status' || facet === 'transport')) return comparison;
  const message = 'the same request was answered with different status codes by the same target';
  const hint = 'find out what it depends on there';
  return { ...comparison, divergences: [], inconclusive: { reason: 'flaky', message, hint } };
}
