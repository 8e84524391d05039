import type { JsonMember, JsonNode } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { listed } from '../../kit/fix-text.ts';
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

const duplicateKeyCollapse: DriftRule<Collapse> = {
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
      text: `write ${listed(keys)} once: rename the field, or take it out of one of the parts that #[serde(flatten)] joins in Rust`,
    },
    {
      target: names.candidate,
      text: `name ${listed(keys)} in the outer struct: in Go it then wins over embedded structs, which lose a name that two of them have`,
    },
  ],
};

/** Rules for keys that are there twice. */
export const duplicateRules: readonly DriftRule[] = [duplicateKeyCollapse];
