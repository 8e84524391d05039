import type { TrackedFinding } from '../../findings/finding.ts';
import { isAlongside, isLater, isOfParts, isOfValues } from '../../findings/term-names.ts';
import { shortHash } from '../../structures/short-hash.ts';
import { visible } from './escape.ts';
import { markOf, withMark, withoutMark } from './hidden-comment.ts';

/** What an acceptance stands for: drift classes, and by hashed name the hashed forms that were seen then. */
interface Pin {
  readonly classes: readonly string[];
  readonly terms: ReadonlyMap<string, readonly string[]>;
}

/** A finding of a whole API can have thousands of terms: those whose hashes come first stand for all. */
const mostTerms = 40;
const [nameLength, formLength] = [4, 3];

/** The source of a Divergence cell in, whether its acceptance is pinned out. */
export function isPinned(source: string): boolean {
  return markOf(source, 'accepted') !== null;
}

/**
 * The source of the Divergence cell of a row that is not accepted and the finding as it is now in, the cell with what the finding shows
 * out, so that a decision by hand stands for that: of findings whose identity does not say it, as of values that nothing explains, of
 * headers, of items and of what differs alongside. Unless the run saw the row `inFull`, what was accepted or shown before stays in.
 */
export function withShown(source: string, finding: TrackedFinding, inFull: boolean): string {
  const isSilent = Object.keys(finding.terms).some((name) => isOfValues(name) || isExact(name));
  const now = isSilent ? pinOf(finding) : null;
  if (now === null) return withoutMark(source);
  const before = inFull ? null : knownIn(source);
  return withMark(source, 'shown', before === null ? now : joined(pinFrom(before), pinFrom(now)));
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

function joined(before: Pin, now: Pin): string {
  const terms = new Map(before.terms);
  for (const [name, forms] of now.terms) terms.set(name, [...new Set([...(terms.get(name) ?? []), ...forms])].sort());
  const names = [...terms.keys()].sort().slice(0, mostTerms);
  return spelled(
    [...new Set([...now.classes, ...before.classes])],
    new Map(names.map((name) => [name, terms.get(name)!])),
  );
}

/** A finding in, what an acceptance of it stands for out: its classes and terms. Null where the id says it all by itself. */
export function pinOf(finding: TrackedFinding): string | null {
  if (isUnexplained(finding) && Object.keys(finding.terms).length === 0) return null;
  const hashes = ({ forms }: Hashed) => forms.map(([hash]) => hash).sort();
  return spelled(
    classesOf(finding),
    new Map([...hashedTerms(finding)].map(([name, hashed]) => [name, hashes(hashed)])),
  );
}

function spelled(classes: Pin['classes'], terms: Pin['terms']): string {
  const words = [...terms].map(([name, forms]) => `${name}:${forms.join(',')}`);
  return [classes.join(' + '), ...(words.length === 0 ? [] : [words.join(' ')])].join('; ');
}

function isUnexplained(finding: TrackedFinding): boolean {
  return finding.class === 'unexplained';
}

/** The source of a Divergence cell and a pin in, the cell with this pin out; with none where the text is no pin of ours. */
export function pinned(source: string, pin: string): string {
  return withMark(source, 'accepted', pin);
}

/**
 * The source of the Divergence cell of an accepted row and the finding as it is now in, what the acceptance stands for out: what the row
 * noted, and of what rows did not note in former versions what there is now. Null where the row says so already, or there is nothing.
 */
export function missingPin(source: string, finding: TrackedFinding): string | null {
  const [before, now] = [knownIn(source), pinOf(finding)];
  const pin = before === null || now === null ? (before ?? now) : completed(before, now, finding);
  return pin === markOf(source, 'accepted') ? null : pin;
}

function completed(before: string, now: string, { terms }: TrackedFinding): string {
  const [then, after] = [pinFrom(before), pinFrom(now)];
  if (then.terms.size === 0) return after.terms.size === 0 ? before : now;
  const fresh = Object.keys(terms)
    .filter((name) => isLater(name))
    .map((name) => shortHash(name, nameLength));
  const added = [...after.terms].filter(([name]) => fresh.includes(name) && !then.terms.has(name));
  return added.length === 0 ? before : joined(then, { classes: [], terms: new Map(added) });
}

/**
 * The source of a Divergence cell and the finding as it is now in, what the finding shows that was not accepted out, in words:
 * a further class, or another form of what a class learned: another name of a tag, another casing of a key. What is unexplained, or
 * differs alongside a status, has no law that gives its forms: each of them must be one that was there.
 */
export function beyondPin(source: string, finding: TrackedFinding): string[] {
  const pin = readPin(source);
  if (pin === null) return [];
  const classes = classesOf(finding).filter((name) => !pin.classes.includes(name));
  const hashed = [...hashedTerms(finding, Number.POSITIVE_INFINITY)];
  const forms = hashed.flatMap(([hash, { name, forms: now }]) => {
    const then = pin.terms.get(hash);
    if (then === undefined) return [];
    const more = now.filter(([form]) => !then.includes(form));
    const isBeyond = isUnexplained(finding) || isExact(name) ? more.length > 0 : more.length === now.length;
    return isBeyond ? [inWords(name, more)] : [];
  });
  // Of values all that there is to say was noted: if nothing was under a name, there was nothing of the kind.
  const isNew = ([hash, { name }]: (typeof hashed)[number]) => isOfValues(name) && !pin.terms.has(hash);
  const others = pin.terms.size === 0 || forms.length > 0 ? [] : hashed.filter(isNew);
  return [...classes, ...forms, ...others.map(([, { name, forms: now }]) => inWords(name, now))];
}

/** No law gives the forms under this name. */
function isExact(name: string): boolean {
  return isAlongside(name) || isOfParts(name);
}

function inWords(name: string, forms: Hashed['forms']): string {
  return `${name} ${forms.map(([, words]) => words).join(' or ')}`;
}

/** What was accepted; where that is not noted yet, what was shown until then. */
function knownIn(source: string): string | null {
  return markOf(source, 'accepted') ?? shownIn(source);
}

function readPin(source: string): Pin | null {
  const text = knownIn(source);
  return text === null ? null : pinFrom(text);
}

function pinFrom(text: string): Pin {
  const [classes = '', terms = ''] = text.split('; ');
  const pairs = terms.split(' ').map((term) => term.split(':'));
  return {
    classes: classes.split(' + '),
    terms: new Map(pairs.flatMap(([name = '', forms]) => (forms === undefined ? [] : [[name, forms.split(',')]]))),
  };
}

function classesOf(finding: TrackedFinding): string[] {
  return [finding.class, ...finding.also].map(visible);
}

interface Hashed {
  readonly name: string;
  readonly forms: readonly (readonly [hash: string, words: string])[];
}

function hashedTerms({ terms }: TrackedFinding, most = mostTerms): Map<string, Hashed> {
  const hashed = Object.entries(terms).map(([name, forms]): [string, Hashed] => [
    shortHash(name, nameLength),
    {
      name: visible(name),
      forms: forms.map((form) => [shortHash(form, formLength), visible(form)] as const),
    },
  ]);
  return new Map(hashed.sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, most));
}
