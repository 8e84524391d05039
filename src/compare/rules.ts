import { compilePointerPattern } from '../config/pointer-pattern.ts';
import type { CompareOptions, IgnoreRule, ToleranceRule } from '../config/rules.ts';
import { type JsonDocument, Kind } from '../json/document.ts';
import { pointerTokens } from '../json/pointer.ts';
import { stringText } from '../json/text.ts';
import type { Forgiven } from './hash.ts';
import { below, type Place, rootPlace } from './place.ts';

type Matches = (tokens: readonly string[]) => boolean;

/** The rules of a comparison, made ready to ask about one place. Tokens are those of its pointer, unescaped. */
export interface Rules {
  /** No rule at all: nobody needs to be asked. */
  readonly none: boolean;
  /** Some rule keeps nothing. */
  readonly skips: boolean;
  /** Some rule ignores values. */
  readonly forgives: boolean;
  readonly ignored: (pointer: string) => IgnoreRule['keep'] | null;
  readonly unordered: (pointer: string) => boolean;
  readonly tolerance: (pointer: string) => ToleranceRule | null;
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
  const unordered = options.unordered.map((pointer) => ({ rule: pointer, matches: compilePointerPattern(pointer) }));
  const tolerance = options.tolerance.map((rule) => ({ rule, matches: compilePointerPattern(rule.pointer) }));
  return {
    none: ignore.length + unordered.length + tolerance.length === 0,
    skips: options.ignore.some((rule) => rule.keep === 'nothing'),
    forgives: options.ignore.length > 0,
    ignored: (pointer) => firstMatch(ignore, pointer)?.keep ?? null,
    unordered: (pointer) => firstMatch(unordered, pointer) !== null,
    tolerance: (pointer) => firstMatch(tolerance, pointer),
  };
}

function firstMatch<T>(rules: readonly { rule: T; matches: Matches }[], pointer: string): T | null {
  if (rules.length === 0) return null;
  const tokens = pointerTokens(pointer) ?? [];
  return rules.find((entry) => entry.matches(tokens))?.rule ?? null;
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

/** The order of the array at a place means nothing. */
export function unorderedAt(rules: Rules, place: Place): boolean {
  return ask(rules, place, rules.unordered).includes(true);
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
  const stack = [{ node: 0, place: rootPlace }];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (marks(at.place)) marked[at.node] = 1;
    else
      for (const child of childrenOf(document, at.node))
        stack.push({ node: child.node, place: below(at.place, child.token) });
  }
  return (node) => marked[node] === 1;
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
