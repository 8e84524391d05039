import type { TestCase } from '../../cases/case.ts';
import { plainText } from '../../cases/placeholder.ts';
import { asWritten } from '../../cases/variables.ts';
import type { Routes } from '../../config/routes.ts';
import { routesFor } from '../../findings/route.ts';
import type { TargetReplay } from '../../http/exchange.ts';
import { statusClasses } from '../../http/status-class.ts';
import type { CaseResult } from '../model/case-result.ts';
import { isAnsweredOnce } from './recorded-answers.ts';

/** Routes of a case that was not sent: its paths, with a number where a value would be filled in. A path that begins with a captured value is not known before. */
function plannedRoutes({ steps }: TestCase, routeAt: (sent: Sent) => string): string[] {
  return steps.flatMap(({ request }, step) => {
    const asked = asWritten(request);
    const below = asked.path.replace(/^\{\{ ?origin[^{}]*\}\}/, '');
    const planned = below.includes('{{') ? plainText(below.replace(/\{\{[^{}]*\}\}/g, '0')) : below;
    return planned.startsWith('/') ? [routeAt({ request: { ...asked, path: planned }, step })] : [];
  });
}

type Sent = Parameters<ReturnType<typeof routesFor>>[0];

/** The routes of one case, as planned and as sent, each once. */
export function routesOf(testCase: TestCase, replays: readonly TargetReplay[], rules: Routes): string[] {
  const routeAt = routesFor(testCase, rules);
  const found = plannedRoutes(testCase, routeAt);
  for (const { exchanges } of replays)
    for (const sent of exchanges)
      if (testCase.steps.every((step) => step.request.path !== sent.request.path)) found.push(routeAt(sent));
  return found.length === 1 ? found : [...new Set(found)];
}

/** What a run says about one case; nothing of one that was not sent. */
export function coveredBy(
  testCase: TestCase,
  { replays, scopes }: Pick<CaseResult, 'replays'> & Pick<CaseResult['covered'], 'scopes'>,
  rules: Routes,
): CaseResult['covered'] {
  return {
    routes: routesOf(testCase, replays, rules),
    statuses: replays[0] === undefined ? '' : statusClasses(replays[0]),
    scopes,
    isOnce: isAnsweredOnce(testCase, replays),
  };
}
