import { maxShapeTextListed, maxTerms } from '../limits.ts';
/** What an acceptance covers, as a row of the tracker keeps it in a hidden comment. */
export interface AcceptedShape {
  /** The class of the finding and those that it needed besides. */
  readonly classes: readonly string[];
  /** By hashed name the hashed forms that were seen. */
  readonly terms: ReadonlyMap<string, readonly string[]>;
  /** The law was proved: it is covered wherever it is proved again. */
  readonly isLaw: boolean;
  /** By place the pairs that were seen there; null in a row of a former version, which did not keep them. */
  readonly occurrences: ReadonlyMap<string, readonly string[]> | null;
  /** There were more occurrences than a row lists. */
  readonly isCut: boolean;
}

/** A shape in, the text of its comment out: `classes; terms; law; seen place:pair,pair place`. A place without pairs has those of the one before. */
export function spellShape({ classes, terms, isLaw, occurrences, isCut }: AcceptedShape): string {
  const words = [...terms].map(([name, forms]) => `${name}:${forms.join(',')}`);
  return [
    classes.join(' + '),
    ...(words.length === 0 ? [] : [words.join(' ')]),
    ...(isLaw ? ['law'] : []),
    ...(occurrences === null || isLaw
      ? []
      : [['seen', ...(isCut ? ['+'] : []), ...spellPlaces(occurrences)].join(' ')]),
  ].join('; ');
}

function spellPlaces(occurrences: ReadonlyMap<string, readonly string[]>): string[] {
  let last = '';
  return [...occurrences].map(([place, pairs]) => {
    const text = pairs.join(',');
    const word = text === last ? place : `${place}:${text}`;
    last = text;
    return word;
  });
}

/** The text of a comment in, the shape out. */
export function parseShape(text: string): AcceptedShape {
  const [classes = '', ...parts] = text.split('; ');
  const seen = parts
    .find((part) => /^seen(?: |$)/.test(part))
    ?.split(' ')
    .slice(1);
  const terms = parts.find((part) => part !== 'law' && !/^seen(?: |$)/.test(part)) ?? '';
  const pairs = terms.split(' ').map((term) => term.split(':'));
  return {
    classes: classes.split(' + '),
    terms: new Map(pairs.flatMap(([name = '', forms]) => (forms === undefined ? [] : [[name, forms.split(',')]]))),
    isLaw: parts.includes('law'),
    occurrences: seen === undefined ? null : parsePlaces(seen),
    isCut: seen?.includes('+') === true,
  };
}

function parsePlaces(words: readonly string[]): Map<string, readonly string[]> {
  const places = new Map<string, readonly string[]>();
  let last: readonly string[] = [];
  for (const word of words) {
    if (word === '' || word === '+') continue;
    const [place = '', pairs] = word.split(':');
    if (pairs !== undefined) last = pairs.split(',');
    places.set(place, last);
  }
  return places;
}

/** Two shapes of one finding in, all that either covers out; the classes of the later one come first. */
export function joinShapes(before: AcceptedShape, now: AcceptedShape): AcceptedShape {
  const terms = joinLists(before.terms, now.terms);
  const names = [...terms.keys()].sort().slice(0, maxTerms);
  const isKnown = before.occurrences !== null || now.occurrences !== null;
  const occurrences = joinLists(before.occurrences ?? new Map(), now.occurrences ?? new Map());
  const listed = firstListed(occurrences);
  return {
    classes: [...new Set([...now.classes, ...before.classes])],
    terms: new Map(names.map((name) => [name, terms.get(name)!])),
    isLaw: before.isLaw || now.isLaw,
    occurrences: isKnown ? listed.places : null,
    isCut: before.isCut || now.isCut || listed.isCut,
  };
}

type Lists = ReadonlyMap<string, readonly string[]>;

function joinLists(a: Lists, b: Lists): Map<string, readonly string[]> {
  const joined = new Map(a);
  for (const [name, more] of b) joined.set(name, [...new Set([...(joined.get(name) ?? []), ...more])].sort());
  return joined;
}

/** Places by their hashes, sorted, as many as a row lists. */
export function firstListed(occurrences: Lists): { readonly places: Lists; readonly isCut: boolean } {
  const places = new Map<string, readonly string[]>();
  let left = maxShapeTextListed;
  for (const [place, pairs] of [...occurrences].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (left <= 0) return { places, isCut: true };
    places.set(place, pairs.slice(0, left));
    left -= pairs.length;
  }
  return { places, isCut: left < 0 };
}
