import { bodyOf } from '../compare/body.ts';
import { captureEquality } from '../compare/compare.ts';
import type { Divergence } from '../compare/divergence.ts';
import { inForce } from '../compare/in-force.ts';
import { compileRules } from '../compare/rules.ts';
import { pushTo } from '../drift/maps.ts';
import type { Sample } from '../drift/sample.ts';
import type { ComparedCase, KeptCase } from './kept-case.ts';
import { routeOf } from './route.ts';

/** One exchange of a case: its route, and its divergences with their indices in the case's list. */
export interface Step {
  readonly compared: ComparedCase;
  readonly exchange: number;
  readonly route: string;
  readonly divergences: readonly (readonly [index: number, divergence: Divergence])[];
}

/** The two bodies of an exchange that differ, where both sides answered with one status. */
export interface StatusSample {
  readonly status: number;
  readonly sample: Sample;
}

/** The exchanges of cases, made of these when they are asked for. */
export interface Steps {
  /** How many cases there are. */
  readonly length: number;
  /** The exchanges of the case with that index that have divergences. */
  at(index: number): readonly Step[];
  sampleOf(step: Step): StatusSample | null;
}

/** The exchanges of some cases. What was made of a case is known for as long as the case is in memory. */
export function stepsOf(cases: readonly KeptCase[], routes: readonly string[]): Steps {
  const known = new WeakMap<ComparedCase, readonly Step[]>();
  const samples = new WeakMap<Step, StatusSample | null>();
  return {
    length: cases.length,
    at(index) {
      const compared = cases[index]!.fetch();
      const steps = known.get(compared) ?? stepsIn(compared, routes);
      known.set(compared, steps);
      return steps;
    },
    sampleOf(step) {
      const found = samples.get(step);
      if (found !== undefined) return found;
      const sample = sampleIn(step);
      samples.set(step, sample);
      return sample;
    },
  };
}

function stepsIn(compared: ComparedCase, routes: readonly string[]): Step[] {
  const byExchange = new Map<number, (readonly [number, Divergence])[]>();
  for (const entry of compared.comparison.divergences.entries()) pushTo(byExchange, entry[1].exchange, entry);
  const templates = [...compared.testCase.routes, ...routes];
  return [...byExchange].map(([exchange, divergences]) => {
    const { request } = (compared.reference.exchanges[exchange] ?? compared.candidate.exchanges[exchange])!;
    return { compared, exchange, route: routeOf(request, templates), divergences };
  });
}

function sampleIn({ compared, exchange, divergences: all }: Step): StatusSample | null {
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
