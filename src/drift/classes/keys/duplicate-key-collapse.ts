import type { JsonMember, JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { listNames } from '../../kit/fix-text.ts';
import { alike } from '../../kit/kinds.ts';
import { pushTo } from '../../kit/map-utils.ts';
import { unionOf } from '../../kit/node-predicates.ts';
import { type ObjectNode, uniqueKeys } from '../../kit/nodes.ts';
import { isSame } from '../../kit/tree-equal.ts';

/** Which of several members with one key the other side has. */
type Kept = 'last' | 'first' | 'none';

interface Collapse {
  readonly kept: readonly Kept[];
  readonly keys: readonly string[];
}

function repeated(node: ObjectNode): Map<string, JsonMember[]> {
  const byKey = new Map<string, JsonMember[]>();
  for (const one of node.members) pushTo(byKey, one.key, one);
  return new Map([...byKey].filter(([, list]) => list.length > 1));
}

function keptOf(list: readonly JsonMember[], value: JsonNode | undefined): Kept[] {
  if (value === undefined) return ['none'];
  const found: Kept[] = [];
  if (isSame(list.at(-1)!.value, value)) found.push('last');
  if (isSame(list[0]!.value, value)) found.push('first');
  return found;
}

function locateCollapse(a: JsonNode, b: JsonNode): Collapse | null {
  if (a.kind !== 'object' || b.kind !== 'object' || uniqueKeys(b) === null) return null;
  if (uniqueKeys(a) !== null) return null;
  const twice = repeated(a);
  const values = new Map(b.members.map((one) => [one.key, one.value]));
  const kept = [...twice].map(([key, list]) => keptOf(list, values.get(key)));
  const shared = (['last', 'first', 'none'] as const).filter((one) => kept.every((list) => list.includes(one)));
  return twice.size === 0 || shared.length === 0 ? null : { kept: shared, keys: [...twice.keys()] };
}

function collapse(node: JsonNode, { kept: [kept] }: Collapse): JsonNode {
  if (node.kind !== 'object') return node;
  const twice = repeated(node);
  const isKept = (one: JsonMember) => {
    const list = twice.get(one.key);
    return list === undefined || (kept === 'last' ? one === list.at(-1) : kept === 'first' && one === list[0]);
  };
  return twice.size === 0 ? node : { kind: 'object', members: node.members.filter(isKept) };
}

const rule: DriftRule<Collapse> = {
  id: 'duplicate-key-collapse',
  classes: ['embed-conflict-drop'],
  classOf: ({ kept }) => (kept[0] === 'none' ? 'embed-conflict-drop' : 'duplicate-key-collapse'),
  form: true,
  learns: true,
  kinds: alike('object'),
  locate: locateCollapse,
  rewrite: collapse,
  unite(found) {
    const kept = found[0]!.kept.filter((one) => found.every((two) => two.kept.includes(one)));
    return kept.length === 0 ? null : { kept, keys: unionOf(found.map((one) => one.keys)) };
  },
  owns: ({ keys }) => keys.map((key) => [key]),
  loss: ({ keys }) => ({ named: keys, waived: [] }),
  fixes: ({ keys }, names) => [
    {
      target: names.reference,
      text: `write ${listNames(keys)} once: rename the field, or take it out of one of the parts that #[serde(flatten)] joins in Rust`,
    },
    {
      target: names.candidate,
      text: `name ${listNames(keys)} in the outer struct: in Go it then wins over embedded structs, which lose a name that two of them have`,
    },
  ],
};

export const duplicateKeyCollapse = defineClass({
  id: 'duplicate-key-collapse',
  title: 'a key that is there twice is there once on the other side',
  severity: 'breaking',
  pass: 'duplicate-key',
  evidence: 'documented',
  page: {
    what: 'One side writes a key twice, the other only its first or its last value.',
    example: [
      ['Rust (serde, flatten)', '{"id":1,"id":2}'],
      ['Node', '{"id":2}'],
    ],
    why: [
      ['Rust', '#[serde(flatten)] writes a name of both structs twice'],
      ['Node, Python, Go', 'what they parse and write again has it once'],
    ],
    breaks: 'Which value counts depends on the reader (RFC 8259, section 4).',
    fix: [
      ['Rust', 'rename one of the fields, or #[serde(skip)] it'],
      ['All', 'refuse such bodies where they come in'],
    ],
    proof:
      'What is left must be the first or the last of the values, the same one in all samples of the route. It is recognised, but never called verified: the values that are gone are named as lost.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-4'],
  },
  rule,
});
