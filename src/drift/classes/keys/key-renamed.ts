import { foldData } from '../../../json/pointer.ts';
import type { JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import type { DriftRule, TrainingSample } from '../../kit/drift-rule.ts';
import { visibleName } from '../../kit/fix-text.ts';
import { alike } from '../../kit/kinds.ts';
import { uniteRenames } from '../../kit/map-utils.ts';
import { hasSameKeys, type ObjectNode, uniqueKeys } from '../../kit/nodes.ts';
import { rename } from './keys.ts';

/** Members that have another name on the other side. */
interface Renamed {
  /** The candidate's key by the reference's. */
  readonly renames: ReadonlyMap<string, string>;
  /** By the reference's key how much speaks for it: what its different values tell, in bits. */
  readonly told: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Those of the reference's keys that held something else in some answer. */
  readonly disputed: ReadonlySet<string>;
}

/** Two members of one object, unlike in name, may be one if so much of what they hold is the same, and are if it is so much, in all answers together. */
const [fewestBits, enoughBits] = [20, 30];

/** What one value tells at most, and a character of a text and a digit of a number; a word may be one of a few. */
const [mostBits, ofCharacter, ofDigit, ofWord] = [24, 3, 3, 6];

const word = /^"[A-Za-z_-]*"$/;

/** Values that are kept of one member, and keys and leaves that are looked at. */
const [mostValues, mostKeys, mostLeaves] = [8, 100, 500];

/** Names of one object that are learned. */
const maxNames = 40;

const none: ReadonlySet<string> = new Set();

/** What a value holds, whatever the names and the order of its parts. */
interface Content {
  /** How often each leaf is there, as spelled. */
  readonly leaves: ReadonlyMap<string, number>;
  readonly bits: number;
}

/** A value is looked at beside each that could be it. */
const contents = new WeakMap<JsonNode, Content | null>();

/** Null where there are very many leaves. */
function contentOf(node: JsonNode): Content | null {
  const known = contents.get(node);
  if (known !== undefined) return known;
  const leaves = new Map<string, number>();
  let [left, bits] = [mostLeaves, 0];
  const visit = (one: JsonNode): void => {
    if (left < 0) return;
    if (!('raw' in one)) for (const child of childrenOf(one)) visit(child);
    else {
      left -= 1;
      bits += bitsOf(one.raw);
      leaves.set(one.raw, (leaves.get(one.raw) ?? 0) + 1);
    }
  };
  visit(node);
  const content = left < 0 ? null : { leaves, bits };
  contents.set(node, content);
  return content;
}

function childrenOf(node: JsonNode): readonly JsonNode[] {
  if (node.kind === 'object') return node.members.map(({ value }) => value);
  return node.kind === 'array' ? node.items : [];
}

/** How little chance there is that two servers say this for another reason. */
function bitsOf(raw: string): number {
  if (raw === 'null') return 0;
  if (raw === 'true' || raw === 'false') return 1;
  if (raw.startsWith('"')) return Math.min(word.test(raw) ? ofWord : mostBits, ofCharacter * (raw.length - 2));
  const digits = raw.replaceAll(/[^0-9]/g, '').replace(/^0+/, '');
  return Math.min(mostBits, ofDigit * digits.length);
}

/** How much two values have in common, in bits; 0 if a third of what either tells is not in the other. */
function commonBits(a: JsonNode, b: JsonNode): number {
  if (a.kind !== b.kind) return 0;
  if ('raw' in a && 'raw' in b && a.raw !== b.raw) return 0;
  const [x, y] = [contentOf(a), contentOf(b)];
  if (x === null || y === null) return 0;
  let common = 0;
  for (const [raw, count] of x.leaves) common += bitsOf(raw) * Math.min(count, y.leaves.get(raw) ?? 0);
  return common * 3 >= Math.max(x.bits, y.bits) * 2 ? Math.min(mostBits, common) : 0;
}

function renamedBetween(a: ObjectNode, b: ObjectNode): Renamed | null {
  const [keysA, keysB] = [uniqueKeys(a), uniqueKeys(b)];
  if (keysA === null || keysB === null) return null;
  const open = (node: ObjectNode, others: ReadonlySet<string>) =>
    node.members.filter(({ key }) => !others.has(key) && foldData(key) === key);
  const [missing, extra] = [open(a, keysB), open(b, keysA)];
  if (missing.length * extra.length === 0 || missing.length + extra.length > mostKeys) return null;
  const partners = (value: JsonNode, others: ObjectNode['members']) =>
    others.filter((one) => commonBits(value, one.value) > 0);
  const renames = new Map<string, string>();
  const told = new Map<string, ReadonlyMap<string, number>>();
  for (const { key, value } of missing) {
    const [to, ...more] = partners(value, extra);
    if (to === undefined || more.length > 0 || partners(to.value, missing).length > 1) continue;
    renames.set(key, to.key);
    told.set(key, new Map([[textOf(value), commonBits(value, to.value)]]));
  }
  return renames.size === 0 ? null : { renames, told, disputed: none };
}

const maxTextLength = 200;

/** Tells values apart. */
function textOf(value: JsonNode): string {
  return [...(contentOf(value)?.leaves ?? [])].join().slice(0, maxTextLength);
}

function unite(found: readonly Renamed[]): Renamed | null {
  const renames = uniteRenames(found.map((one) => one.renames));
  // Where there are very many, the keys are data.
  if (renames === null || renames.size > maxNames) return null;
  const told = new Map<string, Map<string, number>>();
  for (const one of found)
    for (const [key, values] of one.told) {
      const all = told.get(key) ?? new Map<string, number>();
      told.set(key, all);
      for (const [text, bits] of values) if (all.size < mostValues) all.set(text, bits);
    }
  return { renames, told, disputed: none };
}

/** What a pair of objects says of a member's having this name: nothing, or that a side has the other's, or that both hold the same, or not. */
function wordOf({ a, b }: TrainingSample, from: string, to: string): 'nothing' | 'left' | 'same' | 'other' {
  if (a.kind !== 'object' || b.kind !== 'object') return 'nothing';
  const valueIn = (node: ObjectNode, key: string) => node.members.find((one) => one.key === key)?.value;
  if (valueIn(a, to) !== undefined || valueIn(b, from) !== undefined) return 'left';
  const [before, after] = [valueIn(a, from), valueIn(b, to)];
  if (before === undefined || after === undefined)
    return [before, after].some((one) => one !== undefined && isTelling(one)) ? 'left' : 'nothing';
  if ('raw' in before && 'raw' in after && before.kind === after.kind && before.raw !== after.raw) return 'other';
  return commonBits(before, after) > 1 ? 'same' : 'nothing';
}

/** Of so many pairs that hold the same under both names one may hold something else: that is another divergence. */
const maxOthers = 3;

/** Whether the pairs bear a name out, or most of them do. */
function weigh(places: readonly TrainingSample[], from: string, to: string): { holds: boolean; disputed: boolean } {
  const counts = { nothing: 0, left: 0, same: 0, other: 0 };
  for (const place of places) counts[wordOf(place, from, to)] += 1;
  return { holds: counts.left === 0 && counts.other * maxOthers <= counts.same, disputed: counts.other > 0 };
}

/** It is more than null, false, zero or nothing, which may be left out. */
function isTelling(value: JsonNode): boolean {
  return commonBits(value, value) > 1;
}

const sumOf = (values: ReadonlyMap<string, number> | undefined): number =>
  [...(values?.values() ?? [])].reduce((sum, bits) => sum + bits, 0);

function only(from: string, { renames, told, disputed }: Renamed): Renamed {
  return {
    renames: new Map([[from, renames.get(from)!]]),
    told: new Map([[from, told.get(from) ?? new Map()]]),
    disputed: new Set(disputed.has(from) ? [from] : []),
  };
}

/** `name` and `fullName`: one member under two names that have nothing in common, told by what it holds. */
const rule: DriftRule<Renamed> = {
  id: 'key-renamed',
  kinds: alike('object'),
  learns: true,
  locate: (a, b) => (a.kind !== 'object' || b.kind !== 'object' || hasSameKeys(a, b) ? null : renamedBetween(a, b)),
  rewrite: (a, { renames }) => rename(a, renames),
  unite,
  confirm({ renames, told }, places) {
    const held = [...renames].flatMap(([from, to]) => {
      if (sumOf(told.get(from)) < fewestBits) return [];
      const { holds, disputed } = weigh(places, from, to);
      return holds ? [{ from, to, disputed }] : [];
    });
    if (held.length === 0) return null;
    return {
      renames: new Map(held.map(({ from, to }) => [from, to])),
      told: new Map(held.map(({ from }) => [from, told.get(from)!])),
      disputed: new Set(held.filter((one) => one.disputed).map(({ from }) => from)),
    };
  },
  split: (parameters) => [...parameters.renames.keys()].map((from) => only(from, parameters)),
  isDoubtful: ({ told, disputed }) =>
    disputed.size > 0 || [...told.values()].some((values) => values.size < 2 || sumOf(values) < enoughBits),
  owns: ({ renames }) => [...renames],
  place: ({ renames }) => [...renames.keys()][0] ?? null,
  words: ({ renames }) => [...renames][0] ?? null,
  terms: ({ renames }) => Object.fromEntries([...renames].map(([from, to]) => [`key ${from}`, [to]])),
  fixes({ renames }, { reference, candidate }) {
    const [[from, to] = ['', '']] = renames;
    const advice = (is: string, should: string) =>
      `write ${visibleName(is)} as ${visibleName(should)}: #[serde(rename = "${visibleName(should)}")] in Rust, a \`json:"${visibleName(should)}"\` tag in Go`;
    return [
      { target: candidate, text: advice(to, from) },
      { target: reference, text: advice(from, to) },
    ];
  },
};

export const keyRenamed = defineClass({
  id: 'key-renamed',
  title: 'a member has another name',
  severity: 'breaking',
  pass: 'key-rename',
  evidence: 'observed',
  observedBetween: 'FastAPI and Express',
  page: {
    what: 'One key is there on one side only, another, unlike it, on the other, and what they hold is the same.',
    example: [
      ['Rust (serde)', '{"id":1,"name":"Eva Sommer"}'],
      ['Go', '{"id":1,"fullName":"Eva Sommer"}'],
    ],
    why: [
      ['Go', 'the struct of the port was named after the domain or the database, not after the answer'],
      ['Rust', '#[serde(rename = "…")] on the field was overlooked when the type was carried over'],
    ],
    breaks: 'The member is undefined for every client that asks for the old name.',
    fix: [
      ['Go', 'a `json:"name"` tag on the field'],
      ['Rust', '#[serde(rename = "fullName")] on the field'],
      ['Java', '@JsonProperty("name")'],
      ['.NET', '[JsonPropertyName("name")]'],
    ],
    proof:
      'Nothing else on either side may hold the same, and in no answer may a side have the name of the other. If the new one holds another text or number in one answer of four, it is a hypothesis; if in more, it is not claimed. What the answers hold must be too much for chance: a name and a number of five digits, say, or four words that could be one of a few. As long as they all hold one and the same it is a hypothesis.',
    sources: ['https://serde.rs/field-attrs.html', 'https://pkg.go.dev/encoding/json#Marshal'],
  },
  rule,
});
