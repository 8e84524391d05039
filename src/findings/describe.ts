import type { Divergence } from '../compare/model/divergence.ts';
import { shorten, visibleText } from '../compare/model/excerpt.ts';
import { driftClasses } from '../drift/classes/catalogue.ts';
import type { Names } from '../drift/kit/drift-rule.ts';
import { detectorSentences } from '../noise/detectors/detector.ts';
import { valueKind } from './identity.ts';
import type { Replaced } from './place.ts';

/** The status codes of either side, sorted, over all exchanges of a finding. */
export type Statuses = readonly [reference: readonly number[], candidate: readonly number[]];

/** What a finding's title is made from. */
export interface Described {
  readonly class: string;
  readonly facet: Divergence['facet'];
  readonly pointer: string;
  readonly names: Names;
  readonly divergence: Divergence;
  readonly replaced: Replaced | null;
  /** What the class says of either side in a word; null where it does not. */
  readonly words: readonly [reference: string, candidate: string] | null;
  /** Items in the list of which an item diverges; null where it is not an item. */
  readonly lengths: readonly [reference: number, candidate: number] | null;
  /** Null where they do not differ, or say nothing. */
  readonly statuses: Statuses | null;
}

/** One sentence that says what a finding is; what came from a body is made visible. */
export function titleOf(finding: Described): string {
  const known = driftClasses.get(finding.class);
  if (known === undefined) return unexplainedTitle(finding);
  if (finding.class === 'nondeterministic') return unsteadyTitle(finding);
  const sides = finding.statuses === null ? wordsPhrase(finding) : statusPhrase(finding.statuses, finding.names);
  return sides === null ? known.title : `${known.title} (${sides})`;
}

/** `name on rust, fullName on go`. */
function wordsPhrase({ words, names }: Described): string | null {
  if (words === null) return null;
  const [a, b] = words.map((word) => shorten(visibleText(word), 60));
  return `${a} on ${names.reference}, ${b} on ${names.candidate}`;
}

/** `rust 200, 404; go 307`: which codes each side gives where it shows. */
function statusPhrase([reference, candidate]: Statuses, names: Names): string {
  return `${names.reference} ${reference.join(', ')}; ${names.candidate} ${candidate.join(', ')}`;
}

/** Where one side differs from itself, people must know which. */
function unsteadyTitle({ names, divergence: { noisy, answers, kind } }: Described): string {
  const [unsteady, steady] =
    noisy === 'reference' ? [names.reference, names.candidate] : [names.candidate, names.reference];
  const times = answers === undefined ? '' : ` (${answers} samples each)`;
  if (kind !== 'missing' && kind !== 'extra')
    return `${unsteady} gives varying answers, ${steady} always the same${times}`;
  const isThere = (noisy === 'reference') === (kind === 'missing');
  return `${unsteady} sometimes ${isThere ? 'sends it' : 'leaves it out'}, ${steady} never does${times}`;
}

function unexplainedTitle(finding: Described): string {
  const { facet, names, divergence } = finding;
  const { reference, candidate } = divergence;
  if (facet === 'status') return `${names.reference} answers ${reference}, ${names.candidate} answers ${candidate}`;
  if (facet === 'transport') return transportTitle(finding);
  if (facet === 'headers') return headerTitle(finding);
  if (finding.replaced !== null) return replacedTitle(finding, finding.replaced);
  const items = itemsTitle(finding);
  if (items !== null) return items;
  return finding.pointer === '' ? bodyTitle(finding) : placeTitle(shorten(visibleText(finding.pointer), 120), finding);
}

/** `/items has more entries on new (25, old 20)`; null where it is not about the length of a list. */
function itemsTitle({ pointer, names, divergence: { kind }, lengths }: Described): string | null {
  if (lengths === null || (kind !== 'missing' && kind !== 'extra') || !pointer.endsWith('/*')) return null;
  const [a, b] = lengths;
  if (a === b) return null;
  const list = pointer === '/*' ? 'the list' : shorten(visibleText(pointer.slice(0, -2)), 120);
  return `${list} has ${b > a ? 'more' : 'fewer'} entries on ${names.candidate} (${b}, ${names.reference} ${a})`;
}

function replacedTitle({ pointer, names }: Described, { missing, extra }: Replaced): string {
  const list = (keys: readonly string[]) => shorten(visibleText(keys.join(', ')), 80);
  const place = pointer === '' ? '' : `${shorten(visibleText(pointer), 120)}: `;
  return `${place}${names.candidate} sends ${list(extra)} where ${names.reference} sends ${list(missing)}`;
}

/** The side that answered shows a status, the other one a sentence why there is none. */
function transportTitle({ names, divergence: { reference, candidate } }: Described): string {
  const answered = /^\d{3}(?: |$)/.test(reference ?? '');
  const [sound, broken] = answered ? [names.reference, candidate] : [names.candidate, reference];
  return `${sound} answers, but ${broken}`;
}

function headerTitle({ pointer, names, divergence }: Described): string {
  const { kind } = divergence;
  const header = `the header ${visibleText(pointer.slice(1))}`;
  if (kind === 'missing') return `${names.reference} sends ${header}, ${names.candidate} does not`;
  if (kind === 'extra') return `${names.candidate} sends ${header}, ${names.reference} does not`;
  return `${header} ${phraseOf(divergence, names)}`;
}

function bodyTitle(finding: Described): string {
  const { names, divergence } = finding;
  if (divergence.kind === 'missing') return `${names.reference} sends a body, ${names.candidate} sends none`;
  if (divergence.kind === 'extra') return `${names.candidate} sends a body, ${names.reference} sends none`;
  return placeTitle('the body', finding);
}

function placeTitle(place: string, { names, divergence }: Described): string {
  const { kind, reference, candidate } = divergence;
  const [a, b] = [kindNames.get(valueKind(reference)), kindNames.get(valueKind(candidate))];
  if (kind === 'type' && a !== b) return `${place} is ${a} on ${names.reference} and ${b} on ${names.candidate}`;
  return `${place} ${phraseOf(divergence, names)}`;
}

const kindNames: ReadonlyMap<string, string> = new Map([
  ['object', 'an object'],
  ['array', 'a list'],
  ['string', 'a string'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['null', 'null'],
  ['text', 'not JSON'],
  ['nothing', 'nothing'],
]);

function phraseOf({ kind, detector, answers }: Divergence, { reference, candidate }: Names): string {
  const sentence = Object.entries(detectorSentences).find(([id]) => id === detector)?.[1];
  if (sentence !== undefined) return `${sentence} (${answers} samples each)`;
  const phrases: Readonly<Record<Divergence['kind'], string>> = {
    missing: `is missing on ${candidate}`,
    extra: `exists only on ${candidate}`,
    type: `has a different type on ${candidate} than on ${reference}`,
    value: 'differs',
    order: `is in a different order on ${candidate} than on ${reference}`,
    spelling: `means the same on ${candidate} and on ${reference}, but is written differently`,
    duplicate: `occurs a different number of times on ${candidate} than on ${reference}`,
    encoding: 'has invalid UTF-8 or a byte-order mark on one side',
    format: `varies on both sides, but has a different format on ${candidate} than on ${reference}`,
    bytes: `has different bytes on ${candidate} than on ${reference}`,
  };
  return phrases[kind];
}
