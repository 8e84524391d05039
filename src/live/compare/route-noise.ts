import type { TestCase } from '../../cases/case.ts';
import type { CompareOptions } from '../../config/rules.ts';
import { rulesFor, withRules } from '../../noise/evidence/suppressions.ts';
import type { RecordedNoise } from '../../record/types.ts';
import { maxNoisyPlaces, minNoisyRequests, noiseRecheckEvery } from '../limits.ts';

/**
 * Noise that was measured on a route, so that not every one of its requests is sent again. A place counts once several requests showed that
 * both sides differ from themselves there; some requests are measured all the same.
 */
export interface RouteNoise {
  add(route: string, noise: readonly RecordedNoise[]): void;
  /** The case with the noise of its route as rules; null where there is none, or it is time to measure again. */
  variant(route: string, testCase: TestCase, options: CompareOptions): TestCase | null;
}

/** No noise yet. */
export function routeNoise(): RouteNoise {
  const routes = new Map<string, Map<string, { place: RecordedNoise; seen: number }>>();
  let asked = 0;
  return {
    add(route, noise) {
      const places = routes.get(route) ?? new Map<string, { place: RecordedNoise; seen: number }>();
      routes.set(route, places);
      for (const place of noise) {
        const key = JSON.stringify([place.facet, place.pointer, place.what, place.key ?? null]);
        const known = places.get(key);
        if (known !== undefined) known.seen += 1;
        else if (places.size < maxNoisyPlaces) places.set(key, { place, seen: 1 });
      }
    },
    variant(route, testCase, options) {
      const known = [...(routes.get(route)?.values() ?? [])].filter(({ seen }) => seen >= minNoisyRequests);
      if (known.length === 0) return null;
      asked += 1;
      if (asked % noiseRecheckEvery === 0) return null;
      const rules = rulesFor(known.map(({ place }) => ({ ...place, example: [null, null] })));
      const { ignore, unordered } = withRules(options, rules);
      return { ...testCase, compare: { ignore, unordered } };
    },
  };
}
