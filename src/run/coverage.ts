import type { TestCase } from '../cases/case.ts';
import { plainText } from '../cases/placeholder.ts';
import { routeOf } from '../findings/route.ts';
import type { TargetReplay } from '../replay/exchange.ts';
import { statusClasses } from '../replay/status-class.ts';
import type { Sight } from '../tracker/sight.ts';

/** What a run says about one case of the library: the routes it touches, and what it compared on the candidates on which it came to a conclusion. */
export interface Covered {
  readonly id: string;
  readonly routes: readonly string[];
  /** What the reference answered, see `statusClasses`; empty where that is not known. */
  readonly statuses: string;
  readonly sights: readonly Sight[];
}

/** The templates that the paths of a case are looked up in: its suite's, then the configuration's. */
export function templatesOf({ routes }: Pick<TestCase, 'routes'>, templates: readonly string[]): readonly string[] {
  return routes.length === 0 ? templates : [...routes, ...templates];
}

/** Routes of a case that was not sent: its templates, with a number where a value would be filled in. */
function plannedRoutes(testCase: TestCase, templates: readonly string[]): string[] {
  return testCase.steps.map(({ request: { method, path } }) => {
    const planned = path.includes('{{') ? plainText(path.replace(/\{\{[^{}]*\}\}/g, '0')) : path;
    return routeOf({ method, path: planned }, templates);
  });
}

function sentRoutes(testCase: TestCase, replays: readonly TargetReplay[], templates: readonly string[]): string[] {
  const found: string[] = [];
  for (const { exchanges } of replays)
    for (const { request } of exchanges)
      if (testCase.steps.every((step) => step.request.path !== request.path)) found.push(routeOf(request, templates));
  return found;
}

/** The routes of one case, as planned and as sent, each once. */
export function routesOf(testCase: TestCase, replays: readonly TargetReplay[], templates: readonly string[]): string[] {
  const all = templatesOf(testCase, templates);
  const found = [...plannedRoutes(testCase, all), ...sentRoutes(testCase, replays, all)];
  return found.length === 1 ? found : [...new Set(found)];
}

/** What came of one case, of which the reference's answers stand first; nothing of one that was not sent. */
interface Came {
  readonly replays: readonly TargetReplay[];
  readonly sights: readonly Sight[];
}

/** What a run says about one case. */
export function coveredBy(testCase: TestCase, { replays, sights }: Came, templates: readonly string[]): Covered {
  return {
    id: testCase.id,
    routes: routesOf(testCase, replays, templates),
    statuses: replays[0] === undefined ? '' : statusClasses(replays[0]),
    sights,
  };
}
