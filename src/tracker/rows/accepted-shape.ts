import type { TrackedFinding } from '../../findings/finding.ts';
import { noisyPair, type Occurrence } from '../../findings/occurrences.ts';
import { isAlongside, isLater, isOfParts, isOfStyle, isOfValues } from '../../findings/term-names.ts';
import { shortHash } from '../../structures/short-hash.ts';
import { maxTerms } from '../limits.ts';
import type { Widening } from './acceptance.ts';
import { visible } from './escape.ts';
import { markOf, withMark, withoutMark } from './hidden-comment.ts';
import { type AcceptedShape, firstListed, joinShapes, parseShape, spellShape } from './shape-text.ts';

const [nameLength, formLength] = [4, 3];

/** The source of a Divergence cell in, whether it records what was accepted out. */
export function isPinned(source: string): boolean {
  return markOf(source, 'accepted') !== null;
}

/**
 * The source of the Divergence cell of a row that is not accepted and the finding as it is now in, the cell with what the finding shows
 * out, so that a decision by hand covers that. Nothing of a law that was proved, which its class names. Unless the run saw the row
 * `inFull`, what was accepted or shown before stays in.
 */
export function withShown(source: string, finding: TrackedFinding, inFull: boolean): string {
  const isNamed = !Object.keys(finding.terms).some((name) => isOfValues(name) || isExact(name));
  const now = finding.verified && isNamed ? null : pinOf(finding);
  const before = inFull ? null : knownIn(source);
  if (now === null)
    return before === null || parseShape(before).isLaw ? withoutMark(source) : withMark(source, 'shown', before);
  const shown = before === null ? now : spellShape(joinShapes(parseShape(before), parseShape(now)));
  return withMark(source, 'shown', shown);
}

/** The source of a Divergence cell in, the same with what was accepted as what the row shows out. */
export function reopenedDivergence(source: string): string {
  const pin = markOf(source, 'accepted');
  return pin === null ? source : withMark(source, 'shown', pin);
}

/** The source of a Divergence cell in, what its row has shown while it was open out; null if it does not say. */
export function shownIn(source: string): string | null {
  return markOf(source, 'shown');
}

/** A finding in, what an acceptance of it covers out, as a row records it. */
export function pinOf(finding: TrackedFinding): string {
  return spellShape(shapeOf(finding));
}

function shapeOf(finding: TrackedFinding): AcceptedShape {
  const places = new Map<string, string[]>();
  for (const { place, pair } of finding.occurrences) places.set(place, [...(places.get(place) ?? []), pair]);
  const listed = firstListed(new Map([...places].map(([place, pairs]) => [place, pairs.sort()])));
  const hashes = ({ forms }: Hashed) => forms.map(([hash]) => hash).sort();
  return {
    classes: classesOf(finding),
    terms: new Map([...hashedTerms(finding)].map(([name, hashed]) => [name, hashes(hashed)])),
    isLaw: finding.verified,
    occurrences: listed.places,
    isCut: listed.isCut,
  };
}

/** The source of a Divergence cell and a pin in, the cell with this pin out; with none where the text is no pin of ours. */
export function pinned(source: string, pin: string): string {
  return withMark(source, 'accepted', pin);
}

/**
 * The source of the Divergence cell of an accepted row and the finding as it is now in, what the acceptance covers out: what the row
 * recorded, and of what rows of former versions did not record what there is now. Null where the row says so already.
 */
export function missingPin(source: string, finding: TrackedFinding): string | null {
  const [before, now] = [knownIn(source), pinOf(finding)];
  const pin = before === null ? now : completed(before, now, finding);
  return pin === markOf(source, 'accepted') ? null : pin;
}

