import type { Routes } from '../../config/routes.ts';
import { divergenceKey } from '../../findings/divergence-key.ts';
import type { ComparedCase } from '../../findings/kept-case.ts';
import { held } from '../../findings/outline.ts';
import { stepsOf } from '../../findings/step.ts';
import type { AwaitedKeys } from '../../tracker/awaited-cases.ts';

/** How many divergences tracker rows list for a case, and how many of them its answers show. */
export interface Awaited {
  readonly listed: number;
  readonly shown: number;
}

/** Counts over all candidates that came to a conclusion. `routes`: templates, beside those of the case. */
export function countAwaited(
  compared: readonly ComparedCase[],
  { awaited, routes }: { readonly awaited: AwaitedKeys; readonly routes: Routes },
): Awaited {
  let [listed, shown] = [0, 0];
  for (const one of compared) {
    const keys = awaited(one.testCase.id, one.candidate.target);
    if (keys.size === 0 || one.comparison.inconclusive !== null) continue;
    const found = keysIn(one, routes);
    listed += keys.size;
    shown += [...keys].filter((key) => found.has(key)).length;
  }
  return { listed, shown };
}

function keysIn(compared: ComparedCase, routes: Routes): ReadonlySet<string> {
  return new Set(
    stepsOf(held(compared, routes)).flatMap(({ route, divergences }) =>
      divergences.map(([, divergence]) => divergenceKey({ compared, divergence, route })),
    ),
  );
}
