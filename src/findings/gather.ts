import type { Divergence } from '../compare/model/divergence.ts';
import type { Rung } from '../config/rules.ts';
import type { Cause } from '../drift/kit/cause.ts';
import { styleTerm, type Terms } from '../drift/kit/drift-rule.ts';
import { type FittedRule, termsOf } from '../drift/kit/fitted-rule.ts';
import { pushTo } from '../drift/kit/map-utils.ts';
import type { TargetReplay } from '../http/exchange.ts';
import { statusClasses } from '../http/status-class.ts';
import { alongsideOf } from './alongside.ts';
import { caseKeys } from './case-keys.ts';
import { type Statuses, titleOf } from './describe.ts';
import type { Finding, TrackedFinding } from './finding.ts';
import { formsOf } from './forms.ts';
import { headerForms } from './header-forms.ts';
import { impactTally } from './impact.ts';
import { itemForms } from './item-forms.ts';
import { maxWithin, minAnswers } from './limits.ts';
import { occurrenceTally } from './occurrences.ts';
import type { Placed } from './place.ts';
import { type Gathered, type Identified, type Shown, shownOf } from './shown.ts';
import { hashAround } from './within.ts';

/** A finding and the divergences that it holds: case id, candidate, index in the case's list. */
export interface FoundFinding extends TrackedFinding {
  readonly divergences: readonly (readonly [caseId: string, candidate: string, index: number])[];
}

/** Gathers the divergences of one finding. It keeps where they are, and of the first one what a report shows. */
export interface Gathering {
  /** Takes the next divergence, in the order of case ids. */
  add(gathered: Gathered): void;
  finding(marks: Pick<Finding, 'id' | 'fingerprint'>): FoundFinding;
}

const heights: readonly Rung[] = ['status', 'shape', 'value', 'wire'];

/** The lowest rung of some; null if none of them is on the ladder. */
function lowestRung(rungs: ReadonlySet<Rung | null>): Rung | null {
  return heights.find((rung) => rungs.has(rung)) ?? null;
}

/** A finding without any divergence yet. */
export function gathering(identity: Identified): Gathering {
  const { candidate, facet, class: name, route, pointer } = identity;
  const [routes, rungs, within] = [new Set<string>(), new Set<Rung | null>(), new Set<string>()];
  const [impact, proof, forms, codes] = [impactTally(name), proofTally(), formTally(), statusTally()];
  const occurrences = occurrenceTally(name);
  const [cases, statuses]: [string[], string[]] = [[], []];
  const keys = caseKeys();
  const divergences: (readonly [string, string, number])[] = [];
  let shown: (Shown & { readonly isProper: boolean }) | null = null;
  let isByTracker = false;
  return {
    add(gathered) {
      const { placed, key, isProper } = gathered;
      const { id } = placed.compared.testCase;
      isByTracker ||= !isProper;
      if (isProper) for (const tally of [impact, proof, forms, occurrences]) tally.add(placed);
      else impact.add(placed);
      codes.add(placed);
      if (shown === null || (isProper && !shown.isProper)) shown = { ...shownOf(gathered, identity), isProper };
      routes.add(placed.route);
      rungs.add(placed.divergence.rung);
      const around = hashAround(placed);
      if (around !== null && within.size < maxWithin) within.add(around);
      if (cases.at(-1) !== id) {
        cases.push(id);
        statuses.push(statusClasses(placed.compared.reference));
      }
      keys.add(id, key);
      divergences.push([id, candidate, placed.index]);
    },
    finding: (marks) => ({
      ...marks,
      candidate,
      facet,
      rung: lowestRung(rungs),
      class: name,
      ...proof.told(),
      ...impact.told(),
      title: titleOf({ ...shown!.described, statuses: shown!.isRecognised ? codes.told() : null }),
      route,
      routes: [...routes].sort(),
      pointer,
      fixes: shown!.fixes,
      cases,
      example: shown!.example,
      divergences,
      terms: forms.told(),
      occurrences: occurrences.told(),
      statuses,
      keys: keys.all(),
      within: [...within].sort(),
      ...(isByTracker ? { byTracker: true as const, verified: false, verifiedAt: null } : {}),
    }),
  };
}

interface Tally<T> {
  add(placed: Placed): void;
  told(): T;
}