function completed(before: string, now: string, { terms }: TrackedFinding): string {
  const [then, after] = [parseShape(before), parseShape(now)];
  const fresh = Object.keys(terms)
    .filter((name) => then.terms.size === 0 || isLater(name))
    .map(nameHash);
  const added = [...after.terms].filter(([name]) => fresh.includes(name) && !then.terms.has(name));
  const isOlder = !isRecorded(then);
  if (added.length === 0 && !isOlder) return before;
  const { isLaw, occurrences, isCut } = isOlder ? after : then;
  const more = { classes: [], terms: new Map(isOlder ? added : []), isLaw, occurrences, isCut };
  return spellShape(joinShapes(then, more));
}

/** A shape that says what it covers: rows of former versions have classes and forms alone. */
function isRecorded({ isLaw, occurrences }: AcceptedShape): boolean {
  return isLaw || occurrences !== null;
}

/** How the finding of a run fits in with what its row covers. */
export interface AcceptanceCoverage {
  /** False: the row is of a former version, or was accepted by hand, and what it covers is still to be recorded. */
  readonly isRecorded: boolean;
  /** In words, classes and forms that it shows and that are not covered. */
  readonly words: readonly string[];
  /** Occurrences that are not covered: at a place that was not accepted, or with another pair of values. */
  readonly cases: readonly Occurrence[];
  readonly values: readonly Occurrence[];
  /** There were more than a row lists. */
  readonly isCut: boolean;
}

/** The source of a Divergence cell and what a run showed of its finding in, what an acceptance covers out; null if neither says. */
export function acceptedPin(source: string, pin: string | null): string | null {
  const known = knownIn(source);
  if (known === null || pin === null) return pin ?? known;
  return spellShape(joinShapes(parseShape(known), parseShape(pin)));
}

/**
 * The source of a Divergence cell and the finding as it is now in, what the finding shows that is not covered out. A law covers
 * whatever it proves. Else each occurrence must be one that was accepted: of a class that is not proved, or not explained at all,
 * the case, and in it the pair of statuses or values. People may widen it to new cases, and to other values.
 */
export function coverageIn(source: string, finding: TrackedFinding, widening: Widening): AcceptanceCoverage {
  const text = knownIn(source);
  if (text === null) return { isRecorded: false, words: [], cases: [], values: [], isCut: false };
  const shape = parseShape(text);
  const { isCut } = shape;
  const words = wordsBeyond(shape, finding, widening);
  if (!isRecorded(shape) || shape.isLaw) return { isRecorded: isRecorded(shape), words, cases: [], values: [], isCut };
  return { isRecorded: true, words, isCut, ...occurrencesBeyond(shape, finding, widening) };
}

/** Where a row shows its finding. */
interface ShownAt {
  readonly route: string;
  readonly pointer: string;
}

/** Whether an acceptance is of the very law that a finding proves at another place: of the same classes, with no form that is not accepted. */
export function acceptsLaw(source: string, finding: TrackedFinding, at: ShownAt): boolean {
  const text = markOf(source, 'accepted');
  if (text === null) return false;
  const { isLaw, classes, terms } = parseShape(text);
  const now = classesOf(finding);
  if (!isLaw || now.length !== classes.length || now.some((name) => !classes.includes(name))) return false;
  return Object.entries(finding.terms).every(([name, forms]) => {
    const then = terms.get(nameHash(termAt(name, finding, at))) ?? [];
    return forms.every((form) => then.includes(shortHash(form, formLength)));
  });
}

/** The name of a term as the finding would have it at another place. */
function termAt(name: string, { route, pointer }: TrackedFinding, at: ShownAt): string {
  const rest = name.startsWith(`${route} `) ? name.slice(route.length + 1) : null;
  const [, word = '', shape = '', behind = ''] = /^(\S+) at (\S+?)(:.*)$/s.exec(rest ?? '') ?? [];
  const own = shape === '/' ? '' : shape;
  if (rest === null || word === '' || !own.startsWith(pointer)) return name;
  return `${at.route} ${word} at ${at.pointer + own.slice(pointer.length) || '/'}${behind}`;
}

