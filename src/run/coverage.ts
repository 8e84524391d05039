import type { TestCase } from '../cases/case.ts';
import { routeOf } from '../findings/route.ts';
import type { TargetReplay } from '../replay/exchange.ts';

/** What a run says about one case of the library: the routes it touches, and the candidates on which it ran to a conclusion. */
export interface Covered {
  readonly id: string;
  readonly routes: readonly string[];
  readonly conclusive: readonly string[];
}

/** Routes of a case that was not sent: its templates, with a number where a value would be filled in. */
function plannedRoutes(testCase: TestCase, templates: readonly string[]): string[] {
  const paths = testCase.steps.map(({ request }) => ({
    method: request.method,
    path: request.path.replace(/\{\{[^{}]*\}\}/g, '0'),
  }));
  return paths.map((request) => routeOf(request, [...testCase.routes, ...templates]));
}

function sentRoutes(testCase: TestCase, replays: readonly TargetReplay[], templates: readonly string[]): string[] {
  const written = new Set(testCase.steps.map(({ request }) => request.path));
  const requests = replays.flatMap((replay) => replay.exchanges.map((exchange) => exchange.request));
  const filled = requests.filter(({ path }) => !written.has(path));
  return filled.map((request) => routeOf(request, [...testCase.routes, ...templates]));
}

/** The routes of one case, as planned and as sent, each once. */
export function routesOf(testCase: TestCase, replays: readonly TargetReplay[], templates: readonly string[]): string[] {
  return [...new Set([...plannedRoutes(testCase, templates), ...sentRoutes(testCase, replays, templates)])];
}
