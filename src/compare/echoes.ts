import type { JsonDocument } from '../json/document.ts';
import type { Response } from '../replay/exchange.ts';
import { answersOf, reader, wordsIn } from './answers.ts';
import { bodyOf, textOf } from './content.ts';
import type { Divergence, Echo } from './divergence.ts';
import { headerValues } from './headers.ts';
import { type At, type Both, keyOf, type Noise, type Sampled, type SelfView } from './self-view.ts';

/** So many places of noise are held against one another, so many texts of an answer at each, and so many characters of what is no JSON. */
const mostPlaces = 100;
const mostTexts = 200;
const longestBody = 100_000;

/** What each answer of one side shows at one place of what it makes anew; null for an answer that says too much. */
type Shown = readonly (ReadonlySet<string> | null)[];

interface Place extends At {
  /** Clients go where it leads: there a few digits say enough. */
  readonly isTarget: boolean;
  readonly long: Both<Shown>;
  readonly any: Both<Shown>;
}

/** What is known of the noise of a case. */
export interface Known {
  /** Where both sides are noisy in value. */
  readonly noise: readonly Noise[];
  readonly views: Both<SelfView>;
  /** The exact place for one of all items of an array, where there is one. */
  readonly exactAt: (place: Noise) => string;
}

/**
 * Places of noise that show on one side, in each of its answers, what another place there shows too, and in none on the other side: an
 * address that leads to what was made, and to something else. What is made anew cannot be held against the other side; where it stands
 * again on its own side can. Not where the place shows, on both, what some other place does.
 */
export function brokenEchoes(sides: Both<Sampled>, { noise, views, exactAt }: Known): Divergence[] {
  const read = reader();
  const told = placesIn(noise, (at) => answersOf(sides[0], at.exchange).every((answer) => read(answer) !== null));
  const hasTarget = told.some(isTarget);
  const places = told.map((at): Place => {
    const all = sides.map((side) => answersOf(side, at.exchange).map((answer) => textAt(answer, at, read(answer))));
    const shown = shownIn(all, long);
    return { ...at, isTarget: isTarget(at), long: shown, any: hasTarget ? shownIn(all, any) : shown };
  });
  const partners = places.map((place) => partnersOf(place, places));
  // Of places that have lost one another the first is sound and the others are at fault; an address is so before all.
  const order = [...places.keys()].sort((a, b) => Number(places[a]!.isTarget) - Number(places[b]!.isTarget) || a - b);
  const sound = new Set<number>();
  const found: Divergence[] = [];
  for (const n of order) {
    const { on, others } = partners[n] ?? { on: 'reference', others: [] };
    const lost = others.find((other) => sound.has(other));
    if (lost === undefined) sound.add(n);
    else
      found.push(
        lostAt(told[n]!, { echo: { on, of: shownPlace(told[lost]!, told[n]!) }, views, pointer: exactAt(told[n]!) }),
      );
  }
  return found;
}

interface Lost {
  readonly echo: Echo;
  readonly views: Both<SelfView>;
  readonly pointer: string;
}

function lostAt(place: Noise, { echo, views, pointer }: Lost): Divergence {
  const [reference = null, candidate = null] = views.map((view) => view.places.get(keyOf(place))?.example[0] ?? null);
  const { exchange, facet } = place;
  return {
    exchange,
    facet,
    pointer,
    kind: 'echo',
    rung: facet === 'body' ? 'value' : null,
    reference,
    candidate,
    echo,
  };
}

function shownPlace({ exchange, facet, pointer }: At, from: At): string {
  const place = facet === 'headers' ? `the header ${pointer.slice(1)}` : pointer || 'the body';
  return exchange === from.exchange ? place : `${place} of another step`;
}

/** The places that show the same as this one in all answers of one side, if none of them does in any of the other side's. */
function partnersOf(
  place: Place,
  places: readonly Place[],
): { readonly on: Echo['on']; readonly others: readonly number[] } | null {
  const pairs = places.map((other) => (other === place ? null : echoesOf(place, other)));
  for (const [side, on] of [
    [0, 'reference'],
    [1, 'candidate'],
  ] as const) {
    const others = [...pairs.keys()].filter((at) => pairs[at]?.[side] === 'always');
    if (others.length > 0 && others.every((at) => pairs[at]![1 - side] === 'never')) return { on, others };
  }
  return null;
}

type Echoes = 'always' | 'never' | 'at times';

/** How often two places show the same on either side. */
function echoesOf(one: Place, other: Place): readonly Echoes[] {
  const [a, b] = one.isTarget || other.isTarget ? [one.any, other.any] : [one.long, other.long];
  return ([0, 1] as const).map((side) => howOften(a[side], b[side]));
}

function howOften(a: Shown, b: Shown): Echoes {
  if (a.length < 2 || a.length !== b.length) return 'at times';
  const shared = a.map((texts, at) => share(texts, b[at]!));
  if (shared.every((one) => one === true)) return 'always';
  return shared.every((one) => one === false) ? 'never' : 'at times';
}

/** Null where it cannot be told. */
function share(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): boolean | null {
  if (a === null || b === null || a.size === 0 || b.size === 0) return null;
  return [...a].some((text) => b.has(text));
}

function isTarget({ facet, pointer }: At): boolean {
  return facet === 'headers' && pointer === '/location';
}

type Texts = readonly (readonly string[])[];

/** The places that can be told apart: a body that is no JSON is one, whatever differs in it. */
function placesIn(noise: readonly Noise[], isJson: (at: At) => boolean): Noise[] {
  const wholes = new Set<number>();
  const told = noise.filter((at) => {
    if (at.facet !== 'body' || isJson(at)) return at.facet === 'body' || at.facet === 'headers';
    const isFirst = !wholes.has(at.exchange);
    wholes.add(at.exchange);
    return isFirst;
  });
  return told.slice(0, mostPlaces);
}

function textAt(answer: Response, { facet, pointer }: At, document: JsonDocument | null): string {
  if (facet === 'headers') return headerValues(answer.headers, pointer.slice(1)).join('\n');
  if (document !== null) return [...wordsIn(document, pointer)].join('\n');
  return answer.body.length > longestBody ? '' : (textOf(bodyOf(answer.headers, answer.body)) ?? '');
}

function shownIn(texts: Texts, pattern: RegExp): Both<Shown> {
  return texts.map((side) => anew(side.map((text) => text.match(pattern) ?? []))) as [Shown, Shown];
}

/** Letters and digits of which some are digits; elsewhere letters are, too: of two counters one may be what the other is by chance. */
const any = /(?<![\p{L}\p{N}:.])(?=\p{L}*\p{N})[\p{L}\p{N}]+(?![\p{L}\p{N}:])/gu;
const long = /(?<![\p{L}\p{N}])(?=\p{N}*\p{L})(?=\p{L}*\p{N})[\p{L}\p{N}]{8,}(?![\p{L}\p{N}])/gu;
const time = /^\d{4,8}T\d{2,6}Z?$/;

/** The texts of each answer that are not in all of them, and are no times: two of those are the same by chance. */
function anew(answers: readonly (readonly string[])[]): Shown {
  const [first = [], ...others] = answers.map((texts) => new Set(texts.filter((text) => !time.test(text))));
  const fixed = new Set([...first].filter((text) => others.every((other) => other.has(text))));
  return [first, ...others].map((texts) => {
    const made = [...texts].filter((text) => !fixed.has(text));
    return made.length > mostTexts ? null : new Set(made);
  });
}
