import { rawString } from '../../../json/text.ts';
import type { JsonNode } from '../../../json/tree.ts';
import { type DriftRule, styleTerm } from '../../kit/drift-rule.ts';
import { visibleName } from '../../kit/fix-text.ts';
import { commonStyle } from '../../kit/key-case.ts';
import { alike } from '../../kit/kinds.ts';
import { pushTo, uniteRenames } from '../../kit/map-utils.ts';
import { hasSameKeys, type ObjectNode, uniqueKeys } from '../../kit/nodes.ts';

export interface Renames {
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
export function renamesBetween(a: ObjectNode, b: ObjectNode, nameOf: NameOf): Map<string, string> | null {
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

const maxPairs = 4;

/** How to come from the first names to the second. */
function renameAdvice(pairs: Pairs): string {
  const named = pairs.slice(0, maxPairs).map(([from, to]) => `${visibleName(from)} as ${visibleName(to)}`);
  const more = pairs.length > maxPairs ? ` and ${pairs.length - maxPairs} more alike` : '';
  const style = commonStyle(pairs);
  const serde = style === null ? '#[serde(rename = "…")] on each field' : `#[serde(rename_all = "${style}")]`;
  return `write ${named.join(', ')}${more}: ${serde} in Rust, a \`json:"${visibleName(pairs[0]?.[1] ?? '')}"\` tag on each field in Go`;
}

interface Renaming {
  readonly id: string;
  readonly between: (a: ObjectNode, b: ObjectNode) => ReadonlyMap<string, string> | null;
  readonly classes?: readonly string[];
  readonly classOf?: (parameters: Renames) => string;
  /** The law that one name follows; null where it may be any. */
  readonly styleOf?: (from: string, to: string) => string | null;
}

export function renaming({ between, styleOf = () => null, ...more }: Renaming): DriftRule<Renames> {
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
    terms({ renames }) {
      const styles = new Set([...renames].flatMap(([from, to]) => styleOf(from, to) ?? []));
      const keys = [...renames].map(([from, to]) => [`key ${from}`, [to]] as const);
      return Object.fromEntries([...keys, ...(styles.size === 0 ? [] : [[styleTerm, [...styles]] as const])]);
    },
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
