import type { TestCase } from '../cases/case.ts';
import { bodyOf } from '../compare/body.ts';
import { captureEquality, counts } from '../compare/compare.ts';
import type { CaseComparison, Divergence } from '../compare/divergence.ts';
import { inForce } from '../compare/in-force.ts';
import { compileRules } from '../compare/rules.ts';
import type { CompareOptions } from '../config/rules.ts';
import { type Recognition, recognise } from '../drift/behaviour/recognise.ts';
import { type Cause, explainRoute, type Sample } from '../drift/explain.ts';
import { pushTo } from '../drift/maps.ts';
import type { Names } from '../drift/rule.ts';
import { isDataKey } from '../json/pointer.ts';
import type { TargetReplay } from '../replay/exchange.ts';
import { type CasedSample, confirmCasing, confirmedCasing } from './casing.ts';
import { foldedShape, type Maps, mapsIn } from './maps.ts';
import { routeOf } from './route.ts';

/** A case on one candidate with what both sides answered, as far as it diverges. */
export interface ComparedCase {
  readonly testCase: TestCase;
  readonly reference: TargetReplay;
  readonly candidate: TargetReplay;
  readonly comparison: CaseComparison;
  readonly options: CompareOptions;
  /** Where the absolute URLs of the reference and of the candidate begin; empty if not known. */
  readonly origins: readonly [reference: string, candidate: string];
}

/** A divergence with everything that says to which finding it belongs. */
export interface Placed {
  readonly compared: ComparedCase;
  /** Of the divergence in the case's list. */
  readonly index: number;
  /** The divergence that it belongs under: its own, or that of the status of its exchange. */
  readonly divergence: Divergence;
  readonly route: string;
  /** Shape of the place in the body: of the cause's, else of the divergence's. Indices and keys that are data are folded. */
  readonly shape: string;
  readonly cause: Cause | null;
  /** The class of behaviour that it was recognised as; null where a rewrite explains it, or nothing does. */
  readonly recognised: Recognition | null;
  /** The members of one object that took the place of others, where the divergence is one of them. */
  readonly replaced: Replaced | null;
}

