import type { CompareOptions, IgnoreRule, ReplaceRule, ToleranceRule, UnorderedRule } from '../../config/rules.ts';
import { type JsonDocument, Kind } from '../../json/document.ts';
import { pointerTokens } from '../../json/pointer.ts';
import { isBroken, stringText } from '../../json/text.ts';
import type { Location } from '../model/location.ts';
import { holdsOrigin } from '../values/own-origin.ts';
import { trailOf, walkTrail } from './pointer-matcher.ts';
import { freshBudget, type Replacement, replaceAll, replacementOf } from './replace.ts';
import type { Trail } from './trail.ts';
import { xmlTrail } from './xml-trail.ts';

/** The rules of a comparison, made ready to ask about one place. Tokens are those of its pointer, unescaped. */
export interface Rules {
  /** No rule at all: nobody needs to be asked. */
  readonly none: boolean;
  /** Some rule keeps nothing. */
  readonly skips: boolean;
  /** Some rule ignores values. */
  readonly suppresses: boolean;
  /** Some rule says that an order means nothing. */
  readonly shuffles: boolean;
  /** Some rule tolerates numbers that are near. */
  readonly tolerates: boolean;
  /** Some rule replaces parts of strings. */
  readonly replaces: boolean;
  readonly ignored: (pointer: string) => IgnoreRule['keep'] | null;
  readonly unordered: (pointer: string) => UnorderedRule | null;
  /** All tolerances, of which one is enough. */
  readonly tolerance: (pointer: string) => readonly ToleranceRule[];
  /** All replacements for a string, in the order of the rules. */
  readonly replaced: (pointer: string) => readonly Replacement[];
  readonly trails: Trails;
}

/** The rules of each kind, as they stand at the root. */
interface Trails {
  readonly ignore: Trail<IgnoreRule>;
  readonly unordered: Trail<UnorderedRule>;
  readonly tolerance: Trail<ToleranceRule>;
  readonly replace: Trail<Replacement>;
}

const compiled = new WeakMap<CompareOptions, Rules>();

/** Compiles the pointer patterns of the options, once for each options object. */
export function compileRules(options: CompareOptions): Rules {
  const known = compiled.get(options);
  if (known !== undefined) return known;
  const rules = makeRules(options);
  compiled.set(options, rules);
  return rules;
}

function makeRules(options: CompareOptions): Rules {
  const { ignore, unordered, tolerance, replace } = options;
  const trail = <R extends { pointer: string }>(rules: readonly R[]) =>
    trailOf(rules.map((rule) => ({ pointer: rule.pointer, rule })));
  return {
    none: ignore.length + unordered.length + tolerance.length + replace.length === 0,
    skips: ignore.some((rule) => rule.keep === 'nothing'),
    suppresses: ignore.length > 0,
    shuffles: unordered.length > 0,
    tolerates: tolerance.length > 0,
    replaces: replace.length > 0,
    ...lookups({
      ignore: trail(ignore),
      unordered: trail(unordered),
      tolerance: trail(tolerance),
      replace: trailOf(replace.map((rule) => ({ pointer: rule.pointer, rule: replacementOf(rule) }))),
    }),
  };
}

function lookups(trails: Trails): Pick<Rules, 'ignored' | 'unordered' | 'tolerance' | 'replaced' | 'trails'> {
  return {
    ignored: (pointer) => leastKept(trailAt(trails.ignore, pointer).here),
    unordered: (pointer) => trailAt(trails.unordered, pointer).here[0] ?? null,
    tolerance: (pointer) => trailAt(trails.tolerance, pointer).here,
    replaced: (pointer) => trailAt(trails.replace, pointer).here,
    trails,
  };
}

const keeps = ['nothing', 'type', 'value'] as const;

/** What the rules for one place keep: of several the one that ignores most is in force. Null if there are none. */
export function leastKept(rules: readonly IgnoreRule[]): IgnoreRule['keep'] | null {
  return keeps.find((keep) => rules.some((rule) => rule.keep === keep)) ?? null;
}

function trailAt<T>(trail: Trail<T>, pointer: string): Trail<T> {
  if (trail.ends) return pointer === '' ? trail : trail.below('');
  return (pointerTokens(pointer) ?? []).reduce((at, token) => at.below(token), trail);
}

/** The rules for what stands below a place, as if it were a body of its own. */
export function rulesBelow(rules: Rules, { a }: Location): Rules {
  if (rules.none) return rules;
  const { ignore, unordered, tolerance, replace } = rules.trails;
  const trails = {
    ignore: trailAt(ignore, a),
    unordered: trailAt(unordered, a),
    tolerance: trailAt(tolerance, a),
    replace: trailAt(replace, a),
  };
  return { ...rules, ...lookups(trails) };
}

/** The rules for bodies of XML, where a list of one item has no index. */
export function rulesInXml(rules: Rules): Rules {
  if (rules.none) return rules;
  const { ignore, unordered, tolerance, replace } = rules.trails;
  const trails = {
    ignore: xmlTrail(ignore),
    unordered: xmlTrail(unordered),
    tolerance: xmlTrail(tolerance),
    replace: xmlTrail(replace),
  };
  return { ...rules, ...lookups(trails) };
}

