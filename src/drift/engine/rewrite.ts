import { foldData } from '../../json/pointer.ts';
import type { JsonMember, JsonNode } from '../../json/tree.ts';
import { isFolded, type Lesson, type Lessons } from '../kit/fitted-rule.ts';
import { isUnchanged } from '../kit/nodes.ts';
import { handOn } from './array-alignment.ts';

/** The lessons of a place, and those of the places below it by the token that leads there; `*` stands for all indices, and for keys that are data. */
export interface Plan {
  readonly here: readonly Lesson[];
  readonly below: ReadonlyMap<string, Plan>;
}

interface Branch extends Plan {
  readonly here: Lesson[];
  readonly below: Map<string, Branch>;
}

function branch(): Branch {
  return { here: [], below: new Map() };
}

/** Lessons of a shape and of those below it as a body is walked, so that what none of them speaks for is not walked at all. */
export function planOf(lessons: Lessons, top = ''): Plan {
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
  readonly used: readonly Lesson[];
}

/** Rewrites a reference body, or a place of one, by frozen lessons, without a look at the candidate. */
export function rewriteBody(a: JsonNode, plan: Plan): Rewritten {
  const used = new Set<Lesson>();
  const tree = rewriteAt(a, plan, used);
  // Of a list one item may use an inner lesson before the next one uses an outer one.
  return { tree, used: used.size < 2 ? [...used] : lessonsIn(plan).filter((lesson) => used.has(lesson)) };
}

/** All lessons, outer places first, and of one place in the order of the passes. */
function lessonsIn({ here, below }: Plan): readonly Lesson[] {
  return [...here, ...[...below.values()].flatMap(lessonsIn)];
}

function rewriteAt(a: JsonNode, plan: Plan, used: Set<Lesson>): JsonNode {
  const node = plan.here.reduce((before, lesson) => applyLesson(before, lesson, used), a);
  if (plan.below.size === 0) return node;
  if (node.kind === 'array') return rewriteItems(node, plan.below.get('*'), used);
  return node.kind === 'object' ? rewriteMembers(node, plan, used) : node;
}

function applyLesson(before: JsonNode, lesson: Lesson, used: Set<Lesson>): JsonNode {
  const after = lesson.rule.rewrite(before, lesson.parameters);
  if (isUnchanged(before, after)) return before;
  used.add(lesson);
  return after;
}

function rewriteItems(node: Extract<JsonNode, { kind: 'array' }>, plan: Plan | undefined, used: Set<Lesson>): JsonNode {
  if (plan === undefined) return node;
  let isChanged = false;
  const items = node.items.map((item) => {
    const after = rewriteAt(item, plan, used);
    isChanged ||= after !== item;
    return after;
  });
  return isChanged ? handOn(node, { kind: 'array', items }) : node;
}

function rewriteMembers(node: Extract<JsonNode, { kind: 'object' }>, plan: Plan, used: Set<Lesson>): JsonNode {
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
