import { rawString } from '../../../json/text.ts';
import type { JsonMember, JsonNode } from '../../../json/tree.ts';
import type { DriftRule, Fix, Names, Terms, TreePair } from '../../kit/drift-rule.ts';
import { listNames } from '../../kit/fix-text.ts';
import { alike } from '../../kit/kinds.ts';
import { pushTo, uniteMaps } from '../../kit/map-utils.ts';
import { hasSameKeys, uniqueKeys } from '../../kit/nodes.ts';

type IsEmpty = (node: JsonNode) => boolean;

/** `drop`: members that the candidate leaves out, with the values it leaves out. `add`: those that only it writes. */
export interface Presence {
  readonly drop: ReadonlyMap<string, string>;
  readonly add: ReadonlyMap<string, string>;
  /** The key that an added member follows; null for the first one. */
  readonly after: ReadonlyMap<string, string | null>;
}

const zeroes = new Set(['0', '0.0', '-0', '-0.0', 'false', '""']);

export function isNull(node: JsonNode): boolean {
  return node.kind === 'null';
}

export function isZero(node: JsonNode): boolean {
  if (node.kind === 'object') return node.members.length === 0;
  if (node.kind === 'array') return node.items.length === 0;
  return zeroes.has(node.raw);
}

export function spell(node: JsonNode): string {
  if (node.kind === 'object') return '{}';
  if (node.kind === 'array') return '[]';
  return node.raw;
}

function locatePresence(a: JsonNode, b: JsonNode, isEmpty: IsEmpty): Presence | null {
  if (a.kind !== 'object' || b.kind !== 'object' || hasSameKeys(a, b)) return null;
  const [keysA, keysB] = [uniqueKeys(a), uniqueKeys(b)];
  if (keysA === null || keysB === null) return null;
  const [drop, add, after] = [new Map<string, string>(), new Map<string, string>(), new Map<string, string | null>()];
  for (const { key, value } of a.members) if (!keysB.has(key) && isEmpty(value)) drop.set(key, spell(value));
  b.members.forEach(({ key, value }, at) => {
    if (keysA.has(key) || !isEmpty(value)) return;
    add.set(key, spell(value));
    after.set(key, b.members[at - 1]?.key ?? null);
  });
  // Without a key that both have, what seems left out may as well have been renamed.
  if (drop.size > 0 && add.size > 0 && !a.members.some((one) => keysB.has(one.key))) return null;
  return drop.size + add.size === 0 ? null : { drop, add, after };
}

function presenceTerms({ drop, add }: Presence): Terms {
  const terms = (keys: Iterable<string>, word: string) => [...keys].map((key) => [`member ${key}`, [word]] as const);
  return Object.fromEntries([...terms(drop.keys(), 'left out'), ...terms(add.keys(), 'written')]);
}

const made: Readonly<Record<string, JsonNode>> = {
  '{}': { kind: 'object', members: [] },
  '[]': { kind: 'array', items: [] },
  null: { kind: 'null', raw: 'null' },
  false: { kind: 'boolean', raw: 'false' },
  '""': { kind: 'string', raw: '""' },
};

function rewritePresence(node: JsonNode, { drop, add, after }: Presence): JsonNode {
  if (node.kind !== 'object') return node;
  const kept = node.members.filter((one) => drop.get(one.key) !== spell(one.value));
  const keys = new Set(kept.map((one) => one.key));
  const missing = new Map<string, JsonMember>();
  for (const [key, raw] of add)
    if (!keys.has(key)) missing.set(key, { key, raw: rawString(key), value: made[raw] ?? { kind: 'number', raw } });
  return missing.size === 0
    ? { kind: 'object', members: kept }
    : { kind: 'object', members: weave(kept, missing, after) };
}

/** The kept members with each missing one right after the key it follows; at the end where that key is not there. */
function weave(
  kept: readonly JsonMember[],
  missing: Map<string, JsonMember>,
  after: ReadonlyMap<string, string | null>,
): JsonMember[] {
  const followers = new Map<string | null, JsonMember[]>();
  for (const [key, one] of missing) pushTo(followers, after.get(key) ?? null, one);
  const members: JsonMember[] = [];
  const place = (start: string | null) => {
    const open = [...(followers.get(start) ?? [])].reverse();
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (!missing.delete(one.key)) continue;
      members.push(one);
      for (const next of [...(followers.get(one.key) ?? [])].reverse()) open.push(next);
    }
  };
  place(null);
  for (const one of kept) {
    members.push(one);
    place(one.key);
  }
  return [...members, ...missing.values()];
}

/** A record has fewer members than this; more are keys of a map, which come and go with the data. */
const maxMembers = 500;

/** Where a key follows different neighbours in different samples, one of them is as good as any: `key-order` mends it. */
function unitePresence(found: readonly Presence[]): Presence | null {
  const drop = uniteMaps(found.map((one) => one.drop));
  const add = uniteMaps(found.map((one) => one.add));
  if (drop === null || add === null || drop.size + add.size > maxMembers) return null;
  if ([...drop.keys()].some((key) => add.has(key))) return null;
  return { drop, add, after: new Map(found.flatMap((one) => [...one.after])) };
}

/** Both sides write one of the keys where it has a value: they know the member, and differ only where it is empty. */
function writtenByBoth({ a, b }: TreePair, { drop, add }: Presence): boolean {
  if (a.kind !== 'object' || b.kind !== 'object') return false;
  const others = new Set(b.members.map((one) => one.key));
  return a.members.some(({ key }) => others.has(key) && (drop.has(key) || add.has(key)));
}

type Advice = (keys: string) => { readonly leaveOut: string; readonly write: string };

function presenceFixes({ drop, add }: Presence, names: Names, advice: Advice): Fix[] {
  const fixes: Fix[] = [];
  if (drop.size > 0) {
    const { leaveOut, write } = advice(listNames([...drop.keys()]));
    fixes.push({ target: names.reference, text: leaveOut }, { target: names.candidate, text: write });
  }
  if (add.size > 0) {
    const { leaveOut, write } = advice(listNames([...add.keys()]));
    fixes.push({ target: names.reference, text: write }, { target: names.candidate, text: leaveOut });
  }
  return fixes;
}

export function presenceRule(id: string, isEmpty: IsEmpty, advice: Advice): DriftRule<Presence> {
  return {
    id,
    weak: true,
    learns: true,
    kinds: alike('object'),
    locate: (a, b) => locatePresence(a, b, isEmpty),
    rewrite: rewritePresence,
    unite: unitePresence,
    supports: writtenByBoth,
    owns: ({ drop, add }) => [...drop.keys(), ...add.keys()].map((key) => [key]),
    terms: presenceTerms,
    fixes: (parameters, names) => presenceFixes(parameters, names, advice),
  };
}