/** Whether the values that a pointer leads to are not compared, in bodies that are the same kind of thing on both sides. */
export function isIgnored({ ignored }: Rules, pointer: string): boolean {
  const keep = ignored(pointer);
  return keep === 'type' || keep === 'nothing';
}

/** Asks about both pointers of a place: a rule that names an index means that item, on whichever side it is there. */
function ask<T>(rules: Rules, place: Location, question: (pointer: string) => T | null): readonly (T | null)[] {
  if (rules.none || place.cut) return [];
  return place.a === place.b ? [question(place.a)] : [question(place.a), question(place.b)];
}

/** What the rules keep of what is at a place; null if they say nothing of it. */
export function ignoredAt(rules: Rules, place: Location): 'type' | 'nothing' | null {
  const found = ask(rules, place, rules.ignored);
  return found.includes('nothing') ? 'nothing' : found.includes('type') ? 'type' : null;
}

/** The rule by which the order of the array at a place means nothing, or null; alike from either side. */
export function unorderedAt(rules: Rules, place: Location): UnorderedRule | null {
  const found = ask(rules, place, rules.unordered).filter((rule) => rule !== null);
  return found.find((rule) => rule.key !== null) ?? found[0] ?? null;
}

/** Two number lexemes at a place are within a tolerance that the rules give there. */
export function toleratedAt(rules: Rules, place: Location, [x, y]: readonly [x: string, y: string]): boolean {
  return ask(rules, place, rules.tolerance).some((found) => found?.some((rule) => withinTolerance(rule, x, y)));
}

/**
 * Two numbers are within a tolerance. This one place computes in doubles: a tolerance is approximate by nature. But how far integers
 * are apart is exact, for big ones that are not the same can be the same double.
 */
function withinTolerance(rule: ToleranceRule, a: string, b: string): boolean {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
  const exact = isInteger.test(a) && isInteger.test(b);
  const gap = Math.abs(exact ? Number(BigInt(a) - BigInt(b)) : x - y);
  return gap <= (rule.absolute ?? 0) || gap <= (rule.relative ?? 0) * Math.max(Math.abs(x), Math.abs(y));
}

const isInteger = /^-?\d+$/;

/** What one rule speaks of. */
export interface Reach {
  readonly word: 'ignore' | 'unordered' | 'tolerance' | 'replace' | 'origins';
  readonly pointer: string;
  readonly reason: string | null;
  /** As it is written; null for origins. */
  readonly rule: IgnoreRule | UnorderedRule | ToleranceRule | ReplaceRule | null;
  readonly trail: Trail<string>;
  /** Of the value at a place that matches, on a target with this origin. */
  readonly fits: (document: JsonDocument, node: number, origin: string) => boolean;
}

/** What each rule of the options speaks of, one by one: to say how far they reach. */
export function reachesOf({ ignore, unordered, tolerance, replace, origins }: CompareOptions): Reach[] {
  const ofKind = (kind: number) => (document: JsonDocument, node: number) => document.kind[node] === kind;
  const any = { pointer: '/**', reason: null };
  return [
    ...ignore.map((rule) => reach(rule, { word: 'ignore', rule, fits: () => true })),
    ...unordered.map((rule) => reach(rule, { word: 'unordered', rule, fits: ofKind(Kind.array) })),
    ...tolerance.map((rule) => reach(rule, { word: 'tolerance', rule, fits: ofKind(Kind.number) })),
    ...replace.map((rule) => reach(rule, { word: 'replace', rule, fits: ofText(changedBy(rule)) })),
    ...(origins ? [reach(any, { word: 'origins', rule: null, fits: ofText(holdsOrigin) })] : []),
  ];
}

/**
 * For each node of a document the node by which it stands under a rule, itself or the nearest one around it; -1 for none. Keys have
 * no say of their own.
 */
export function ownersUnder(reach: Reach, document: JsonDocument, origin: string): Int32Array {
  const owners = new Int32Array(document.size).fill(-1);
  walkTrail(document, reach.trail, (node) => {
    if (!reach.fits(document, node, origin)) return true;
    owners.fill(node, node, document.next[node]!);
    return reach.word !== 'ignore';
  });
  return owners;
}

function reach(
  rule: { pointer: string; reason: string | null },
  rest: Omit<Reach, 'pointer' | 'reason' | 'trail'>,
): Reach {
  return {
    ...rest,
    pointer: rule.pointer,
    reason: rule.reason,
    trail: trailOf([{ pointer: rule.pointer, rule: rule.pointer }]),
  };
}

function changedBy(rule: ReplaceRule): (text: string) => boolean {
  return (text) => replaceAll(text, [replacementOf(rule)], freshBudget()) !== text;
}

function ofText(asks: (text: string, origin: string) => boolean): Reach['fits'] {
  return (document, node, origin) =>
    document.kind[node] === Kind.string && !isBroken(document, node) && asks(stringText(document, node), origin);
}
