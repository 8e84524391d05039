import type { Config } from '../../config/config.ts';
import { routesFor } from '../../findings/route.ts';
import type { Exchange, Response } from '../../http/exchange.ts';
import { maxRoutes, minSuspiciousRoutes } from '../limits.ts';
import type { Warning } from './warning.ts';

/** A target that answers everything alike: as a proxy does, or a page that is served for all paths. */
export function answeredAlike(config: Config): Warning {
  const targets = new Map(config.targets.map(({ name }) => [name, alikeness()]));
  return {
    onCase({ testCase, replays }) {
      const routeOf = routesFor(testCase, config.routes);
      for (const { target, exchanges } of replays) for (const one of exchanges) targets.get(target)?.add(one, routeOf);
    },
    sentences: () => Array.from(targets, ([name, judge]) => judge.sentences(name)).flat(),
  };
}

interface Alikeness {
  add(exchange: Exchange, routeOf: ReturnType<typeof routesFor>): void;
  sentences(target: string): string[];
}

function alikeness(): Alikeness {
  const asked = new Set<string>();
  let first: Response | null = null;
  let differs = false;
  return {
    add(exchange, routeOf) {
      const { outcome } = exchange;
      if (differs || outcome.kind === 'failure') return;
      first ??= outcome;
      differs = outcome.status !== first.status || Buffer.compare(outcome.body, first.body) !== 0;
      if (asked.size < maxRoutes) asked.add(routeOf(exchange));
    },
    sentences(target) {
      if (differs || first === null || asked.size < minSuspiciousRoutes) return [];
      const answer = `${first.status} with the same ${first.body.length} bytes`;
      return [
        `${target} answers everything alike: ${answer} to ${asked.size} different routes; is its url that of a proxy, or of a page that is served for all?`,
      ];
    },
  };
}