/** Unexplained members of one object that the reference alone has, and those that the candidate has instead. */
export interface Replaced {
  /** Shape of the object's pointer. */
  readonly pointer: string;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** One exchange of a case: its route, and its divergences with their indices in the case's list. */
interface Step {
  readonly compared: ComparedCase;
  readonly exchange: number;
  readonly route: string;
  readonly divergences: readonly (readonly [index: number, divergence: Divergence])[];
}

/** Every divergence that counts, over all cases, with its route and its cause; in the order of the case ids. */
export function placeAll(compared: readonly ComparedCase[], routes: readonly string[]): Placed[] {
  const steps = [...compared].sort(byCase).flatMap((one) => stepsOf(one, routes));
  const known = explainAll(steps);
  return steps.flatMap((step) => placeStep(step, known.get(step) ?? nothing));
}

function byCase(a: ComparedCase, b: ComparedCase): number {
  if (a.testCase.id !== b.testCase.id) return a.testCase.id < b.testCase.id ? -1 : 1;
  return a.candidate.target < b.candidate.target ? -1 : 1;
}

function stepsOf(compared: ComparedCase, routes: readonly string[]): Step[] {
  const byExchange = new Map<number, (readonly [number, Divergence])[]>();
  for (const entry of compared.comparison.divergences.entries()) pushTo(byExchange, entry[1].exchange, entry);
  const templates = [...compared.testCase.routes, ...routes];
  return [...byExchange].map(([exchange, divergences]) => {
    const { request } = (compared.reference.exchanges[exchange] ?? compared.candidate.exchanges[exchange])!;
    return { compared, exchange, route: routeOf(request, templates), divergences };
  });
}

/** Where the status differs, headers and body differ because of it: they belong to the same finding. */
function placeStep(step: Step, { causes, maps }: Known): Placed[] {
  const { compared, route, divergences } = step;
  const status = divergences.find(([, one]) => one.facet === 'status')?.[1];
  const causeAt = new Map(causes.flatMap((cause) => cause.divergences.map((index) => [index, cause])));
  const counting = divergences.filter(([, one]) => counts(one, compared.options.level));
  const unclaimed = status === undefined ? counting.filter(([index]) => !causeAt.has(index)) : counting;
  const recognisedAt = recogniseStep(step, unclaimed);
  const open = status === undefined ? unclaimed.filter(([index]) => !recognisedAt.has(index)) : [];
  const replacedAt = findReplaced(
    open.map(([, one]) => one),
    maps,
  );
  return counting.map(([index, one]) => {
    const cause = status === undefined ? (causeAt.get(index) ?? null) : null;
    const recognised = recognisedAt.get(index) ?? null;
    const unknown = cause === null && recognised === null && status === undefined;
    const replaced = unknown ? (replacedAt.get(parentShape(one, maps)) ?? null) : null;
    const shape = foldedShape(cause?.pointer ?? replaced?.pointer ?? one.pointer, maps);
    return { compared, index, divergence: status ?? one, route, shape, cause, recognised, replaced };
  });
}

/** What of an exchange is a known behaviour, by the index of the divergence. What one side does at random is none. */
function recogniseStep({ compared, exchange }: Step, open: Step['divergences']): Map<number, Recognition> {
  const [a, b] = [compared.reference.exchanges[exchange], compared.candidate.exchanges[exchange]];
  if (a === undefined || b === undefined) return new Map();
  const steady = open.filter(([, one]) => one.noisy === undefined);
  const seen = { request: a.request, reference: a.outcome, candidate: b.outcome, open: steady };
  const found = recognise(seen, namesOf(compared));
  return new Map(found.flatMap((one) => one.divergences.map((index) => [index, one])));
}

/** The shape of the object that a member stands in alone on its side; null for everything else, keys that are data among it. */
function parentShape({ facet, kind, pointer, noisy }: Divergence, maps: Maps): string | null {
  if (facet !== 'body' || (kind !== 'missing' && kind !== 'extra') || noisy !== undefined || pointer === '')
    return null;
  const last = pointer.slice(pointer.lastIndexOf('/') + 1);
  const parent = foldedShape(pointer.slice(0, -last.length - 1), maps);
  return isDataKey(last) || maps.has(parent) ? null : parent;
}

/** Objects that lost members and gained others in one answer: one cause, not one for each member. */
function findReplaced(divergences: readonly Divergence[], maps: Maps): Map<string | null, Replaced> {
  const objects = new Map<string, { missing: Set<string>; extra: Set<string> }>();
  for (const divergence of divergences) {
    const parent = parentShape(divergence, maps);
    if (parent === null) continue;
    const members = objects.get(parent) ?? { missing: new Set(), extra: new Set() };
    objects.set(parent, members);
    const name = divergence.pointer.slice(divergence.pointer.lastIndexOf('/') + 1);
    members[divergence.kind === 'missing' ? 'missing' : 'extra'].add(name);
  }
  const replaced = [...objects].filter(([, { missing, extra }]) => missing.size > 0 && extra.size > 0);
  return new Map(
    replaced.map(([pointer, { missing, extra }]) => [
      pointer,
      { pointer, missing: [...missing].sort(), extra: [...extra].sort() },
    ]),
  );
}

/** What the bodies of a route tell of one exchange. */
interface Known {
  readonly causes: readonly Cause[];
  readonly maps: Maps;
}

const nothing: Known = { causes: [], maps: new Set() };

/**
 * Explains the bodies of each candidate, route and status together: what is learned from one sample is checked on the others.
 * Answers with another status are of another type, and say nothing about these.
 */
function explainAll(steps: readonly Step[]): Map<Step, Known> {
  const groups = new Map<string, { step: Step; sample: Sample }[]>();
  for (const step of steps) {
    const found = sampleOf(step);
    if (found === null) continue;
    const key = JSON.stringify([step.compared.candidate.target, step.route, found.status]);
    pushTo(groups, key, { step, sample: found.sample });
  }
  const known = new Map<Step, Known>();
  const cased = new Map<string, CasedSample[]>();
  for (const group of groups.values()) {
    const samples = group.map((entry) => entry.sample);
    const maps = mapsIn(samples);
    explainRoute(samples, namesOf(group[0]!.step.compared)).forEach((causes, i) => {
      const { step, sample } = group[i]!;
      known.set(step, { causes, maps });
      pushTo(cased, step.compared.candidate.target, { route: step.route, sample, causes });
    });
  }
  const confirmed = [...cased.values()].map(confirmCasing);
  for (const { step, sample } of [...groups.values()].flat()) {
    const { causes, maps } = known.get(step)!;
    if (confirmed.some((one) => one.has(sample))) known.set(step, { causes: causes.map(confirmedCasing), maps });
  }
  return known;
}

/** The names of the two sides. */
export function namesOf(compared: ComparedCase): Names {
  return { reference: compared.reference.target, candidate: compared.candidate.target };
}

/** The two bodies of an exchange that differ, where both sides answered with one status. */
function sampleOf({ compared, exchange, divergences: all }: Step): { status: number; sample: Sample } | null {
  const divergences = all.filter(([, one]) => one.facet === 'body');
  const [a, b] = [compared.reference, compared.candidate].map((replay) => replay.exchanges[exchange]?.outcome);
  if (divergences.length === 0 || a?.kind !== 'response' || b?.kind !== 'response' || a.status !== b.status)
    return null;
  const [reference, candidate] = [bodyOf(a.headers, a.body), bodyOf(b.headers, b.body)];
  if (reference.problem !== null || candidate.problem !== null) return null;
  const sameCapture = captureEquality(compared.reference, compared.candidate);
  const rules = compileRules(inForce(compared.options, [reference.type, candidate.type]));
  const options = { rules, sameCapture, origins: compared.origins };
  return { status: a.status, sample: { reference: reference.bytes, candidate: candidate.bytes, divergences, options } };
}
