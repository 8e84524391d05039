import { type JsonMember, type JsonNode, rawString } from '../../../json/tree.ts';
import type { DriftRule, Fix, Names, Terms, TreePair, Witness } from '../../kit/drift-rule.ts';
import { listed } from '../../kit/fix-text.ts';
import { alike } from '../../kit/kinds.ts';
import { pushTo, uniteMaps } from '../../kit/map-utils.ts';
import { isLeaf } from '../../kit/node-predicates.ts';
import { hasSameKeys, uniqueKeys } from '../../kit/nodes.ts';
import { isSame } from '../../kit/tree-equal.ts';

type IsEmpty = (node: JsonNode) => boolean;

/** `drop`: members that the candidate leaves out, with the values it leaves out. `add`: those that only it writes. */
interface Presence {
  readonly drop: ReadonlyMap<string, string>;
  readonly add: ReadonlyMap<string, string>;
  /** The key that an added member follows; null for the first one. */
  readonly after: ReadonlyMap<string, string | null>;
}

const zeroes = new Set(['0', '0.0', '-0', '-0.0', 'false', '""']);

function isNull(node: JsonNode): boolean {
  return node.kind === 'null';
}

function isZero(node: JsonNode): boolean {
  if (node.kind === 'object') return node.members.length === 0;
  if (node.kind === 'array') return node.items.length === 0;
  return zeroes.has(node.raw);
}

