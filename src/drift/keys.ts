import { type JsonNode, rawString } from '../json/tree.ts';
import { shown } from './advice.ts';
import { pushTo, uniteRenames } from './maps.ts';
import { type ObjectNode, uniqueKeys } from './nodes.ts';
import type { DriftRule } from './rule.ts';
import { commonStyle, plainName } from './words.ts';

interface Renames {
  /** The candidate's key by the reference's. */
  readonly renames: ReadonlyMap<string, string>;
}

/** The keys of one side that the other does not have, by their words. */
function openKeys(keys: ReadonlySet<string>, others: ReadonlySet<string>): Map<string, string[]> {
  const open = new Map<string, string[]>();
  for (const key of keys) if (!others.has(key)) pushTo(open, plainName(key), key);
  open.delete('');
  return open;
}

/** Keys of `a` that `b` has under the same words only; null if a name could mean two. */
function renamesBetween(a: ObjectNode, b: ObjectNode): Map<string, string> | null {
  const [keysA, keysB] = [uniqueKeys(a), uniqueKeys(b)];
  if (keysA === null || keysB === null) return null;
  const others = openKeys(keysB, keysA);
  const renames = new Map<string, string>();
  for (const [name, keys] of openKeys(keysA, keysB)) {
    const found = others.get(name) ?? [];
    if (found.length > 0 && found.length + keys.length > 2) return null;
    if (found.length === 1) renames.set(keys[0]!, found[0]!);
  }
  return renames;
}

function rename(node: JsonNode, renames: ReadonlyMap<string, string>): JsonNode {
  if (node.kind !== 'object') return node;
  const keys = new Set(node.members.map((one) => one.key));
  const members = node.members.map((one) => {
    const to = renames.get(one.key);
    return to === undefined || keys.has(to) ? one : { ...one, key: to, raw: rawString(to) };
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

const keyCasing: DriftRule<Renames> = {
  id: 'key-casing',
  learns: true,
  locate(a, b) {
    if (a.kind !== 'object' || b.kind !== 'object') return null;
    const renames = renamesBetween(a, b);
    return renames === null || renames.size === 0 ? null : { renames };
  },
  rewrite: (a, { renames }) => rename(a, renames),
  unite(found) {
    const renames = uniteRenames(found.map((one) => one.renames));
    return renames === null ? null : { renames };
  },
  owns: ({ renames }) => [...renames],
  fixes({ renames }, names) {
    const pairs = [...renames];
    return [
      { target: names.reference, text: renameAdvice(pairs) },
      { target: names.candidate, text: renameAdvice(pairs.map(([from, to]) => [to, from])) },
    ];
  },
};

export const keyRules: readonly DriftRule[] = [keyCasing];
