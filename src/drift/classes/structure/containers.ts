import { type JsonNode, stringNode } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { listed, quoted } from '../../kit/fix-text.ts';
import { anyKind, either } from '../../kit/kinds.ts';
import { isAlike, isLeaf, memberOf, objectOf } from '../../kit/node-predicates.ts';
import { member, type ObjectNode, textOf, uniqueKeys } from '../../kit/nodes.ts';
import { isSame } from '../../kit/tree-equal.ts';
import { twoForms } from '../../kit/two-way-form.ts';

type ArrayNode = Extract<JsonNode, { kind: 'array' }>;

function arrayOf(items: readonly JsonNode[]): ArrayNode {
  return { kind: 'array', items };
}

/** `x` and `[x]`. */
const singleVsArray = twoForms<{ readonly list: true }>({
  id: 'single-vs-array',
  kinds: either(['array'], anyKind),
  find(rich, plain) {
    if (rich.kind !== 'array' || rich.items.length !== 1 || plain.kind === 'array' || plain.kind === 'null')
      return null;
    return isAlike(rich.items[0]!, plain) ? { list: true } : null;
  },
  toPlain: (rich) => (rich.kind === 'array' && rich.items.length === 1 ? rich.items[0]! : rich),
  toRich: (plain) => (plain.kind === 'array' || plain.kind === 'null' ? plain : arrayOf([plain])),
  advice: () => ({
    rich: 'or write a single value without the list: no list type in Rust and Go, WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED in Jackson',
    plain:
      'write a list even for one value: Vec<T> in Rust, []T in Go, no WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED in Jackson, forceList in XML bridges',
  }),
});

interface Entries {
  /** The members that hold key and value; null for pairs. */
  readonly names: readonly [key: string, value: string] | null;
  /** The keys in the list are numbers. */
  readonly numeric: boolean;
}

type Entry = readonly [key: JsonNode, value: JsonNode];

function entryOf(item: JsonNode, names: Entries['names']): Entry | null {
  if (names === null) return item.kind === 'array' && item.items.length === 2 ? [item.items[0]!, item.items[1]!] : null;
  if (item.kind !== 'object' || item.members.length !== 2) return null;
  const [key, value] = names.map((name) => member(item, name)?.value);
  return key === undefined || value === undefined ? null : [key, value];
}

/** The text that a node makes as a key of an object. */
function keyText(node: JsonNode): string | null {
  return node.kind === 'number' ? node.raw : textOf(node);
}

/** The two ways to read the items of a list as entries, or that of pairs. */
function namesIn(list: ArrayNode): Entries['names'][] {
  const [first] = list.items;
  if (first?.kind === 'array') return [null];
  if (first?.kind !== 'object' || first.members.length !== 2) return [];
  const [x, y] = first.members.map((one) => one.key) as [string, string];
  return [
    [x, y],
    [y, x],
  ];
}

function entriesOf(list: JsonNode, object: JsonNode): Entries | null {
  if (list.kind !== 'array' || object.kind !== 'object' || list.items.length === 0) return null;
  const keys = uniqueKeys(object);
  if (keys === null || keys.size !== list.items.length) return null;
  for (const names of namesIn(list)) {
    const entries = list.items.map((item) => entryOf(item, names));
    const texts = new Set(entries.map((one) => (one === null ? null : keyText(one[0]))));
    if (texts.size !== keys.size || [...texts].some((text) => text === null || !keys.has(text))) continue;
    const kinds = new Set(entries.map((one) => one![0].kind));
    if (kinds.size === 1) return { names, numeric: kinds.has('number') };
  }
  return null;
}

function toMap(list: JsonNode, { names }: Entries): JsonNode {
  if (list.kind !== 'array') return list;
  const members = list.items.map((item) => {
    const entry = entryOf(item, names);
    const key = entry === null ? null : keyText(entry[0]);
    return key === null ? null : memberOf(key, entry![1]);
  });
  return members.includes(null) ? list : objectOf(members.filter((one) => one !== null));
}

function toEntries(object: JsonNode, { names, numeric }: Entries): JsonNode {
  if (object.kind !== 'object') return object;
  return arrayOf(
    object.members.map(({ key, value }) => {
      const head: JsonNode = numeric ? { kind: 'number', raw: key } : stringNode(key);
      return names === null ? arrayOf([head, value]) : objectOf([memberOf(names[0], head), memberOf(names[1], value)]);
    }),
  );
}

const mapVsEntryList = twoForms<Entries>({
  id: 'map-vs-entry-list',
  kinds: either(['object'], ['array']),
  find: entriesOf,
  toPlain: toMap,
  toRich: toEntries,
  terms: ({ names }) => ({ names: [names?.join(' and ') ?? 'pairs'] }),
  advice: ({ names }) => ({
    rich: 'write an object: a map with string keys in Rust (BTreeMap<String, T>) and Go, Object.fromEntries(map) in Node, to_dict in Python',
    plain:
      names === null
        ? 'or write a list of pairs: Vec<(K, V)> or serde_with::Seq in Rust, [...map] in Node'
        : `or write a list of {${quoted(names[0])}: …, ${quoted(names[1])}: …}`,
  }),
});

interface Filler {
  readonly filler: string;
}

const fillers: ReadonlyMap<string, JsonNode> = new Map([
  ['true', { kind: 'boolean', raw: 'true' }],
  ['null', { kind: 'null', raw: 'null' }],
  ['1', { kind: 'number', raw: '1' }],
  ['{}', { kind: 'object', members: [] }],
]);

