import { foldData } from '../../json/pointer.ts';
import type { JsonMember, JsonNode } from '../../json/tree.ts';
import { handOn } from '../kit/array-alignment.ts';
import { type FittedRule, type FittedRules, isFolded } from '../kit/fitted-rule.ts';
import { isUnchanged } from '../kit/nodes.ts';

/** The lessons of a place, and those of the places below it by the token that leads there; `*` stands for all indices, and for keys that are data. */
export interface Plan {
  readonly here: readonly FittedRule[];
  readonly below: ReadonlyMap<string, Plan>;
}

interface Branch extends Plan {
  readonly here: FittedRule[];
  readonly below: Map<string, Branch>;
}

function branch(): Branch {
  return { here: [], below: new Map() };
}

/** Lessons of a shape and of those below it as a body is walked, so that what none of them speaks for is not walked at all. */
export function planOf(lessons: FittedRules, top = ''): Plan {
  const root = branch();
  for (const [shape, list] of lessons) {
    let at = root;
    for (const escaped of shape.slice(top.length).split('/').slice(1)) {
      const token = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
      const next = at.below.get(token) ?? branch();
      at.below.set(token, next);
      at = next;
    }
    at.here.push(...list);
  }
  return root;
}

/** A reference body as the lessons have it. */
export interface Rewritten {
  /** Shares with the reference whatever stayed as it was. */
  readonly tree: JsonNode;
  /** The lessons that changed something, outer places first, whatever the order of the items. */
  readonly used: readonly FittedRule[];
}

/** Rewrites a reference body, or a place of one, by frozen lessons, without a look at the candidate. */
export function rewriteBody(a: JsonNode, plan: Plan): Rewritten {
  const used = new Set<FittedRule>();
  const tree = rewriteAt(a, plan, used);
  // Of a list one item may use an inner lesson before the next one uses an outer one.
  return { tree, used: used.size < 2 ? [...used] : rulesIn(plan).filter((lesson) => used.has(lesson)) };
}

/** All lessons, outer places first, and of one place in the order of the passes. */
function rulesIn({ here, below }: Plan): readonly FittedRule[] {
  return [...here, ...[...below.values()].flatMap(rulesIn)];
}

function rewriteAt(a: JsonNode, plan: Plan, used: Set<FittedRule>): JsonNode {
  const node = plan.here.reduce((before, lesson) => applyRule(before, lesson, used), a);
  if (plan.below.size === 0) return node;
  if (node.kind === 'array') return rewriteItems(node, plan.below.get('*'), used);
  return node.kind === 'object' ? rewriteMembers(node, plan, used) : node;
}

function applyRule(before: JsonNode, lesson: FittedRule, used: Set<FittedRule>): JsonNode {
  const after = lesson.rule.rewrite(before, lesson.parameters);
  if (isUnchanged(before, after)) return before;
  used.add(lesson);
  return after;
}

function rewriteItems(
  node: Extract<JsonNode, { kind: 'array' }>,
  plan: Plan | undefined,
  used: Set<FittedRule>,
): JsonNode {
  if (plan === undefined) return node;
  let isChanged = false;
  const items = node.items.map((item) => {
    const after = rewriteAt(item, plan, used);
    isChanged ||= after !== item;
    return after;
  });
  return isChanged ? handOn(node, { kind: 'array', items }) : node;
}

function rewriteMembers(node: Extract<JsonNode, { kind: 'object' }>, plan: Plan, used: Set<FittedRule>): JsonNode {
  const fold = isFolded(node, plan.here);
  let isChanged = false;
  const members = node.members.map((one): JsonMember => {
    const inner = plan.below.get(fold ? '*' : foldData(one.key));
    const value = inner === undefined ? one.value : rewriteAt(one.value, inner, used);
    if (value === one.value) return one;
    isChanged = true;
    return { key: one.key, raw: one.raw, value };
  });
  return isChanged ? { kind: 'object', members } : node;
}
