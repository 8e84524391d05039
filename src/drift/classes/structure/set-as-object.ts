import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { either } from '../../kit/kinds.ts';
import { memberOf, objectOf } from '../../kit/node-predicates.ts';
import { type ObjectNode, textOf, uniqueKeys } from '../../kit/nodes.ts';
import { isSame } from '../../kit/tree-equal.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { arrayOf } from './containers.ts';

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

const rule = twoForms<Filler>({
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

export const setAsObject = defineClass({
  id: 'set-as-object',
  title: 'a set is a list on one side and an object on the other',
  severity: 'breaking',
  pass: 'container',
  rank: 1,
  evidence: 'documented',
  page: {
    what: 'One side lists the members, the other writes them as keys.',
    example: [
      ['Go', '{"admin":true,"user":true}'],
      ['Rust (serde)', '["admin","user"]'],
    ],
    why: [
      ['Go', 'has no set: map[string]bool and map[string]struct{} stand for it'],
      ['Rust', 'HashSet and BTreeSet are lists'],
    ],
    breaks: 'A call of includes fails; a loop over the list finds nothing.',
    fix: [
      ['Go', 'slices.Sorted(maps.Keys(set)) in a MarshalJSON'],
      ['Rust', 'BTreeMap<String, bool> where clients look up'],
      ['Node', '[...set]: a Set itself is written as {}'],
    ],
    proof:
      'The keys of the object must be the texts of the list, under one and the same filler, in all samples of the route; one sample alone makes a hypothesis.',
    sources: ['https://pkg.go.dev/encoding/json'],
  },
  rule,
});
