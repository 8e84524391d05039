import { type JsonNode, rawString } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { shown } from '../../kit/fix-text.ts';
import { commonStyle, plainName, words } from '../../kit/key-case.ts';
import { alike } from '../../kit/kinds.ts';
import { pushTo, uniteRenames } from '../../kit/map-utils.ts';
import { isAlike } from '../../kit/node-predicates.ts';
import { hasSameKeys, type ObjectNode, textOf, uniqueKeys } from '../../kit/nodes.ts';
import { isTag } from '../enums/tags.ts';

interface Renames {
  /** The candidate's key by the reference's. */
  readonly renames: ReadonlyMap<string, string>;
}

/** What spellings of one name share; empty if a key has no such name. */
type NameOf = (key: string) => string;

/** The keys of one side that the other does not have, by their name. */
function openKeys(keys: ReadonlySet<string>, others: ReadonlySet<string>, nameOf: NameOf): Map<string, string[]> {
  const open = new Map<string, string[]>();
  for (const key of keys) if (!others.has(key)) pushTo(open, nameOf(key), key);
  open.delete('');
  return open;
}

/** Keys of `a` that `b` has under the same name only; null if a name could mean two. */
function renamesBetween(a: ObjectNode, b: ObjectNode, nameOf: NameOf): Map<string, string> | null {
  const [keysA, keysB] = [uniqueKeys(a), uniqueKeys(b)];
  if (keysA === null || keysB === null) return null;
  const others = openKeys(keysB, keysA, nameOf);
  const renames = new Map<string, string>();
  for (const [name, keys] of openKeys(keysA, keysB, nameOf)) {
    const found = others.get(name) ?? [];
    if (found.length > 0 && found.length + keys.length > 2) return null;
    if (found.length === 1) renames.set(keys[0]!, found[0]!);
  }
  return renames;
}

/** An object in, the same with other names for some of its members out, where these are not taken. */
export function rename(node: JsonNode, renames: ReadonlyMap<string, string>): JsonNode {
  if (node.kind !== 'object') return node;
  const keys = new Set(node.members.map((one) => one.key));
  const members = node.members.map((one) => {
    const to = renames.get(one.key);
    return to === undefined || keys.has(to) ? one : { key: to, raw: rawString(to), value: one.value };
  });
  return { kind: 'object', members };
}

type Pairs = readonly (readonly [from: string, to: string])[];

const mostPairs = 4;

/** How to come from the first names to the second. */
function renameAdvice(pairs: Pairs): string {
  const named = pairs.slice(0, mostPairs).map(([from, to]) => `${shown(from)} as ${shown(to)}`);
  const more = pairs.length > mostPairs ? ` and ${pairs.length - mostPairs} more alike` : '';
  const style = commonStyle(pairs);
  const serde = style === null ? '#[serde(rename = "…")] on each field' : `#[serde(rename_all = "${style}")]`;
  return `write ${named.join(', ')}${more}: ${serde} in Rust, a \`json:"${shown(pairs[0]?.[1] ?? '')}"\` tag on each field in Go`;
}

interface Renaming {
  readonly id: string;
  readonly between: (a: ObjectNode, b: ObjectNode) => ReadonlyMap<string, string> | null;
  readonly classes?: readonly string[];
  readonly classOf?: (parameters: Renames) => string;
}

function renaming({ between, ...more }: Renaming): DriftRule<Renames> {
  return {
    learns: true,
    kinds: alike('object'),
    locate(a, b) {
      if (a.kind !== 'object' || b.kind !== 'object' || hasSameKeys(a, b)) return null;
      const renames = between(a, b);
      return renames === null || renames.size === 0 ? null : { renames };
    },
    rewrite: (a, { renames }) => rename(a, renames),
    unite(found) {
      const renames = uniteRenames(found.map((one) => one.renames));
      return renames === null ? null : { renames };
    },
    owns: ({ renames }) => [...renames],
    terms: ({ renames }) => Object.fromEntries([...renames].map(([from, to]) => [`key ${from}`, [to]])),
    fixes({ renames }, names) {
      const pairs = [...renames];
      return [
        { target: names.reference, text: renameAdvice(pairs) },
        { target: names.candidate, text: renameAdvice(pairs.map(([from, to]) => [to, from])) },
      ];
    },
    ...more,
  };
}

