import { compilePointerPattern } from '../config/pointer-pattern.ts';
import type { CompareOptions, IgnoreRule, ReplaceRule, ToleranceRule, UnorderedRule } from '../config/rules.ts';
import { type JsonDocument, Kind } from '../json/document.ts';
import { pointerTokens } from '../json/pointer.ts';
import { isBroken, stringText } from '../json/text.ts';
import type { Forgiven } from './hash.ts';
import { below, type Place, rootPlace } from './place.ts';
import {
  documentWithoutOrigin,
  freshBudget,
  type Replacement,
  replaceAll,
  replacementOf,
  withoutOrigin,
  withTexts,
} from './replace.ts';

type Matches = (tokens: readonly string[]) => boolean;

/** The rules of a comparison, made ready to ask about one place. Tokens are those of its pointer, unescaped. */
export interface Rules {
  /** No rule at all: nobody needs to be asked. */
  readonly none: boolean;
  /** Some rule keeps nothing. */
  readonly skips: boolean;
  /** Some rule ignores values. */
  readonly forgives: boolean;
  /** Some rule replaces parts of strings. */
  readonly replaces: boolean;
  readonly ignored: (pointer: string) => IgnoreRule['keep'] | null;
  readonly unordered: (pointer: string) => UnorderedRule | null;
  readonly tolerance: (pointer: string) => ToleranceRule | null;
  /** All replacements for a string, in the order of the rules. */
  readonly replaced: (pointer: string) => readonly Replacement[];
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
  const ignore = options.ignore.map((rule) => ({ rule, matches: compilePointerPattern(rule.pointer) }));
  const unordered = options.unordered.map((rule) => ({ rule, matches: compilePointerPattern(rule.pointer) }));
  const tolerance = options.tolerance.map((rule) => ({ rule, matches: compilePointerPattern(rule.pointer) }));
  const replace = options.replace.map((rule) => ({
    rule: replacementOf(rule),
    matches: compilePointerPattern(rule.pointer),
  }));
  return {
    none: ignore.length + unordered.length + tolerance.length + replace.length === 0,
    skips: options.ignore.some((rule) => rule.keep === 'nothing'),
    forgives: options.ignore.length > 0,
    replaces: replace.length > 0,
    ignored: (pointer) => firstMatch(ignore, pointer)?.keep ?? null,
    unordered: (pointer) => firstMatch(unordered, pointer),
    tolerance: (pointer) => firstMatch(tolerance, pointer),
    replaced: (pointer) => allMatches(replace, pointer),
  };
}

function firstMatch<T>(rules: readonly { rule: T; matches: Matches }[], pointer: string): T | null {
  if (rules.length === 0) return null;
  const tokens = pointerTokens(pointer) ?? [];
  return rules.find((entry) => entry.matches(tokens))?.rule ?? null;
}

function allMatches<T>(rules: readonly { rule: T; matches: Matches }[], pointer: string): readonly T[] {
  if (rules.length === 0) return [];
  const tokens = pointerTokens(pointer) ?? [];
  return rules.filter((entry) => entry.matches(tokens)).map((entry) => entry.rule);
}

/** Asks about both pointers of a place: a rule that names an index means that item, on whichever side it is there. */
function ask<T>(rules: Rules, place: Place, question: (pointer: string) => T | null): readonly (T | null)[] {
  if (rules.none || place.cut) return [];
  return place.a === place.b ? [question(place.a)] : [question(place.a), question(place.b)];
}

/** What the rules keep of what is at a place; null if they say nothing of it. */
export function ignoredAt(rules: Rules, place: Place): 'type' | 'nothing' | null {
  const found = ask(rules, place, rules.ignored);
  return found.includes('nothing') ? 'nothing' : found.includes('type') ? 'type' : null;
}

/** The rule by which the order of the array at a place means nothing, or null; alike from either side. */
export function unorderedAt(rules: Rules, place: Place): UnorderedRule | null {
  const found = ask(rules, place, rules.unordered).filter((rule) => rule !== null);
  return found.find((rule) => rule.key !== null) ?? found[0] ?? null;
}

/** Two number lexemes at a place are within a tolerance that the rules give there. */
export function toleratedAt(rules: Rules, place: Place, [x, y]: readonly [x: string, y: string]): boolean {
  return ask(rules, place, rules.tolerance).some((rule) => rule !== null && withinTolerance(rule, x, y));
}

/** Says of the nodes of a document whether a rule keeps nothing of them. */
export function skippedNodes(rules: Rules, document: JsonDocument): (node: number) => boolean {
  return rules.skips ? markNodes(document, (place) => ignoredAt(rules, place) === 'nothing') : () => false;
}

/** Says of the nodes of a document whether a rule forgives their values: they do not tell items apart. */
export function forgivenNodes(rules: Rules, document: JsonDocument): Forgiven {
  return rules.forgives
    ? markNodes(document, (place) => ask(rules, place, rules.ignored).some((keep) => keep !== null))
    : () => false;
}

function markNodes(document: JsonDocument, marks: (place: Place) => boolean): (node: number) => boolean {
  const marked = new Uint8Array(document.size);
  walkPlaces(document, (node, place) => {
    if (marks(place)) marked[node] = 1;
    return marked[node] === 0;
  });
  return (node) => marked[node] === 1;
}

/** Visits every node that is no key, the containers first; goes on below those for which `visit` says so. */
function walkPlaces(document: JsonDocument, visit: (node: number, place: Place) => boolean): void {
  const stack = [{ node: 0, place: rootPlace }];
  for (let at = stack.pop(); at !== undefined; at = stack.pop())
    if (visit(at.node, at.place))
      for (const child of childrenOf(document, at.node))
        stack.push({ node: child.node, place: below(at.place, child.token) });
}

