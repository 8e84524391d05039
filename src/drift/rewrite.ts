import type { JsonNode } from '../json/tree.ts';
import { below, isFolded, type Lesson, type Lessons } from './lesson.ts';
import { isUnchanged } from './nodes.ts';

/** A reference body as the lessons have it. */
export interface Rewritten {
  readonly tree: JsonNode;
  /** The lessons that changed something, outer places first. */
  readonly used: readonly Lesson[];
}

interface Work {
  readonly lessons: Lessons;
  readonly used: Set<Lesson>;
}

/** Rewrites a reference body by frozen lessons, without a look at the candidate. */
export function rewriteBody(a: JsonNode, lessons: Lessons): Rewritten {
  const used = new Set<Lesson>();
  const tree = lessons.size === 0 ? a : rewriteAt(a, '', { lessons, used });
  return { tree, used: [...used] };
}

/** The same for one place and all below it; lessons that change something are added to `used`. */
export function rewriteAt(a: JsonNode, shape: string, work: Work): JsonNode {
  const here = work.lessons.get(shape) ?? [];
  const node = here.reduce((before, lesson) => applyLesson(before, lesson, work.used), a);
  if (node.kind === 'array')
    return { kind: 'array', items: node.items.map((item, i) => rewriteAt(item, below(shape, i, false), work)) };
  if (node.kind !== 'object') return node;
  const fold = isFolded(node, here);
  const members = node.members.map((one) => ({
    ...one,
    value: rewriteAt(one.value, below(shape, one.key, fold), work),
  }));
  return { kind: 'object', members };
}

function applyLesson(before: JsonNode, lesson: Lesson, used: Set<Lesson>): JsonNode {
  const after = lesson.rule.rewrite(before, lesson.parameters);
  if (isUnchanged(before, after)) return before;
  used.add(lesson);
  return after;
}