function fillerOf(node: ObjectNode): string | null {
  const [first] = node.members;
  const found = [...fillers].find(([, filler]) => first !== undefined && isSame(first.value, filler));
  return found !== undefined && node.members.every((one) => isSame(one.value, found[1])) ? found[0] : null;
}

const setAsObject = twoForms<Filler>({
  id: 'set-as-object',
  kinds: either(['object'], ['array']),
  find(rich, plain) {
    const keys = rich.kind === 'object' ? uniqueKeys(rich) : null;
    if (rich.kind !== 'object' || plain.kind !== 'array' || keys === null || keys.size !== plain.items.length)
      return null;
    const filler = fillerOf(rich);
    const texts = new Set(plain.items.map(textOf));
    return filler !== null && texts.size === keys.size && [...keys].every((key) => texts.has(key)) ? { filler } : null;
  },
  toPlain: (rich, { filler }) =>
    rich.kind === 'object' && fillerOf(rich) === filler
      ? arrayOf(rich.members.map((one) => stringNode(one.key)))
      : rich,
  toRich(plain, { filler }) {
    const texts = plain.kind === 'array' ? plain.items.map(textOf) : [null];
    if (texts.includes(null)) return plain;
    return objectOf(texts.map((text) => memberOf(text ?? '', fillers.get(filler)!)));
  },
  terms: ({ filler }) => ({ filler: [filler] }),
  advice: ({ filler }) => ({
    rich: `write a list of the members, sorted: maps.Keys and slices.Sorted in Go instead of a map to ${filler}, [...set] in Node`,
    plain: `or write an object with ${filler} under each member, as a Go map[string]${filler === '{}' ? 'struct{}' : 'bool'} does`,
  }),
});

interface Positions {
  readonly keys: readonly string[];
}

function positionsOf(rich: JsonNode, plain: JsonNode): Positions | null {
  if (rich.kind !== 'object' || plain.kind !== 'array' || rich.members.length < 2) return null;
  if (rich.members.length !== plain.items.length || uniqueKeys(rich) === null) return null;
  if (rich.members.every((one, i) => one.key === `${i}`)) return null;
  const isEach = rich.members.every((one, i) => isAlike(one.value, plain.items[i]!));
  const hasEqual = rich.members.some((one, i) => isLeaf(one.value) && isSame(one.value, plain.items[i]!));
  return isEach && hasEqual ? { keys: rich.members.map((one) => one.key) } : null;
}

const tupleArrayVsObject = twoForms<Positions>({
  id: 'tuple-array-vs-object',
  kinds: either(['object'], ['array']),
  find: positionsOf,
  toPlain(rich, { keys }) {
    if (rich.kind !== 'object' || rich.members.length !== keys.length) return rich;
    const items = keys.map((key) => member(rich, key)?.value);
    return items.includes(undefined) ? rich : arrayOf(items.filter((one) => one !== undefined));
  },
  toRich: (plain, { keys }) =>
    plain.kind === 'array' && plain.items.length === keys.length
      ? objectOf(keys.map((key, i) => memberOf(key, plain.items[i]!)))
      : plain,
  terms: ({ keys }) => ({ keys: [keys.join(' ')] }),
  advice: ({ keys }) => ({
    plain: `write an object with the keys ${listed(keys)}: a struct with named fields instead of a tuple in Rust, a model instead of a tuple in Python`,
    rich: `or write a list of ${keys.length} values in this order: a tuple struct in Rust, a MarshalJSON in Go, @JsonFormat(shape = ARRAY) in Jackson`,
  }),
});

function indicesOf(node: JsonNode): number[] | null {
  if (node.kind !== 'object' || node.members.length === 0) return null;
  const indices = node.members.map((one) => (/^(?:0|[1-9]\d{0,8})$/.test(one.key) ? Number(one.key) : -1));
  return indices.every((at, i) => at > (indices[i - 1] ?? -1)) ? indices : null;
}

const listVsIndexObject = twoForms<{ readonly gaps: boolean }>({
  id: 'list-vs-index-object',
  kinds: either(['object'], ['array']),
  find(rich, plain) {
    const indices = indicesOf(rich);
    if (indices === null || rich.kind !== 'object' || plain.kind !== 'array' || indices.length !== plain.items.length)
      return null;
    if (!rich.members.every((one, i) => isAlike(one.value, plain.items[i]!))) return null;
    return { gaps: indices.some((at, i) => at !== i) };
  },
  toPlain: (rich) =>
    rich.kind === 'object' && indicesOf(rich) !== null ? arrayOf(rich.members.map((one) => one.value)) : rich,
  toRich: (plain) =>
    plain.kind === 'array' && plain.items.length > 0
      ? objectOf(plain.items.map((item, i) => memberOf(`${i}`, item)))
      : plain,
  // Which indices were left out cannot be told from the list.
  unite: (found, to) => {
    const gaps = found.some((one) => one.gaps);
    return gaps && to === 'rich' ? null : { gaps };
  },
  advice: () => ({
    rich: 'write a list: array_values($list) after array_filter or unset in PHP, Array.from(typed) in Node',
    plain: 'or nothing: a list is what the other side means',
  }),
});

/** Rules for values that are a list on one side and something else on the other. */
export const containerRules: readonly DriftRule[] = [
  setAsObject,
  mapVsEntryList,
  listVsIndexObject,
  tupleArrayVsObject,
  singleVsArray,
];