/**
 * The document with its strings as they are compared: parts replaced by rules, and the target's own origin (null: it counts as any
 * text) as one name for all. The same node numbers; the document itself where no string changes. What is no Unicode stays.
 */
function comparedDocument(rules: Rules, document: JsonDocument, origin: string | null): JsonDocument {
  if (!rules.replaces) return origin === null ? document : documentWithoutOrigin(document, origin);
  const budget = freshBudget();
  const texts = new Map<number, string>();
  walkPlaces(document, (node, place) => {
    if (document.kind[node] !== Kind.string || isBroken(document, node)) return true;
    const text = stringText(document, node);
    const replaced = place.cut ? text : replaceAll(text, rules.replaced(place.a), budget);
    const compared = origin === null ? replaced : withoutOrigin(replaced, origin);
    if (compared !== text) texts.set(node, compared);
    return true;
  });
  return withTexts(document, texts);
}

function* childrenOf(document: JsonDocument, node: number): Generator<{ node: number; token: string | number }> {
  const end = document.next[node]!;
  if (document.kind[node] === Kind.object)
    for (let key = node + 1; key < end; key = document.next[key + 1]!)
      yield { node: key + 1, token: stringText(document, key) };
  else
    for (let item = node + 1, index = 0; item < end; item = document.next[item]!, index += 1)
      yield { node: item, token: index };
}

/** Two numbers are within a tolerance. This one place computes in doubles: a tolerance is approximate by nature. */
function withinTolerance(rule: ToleranceRule, a: string, b: string): boolean {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
  const gap = Math.abs(x - y);
  return (
    (rule.absolute !== null && gap <= rule.absolute) ||
    (rule.relative !== null && gap <= rule.relative * Math.max(Math.abs(x), Math.abs(y)))
  );
}

/** What one rule speaks of. */
export interface Reach {
  readonly word: 'ignore' | 'unordered' | 'tolerance' | 'replace' | 'origins';
  readonly pointer: string;
  readonly reason: string | null;
  /** As it is written; null for origins. */
  readonly rule: IgnoreRule | UnorderedRule | ToleranceRule | ReplaceRule | null;
  readonly matches: Matches;
  /** Of what stands below the place too. */
  readonly below: boolean;
  /** Of the value at a place that matches, on a target with this origin. */
  readonly fits: (document: JsonDocument, node: number, origin: string) => boolean;
}

/** What each rule of the options speaks of, one by one: to say how far they reach. */
export function reachesOf({ ignore, unordered, tolerance, replace, origins }: CompareOptions): Reach[] {
  const ofKind = (kind: number) => (document: JsonDocument, node: number) => document.kind[node] === kind;
  const any = { pointer: '/**', reason: null };
  const isOwn = (text: string, origin: string) => withoutOrigin(text, origin) !== withoutOrigin(text, '');
  return [
    ...ignore.map((rule) => reach(rule, { word: 'ignore', rule, below: true, fits: () => true })),
    ...unordered.map((rule) => reach(rule, { word: 'unordered', rule, below: true, fits: ofKind(Kind.array) })),
    ...tolerance.map((rule) => reach(rule, { word: 'tolerance', rule, below: false, fits: ofKind(Kind.number) })),
    ...replace.map((rule) => reach(rule, { word: 'replace', rule, below: false, fits: ofText(changedBy(rule)) })),
    ...(origins ? [reach(any, { word: 'origins', rule: null, below: false, fits: ofText(isOwn) })] : []),
  ];
}

/**
 * For each node of a document the node by which it stands under a rule, itself or the nearest one around it; -1 for none. Keys have
 * no say of their own.
 */
export function ownersUnder(reach: Reach, document: JsonDocument, origin: string): Int32Array {
  const owners = new Int32Array(document.size).fill(-1);
  walkPlaces(document, (node, place) => {
    if (place.cut || !reach.matches(pointerTokens(place.a) ?? []) || !reach.fits(document, node, origin)) return true;
    owners.fill(node, node, reach.below ? document.next[node]! : node + 1);
    return reach.word !== 'ignore';
  });
  return owners;
}

function reach(
  rule: { pointer: string; reason: string | null },
  rest: Omit<Reach, 'pointer' | 'reason' | 'matches'>,
): Reach {
  return { ...rest, pointer: rule.pointer, reason: rule.reason, matches: compilePointerPattern(rule.pointer) };
}

function changedBy(rule: ReplaceRule): (text: string) => boolean {
  return (text) => replaceAll(text, [replacementOf(rule)], freshBudget()) !== text;
}

function ofText(asks: (text: string, origin: string) => boolean): Reach['fits'] {
  return (document, node, origin) =>
    document.kind[node] === Kind.string && !isBroken(document, node) && asks(stringText(document, node), origin);
}

/** Two texts as they are compared: the rules for the whole body apply; where an origin is forgiven, read them with `shownText`. */
export function comparedTexts(
  rules: Rules,
  texts: readonly [string, string],
  origins: readonly [reference: string, candidate: string] | undefined,
): readonly [string, string] {
  const replacements = rules.replaced('');
  const made = (text: string, origin: string | undefined) => {
    const replaced = replaceAll(text, replacements, freshBudget());
    return origin === undefined ? replaced : withoutOrigin(replaced, origin);
  };
  return [made(texts[0], origins?.[0]), made(texts[1], origins?.[1])];
}

/** Two documents with their strings as they are compared. */
export function comparedPair(
  rules: Rules,
  [a, b]: readonly [JsonDocument, JsonDocument],
  origins: readonly [reference: string, candidate: string] | undefined,
): readonly [JsonDocument, JsonDocument] {
  return [comparedDocument(rules, a, origins?.[0] ?? null), comparedDocument(rules, b, origins?.[1] ?? null)];
}
