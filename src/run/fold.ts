import type { TestCase } from '../cases/case.ts';
import type { ComparedCase } from '../findings/cluster.ts';
import type { RecordedComparison } from '../report/record.ts';
import type { Judged } from './compared.ts';
import { type Covered, routesOf } from './coverage.ts';

type Outcome = RecordedComparison['outcome'];

/** What a run comes to, folded as its cases finish: what it keeps grows with what diverges, not with the number of cases. */
export interface Fold {
  add(finished: Judged): void;
  finished(): number;
  /** Every outcome that came, each once. */
  outcomes(): readonly Outcome[];
  /** A case said something, of whatever candidate. */
  isConclusive(): boolean;
  divergent(): readonly ComparedCase[];
  /** The whole library, each case with what this run says of it; throws RangeError where ids were not kept. */
  covered(library: Iterable<TestCase>, templates: readonly string[]): Iterable<Covered>;
}

/** An empty fold of a run. One that keeps ids, some hundred bytes a case, can say what it covered. */
export function foldOf({ keepsIds }: { readonly keepsIds: boolean }): Fold {
  const outcomes = new Set<Outcome>();
  const divergent: ComparedCase[] = [];
  const shared = sharedCoverage();
  const ran = new Map<string, Coverage>();
  let [finished, conclusive] = [0, false];
  return {
    add({ outcomes: came, divergent: found, covered }) {
      finished += 1;
      for (const outcome of came) outcomes.add(outcome);
      for (const one of found) divergent.push(one);
      conclusive ||= covered.conclusive.length > 0 || found.length > 0;
      if (keepsIds) ran.set(covered.id, shared(covered));
    },
    finished: () => finished,
    outcomes: () => [...outcomes],
    isConclusive: () => conclusive,
    divergent: () => divergent,
    *covered(library, templates) {
      if (!keepsIds) throw new RangeError('this fold keeps no ids');
      for (const testCase of library) {
        const { id } = testCase;
        yield { id, ...(ran.get(id) ?? { routes: routesOf(testCase, [], templates), conclusive: [] }) };
      }
    },
  };
}

type Coverage = Omit<Covered, 'id'>;

/** One object for all cases that touch the same routes and ran on the same candidates. */
function sharedCoverage(): (covered: Covered) => Coverage {
  const known = new Map<string, Coverage>();
  return ({ routes, conclusive }) => {
    const key = `${routes.join('\n')}\n\n${conclusive.join('\n')}`;
    const found = known.get(key) ?? { routes, conclusive };
    known.set(key, found);
    return found;
  };
}
