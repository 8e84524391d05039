import type { JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { listNames } from '../../kit/fix-text.ts';
import { either } from '../../kit/kinds.ts';
import { areAlike, isLeaf, memberOf, objectOf } from '../../kit/node-predicates.ts';
import { isInteger, member, uniqueKeys } from '../../kit/nodes.ts';
import { isSame } from '../../kit/tree-equal.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { arrayOf } from './containers.ts';

interface Positions {
  readonly keys: readonly string[];
}

function positionsOf(rich: JsonNode, plain: JsonNode): Positions | null {
  if (rich.kind !== 'object' || plain.kind !== 'array' || rich.members.length < 2) return null;
  if (rich.members.length !== plain.items.length || uniqueKeys(rich) === null) return null;
  // Indices are not names: `list-vs-index-object`.
  if (rich.members.every(({ key }) => isInteger(key))) return null;
  const isEach = rich.members.every((one, i) => areAlike(one.value, plain.items[i]!));
  const hasEqual = rich.members.some((one, i) => isLeaf(one.value) && isSame(one.value, plain.items[i]!));
  return isEach && hasEqual ? { keys: rich.members.map((one) => one.key) } : null;
}

const rule = twoForms<Positions>({
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
    plain: `write an object with the keys ${listNames(keys)}: a struct with named fields instead of a tuple in Rust, a model instead of a tuple in Python`,
    rich: `or write a list of ${keys.length} values in this order: a tuple struct in Rust, a MarshalJSON in Go, @JsonFormat(shape = ARRAY) in Jackson`,
  }),
});

export const tupleArrayVsObject = defineClass({
  id: 'tuple-array-vs-object',
  title: 'values are told apart by position on one side and by name on the other',
  severity: 'breaking',
  pass: 'container',
  rank: 4,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'One side writes [1, "x"], the other {"A": 1, "B": "x"}.',
    example: [
      ['Rust (serde)', '[1,"x"]'],
      ['Go', '{"A":1,"B":"x"}'],
    ],
    why: [
      ['Rust', 'a tuple or tuple struct is a list'],
      ['Python', 'a tuple is a list'],
      ['Go', 'has no tuple, so a port has a struct'],
    ],
    breaks: 'The first client reads undefined by name, the second by position.',
    fix: [
      ['Rust', 'a struct with named fields'],
      ['Go', 'a MarshalJSON that writes []any{v.A, v.B}'],
      ['Java', '@JsonFormat(shape = JsonFormat.Shape.ARRAY) with @JsonPropertyOrder'],
      ['Python', 'NamedTuple._asdict()'],
    ],
    proof:
      'The values must follow each other in the order of the names, at least one of them spelled alike. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://serde.rs/json.html', 'https://pkg.go.dev/encoding/json'],
  },
  rule,
});
