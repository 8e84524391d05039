import type { Rung } from '../../config/rules.ts';
import { type JsonDocument, Kind } from '../../json/document.ts';
import { isBroken, sameKind, sameSource, sourceText, stringText } from '../../json/text.ts';
import { maxAlignmentDepth } from '../limits.ts';
import { type FoundDifference, type JsonComparison, structuralKinds, Tally } from '../model/divergence-list.ts';
import { bomText, excerptNode, excerptScalars } from '../model/excerpt.ts';
import { below, belowItem, belowKey, type Location, rootLocation } from '../model/location.ts';
import { ignoredAt, toleratedAt, unorderedAt } from '../rules/compiled-rules.ts';
import { comparedPair, scalarTexts } from '../rules/text-under-rules.ts';
import { alignItems, pairByPosition } from './array-alignment.ts';
import { capturePlace, type ForeignNodes, foreignNodes, noForeignNodes } from './foreign-values.ts';
import { hashesOf, skippedNodes } from './hash-policy.ts';
import { type Hashing, side } from './item-matching.ts';
import type { JsonOptions } from './json-options.ts';
import {
  anyKey,
  capturedTwins,
  childDifference,
  haveSameKeys,
  KeyMatcher,
  keyDifference,
  membersOf,
  timesText,
} from './object-members.ts';
import { Agenda, type Pair, withinArrays } from './pair-stack.ts';
import { meansTheSame } from './scalars.ts';
import { shapeAgreement, someAgree } from './shape.ts';
import { singleDifference } from './single-difference.ts';

/**
 * Compares a reference `a` and a candidate `b` that were read without loss. Keeps a stack of pairs of its own, so depth costs
 * no call stack.
 */
class Walk {
  readonly #a: JsonDocument;
  readonly #b: JsonDocument;
  /** With strings as they are compared: the same nodes. */
  readonly #compared: readonly [JsonDocument, JsonDocument];
  readonly #options: JsonOptions;
  readonly #agenda = new Agenda((pair, i, j) => this.#needsLook(pair, i, j));
  readonly #tally = new Tally();
  readonly #keys: KeyMatcher;
  readonly #hashesA: Hashing;
  readonly #hashesB: Hashing;
  readonly #foreign: ForeignNodes;
  readonly #arraysAgree: (a: number, b: number) => boolean;

  constructor(a: JsonDocument, b: JsonDocument, options: JsonOptions) {
    this.#a = a;
    this.#b = b;
    this.#keys = new KeyMatcher(a, b);
    this.#options = options;
    this.#compared = comparedPair(options.rules, [a, b], options.origins);
    this.#hashesA = hashesOf(options.rules, [a, this.#compared[0]], options.standIns?.[0]);
    this.#hashesB = hashesOf(options.rules, [b, this.#compared[1]], options.standIns?.[1]);
    this.#foreign = options.isForeign == null ? noForeignNodes : foreignNodes([a, b], options.isForeign);
    const shaped = (document: JsonDocument) => () => ({ document, skipped: skippedNodes(options.rules, document) });
    this.#arraysAgree = shapeAgreement(shaped(a), shaped(b));
  }

