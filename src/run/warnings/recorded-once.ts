import type { Config } from '../../config/config.ts';
import { someOf } from '../../config/some-of.ts';
import { maxGeneratedValuesNamed } from '../limits.ts';
import type { Warning } from './warning.ts';

/** How often the requests of one recorded target were recorded. */
interface Count {
  all: number;
  once: number;
  readonly cases: Set<string>;
}

/** The noise of a recorded side is not known where its answer was recorded once: what it generates may count as a divergence. */
export function recordedOnce(config: Config): Warning {
  const counts = new Map<string, Count>();
  for (const { name, recorded } of config.targets)
    if (recorded !== undefined) counts.set(name, { all: 0, once: 0, cases: new Set() });
  return {
    onCase({ testCase, replays }) {
      for (const { target, exchanges } of replays) {
        const count = counts.get(target);
        const answers = count && exchanges.flatMap((one) => one.recordedAnswers ?? []);
        if (answers !== undefined) add(count!, answers, testCase.id);
      }
    },
    sentences: () => Array.from(counts).flatMap(([name, count]) => sentence(name, count)),
  };
}

function add(count: Count, answers: readonly number[], caseId: string): void {
  const once = answers.filter((one) => one === 1).length;
  count.all += answers.length;
  count.once += once;
  if (once > 0 && count.cases.size <= maxGeneratedValuesNamed) count.cases.add(caseId);
}

function sentence(name: string, { all, once, cases }: Count): string[] {
  if (once === 0) return [];
  const where = once === all ? 'at none of its requests' : `at ${all - once} of its ${all} requests`;
  const unknown = `${once} ${once === 1 ? 'was' : 'were'} recorded once (${someOf([...cases], maxGeneratedValuesNamed)})`;
  return [
    `the noise of ${name}, a recording, is known ${where}: ${unknown}, so times and generated identifiers are compared by format there, and other values that it generates may diverge; record with --twice to know`,
  ];
}
