import { headerValues } from '../../compare/headers/compare-headers.ts';
import { bodyOf, textOf } from '../../compare/media/body-content.ts';
import type { Divergence, Echo } from '../../compare/model/divergence.ts';
import type { Response } from '../../http/exchange.ts';
import type { JsonDocument } from '../../json/document.ts';
import { type At, type Both, keyOf, type Noise, type Sampled, type SelfDiff } from '../evidence/self-diff.ts';
import { maxBrokenReferencesBodyLength, maxBrokenReferencesPlaces, maxTexts } from '../limits.ts';
import { answersOf, reader, wordsIn } from '../values/sample-reader.ts';
import { type Often, sharedIdentity } from './shared-identity.ts';

/** What each answer of one side shows at one place of what it makes anew; null for an answer that says too much. */
type Shown = readonly (ReadonlySet<string> | null)[];

interface Place extends At {
  /** Clients go where it leads: there a few digits say enough. */
  readonly isTarget: boolean;
  readonly long: Both<Shown>;
  readonly any: Both<Shown>;
  /** With times so fine that nothing else is done at the same one; and with these cut short, where what is done at once is. */
  readonly timed: Both<Shown>;
  readonly roughly: Both<Shown>;
}

/** What is known of the noise of a case. */
export interface Known {
  /** Where both sides are noisy in value. */
  readonly noise: readonly Noise[];
  readonly views: Both<SelfDiff>;
  /** The exact place for one of all items of an array, where there is one. */
  readonly exactAt: (place: Noise) => string;
}

/**
 * Places of noise that show on one side, in each of its answers, what another place there shows too, and in none on the other side: an
 * address that leads to what was made, and to something else. What is made anew cannot be held against the other side; where it stands
 * again on its own side can. A time counts, too, that a change leaves as it was.
 */
export function brokenReferences(sides: Both<Sampled>, { noise, views, exactAt }: Known): Divergence[] {
  const read = reader();
  const told = placesIn(noise, (at) => answersOf(sides[0], at.exchange).every((answer) => read(answer) !== null));
  const hasTarget = told.some(isTarget);
  const hasSteps = told.some(({ exchange }) => exchange > 0);
  const places = told.map((at): Place => {
    const all = sides.map((side) => answersOf(side, at.exchange).map((answer) => textAt(answer, at, read(answer))));
    const shown = shownIn(all, long);
    const timed = hasSteps ? shownIn(all, longOrFine) : shown;
    const roughly = hasSteps ? shownIn(all, longOrFine, cutShort) : shown;
    return { ...at, isTarget: isTarget(at), long: shown, any: hasTarget ? shownIn(all, any) : shown, timed, roughly };
  });
  const twice = hasSteps ? sharedIdentity(sides, told) : () => null;
  const lost = places.map((place) => lostBy(place, places, (other) => twice(place, other) ?? echoesOf(place, other)));
  // Of places that have lost one another the first is sound and the others are at fault: those last that still show what another one
  // does, and an address before all.
  const rank = (at: number) => (places[at]!.isTarget ? 2 : lost[at]!.keeps ? 0 : 1);
  const order = [...places.keys()].sort((a, b) => rank(a) - rank(b) || a - b);
  const sound = new Set<number>();
  const found: Divergence[] = [];
  for (const n of order) {
    const { on, others } = lost[n]!;
    const sounding = others.filter((other) => sound.has(other));
    const of = sounding.find((other) => told[other]!.exchange === told[n]!.exchange) ?? sounding[0];
    if (of === undefined) sound.add(n);
    else
      found.push(
        lostAt(told[n]!, { echo: { on, of: shownPlace(told[of]!, told[n]!) }, views, pointer: exactAt(told[n]!) }),
      );
  }
  return found;
}

