import { defaultCompare, type Rung } from '../../src/config/rules.ts';
import type { TrackedFinding } from '../../src/findings/finding.ts';
import type { ReconcileInput } from '../../src/tracker/reconcile/row-plan.ts';
import type { ObservationScope } from '../../src/tracker/rows/observation-scope.ts';
import { caseHash, casesCell, ownCases } from '../../src/tracker/rows/row-cases.ts';

export const today = '2026-11-21';
export const route = 'POST /v1/validate';
/** The cases of a finding, and the cell that lists them. */
export const cases = ['validate/missing-field', 'validate/wrong-kind'];
export const casesOf = (ids: readonly string[], rung: Rung = 'shape'): string =>
  casesCell(ownCases({ cases: ids, rung }));
export const twoCases = casesOf(cases);

/** A finding as the findings room gives it; whatever a test says overrides it. */
export function finding(id: string, overrides: Partial<TrackedFinding> = {}): TrackedFinding {
  return {
    id,
    fingerprint: id.slice(2).toLowerCase().padEnd(64, '0'),
    candidate: 'go',
    facet: 'body',
    rung: 'shape',
    class: 'enum-external-vs-flat',
    also: [],
    verified: true,
    verifiedAt: 'value',
    recognised: false,
    severity: 'breaking',
    direction: null,
    impact: 'A client of the flat form reads an empty kind.',
    route,
    routes: [route],
    pointer: '',
    title: '',
    fixes: [],
    terms: {},
    occurrences: [],
    statuses: [],
    keys: [],
    within: [],
    cases,
    example: { case: 'validate/missing-field', reference: '{"Schema":{}}', candidate: '{"Kind":"schema"}' },
    ...overrides,
  };
}

/** What a case compares on a candidate where nothing is said of it. */
export function sight(candidate: string, overrides: Partial<ObservationScope> = {}): ObservationScope {
  return { candidate, upTo: 'value', apart: false, isMarkup: false, options: defaultCompare, noise: [], ...overrides };
}

/** The two cases of a finding and more, `count` in all, of one route, all of which ran conclusively on `conclusive`. */
export function library(count: number, conclusive: readonly string[] = ['go'], routes: readonly string[] = [route]) {
  return Array.from({ length: count }, (_, index) => ({
    hash: caseHash(cases[index] ?? `validate/case-${index}`),
    asked: '',
    routes,
    statuses: '2',
    scopes: conclusive.map((name) => sight(name)),
  }));
}

/** A run of today: rust is the reference, go the candidate, two cases, both conclusive. */
export function run(findings: readonly TrackedFinding[], overrides: Partial<ReconcileInput> = {}): ReconcileInput {
  const targets = { reference: 'rust', candidates: ['go'], versions: new Map<string, string>() };
  return {
    findings,
    ...targets,
    today,
    report: null,
    fixedAfter: 1,
    library: library(2),
    holds: () => true,
    ...overrides,
  };
}
