import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { quoted } from '../../kit/fix-text.ts';
import { either } from '../../kit/kinds.ts';
import { memberOf, objectOf } from '../../kit/node-predicates.ts';
import { member, textOf, uniqueKeys } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { type ArrayNode, arrayOf } from './containers.ts';

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

const rule = twoForms<Entries>({
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

export const mapVsEntryList = defineClass({
  id: 'map-vs-entry-list',
  title: 'a map is an object on one side and a list of entries on the other',
  severity: 'breaking',
  pass: 'container',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'One side writes {"K": V}, the other [{"key": K, "value": V}] or [[K, V]].',
    example: [
      ['Node', '[{"key":"A","value":"1"}]'],
      ['Go', '{"A":"1"}'],
    ],
    why: [
      ['Node', '[...map] gives pairs'],
      ['Rust', 'keys that are no strings need serde_with::Seq or a Vec of tuples'],
      ['.NET', 'DataContractJsonSerializer writes dictionaries as entries'],
    ],
    breaks: 'A lookup by key finds undefined, and a loop over the list throws on an object.',
    fix: [
      ['Rust', 'BTreeMap<String, V>, or #[serde_as(as = "Seq<(_, _)>")]'],
      ['Go', 'map[string]V, or a slice of a struct'],
      ['Node', 'Object.fromEntries(map), or [...map]'],
      ['.NET', 'System.Text.Json, or UseSimpleDictionaryFormat = true'],
    ],
    proof:
      'Keys and values must be equal, each key once. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://docs.rs/serde_with/latest/serde_with/struct.Seq.html'],
  },
  rule,
});