interface Lost {
  readonly echo: Echo;
  readonly views: Both<SelfDiff>;
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

interface Partners {
  /** Some place shows the same as this one on both sides. */
  readonly keeps: boolean;
  readonly on: Echo['on'];
  /** The places that do in all answers of that side, and in none of the other. */
  readonly others: readonly number[];
}

/** An address that still shows what some place does has lost nothing, whatever it showed besides: that may have been a counter in step. */
function lostBy(place: Place, places: readonly Place[], echoes: (other: Place) => Both<Often>): Partners {
  const pairs = places.map((other) => (other === place ? (['never', 'never'] as const) : echoes(other)));
  const keeps = pairs.some(([a, b]) => a === 'always' && b === 'always');
  const lostOn = (side: 0 | 1) =>
    [...pairs.keys()].filter((at) => pairs[at]![side] === 'always' && pairs[at]![1 - side] === 'never');
  const [a, b] = keeps && place.isTarget ? [[], []] : [lostOn(0), lostOn(1)];
  return a.length > 0 ? { keeps, on: 'reference', others: a } : { keeps, on: 'candidate', others: b };
}

/**
 * How often two places show the same on either side. Times are held against one another only after the first request: then something may
 * have been done at another time.
 */
function echoesOf(one: Place, other: Place): Both<Often> {
  const isLater = one.exchange > 0 || other.exchange > 0;
  const what = one.isTarget || other.isTarget ? 'any' : isLater ? 'timed' : 'long';
  const rough = what === 'timed' ? 'roughly' : what;
  const howOften = (side: 0 | 1): Often => {
    if (sharedIn(one[what][side], other[what][side]).every((isShared) => isShared === true)) return 'always';
    const isApart = sharedIn(one[rough][side], other[rough][side]).every((isShared) => isShared === false);
    return isApart ? 'never' : 'at times';
  };
  return [howOften(0), howOften(1)];
}

/** Of each answer whether two places show the same there; null where it cannot be told. */
function sharedIn(a: Shown, b: Shown): readonly (boolean | null)[] {
  return a.length < 2 || a.length !== b.length ? [null] : a.map((texts, at) => share(texts, b[at]!));
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
  return told.slice(0, maxBrokenReferencesPlaces);
}

function textAt(answer: Response, { facet, pointer }: At, document: JsonDocument | null): string {
  if (facet === 'headers') return headerValues(answer.headers, pointer.slice(1)).join('\n');
  if (document !== null) return [...wordsIn(document, pointer)].join('\n');
  return answer.body.length > maxBrokenReferencesBodyLength ? '' : (textOf(bodyOf(answer.headers, answer.body)) ?? '');
}

function shownIn(texts: Texts, pattern: RegExp, as = (text: string) => [text] as readonly string[]): Both<Shown> {
  return texts.map((side) => anew(side.map((text) => (text.match(pattern) ?? []).flatMap(as)))) as [Shown, Shown];
}

/** Letters and digits of which some are digits; elsewhere letters are, too: of two counters one may be what the other is by chance. */
const any = /(?<![\p{L}\p{N}:.])(?=\p{L}*\p{N})[\p{L}\p{N}]+(?![\p{L}\p{N}:])/gu;
const long = /(?<![\p{L}\p{N}])(?=\p{N}*\p{L})(?=\p{L}*\p{N})[\p{L}\p{N}]{8,}(?![\p{L}\p{N}])/gu;
/** Of a time finer than a millisecond what follows its day; as a number, digits since 1970. */
const fine =
  /(?<=\d{4}-\d\d-\d\d[Tt ])\d\d:\d\d:\d\d\.\d{5,9}(?!\d)|(?<![\p{L}\p{N}:.-])[1-4](?:\d{15}|\d{18})(?![\p{L}\p{N}:.])/gu;
const longOrFine = new RegExp(`${long.source}|${fine.source}`, 'gu');
const time = /^\d{4,8}T\d{2,6}Z?$/;

/** Of a fine time the tenths of milliseconds beside it: two times that are less than one apart share one. */
function cutShort(text: string): readonly string[] {
  const digits = /^(?:\d\d:\d\d:\d\d\.\d+|\d{16,19})$/.test(text) ? text.replaceAll(/\D/g, '') : null;
  if (digits === null) return [text];
  const tenth = Number(digits.slice(0, text.includes(':') ? 10 : 14));
  return [`${tenth}`, `${tenth + 1}`];
}

/** The texts of each answer that are not in all of them, and are no times: two of those are the same by chance. */
function anew(answers: readonly (readonly string[])[]): Shown {
  const [first = [], ...others] = answers.map((texts) => new Set(texts.filter((text) => !time.test(text))));
  const fixed = new Set([...first].filter((text) => others.every((other) => other.has(text))));
  return [first, ...others].map((texts) => {
    const made = [...texts].filter((text) => !fixed.has(text));
    return made.length > maxTexts ? null : new Set(made);
  });
}