/** What can be said of a divergence that no lesson does. */
const sayings = [formsOf, headerForms, itemForms, alongsideOf];

/** What all lessons say, by route, or what can be said of values that none explains and of what differs alongside a status; what two statuses of one route have under one name is any of both. */
function formTally(): Tally<Terms> {
  const lessons = new Map<FittedRule, string>();
  const ofValues = new Map<string, Set<string>>();
  return {
    add(placed) {
      for (const lesson of placed.cause?.lessons ?? []) lessons.set(lesson, placed.route);
      for (const [name, found] of sayings.flatMap((say) => say(placed))) {
        const forms = ofValues.get(name) ?? new Set();
        ofValues.set(name, forms);
        for (const form of found) forms.add(form);
      }
    },
    told() {
      const terms = new Map<string, string[]>();
      for (const [lesson, route] of lessons)
        for (const [name, forms] of Object.entries(termsOf(lesson)))
          for (const form of forms) pushTo(terms, name === styleTerm ? name : `${route} ${name}`, form);
      for (const [name, forms] of ofValues) terms.set(name, [...forms].sort());
      const styles = terms.get(styleTerm);
      if (styles !== undefined) terms.set(styleTerm, [...new Set(styles)].sort());
      return Object.fromEntries(terms);
    },
  };
}

function isChance({ noisy, answers = 0 }: Divergence): boolean {
  return noisy !== undefined && answers < minAnswers;
}

const doubtOrder = ['contradicted', 'ambiguous', 'lossy', 'one-answer'] as const;

/** Why a cause is not proved; undefined where it is. */
function doubtOf({ against, ties, lossy, hypothesis }: Cause): Finding['doubt'] {
  if (against.length > 0) return 'contradicted';
  if (ties.length > 0) return 'ambiguous';
  if (lossy.length > 0) return 'lossy';
  return hypothesis ? 'one-answer' : undefined;
}

/** What is known of the cause: proved by a rewrite, recognised by its signs, or neither. */
function proofTally(): Tally<Pick<Finding, 'also' | 'verified' | 'verifiedAt' | 'recognised' | 'doubt'>> {
  const also = new Set<string>();
  const heldAt = new Set<Rung | null>();
  const causes = { seen: false, sound: true };
  const signs = { seen: false, sound: true };
  const doubts = new Set<Finding['doubt']>();
  return {
    add({ cause, recognised, divergence }) {
      if (isChance(divergence)) signs.sound = causes.sound = false;
      if (recognised !== null) {
        signs.seen = true;
        signs.sound &&= recognised.proved;
      }
      if (cause === null) return;
      causes.seen = true;
      causes.sound &&= !cause.hypothesis && cause.lossy.length === 0;
      doubts.add(doubtOf(cause));
      for (const name of cause.also) also.add(name);
      heldAt.add(cause.verifiedAt);
    },
    told() {
      const proved = signs.seen && signs.sound;
      const verified = proved || (causes.seen && causes.sound);
      const doubt = verified ? undefined : doubtOrder.find((one) => doubts.has(one));
      return {
        also: [...also].sort(),
        verified,
        verifiedAt: lowestRung(heldAt),
        recognised: signs.seen && !proved,
        ...(doubt === undefined ? {} : { doubt }),
      };
    },
  };
}

/** The status codes of both sides where they differ in one exchange at least, and are known in all. */
function statusTally(): Tally<Statuses | null> {
  const sides = [new Set<number>(), new Set<number>()] as const;
  let [known, differs] = [true, false];
  return {
    add({ compared, divergence: { exchange, facet }, recognised }) {
      // What is only beside another status says nothing of it.
      if (facet !== 'status' && recognised?.facet !== 'status') return;
      const [a, b] = [statusAt(compared.reference, exchange), statusAt(compared.candidate, exchange)];
      known &&= a !== null && b !== null;
      differs ||= a !== b;
      if (a !== null) sides[0].add(a);
      if (b !== null) sides[1].add(b);
    },
    told() {
      if (!known || !differs) return null;
      const [reference, candidate] = sides.map((side) => [...side].sort((x, y) => x - y));
      return [reference!, candidate!];
    },
  };
}

function statusAt(replay: TargetReplay, exchange: number): number | null {
  const outcome = replay.exchanges[exchange]?.outcome;
  return outcome?.kind === 'response' ? outcome.status : null;
}
