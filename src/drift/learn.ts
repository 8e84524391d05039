import { shapeToken } from '../json/pointer.ts';
import { type JsonNode, printTree } from '../json/tree.ts';
import { pushTo } from './maps.ts';
import { uniqueKeys } from './nodes.ts';
import type { DriftRule, TreePair } from './rule.ts';
import { driftRules } from './rules.ts';

/** What one rule learned at one place, over all samples, and holds to in each of them. */
export interface Lesson {
  readonly rule: DriftRule;
  /** Shape of the place: array indices folded to `*`. */
  readonly shape: string;
  readonly parameters: object;
  /** Too little speaks for it, or something against it. */
  readonly hypothesis: boolean;
}

/** Lessons by the shape of their place, in the order of the passes. */
export type Lessons = ReadonlyMap<string, readonly Lesson[]>;

/** A pair, and the whole reference body it stands in. */
interface Place extends TreePair {
  readonly body: string;
}

/**
 * Learns from all pairs of bodies of one route. Shape by shape, outer ones first: each rule in turn sees all places of the
 * shape as the rules before it left them, and is frozen; one that would need other parameters at another place is out.
 */
export function learn(pairs: readonly TreePair[]): Lessons {
  const lessons = new Map<string, readonly Lesson[]>();
  const places = pairs.map((pair) => ({ ...pair, body: printTree(pair.a) }));
  learnAt(places, '', lessons);
  return lessons;
}

function learnAt(places: readonly Place[], shape: string, lessons: Map<string, readonly Lesson[]>): void {
  const here: Lesson[] = [];
  let current = places;
  for (const rule of driftRules.values()) {
    const lesson = learnRule(rule, current, shape);
    if (lesson === null) continue;
    here.push(lesson);
    current = current.map((place) => ({ ...place, a: rule.rewrite(place.a, lesson.parameters) }));
  }
  if (here.length > 0) lessons.set(shape, here);
  for (const [child, group] of childPlaces(current, { shape, here })) learnAt(group, child, lessons);
}

/** A rule may have to look again: what it learned at some places can disturb others, which then have their say too. */
const mostRounds = 3;

function learnRule(rule: DriftRule, places: readonly Place[], shape: string): Lesson | null {
  const found: object[] = [];
  const evidence = new Set<string>();
  for (const { a, b, body } of places) {
    const parameters = rule.locate(a, b);
    if (parameters === null) continue;
    found.push(parameters);
    evidence.add(rule.evidence?.(parameters) ?? body);
  }
  const parameters = settle(rule, places, found);
  if (parameters === null) return null;
  for (const place of places) if (rule.supports?.(place, parameters)) evidence.add(place.body);
  const clouded = places.some((place) => rule.clouds?.(place, parameters) ?? false);
  return { rule, shape, parameters, hypothesis: clouded || (rule.learns && evidence.size < 2) };
}

/** Parameters that leave the rule nothing to find at any place, or null. */
function settle(rule: DriftRule, places: readonly Place[], found: object[]): object | null {
  for (let round = 0; round < mostRounds && found.length > 0; round += 1) {
    const parameters = rule.unite(found);
    if (parameters === null) return null;
    const known = found.length;
    for (const { a, b } of places) {
      const left = rule.locate(rule.rewrite(a, parameters), b);
      if (left !== null) found.push(left);
    }
    if (found.length === known) return parameters;
  }
  return null;
}

function childPlaces(places: readonly Place[], at: { shape: string; here: readonly Lesson[] }): Map<string, Place[]> {
  const groups = new Map<string, Place[]>();
  for (const { a, b, body } of places) {
    const fold = isFolded(a, at.here);
    for (const [token, pair] of childPairs(a, b)) pushTo(groups, below(at.shape, token, fold), { ...pair, body });
  }
  return groups;
}

/** Items by position; members by key, where neither side has a key twice. */
function* childPairs(a: JsonNode, b: JsonNode): Generator<readonly [string | number, TreePair]> {
  if (a.kind === 'array' && b.kind === 'array')
    for (let i = 0; i < Math.min(a.items.length, b.items.length); i += 1) yield [i, { a: a.items[i]!, b: b.items[i]! }];
  if (a.kind !== 'object' || b.kind !== 'object' || uniqueKeys(a) === null || uniqueKeys(b) === null) return;
  const partners = new Map(b.members.map((one) => [one.key, one.value]));
  for (const { key, value } of a.members) {
    const partner = partners.get(key);
    if (partner !== undefined) yield [key, { a: value, b: partner }];
  }
}

/** The key of a rewritten node's only member does not count, see `DriftRule.folds`. */
export function isFolded(rewritten: JsonNode, here: readonly Lesson[]): boolean {
  return here.some(({ rule, parameters }) => rule.folds?.(rewritten, parameters) ?? false);
}

/** The shape of a child's place. */
export function below(shape: string, token: string | number, fold: boolean): string {
  return `${shape}/${fold ? '*' : shapeToken(token)}`;
}
