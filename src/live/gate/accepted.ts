import type { RunRecord } from '../../record/run-record.ts';
import { findingIndex, reportCase } from '../../report/document/report-cases.ts';
import type { LiveState } from '../counts/live-state.ts';

/**
 * Whether people accepted all divergences of a set: every case that was recorded as an example of it is accepted by the tracker, and
 * there is one. Nothing is accepted before the run came to its end and its tracker was asked.
 */
export function acceptedSignatures(
  { routes }: Pick<LiveState, 'routes'>,
  { cases, footer }: Pick<RunRecord, 'cases' | 'footer'>,
): (route: string, signature: string) => boolean {
  const findingOf = findingIndex(footer?.findings ?? []);
  const accepted = new Set<string>();
  for (const runCase of cases) {
    const reported = runCase.comparisons.map((one) => reportCase(runCase, one, findingOf));
    if (reported.length > 0 && reported.every(({ outcome }) => outcome === 'accepted')) accepted.add(runCase.id);
  }
  const byRoute = new Map(routes.map(({ route, signatures }) => [route, signatures]));
  return (route, signature) => {
    const examples = byRoute.get(route)?.[signature]?.cases ?? [];
    return examples.length > 0 && examples.every((id) => accepted.has(id));
  };
}