function trimmed(key: string): string {
  let [from, to] = [0, key.length];
  while (key[from] === '_') from += 1;
  while (to > from && key[to - 1] === '_') to -= 1;
  return key.slice(from, to);
}

function hasSingles(list: readonly string[]): boolean {
  return list.some((word, i) => /^[a-z]$/.test(word) && /^[a-z]$/.test(list[i + 1] ?? ''));
}

/** The class of one renamed key: only underscores around it, an acronym split into letters, other borders of words, or its case. */
function classOfRename(from: string, to: string): string {
  if (trimmed(from) === trimmed(to)) return 'key-underscore';
  const [x, y] = [words(from), words(to)];
  if (x.join() !== y.join()) return hasSingles(x) !== hasSingles(y) ? 'key-split-acronym' : 'key-acronym';
  const isJoined = !/[_\-. ]/.test(from + to) && from[0] === to[0];
  return isJoined ? 'key-acronym' : 'key-casing';
}

const keyCasing = renaming({
  id: 'key-casing',
  classes: ['key-acronym', 'key-split-acronym', 'key-underscore'],
  classOf({ renames }) {
    const [first, ...more] = new Set([...renames].map(([from, to]) => classOfRename(from, to)));
    return first === undefined || more.length > 0 ? 'key-casing' : first;
  },
  between: (a, b) => renamesBetween(a, b, plainName),
});

const accessor = /^(?:is|get|has)(?=[A-Z_])/;

/** `isActive` and `active`: a getter's prefix on one side only. */
const keyAccessorPrefix = renaming({
  id: 'key-accessor-prefix',
  between(a, b) {
    const renames = renamesBetween(a, b, (key) => plainName(key.replace(accessor, '')));
    const value = (node: ObjectNode, key: string) => node.members.find((one) => one.key === key)!.value;
    return (
      renames &&
      new Map(
        [...renames].filter(
          ([from, to]) => accessor.test(from) !== accessor.test(to) && isAlike(value(a, from), value(b, to)),
        ),
      )
    );
  },
});

/** `@type` and `kind`: the name of a type under two names, with the same value. */
const discriminatorName = renaming({
  id: 'discriminator-name',
  between(a, b) {
    const [keysA, keysB] = [uniqueKeys(a), uniqueKeys(b)];
    const tags = (node: ObjectNode, others: ReadonlySet<string> | null) =>
      node.members.filter((one) => isTag(one.key) && textOf(one.value) && others?.has(one.key) === false);
    const [x, y] = [tags(a, keysB), tags(b, keysA)];
    if (x.length !== 1 || y.length !== 1 || textOf(x[0]!.value) !== textOf(y[0]!.value)) return null;
    return new Map([[x[0]!.key, y[0]!.key]]);
  },
});

/** The value of a key that is a decimal number, without zeros that say nothing; empty for every other key. */
function numberName(key: string): string {
  const match = /^(-?)0*(\d+)(?:\.(\d+))?$/.exec(key.length > 60 ? '' : key);
  if (match === null) return '';
  const fraction = (match[3] ?? '').replace(/0{1,60}$/, '');
  const size = `${match[2]!.replace(/^0(?=\d)/, '')}${fraction === '' ? '' : `.${fraction}`}`;
  return size === '0' ? '0' : `${match[1]}${size}`;
}

/** `1` and `1.0` as keys of a map. */
const numberKeys: DriftRule<Renames> = {
  ...renaming({ id: 'number-keys', between: (a, b) => renamesBetween(a, b, numberName) }),
  owns: () => 'place',
  fixes({ renames }, names) {
    const [[from = '', to = ''] = []] = renames;
    const advice = (x: string, y: string) =>
      `write the key ${shown(x)} as ${shown(y)}: keys of one type on both sides, an integer (i64 in Rust, int64 in Go, int in Python) or the text itself, never a float`;
    return [
      { target: names.reference, text: advice(from, to) },
      { target: names.candidate, text: advice(to, from) },
    ];
  },
};

export const keyRules: readonly DriftRule[] = [keyCasing, keyAccessorPrefix, discriminatorName, numberKeys];
