import { bodyOf } from '../compare/body.ts';
import { excerptBytes, shorten, visibleText } from '../compare/excerpt.ts';
import { headerValue } from '../compare/headers.ts';
import type { Rung } from '../config/rules.ts';
import { type Lesson, termsOf } from '../drift/lesson.ts';
import { pushTo } from '../drift/maps.ts';
import type { Terms } from '../drift/rule.ts';
import type { TargetReplay } from '../replay/exchange.ts';
import { type Statuses, titleOf } from './describe.ts';
import type { Finding } from './finding.ts';
import { fingerprintOf, type Identity, identify, idsOf } from './identity.ts';
import { impactOf } from './impact.ts';
import { type ComparedCase, namesOf, type Placed, placeAll } from './place.ts';

export type { ComparedCase } from './place.ts';

/** A finding and the divergences that it holds: case id, candidate, index in the case's list. */
export interface FoundFinding extends Finding {
  /** What was learned of the candidate's form, by route, place, class and name. */
  readonly terms: Terms;
  readonly divergences: readonly (readonly [caseId: string, candidate: string, index: number])[];
}

interface Group {
  readonly identity: Identity;
  /** In the order of case ids. */
  readonly placed: Placed[];
}

/** Findings of a run: every divergence that counts, over all cases, grouped by its cause. Sorted by id. */
export function findFindings(compared: readonly ComparedCase[], routes: readonly string[]): FoundFinding[] {
  const groups = new Map<string, Group>();
  for (const placed of placeAll(compared, routes)) {
    const identity = identify(placed);
    const fingerprint = fingerprintOf(identity);
    const group = groups.get(fingerprint);
    if (group === undefined) groups.set(fingerprint, { identity, placed: [placed] });
    else group.placed.push(placed);
  }
  const ids = idsOf(groups.keys());
  return [...groups]
    .map(([fingerprint, group]) => makeFinding({ fingerprint, id: ids.get(fingerprint)! }, group))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

const heights: readonly Rung[] = ['status', 'shape', 'value', 'wire'];

/** The lowest rung of a list; null if none of them is on the ladder. */
function lowestRung(rungs: readonly (Rung | null)[]): Rung | null {
  const found = new Set(rungs);
  return heights.find((rung) => found.has(rung)) ?? null;
}

function makeFinding(marks: { fingerprint: string; id: string }, { identity, placed }: Group): FoundFinding {
  const first = placed[0]!;
  const rung = lowestRung(placed.map((one) => one.divergence.rung));
  const { candidate, facet, class: name, route, pointer } = identity;
  return {
    ...marks,
    candidate,
    facet,
    rung,
    class: name,
    ...proofOf(placed),
    ...impactOf(name, placed),
    title: titleOf({
      ...identity,
      names: namesOf(first.compared),
      divergence: first.divergence,
      replaced: first.replaced,
      statuses: first.recognised === null ? null : statusesOf(placed),
    }),
    route,
    routes: [...new Set(placed.map((one) => one.route))].sort(),
    pointer,
    fixes: first.cause?.fixes ?? first.recognised?.fixes ?? brokenFixes(first),
    cases: [...new Set(placed.map((one) => one.compared.testCase.id))],
    example: exampleOf(first, identity),
    divergences: placed.map((one) => [one.compared.testCase.id, candidate, one.index]),
    terms: formsOf(placed),
  };
}

/** What all lessons say, by route; what two statuses of one route have under one name is any of both. */
function formsOf(placed: readonly Placed[]): Terms {
  const lessons = new Map<Lesson, string>();
  for (const { route, cause } of placed) for (const lesson of cause?.lessons ?? []) lessons.set(lesson, route);
  const terms = new Map<string, string[]>();
  for (const [lesson, route] of lessons)
    for (const [name, forms] of Object.entries(termsOf(lesson)))
      for (const form of forms) pushTo(terms, `${route} ${name}`, form);
  return Object.fromEntries(terms);
}

/** What is known of the cause: proved by a rewrite, recognised by its signs, or neither. */
function proofOf(placed: readonly Placed[]): Pick<Finding, 'also' | 'verified' | 'verifiedAt' | 'recognised'> {
  const causes = [...new Set(placed.map((one) => one.cause))].filter((cause) => cause !== null);
  const signs = placed.map((one) => one.recognised).filter((one) => one !== null);
  const proved = signs.length > 0 && signs.every((one) => one.proved);
  return {
    also: [...new Set(causes.flatMap((cause) => cause.also))].sort(),
    verified: proved || (causes.length > 0 && !causes.some((cause) => cause.hypothesis || cause.lossy.length > 0)),
    verifiedAt: lowestRung(causes.map((cause) => cause.verifiedAt)),
    recognised: signs.length > 0 && !proved,
  };
}

/** What the side has to do that was reached and sent something that is no HTTP. */
function brokenFixes({ compared, divergence }: Placed): Finding['fixes'] {
  if (divergence.facet !== 'transport') return [];
  return [compared.reference, compared.candidate].flatMap(({ target, exchanges }) => {
    const outcome = exchanges[divergence.exchange]?.outcome;
    return outcome?.kind === 'failure' && outcome.hint !== null ? [{ target, text: outcome.hint }] : [];
  });
}

/** The status codes of both sides where they differ in one exchange at least. */
function statusesOf(placed: readonly Placed[]): Statuses | null {
  const pairs = placed.map(({ compared, divergence: { exchange } }) =>
    [compared.reference, compared.candidate].map((replay) => statusAt(replay, exchange)),
  );
  if (pairs.some((pair) => pair.includes(null)) || pairs.every(([a, b]) => a === b)) return null;
  const side = (i: number) => [...new Set(pairs.map((pair) => pair[i] ?? 0))].sort((a, b) => a - b);
  return [side(0), side(1)];
}

function statusAt(replay: TargetReplay, exchange: number): number | null {
  const outcome = replay.exchanges[exchange]?.outcome;
  return outcome?.kind === 'response' ? outcome.status : null;
}

/** Both sides of the first case: whole answers or bodies where the finding is about them, else the place that differs. */
function exampleOf({ compared, divergence, cause, recognised }: Placed, identity: Identity): Finding['example'] {
  const sides = (show: (replay: TargetReplay) => string | null) => ({
    case: compared.testCase.id,
    reference: show(compared.reference),
    candidate: show(compared.candidate),
  });
  if (recognised !== null && identity.facet !== 'headers')
    return sides((replay) => answerText(replay, divergence.exchange));
  const { reference, candidate } = divergence;
  if (identity.facet !== 'body' || (cause?.pointer ?? identity.pointer) !== '')
    return { case: compared.testCase.id, reference, candidate };
  return sides((replay) => bodyText(replay, divergence.exchange));
}

function bodyText(replay: TargetReplay, exchange: number): string | null {
  const outcome = replay.exchanges[exchange]?.outcome;
  return outcome?.kind === 'response' && outcome.body.length > 0
    ? excerptBytes(bodyOf(outcome.headers, outcome.body).bytes)
    : null;
}

/** `404 404 page not found\n`, or the status and where it leads. */
function answerText(replay: TargetReplay, exchange: number): string | null {
  const outcome = replay.exchanges[exchange]?.outcome;
  if (outcome?.kind === 'failure') return shorten(visibleText(outcome.message));
  if (outcome?.kind !== 'response') return null;
  const location = headerValue(outcome.headers, 'location');
  const rest = location === null ? bodyText(replay, exchange) : `to ${visibleText(location)}`;
  return shorten([String(outcome.status), rest].filter((part) => part !== null).join(' '));
}