/** Whether an acceptance is of a law that was proved. */
export function isOfLaw(source: string): boolean {
  const text = knownIn(source);
  return text !== null && parseShape(text).isLaw;
}

/** Whether the finding of a row was seen where values are noise: one answer in which it does not show says nothing. */
export function wasNoisy(source: string): boolean {
  const text = knownIn(source);
  return (
    text !== null && [...(parseShape(text).occurrences?.values() ?? [])].some((pairs) => pairs.includes(noisyPair))
  );
}

/** Whether a pin lists only a part of what was there. */
export function isCutShort(pin: string): boolean {
  return parseShape(pin).isCut;
}

function occurrencesBeyond({ occurrences }: AcceptedShape, finding: TrackedFinding, { cases, values }: Widening) {
  const places = occurrences ?? new Map<string, readonly string[]>();
  const anywhere = new Set([...places.values()].flat());
  const isAnyPair = values && isByValue(finding);
  const covers = (pairs: ReadonlySet<string>, pair: string) =>
    isAnyPair || pairs.has(pair) || (isByValue(finding) && (pair === noisyPair || pairs.has(noisyPair)));
  const beyond = { cases: [] as Occurrence[], values: [] as Occurrence[] };
  for (const one of finding.occurrences) {
    const pairs = places.get(one.place);
    if (pairs === undefined && !cases) beyond.cases.push(one);
    else if (!covers(pairs === undefined || cases ? anywhere : new Set(pairs), one.pair)) beyond.values.push(one);
  }
  return beyond;
}

/** Nothing explains it: its values are all that there is. */
function isByValue({ class: name }: TrackedFinding): boolean {
  return name === 'unexplained' || name === 'nondeterministic';
}

/** A further class, or another form of what a class learned: another name of a tag, another casing of a key. */
function wordsBeyond(shape: AcceptedShape, finding: TrackedFinding, { values }: Widening): string[] {
  const classes = classesOf(finding).filter((name) => !shape.classes.includes(name));
  const hashed = [...hashedTerms(finding, Number.POSITIVE_INFINITY)].filter(
    ([, { raw }]) => !(values && isOfValues(raw)),
  );
  const forms = hashed.flatMap(([hash, { name, raw, forms: now }]) => {
    const then = shape.terms.get(hash);
    if (then === undefined) return [];
    const more = now.filter(([form]) => !then.includes(form));
    const isBeyond =
      isByValue(finding) || isExact(raw) || isOfStyle(raw) ? more.length > 0 : more.length === now.length;
    return isBeyond ? [inWords(name, more)] : [];
  });
  return [...classes, ...forms];
}

/** No law gives the forms under this name. */
function isExact(name: string): boolean {
  return isAlongside(name) || isOfParts(name);
}

function inWords(name: string, forms: Hashed['forms']): string {
  return `${name} ${forms.map(([, words]) => words).join(' or ')}`;
}

/** What was accepted; where that is not recorded yet, what was shown until then. */
function knownIn(source: string): string | null {
  return markOf(source, 'accepted') ?? shownIn(source);
}

function classesOf(finding: TrackedFinding): string[] {
  return [finding.class, ...finding.also].map(visible);
}

/** The law of all places comes first, for it must not be among those of too many that are left out. */
function nameHash(name: string): string {
  return (isOfStyle(name) ? '+' : '') + shortHash(name, nameLength);
}

interface Hashed {
  readonly raw: string;
  /** For people. */
  readonly name: string;
  readonly forms: readonly (readonly [hash: string, words: string])[];
}

function hashedTerms({ terms }: TrackedFinding, most = maxTerms): Map<string, Hashed> {
  const hashed = Object.entries(terms).map(([raw, forms]): [string, Hashed] => [
    nameHash(raw),
    { raw, name: visible(raw), forms: forms.map((form) => [shortHash(form, formLength), visible(form)] as const) },
  ]);
  return new Map(hashed.sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, most));
}
