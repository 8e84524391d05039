import { isAlongside } from '../findings/alongside.ts';
import { markOf, shortHash, withMark } from './mark.ts';
import type { TrackedFinding } from './row.ts';
import { visible } from './visible.ts';

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

/** The source of a Divergence cell in, the same without its pin out. */
export function unpinned(source: string): string {
  return withMark(source, 'accepted', null);
}

/** A finding in, what an acceptance of it stands for out: its classes and terms. Null where the id says it all by itself. */
export function pinOf(finding: TrackedFinding): string | null {
  if (isUnexplained(finding) && Object.keys(finding.terms).length === 0) return null;
  const hashes = ({ forms }: Hashed) => forms.map(([hash]) => hash).sort();
  const terms = [...hashedTerms(finding)].map(([name, hashed]) => `${name}:${hashes(hashed).join(',')}`);
  return [classesOf(finding).join(' + '), ...(terms.length === 0 ? [] : [terms.join(' ')])].join('; ');
}

function isUnexplained(finding: TrackedFinding): boolean {
  return finding.class === 'unexplained';
}

/** The source of a Divergence cell and a pin in, the cell with this pin out; with none where the text is no pin of ours. */
export function pinned(source: string, pin: string): string {
  const cell = withMark(source, 'accepted', pin);
  return markOf(cell, 'accepted') === pin ? cell : unpinned(source);
}

/** The pin says nothing of terms, as those of a finding that had none then. */
export function isWithoutTerms(source: string): boolean {
  return readPin(source)?.terms.size === 0;
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
  const forms = [...hashedTerms(finding, Number.POSITIVE_INFINITY)].flatMap(([hash, { name, forms: now }]) => {
    const then = pin.terms.get(hash);
    if (then === undefined) return [];
    const more = now.filter(([form]) => !then.includes(form));
    const isBeyond = isUnexplained(finding) || isAlongside(name) ? more.length > 0 : more.length === now.length;
    return isBeyond ? [`${name} ${more.map(([, words]) => words).join(' or ')}`] : [];
  });
  return [...classes, ...forms];
}

function readPin(source: string): Pin | null {
  const text = markOf(source, 'accepted');
  if (text === null) return null;
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
