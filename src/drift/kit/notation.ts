import { type JsonNode, printTree } from '../../json/tree.ts';
import type { DriftRule } from './drift-rule.ts';
import { type Field, fieldOf } from './field.ts';
import { sharedOf } from './map-utils.ts';
import { isLeaf } from './node-predicates.ts';
import { isSameText } from './nodes.ts';

/** A way to put a value into JSON: reads what is written so, and writes it as one runtime or another does. */
export interface Notation<V> {
  readonly name: string;
  /** Null for a node that is not written so. */
  readonly read: (node: JsonNode) => V | null;
  /** Spellings of one value, by what is particular about them; null where it cannot be written so. */
  readonly writers: Readonly<Record<string, (value: V) => JsonNode | null>>;
  /** Its own spellings are told apart, too: where both sides use this notation they may differ in the writer. */
  readonly respells?: true;
  /** How runtimes come to write it so, for the text of a fix. */
  readonly recipe: (field: Field) => string;
}

interface Translation {
  /** Name of the notation that the reference uses, and name and writer of the candidate's; all that fit, the first one counts. */
  readonly ways: readonly string[];
  /** The value, as evidence that is independent of others. */
  readonly seen: string;
  /** The value is more than chance would give. */
  readonly telling: boolean;
}

/** What sets one rule between notations apart. */
export interface Translating<V> extends Pick<DriftRule, 'kinds'> {
  readonly notations: readonly Notation<V>[];
  /** A unit or the like is learned: one value makes a hypothesis. */
  readonly learns: boolean;
  /** Whether the rule speaks for a translation; all, if absent. */
  readonly between?: (from: string, to: string) => boolean;
  /** Whether a value is more than chance would give; without one, nothing is claimed. All are, if absent. */
  readonly telling?: (value: V) => boolean;
}

interface Way<V> {
  readonly from: Notation<V>;
  readonly to: Notation<V>;
  readonly write: (value: V) => JsonNode | null;
}

/**
 * A rule between notations of one kind of value. The reference is read in one notation and written in another; what fits
 * all places is kept, and the first of it is applied.
 */
export function translating<V>(
  id: string,
  { notations, learns, kinds, between, telling }: Translating<V>,
): DriftRule<Translation> {
  const ways = waysBetween(notations, between ?? (() => true));
  return {
    id,
    learns,
    ...(kinds && { kinds }),
    locate: (a, b) => locate({ notations, ways, telling: telling ?? (() => true) }, a, b),
    rewrite: (a, { ways: [first] }) => apply(ways.get(first!)!, a) ?? a,
    unite(found) {
      const shared = sharedOf(found.map((one) => one.ways));
      const isTelling = found.some((one) => one.telling);
      return shared.length === 0 || !isTelling ? null : { ways: shared, seen: found[0]!.seen, telling: true };
    },
    evidence: ({ seen }) => seen,
    owns: () => 'place',
    terms: ({ ways }) => ({ ways }),
    fixes({ ways: [first] }, { reference, candidate, key }) {
      const { from, to } = ways.get(first!)!;
      return [
        { target: reference, text: `write it as ${candidate} does: ${to.recipe(fieldOf(key))}` },
        { target: candidate, text: `write it as ${reference} does: ${from.recipe(fieldOf(key))}` },
      ];
    },
  };
}

type Ways<V> = ReadonlyMap<string, Way<V>>;

function waysBetween<V>(notations: readonly Notation<V>[], between: (from: string, to: string) => boolean): Ways<V> {
  const ways = new Map<string, Way<V>>();
  for (const from of notations)
    for (const to of notations)
      if ((from !== to || from.respells === true) && between(from.name, to.name))
        for (const [name, write] of Object.entries(to.writers))
          ways.set(`${from.name} > ${to.name} ${name}`, { from, to, write });
  return ways;
}

function apply<V>({ from, write }: Way<V>, node: JsonNode): JsonNode | null {
  const value = from.read(node);
  return value === null ? null : write(value);
}

interface Known<V> {
  readonly notations: readonly Notation<V>[];
  readonly ways: Ways<V>;
  readonly telling: (value: V) => boolean;
}

function locate<V>({ notations, ways, telling }: Known<V>, a: JsonNode, b: JsonNode): Translation | null {
  if (isLeaf(a) && isSameText(a, b)) return null;
  const values = new Map<Notation<V>, V>();
  for (const one of notations) {
    const value = one.read(a);
    if (value !== null) values.set(one, value);
  }
  const targets = values.size === 0 ? [] : notations.filter((one) => one.read(b) !== null);
  if (targets.length === 0 || isSameText(a, b)) return null;
  const fit: string[] = [];
  for (const [name, { from, to, write }] of ways) {
    const value = targets.includes(to) ? values.get(from) : undefined;
    const written = value === undefined ? null : write(value);
    if (written !== null && isSameText(written, b)) fit.push(name);
  }
  if (fit.length === 0) return null;
  return { ways: fit, seen: printTree(a), telling: telling(values.get(ways.get(fit[0]!)!.from)!) };
}
