import type { Config } from '../../config/config.ts';
import { routesFor } from '../../findings/route.ts';
import { isRefusal } from '../judging/refused.ts';
import { minSuspiciousRoutes } from '../limits.ts';
import type { Warning } from './warning.ts';

/**
 * All targets answered all requests of a run with one and the same error status (400 or above) that no case expects: a
 * missing header or a wall before both look like that, whatever the services do. A status of `isRefusal` is judged suite by suite.
 */
export function refusedAll(config: Config): Warning {
  const routes = new Set<string>();
  let first: number | null = null;
  let isOther = false;
  const isVoid = () => !isOther && first !== null && !isRefusal(first) && routes.size >= minSuspiciousRoutes;
  return {
    onCase({ testCase, replays }) {
      if (isOther) return;
      const routeOf = routesFor(testCase, config.routes);
      for (const sent of replays.flatMap(({ exchanges }) => exchanges)) {
        const { step, outcome } = sent;
        if (outcome.kind === 'failure') continue;
        first ??= outcome.status;
        isOther ||= outcome.status < 400 || outcome.status !== first;
        isOther ||= testCase.steps[step]?.expect?.status === outcome.status;
        if (routes.size < minSuspiciousRoutes) routes.add(routeOf(sent));
      }
    },
    isVoid,
    sentences: () =>
      isVoid()
        ? [
            `every answer was ${first}, and no case expects it: that shows what refuses the requests, and nothing of what the services do; see the URLs and the credentials, or say expect: { status: ${first} }`,
          ]
        : [],
  };
}
