import type { Routes } from '../config/routes.ts';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import type { ComparedCase, KeptCase, Outline, Outlined } from './kept-case.ts';
import { routesFor } from './route.ts';
import { type DivergentStep, sampleIn, stepsIn } from './step.ts';

/** Many cases have one outline. */
const shared = memoizeBounded(1024, (text: string) => JSON.parse(text) as Outline);

/** The outline of a compared case. `routes`: templates, beside those of its own. */
export function outlineOf(compared: ComparedCase, routes: Routes): Outline {
  const routeOf = routesFor(compared.testCase, routes);
  return shared(JSON.stringify(stepsIn(compared).map((step) => outlined(step, compared, routeOf))));
}

function outlined(step: DivergentStep, compared: ComparedCase, routeOf: ReturnType<typeof routesFor>): Outlined {
  const { exchange } = step;
  const sent = (compared.reference.exchanges[exchange] ?? compared.candidate.exchanges[exchange])!;
  const { outcome } = sent;
  const status = outcome.kind === 'response' && sampleIn(step) !== null ? outcome.status : null;
  return { exchange, route: routeOf(sent), status, fillsEscapes: fillsEscapes(compared, sent.step) };
}

function fillsEscapes({ testCase }: ComparedCase, step: number): boolean {
  const written = testCase.steps[step]?.request.path ?? '';
  return written.includes('{{') && !written.includes('%');
}

/** A compared case that stays in memory. */
export function held(compared: ComparedCase, routes: Routes): KeptCase {
  const { testCase, candidate } = compared;
  return { id: testCase.id, candidate: candidate.target, outline: outlineOf(compared, routes), fetch: () => compared };
}