  run(): JsonComparison {
    const root = { a: 0, b: 0, place: rootLocation, around: null, ignored: null };
    if (this.#a.bom !== this.#b.bom)
      this.#report(root, { kind: 'encoding', rung: 'value' }, () => [bomText(this.#a), bomText(this.#b)]);
    this.#agenda.put(root);
    for (let pair = this.#agenda.next(); pair !== null; pair = this.#agenda.next()) this.#visit(pair);
    return this.#tally.result();
  }

  #visit(pair: Pair): void {
    const [kindA, kindB] = [this.#a.kind[pair.a]!, this.#b.kind[pair.b]!];
    const ignored = this.#options.rules.none ? null : ignoredAt(this.#options.rules, pair.place);
    if (ignored === 'nothing') return;
    const kept = ignored === 'type' ? { ...pair, ignored: pair.ignored ?? { around: null } } : pair;
    if (!sameKind(kindA, kindB)) this.#both(kept, { kind: 'type', rung: this.#structural(kept) });
    else if (kindA === Kind.object) this.#object(kept);
    else if (kindA === Kind.array) this.#array(kept);
    else this.#scalar(kept);
  }

  #scalar(pair: Pair): void {
    const [a, b] = [this.#a, this.#b];
    const isSpelledAlike = sameSource(a, pair.a, b, pair.b);
    if (isSpelledAlike || meansTheSame(a, pair.a, [b, pair.b])) {
      if (!this.#isOfOneSide(pair, pair.place) && !isSpelledAlike) this.#both(pair, { kind: 'spelling', rung: 'wire' });
    } else if (!this.#sameCapture(pair) && !this.#tolerated(pair)) {
      const broken = isBroken(a, pair.a) || isBroken(b, pair.b);
      const sides = () => excerptScalars({ document: a, node: pair.a }, { document: b, node: pair.b });
      const kind = broken ? 'encoding' : this.#judged(pair, sides);
      if (kind === null) this.#tally.spare();
      else this.#report(pair, { kind, rung: 'value' }, sides);
    }
  }

  /** The same text on both sides differs where it is a value of one side's own: the other side shows what is not its own. */
  #isOfOneSide(pair: Pair, place: Location): boolean {
    const sides = this.#foreign.shownAt(pair);
    if (sides !== null) this.#report({ ...pair, place }, { kind: 'value', rung: 'value' }, () => sides);
    return sides !== null;
  }

  #sameKey(pair: Pair, a: number, b: number): void {
    if (this.#foreign.mayHold(a, b)) this.#isOfOneSide({ ...pair, a, b }, below(pair.place, anyKey));
  }

  /** What two scalars that differ count as; null if that is forgiven. */
  #judged(pair: Pair, shown: () => readonly [string, string]): 'value' | 'format' | null {
    const { judge } = this.#options;
    if (judge === undefined || pair.ignored !== null || this.#foreign.isCrossed(pair)) return 'value';
    return judge({ a: pair.place.a, b: pair.place.b, shown, ...scalarTexts(this.#compared, [pair.a, pair.b]) });
  }

  #tolerated(pair: Pair): boolean {
    if (this.#a.kind[pair.a] !== Kind.number) return false;
    return toleratedAt(this.#options.rules, pair.place, [sourceText(this.#a, pair.a), sourceText(this.#b, pair.b)]);
  }

  /** One captured value, each side its own; or one text, once parts of it are replaced. */
  #sameCapture(pair: Pair): boolean {
    const kind = this.#a.kind[pair.a];
    if (kind !== Kind.string && kind !== Kind.number) return false;
    const text = kind === Kind.string ? stringText : sourceText;
    const same = (a: JsonDocument, b: JsonDocument) =>
      this.#options.sameCapture(text(a, pair.a), text(b, pair.b), capturePlace(pair, kind === Kind.number));
    const [a, b] = this.#compared;
    return same(this.#a, this.#b) || ((a !== this.#a || b !== this.#b) && same(a, b));
  }

  #object(pair: Pair): void {
    if (!haveSameKeys(this.#a, pair.a, [this.#b, pair.b])) {
      if (!this.#sameMembers(pair)) this.#membersByKey(pair);
      return;
    }
    const [endA, a, b] = [this.#a.next[pair.a]!, this.#a.next, this.#b.next];
    for (let i = pair.a + 1, j = pair.b + 1; i < endA; i = a[i + 1]!, j = b[j + 1]!) this.#member(pair, i, j);
  }

  #member(pair: Pair, i: number, j: number): void {
    this.#sameKey(pair, i, j);
    if (!this.#needsLook(pair, i + 1, j + 1)) return;
    // Where spellings are only counted and no rule forgives any, there is no need for a place.
    const isPlain = this.#options.rules.none && !this.#foreign.mayHold(i + 1, j + 1);
    const counted = isPlain && this.#tally.isFull('wire') && meansTheSame(this.#a, i + 1, [this.#b, j + 1]);
    if (counted) this.#tally.count({ kind: 'spelling', rung: 'wire' }, () => '');
    else this.#push(pair, [i + 1, j + 1], belowKey(pair.place, this.#a, i));
  }

  /** Looks at two small objects that have the same keys in another order; false if they are no such. */
  #sameMembers(pair: Pair): boolean {
    if (this.#a.isXml || !this.#keys.match(pair.a, pair.b)) return false;
    this.#both(pair, { kind: 'order', rung: 'wire' });
    for (let at = 0; at < this.#keys.size; at += 1) this.#member(pair, ...this.#keys.pair(at));
    return true;
  }

  /** What is the same bytes needs no pair of its own. Deep down only scalars are asked: asking at each level is quadratic. */
  #needsLook(pair: Pair, i: number, j: number): boolean {
    const kind = this.#a.kind[i]!;
    if (kind !== this.#b.kind[j] || this.#foreign.mayHold(i, j)) return true;
    return (kind >= Kind.array && pair.place.depth > maxAlignmentDepth) || !sameSource(this.#a, i, this.#b, j);
  }

  #push(pair: Pair, [a, b]: readonly [a: number, b: number], place: Location): void {
    this.#agenda.put({ a, b, place, around: pair.around, ignored: pair.ignored });
  }

  #membersByKey(pair: Pair): void {
    const [membersA, membersB] = [membersOf(this.#a, pair.a), membersOf(this.#b, pair.b)];
    const difference = this.#a.isXml
      ? childDifference([membersA, membersB], pair.place, this.#options.rules)
      : keyDifference(membersA, membersB);
    if (difference !== null) this.#both(pair, { kind: difference, rung: this.#a.isXml ? 'value' : 'wire' });
    const [twins, back] = capturedTwins(membersA, membersB, this.#options);
    for (const [key, keysA] of membersA) {
      const twin = twins.get(key);
      const keysB = membersB.get(twin ?? key);
      const place = below(pair.place, twin === undefined ? key : anyKey);
      if (keysB === undefined) this.#oneSided({ ...pair, place }, [keysA.at(-1)! + 1, null]);
      else {
        if (twin === undefined) this.#sameKey(pair, keysA[0]!, keysB[0]!);
        this.#occurrences({ ...pair, place }, keysA, keysB);
      }
    }
    for (const [key, keysB] of membersB)
      if (!membersA.has(key) && !back.has(key))
        this.#oneSided({ ...pair, place: below(pair.place, key) }, [null, keysB.at(-1)! + 1]);
  }

  /** The members under one key: usually one a side; a key that is there more often on one side is a divergence of its own. */
  #occurrences(pair: Pair, keysA: readonly number[], keysB: readonly number[]): void {
    if (keysA.length !== keysB.length) {
      if (ignoredAt(this.#options.rules, pair.place) === 'nothing') return;
      this.#report(pair, { kind: 'duplicate', rung: 'value' }, () => [timesText(keysA), timesText(keysB)]);
      this.#push(pair, [keysA.at(-1)! + 1, keysB.at(-1)! + 1], pair.place);
    } else for (const [at, key] of keysA.entries()) this.#push(pair, [key + 1, keysB[at]! + 1], pair.place);
  }

  #array(outer: Pair): void {
    const pair = withinArrays(outer);
    const { rules } = this.#options;
    const unordered = rules.none ? null : unorderedAt(rules, pair.place);
    if (unordered === null && this.#sameButOne(pair)) return;
    const [a, b] = [side(this.#compared[0], outer.a, this.#hashesA), side(this.#compared[1], outer.b, this.#hashesB)];
    const deep = pair.place.depth > maxAlignmentDepth;
    const found = deep
      ? pairByPosition(a.items.length, b.items.length)
      : alignItems(a, b, { ordered: unordered === null, key: unordered?.key ?? null, noiseJudge: rules.suppresses });
    this.#options.lined?.(pair.a, pair.b, found);
    if (found.moved) this.#both(pair, { kind: 'order', rung: 'value' });
    for (const i of found.missing) this.#oneSided({ ...pair, place: below(pair.place, i) }, [a.items[i]!, null]);
    for (const j of found.extra) this.#oneSided({ ...pair, place: below(pair.place, j) }, [null, b.items[j]!]);
    this.#agenda.putRow({ pair, a, b, partner: found.partner });
  }

  /** Looks at two arrays of as many items, all but one spelled alike: nothing to line up. False if they are no such. */
  #sameButOne(pair: Pair): boolean {
    const only = singleDifference([this.#a, this.#b], pair, (i, j) => this.#needsLook(pair, i, j));
    if (only === null) return false;
    for (const { a, b, index } of only) this.#push(pair, [a, b], belowItem(pair.place, index, index));
    return true;
  }

  /**
   * What breaks where two structures differ: the shape, unless a surrounding pair of arrays has the same element shapes. Nothing if
   * that pair is ignored: which of its items met which is chance.
   */
  #structural({ around, ignored }: Pair): Rung | null {
    if (ignored !== null && someAgree(ignored.around, this.#arraysAgree)) return null;
    return someAgree(around, this.#arraysAgree) ? 'value' : 'shape';
  }

  #oneSided(pair: Pair, [a, b]: readonly [number | null, number | null]): void {
    if (ignoredAt(this.#options.rules, pair.place) === 'nothing') return;
    const what: FoundDifference = { kind: b === null ? 'missing' : 'extra', rung: this.#structural(pair) };
    const excerpt = (document: JsonDocument, node: number | null) =>
      node === null ? null : excerptNode(document, node);
    this.#report(pair, what, () => [excerpt(this.#a, a), excerpt(this.#b, b)]);
  }

  #both(pair: Pair, what: FoundDifference): void {
    this.#report(pair, what, () => [excerptNode(this.#a, pair.a), excerptNode(this.#b, pair.b)]);
  }

  #report(pair: Pair, { kind, rung }: FoundDifference, sides: () => readonly [string | null, string | null]): void {
    if (rung === null || (pair.ignored !== null && !structuralKinds.has(kind))) return;
    if (!this.#tally.count({ kind, rung }, () => pair.place.a)) return;
    const [reference, candidate] = sides();
    this.#tally.list({ pointer: pair.place.a, kind, rung, reference, candidate });
  }
}

/** Where two JSON documents differ, each place once. Mirrors: with the sides swapped it gives the same places, swapped. */
export function compareJson(reference: JsonDocument, candidate: JsonDocument, options: JsonOptions): JsonComparison {
  return new Walk(reference, candidate, options).run();
}
