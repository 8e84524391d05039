import { foldData } from '../../json/pointer.ts';
import { driftRules } from '../classes/catalogue.ts';
import { pairItems, textInOrder } from '../kit/array-alignment.ts';
import type { TreePair } from '../kit/drift-rule.ts';
import { below, type FittedRule, type FittedRules, isFolded } from '../kit/fitted-rule.ts';
import { pushTo } from '../kit/map-utils.ts';
import { isUnchanged, uniqueKeys } from '../kit/nodes.ts';
import { isSame } from '../kit/tree-equal.ts';
import { maxTrials, maxTried } from '../limits.ts';
import { distance } from './distance.ts';
import { learnRule } from './fit-parameters.ts';
import { planOf, rewriteBody } from './rewrite.ts';
import { type Places, sortPlaces, type TrainingPlace } from './traversal.ts';

const rules = [...driftRules.values()];
const formRules = rules.filter((rule) => rule.form === true);
const otherRules = rules.filter((rule) => rule.form !== true);

/** One shape, and what is left to try in the whole search. */
interface Site {
  readonly shape: string;
  readonly budget: { trials: number };
}

/** Lessons of a shape and of all below it. */
type Learned = Map<string, readonly FittedRule[]>;

/**
 * Learns from all pairs of bodies of one route. Shape by shape, outer ones first: each rule in turn sees all places of the
 * shape as the rules before it left them, and is frozen; one that would need other parameters at another place is out.
 */
export function learn(pairs: readonly TreePair[]): FittedRules {
  const places = pairs.map((pair) => ({ ...pair, body: textInOrder(pair.a), isEqual: false, isMended: false }));
  return learnAt(sortPlaces(places), [], { shape: '', budget: { trials: maxTrials } });
}

/** The rules that give the place another form come first, and feed each other; then all the others. */
function learnAt(places: Places, here: readonly FittedRule[], site: Site): Learned {
  const forms = formRules.flatMap((rule) => {
    return here.some((one) => one.rule === rule) ? [] : learnRule(rule, places, site.shape);
  });
  const chosen = forms.length === 0 ? null : choose(places, { forms, here }, site);
  if (chosen === null) return learnOthers(places, here, site);
  return learnAt(apply(chosen, places), [...here, chosen], site);
}

function apply({ rule, parameters }: FittedRule, places: Places): Places {
  const after = places.all.map((place) => {
    const a = rule.rewrite(place.a, parameters);
    const isMended = place.isMended || rule.weak === true;
    return isUnchanged(place.a, a) ? place : { ...place, a, isEqual: isSame(a, place.b), isMended };
  });
  return sortPlaces(after);
}

interface Choice {
  readonly forms: readonly FittedRule[];
  readonly here: readonly FittedRule[];
}

interface Trial {
  readonly lesson: FittedRule | null;
  /** Leaves that it leaves unexplained. */
  readonly left: number;
  readonly lessons: number;
  readonly first: string | null;
}

/** The form that leaves the least unexplained, with the fewest rules; null if it is better to leave the form as it is. */
function choose(places: Places, { forms, here }: Choice, site: Site): FittedRule | null {
  if (site.budget.trials <= 0) return forms[0]!;
  const some = tried(places);
  const trials = [...forms, null].map((lesson): Trial => {
    site.budget.trials -= 1;
    return attempt(lesson, { some, here }, site);
  });
  const best = trials.reduce((x, y) => (isBetter(y, x) ? y : x));
  if (best.lesson === null) return null;
  const ties = trials.filter((one) => one !== best && !isBetter(best, one)).map((one) => one.first);
  return { ...best.lesson, ties: ties.filter((one) => one !== null && one !== best.first).map(String) };
}

function isBetter(x: Trial, y: Trial): boolean {
  return x.left < y.left || (x.left === y.left && x.lessons < y.lessons);
}

function attempt(
  lesson: FittedRule | null,
  { some, here }: { some: Places; here: readonly FittedRule[] },
  site: Site,
): Trial {
  const inner = { ...site, budget: { trials: Math.min(site.budget.trials, maxTried) } };
  const learned =
    lesson === null ? learnOthers(some, here, inner) : learnAt(apply(lesson, some), [...here, lesson], inner);
  const own = new Map(learned).set(site.shape, (learned.get(site.shape) ?? []).slice(here.length));
  const plan = planOf(own, site.shape);
  let left = 0;
  for (const { a, b } of some.all) left += distance(rewriteBody(a, plan).tree, b);
  const first = own.get(site.shape)![0];
  const lessons = [...own.values()].reduce((sum, list) => sum + list.length, 0);
  return { lesson, left, lessons, first: first?.class ?? null };
}

/** The same places whatever the order of the samples: those that differ, by their bodies. */
function tried(places: Places): Places {
  if (places.all.length <= maxTried) return places;
  const byBody = [...places.open].sort((x, y) => (x.body < y.body ? -1 : x.body > y.body ? 1 : 0));
  return sortPlaces(byBody.slice(0, maxTried));
}

function learnOthers(places: Places, before: readonly FittedRule[], site: Site): Learned {
  const here = [...before];
  let current = places;
  for (const rule of otherRules) {
    for (const lesson of learnRule(rule, current, site.shape)) {
      here.push(lesson);
      current = apply(lesson, current);
    }
  }
  const learned: Learned = new Map(here.length > 0 ? [[site.shape, here]] : []);
  for (const [shape, group] of childPlaces(current.all, { shape: site.shape, here })) {
    const inner = sortPlaces(group);
    if (inner.open.length === 0) continue;
    for (const [place, lessons] of learnAt(inner, [], { ...site, shape })) learned.set(place, lessons);
  }
  return learned;
}

function childPlaces(
  places: readonly TrainingPlace[],
  at: { shape: string; here: readonly FittedRule[] },
): Map<string, TrainingPlace[]> {
  const groups = new Map<string, TrainingPlace[]>();
  for (const place of places) {
    const fold = isFolded(place.a, at.here);
    for (const [token, { a, b }] of childPairs(place))
      pushTo(groups, fold ? '*' : token, {
        a,
        b,
        body: place.body,
        isEqual: place.isEqual || isSame(a, b),
        isMended: false,
      });
  }
  return new Map([...groups].map(([token, group]) => [below(at.shape, token), group]));
}

/** Items as they are lined up; members by key, where neither side has a key twice. All keys that are data count as one. */
function* childPairs({ a, b }: TreePair): Generator<readonly [token: string, TreePair]> {
  if (a.kind === 'array' && b.kind === 'array') for (const pair of pairItems(a, b)) yield ['*', pair];
  if (a.kind !== 'object' || b.kind !== 'object' || uniqueKeys(a) === null || uniqueKeys(b) === null) return;
  const partners = new Map(b.members.map((one) => [one.key, one.value]));
  for (const { key, value } of a.members) {
    const partner = partners.get(key);
    if (partner !== undefined) yield [foldData(key), { a: value, b: partner }];
  }
}