function spell(node: JsonNode): string {
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
const mostMembers = 500;

/** Where a key follows different neighbours in different samples, one of them is as good as any: `key-order` mends it. */
function unitePresence(found: readonly Presence[]): Presence | null {
  const drop = uniteMaps(found.map((one) => one.drop));
  const add = uniteMaps(found.map((one) => one.add));
  if (drop === null || add === null || drop.size + add.size > mostMembers) return null;
  if ([...drop.keys()].some((key) => add.has(key))) return null;
  return { drop, add, after: new Map(found.flatMap((one) => [...one.after])) };
}

/** Both sides write one of the keys where it has a value: they know the member, and differ only where it is empty. */
function writtenByBoth({ a, b }: TreePair, { drop, add }: Presence): boolean {
  if (a.kind !== 'object' || b.kind !== 'object') return false;
  const others = new Set(b.members.map((one) => one.key));
  return a.members.some(({ key }) => others.has(key) && (drop.has(key) || add.has(key)));
}

/** Both sides write one of the keys, and the same value under it. */
function agreedByBoth({ a, b }: TreePair, { drop, add }: Presence): boolean {
  if (a.kind !== 'object' || b.kind !== 'object') return false;
  const others = new Map(b.members.map((one) => [one.key, one.value]));
  return a.members.some(({ key, value }) => {
    const other = others.get(key);
    return other !== undefined && (drop.has(key) || add.has(key)) && isSame(value, other);
  });
}

/** The member has a value of its own on one side at least, in some answer: where it is only ever empty, it may as well be another member that one side does not know. */
function hasValue(key: string, places: readonly Witness[]): boolean {
  return places.some(({ a, b }) =>
    [a, b].some(
      (node) =>
        node.kind === 'object' &&
        node.members.some((one) => one.key === key && !isZero(one.value) && !isNull(one.value)),
    ),
  );
}

/** The members that were seen with a value, and those that were not: what is known of the first is not known of the others. */
function splitByValue(parameters: Presence, places: readonly Witness[]): Presence[] {
  const part = (seen: boolean): Presence => {
    const of = (members: ReadonlyMap<string, string>) =>
      new Map([...members].filter(([key]) => hasValue(key, places) === seen));
    return { ...parameters, drop: of(parameters.drop), add: of(parameters.add) };
  };
  return [part(true), part(false)].filter(({ drop, add }) => drop.size + add.size > 0);
}

/** None of the members was ever seen with a value. */
function isNeverFilled({ drop, add }: Presence, places: readonly Witness[]): boolean {
  return ![...drop.keys(), ...add.keys()].some((key) => hasValue(key, places));
}

type Advice = (keys: string) => { readonly leaveOut: string; readonly write: string };

function presenceFixes({ drop, add }: Presence, names: Names, advice: Advice): Fix[] {
  const fixes: Fix[] = [];
  if (drop.size > 0) {
    const { leaveOut, write } = advice(listed([...drop.keys()]));
    fixes.push({ target: names.reference, text: leaveOut }, { target: names.candidate, text: write });
  }
  if (add.size > 0) {
    const { leaveOut, write } = advice(listed([...add.keys()]));
    fixes.push({ target: names.reference, text: write }, { target: names.candidate, text: leaveOut });
  }
  return fixes;
}

function presenceRule(id: string, isEmpty: IsEmpty, advice: Advice): DriftRule<Presence> {
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

/** The class by what is left out: lists alone, objects alone, or any empty value. */
function classOfZeroes({ drop, add }: Presence): string {
  const [first, ...more] = new Set([...drop.values(), ...add.values()]);
  if (more.length > 0) return 'zero-value-omitted';
  return first === '[]' ? 'empty-array-vs-absent' : first === '{}' ? 'empty-object-vs-absent' : 'zero-value-omitted';
}

/** A value that a side may leave out because it is the declared default: no empty one, and no container. */
function isDefault(node: JsonNode): boolean {
  return isLeaf(node) && !isNull(node) && !isZero(node);
}

/** The keys of a map that both sides write with another value of their own somewhere: else the member is simply not there. */
function confirmed(keys: ReadonlyMap<string, string>, places: readonly Witness[]): Map<string, string> {
  const values = (node: JsonNode) =>
    new Map(node.kind === 'object' ? node.members.map((one) => [one.key, one.value]) : []);
  const pairs = places.filter((one) => !one.isMended).map(({ a, b }) => [values(a), values(b)] as const);
  return new Map(
    [...keys].filter(([key, raw]) =>
      pairs.some(([x, y]) => x.has(key) && y.has(key) && spell(x.get(key)!) !== raw && spell(y.get(key)!) !== raw),
    ),
  );
}

const defaultValueOmitted: DriftRule<Presence> = {
  ...presenceRule('default-value-omitted', isDefault, (keys) => ({
    leaveOut: `leave ${keys} out when it holds its default: skip_serializing_if in Rust, JsonIgnoreCondition.WhenWritingDefault in .NET, exclude_defaults in pydantic, encodeDefaults = false in kotlinx`,
    write: `write ${keys} also when it holds its default: no skip_serializing_if in Rust, JsonIgnoreCondition.Never in .NET, no exclude_defaults in pydantic, encodeDefaults = true in kotlinx`,
  })),
  // A default is a value like any other: that both sides know the member shows only where they agree on another one.
  supports: agreedByBoth,
  confirm({ drop, add, after }, places) {
    const [dropped, added] = [confirmed(drop, places), confirmed(add, places)];
    return dropped.size + added.size === 0 ? null : { drop: dropped, add: added, after };
  },
};

export const presenceRules: readonly DriftRule[] = [
  presenceRule('null-vs-absent', isNull, (keys) => ({
    leaveOut: `leave ${keys} out when there is none: #[serde(skip_serializing_if = "Option::is_none")] in Rust, a pointer with omitempty in Go`,
    write: `write ${keys} as null when there is none: an Option without skip_serializing_if in Rust, a pointer without omitempty in Go`,
  })),
  {
    ...presenceRule('zero-value-omitted', isZero, (keys) => ({
      leaveOut: `leave ${keys} out when it is empty: #[serde(skip_serializing_if = "…")] in Rust, omitempty in Go`,
      write: `write ${keys} also when it is empty: no skip_serializing_if in Rust, no omitempty in Go`,
    })),
    classes: ['empty-array-vs-absent', 'empty-object-vs-absent'],
    classOf: classOfZeroes,
    split: splitByValue,
    isDoubtful: isNeverFilled,
  },
  defaultValueOmitted,
];
