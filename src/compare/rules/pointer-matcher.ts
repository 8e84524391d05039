import { type PatternSegment, patternSegments } from '../../config/pointer-pattern.ts';
import { type JsonDocument, Kind } from '../../json/document.ts';
import { pointerToken } from '../../json/pointer.ts';
import { stringText } from '../../json/text.ts';
import { maxPointerLength } from '../limits.ts';

import type { Trail } from './trail.ts';
import { xmlTrail } from './xml-trail.ts';

interface Pattern<T> {
  readonly rule: T;
  readonly segments: readonly PatternSegment[];
}

/** A pattern of which some segments are behind: those before `at`. */
interface Thread<T> {
  readonly pattern: Pattern<T>;
  readonly at: number;
}

/**
 * The trail of the root under rules with pointer patterns. All patterns go down a document together, one step a token, and places
 * between which the patterns make no difference (the items of an array) share one trail. Throws PX2102 for what is not a pattern.
 */
export function trailOf<T>(rules: readonly { readonly pointer: string; readonly rule: T }[]): Trail<T> {
  const patterns = rules.map(({ pointer, rule }) => ({ rule, segments: patternSegments(pointer) }));
  const known = new Map<string, Trail<T>>();
  const trailAt = (threads: readonly Thread<T>[]): Trail<T> => {
    const all = withoutRepeats(threads.flatMap(opened));
    const name = all.map(({ pattern, at }) => `${patterns.indexOf(pattern)}:${at}`).join();
    const trail = known.get(name) ?? makeTrail(all, trailAt);
    known.set(name, trail);
    return trail;
  };
  return trailAt(patterns.map((pattern) => ({ pattern, at: 0 })));
}

function makeTrail<T>(threads: readonly Thread<T>[], trailAt: (threads: readonly Thread<T>[]) => Trail<T>): Trail<T> {
  const next = threads.map(({ pattern, at }) => pattern.segments[at]);
  const named = new Set(next.flatMap((segment) => (segment?.any === null ? [segment.text] : [])));
  const steps = new Map<string | null, Trail<T>>();
  return {
    here: [...new Set(threads.filter((_, n) => next[n] === undefined).map(({ pattern }) => pattern.rule))],
    ends: next.every((segment) => segment === undefined),
    below: (token) => {
      const step = named.has(token) ? token : null;
      const trail = steps.get(step) ?? trailAt(threads.flatMap((thread) => stepped(thread, step)));
      steps.set(step, trail);
      return trail;
    },
  };
}

/** A thread, and those that it is too because `**` may stand for nothing. */
function opened<T>(thread: Thread<T>): Thread<T>[] {
  const found = [thread];
  while (thread.pattern.segments[found.at(-1)!.at]?.any === 'depth')
    found.push({ pattern: thread.pattern, at: found.at(-1)!.at + 1 });
  return found;
}

/** Where a thread stands one token further; null is a token that no pattern names there. */
function stepped<T>({ pattern, at }: Thread<T>, token: string | null): Thread<T>[] {
  const segment = pattern.segments[at];
  if (segment === undefined) return [];
  if (segment.any === 'depth') return [{ pattern, at }];
  return segment.any === 'one' || segment.text === token ? [{ pattern, at: at + 1 }] : [];
}

function withoutRepeats<T>(threads: readonly Thread<T>[]): Thread<T>[] {
  return threads.filter(({ pattern, at }, n) => {
    return threads.findIndex((other) => other.pattern === pattern && other.at === at) === n;
  });
}

/**
 * Visits every node that is not a key and that some rule is for, the containers first; goes on below those for which `visit` says so.
 * Where a pointer would be too long, no rule is for anything.
 */
export function walkTrail<T>(
  document: JsonDocument,
  root: Trail<T>,
  visit: (node: number, rules: readonly T[]) => boolean,
): void {
  const stack = [{ node: 0, trail: document.isXml ? xmlTrail(root) : root, length: 0 }];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if ((at.trail.here.length > 0 && !visit(at.node, at.trail.here)) || at.trail.ends) continue;
    for (const { node, token } of childrenOf(document, at.node)) {
      const trail = at.trail.below(token);
      if (trail.ends && trail.here.length === 0) continue;
      const length = at.length + 1 + pointerToken(token).length;
      if (length <= maxPointerLength) stack.push({ node, trail, length });
    }
  }
}

function* childrenOf(document: JsonDocument, node: number): Generator<{ node: number; token: string }> {
  const end = document.next[node]!;
  if (document.kind[node] === Kind.object)
    for (let key = node + 1; key < end; key = document.next[key + 1]!)
      yield { node: key + 1, token: stringText(document, key) };
  else
    for (let item = node + 1, index = 0; item < end; item = document.next[item]!, index += 1)
      yield { node: item, token: String(index) };
}
