import type { JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import type { DriftRule, TrainingSample, TreePair } from '../../kit/drift-rule.ts';
import { isLeaf } from '../../kit/node-predicates.ts';
import { isSame } from '../../kit/tree-equal.ts';
import { isNull, isZero, type Presence, presenceRule, spell } from './presence.ts';

/** Both sides write one of the keys, and the same value under it. */
function agreedByBoth({ a, b }: TreePair, { drop, add }: Presence): boolean {
  if (a.kind !== 'object' || b.kind !== 'object') return false;
  const others = new Map(b.members.map((one) => [one.key, one.value]));
  return a.members.some(({ key, value }) => {
    const other = others.get(key);
    return other !== undefined && (drop.has(key) || add.has(key)) && isSame(value, other);
  });
}

/** A value that a side may leave out because it is the declared default: no empty one, and no container. */
function isDefault(node: JsonNode): boolean {
  return isLeaf(node) && !isNull(node) && !isZero(node);
}

/** A default shows only where it is left out more than once: one member that is not there is a lost member. */
const minOmissions = 2;

/** The keys of a map that one side left out more than once, and that both sides write with another value of their own somewhere. */
function confirmed(keys: ReadonlyMap<string, string>, places: readonly TrainingSample[]): Map<string, string> {
  const values = (node: JsonNode) =>
    new Map(node.kind === 'object' ? node.members.map((one) => [one.key, one.value]) : []);
  const pairs = places.filter((one) => !one.isMended).map(({ a, b }) => [values(a), values(b)] as const);
  const isKnown = (key: string, raw: string) =>
    pairs.some(([x, y]) => x.has(key) && y.has(key) && spell(x.get(key)!) !== raw && spell(y.get(key)!) !== raw);
  const isOften = (key: string) => pairs.filter(([x, y]) => x.has(key) !== y.has(key)).length >= minOmissions;
  return new Map([...keys].filter(([key, raw]) => isKnown(key, raw) && isOften(key)));
}

const rule: DriftRule<Presence> = {
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

export const defaultValueOmitted = defineClass({
  id: 'default-value-omitted',
  title: 'a member is left out where it holds its default',
  severity: 'risky',
  pass: 'presence',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'httpbin and go-httpbin',
  page: {
    what: 'One side leaves a member out exactly where it holds one certain value.',
    example: [
      ['Rust (serde)', '[{"id":1,"retries":3},{"id":2,"retries":3},{"id":3,"retries":5}]'],
      ['Kotlin (kotlinx)', '[{"id":1},{"id":2},{"id":3,"retries":5}]'],
    ],
    why: [
      ['Kotlin', 'encodeDefaults is false by default'],
      ['.NET', 'JsonIgnoreCondition.WhenWritingDefault'],
      ['Python', 'model_dump(exclude_defaults=True)'],
    ],
    breaks: 'A client that does not know the default reads undefined.',
    fix: [
      ['Kotlin', 'Json { encodeDefaults = true }'],
      ['.NET', 'JsonIgnoreCondition.Never'],
      ['Python', 'no exclude_defaults'],
      ['Rust', 'no skip_serializing_if'],
    ],
    proof:
      'The member must hold one and the same value wherever it is left out, at two places at least, and both sides must write it with another value somewhere.',
    sources: ['https://kotlinlang.org/api/kotlinx.serialization/'],
  },
  rule,
});
