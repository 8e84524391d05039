import { type ComparedSide, compareJudged } from '../../compare/compare-case.ts';
import { identifying } from '../../compare/json/identity-keys.ts';
import type { Divergence } from '../../compare/model/divergence.ts';
import type { CompareOptions } from '../../config/rules.ts';
import type { Both, Sampled } from '../evidence/self-diff.ts';
import { withRules } from '../evidence/suppressions.ts';
import { maxContradictions } from '../limits.ts';
import type { RandomSample } from './random-samples.ts';

/** A thing of which two answers seem to say something else. */
interface Contradiction {
  readonly list: RandomSample;
  /** What tells which thing it is, and what is said of it: pointers from an item. */
  readonly name: string;
  readonly below: string;
  readonly thing: string;
}

/**
 * What the two sides say otherwise of things that they choose by chance (which products are shown, which events came): what stands at one
 * place of an item goes with what stands at another on either side, and of one thing not with the same. Answers that show it are compared,
 * whichever they are. Of an item of the reference's first answer its place is told, else the one of all items.
 */
export function contradictingItems(
  lists: readonly RandomSample[],
  sides: Both<Sampled>,
  options: CompareOptions,
): Divergence[] {
  const asked = sides.map(({ first, more }) => [first, ...more]) as [ComparedSide[], ComparedSide[]];
  return lists.flatMap((list) => {
    // Of a list in a list it cannot be told where an item stands, nor of answers of which one is none which it was.
    const isPlain = !list.list.pointer.includes('*') && asked.every((all, n) => all.length === list.answers[n]!.length);
    return isPlain ? contradictionsIn(list).flatMap((one) => compared(one, asked, options) ?? []) : [];
  });
}

/** By the name that leads to the fewest: any of another name rest on these. */
function contradictionsIn(list: RandomSample): Contradiction[] {
  const names = [...new Set(list.bound.map(([name]) => name))];
  const told = names.map((name) => contradictions(list, name)).filter(({ length }) => length > 0);
  return (told.sort((a, b) => a.length - b.length)[0] ?? []).slice(0, maxContradictions);
}

function contradictions(list: RandomSample, name: string): Contradiction[] {
  const bound = list.bound.flatMap(([one, below]) => (one === name ? [below] : []));
  const naming = list.places.find((place) => identifying.includes(place.slice(1))) ?? list.places[0];
  const [ours, theirs] = list.answers.map((all) => new Map(all.flat().map((item) => [item.get(name)!, item])));
  return [...ours!].flatMap(([thing, item]) => {
    const other = theirs!.get(thing);
    const differing = bound.filter((below) => other !== undefined && item.get(below) !== other.get(below));
    // Two things may have one price: but for what names them, things that differ in most are not the same one.
    const isSame = name === naming || 1 + bound.length - differing.length > differing.length;
    return isSame ? differing.map((below) => ({ list, name, below, thing })) : [];
  });
}

/** The divergence under all rules that there are, of two answers in which the thing stands; null if there is none. */
function compared(
  { list: { list, answers }, name, below, thing }: Contradiction,
  asked: Both<readonly ComparedSide[]>,
  options: CompareOptions,
): Divergence | null {
  const [a, b] = answers.map((all) => all.findIndex((items) => items.some((item) => item.get(name) === thing)));
  const key = { pointer: list.pointer, key: name, reason: null };
  const { divergences } = compareJudged(
    [asked[0][a!]!, asked[1][b!]!],
    withRules(options, { ignore: [], unordered: [key] }),
    () => 'value',
  );
  const index = answers[0][a!]!.findIndex((item) => item.get(name) === thing);
  const at = { ...list, pointer: `${list.pointer}/${index}${below}` };
  const found = divergences.find(
    (one) =>
      one.kind === 'value' && one.exchange === at.exchange && one.facet === at.facet && one.pointer === at.pointer,
  );
  if (found === undefined) return null;
  return a === 0 ? found : { ...found, pointer: `${list.pointer}/*${below}` };
}
