import type { Cases, TestCase } from '../cases/case.ts';
import type { RecordedComparison } from '../record/types.ts';
import { numberList } from '../structures/number-list.ts';
import { caseHash, caseNumber, numberedCase } from '../tracker/rows/row-cases.ts';
import type { Finished, Judged } from './compare-answers.ts';
import { type Covered, coveredBy } from './coverage.ts';
import { sightTable } from './observation-scope.ts';
import { askedBy } from './request-hash.ts';

type Outcome = RecordedComparison['outcome'];

/** A case of the library, by the hash of its id, with what it asks for, see `askedBy`, and what a run says of it. */
export type CoveredCase = Omit<Covered, 'id'> & ReturnType<typeof numberedCase>;

/** The cases that a run is about. */
export interface Coverable {
  readonly library: Cases;
  readonly selected: Cases;
}

/** What a run comes to, folded as its cases finish. */
export interface Fold {
  add(finished: Judged & Pick<Finished, 'testCase'>): void;
  finished(): number;
  /** Every outcome that came, each once; `inconclusive` too where a part of a divergent case is. */
  outcomes(): readonly Outcome[];
  /** Whether a case, by its hash, came to no conclusion on some candidate; true of all where these are very many. */
  isSilent(hash: string): boolean;
  /** A case said something, of whatever candidate. */
  isConclusive(): boolean;
  /** The whole library, each case with what this run says of it, as often as it is asked for; throws RangeError where cases were not kept. */
  covered(cases: Coverable, templates: readonly string[]): Iterable<CoveredCase>;
}

/** Cases without a conclusion whose hashes are kept: a target that is down has all of them. */
const maxSilent = 10_000;

function isInconclusive(outcome: Outcome): boolean {
  return outcome === 'inconclusive' || outcome === 'notRun';
}

interface Keeping {
  readonly keepsCases: boolean;
  /** Of the case files. */
  readonly secrets: readonly string[];
}

/** An empty fold of a run. One that keeps cases, sixteen bytes each, can say what it covered. */
export function foldOf({ keepsCases, secrets }: Keeping): Fold {
  const asked = askedBy(secrets);
  const outcomes = new Set<Outcome>();
  const ran = keepsCases ? ranCases() : null;
  const silent = new Set<string>();
  let [finished, conclusive] = [0, false];
  return {
    add({ testCase, outcomes: came, divergent: found, covered }) {
      finished += 1;
      for (const outcome of came) outcomes.add(outcome);
      // Where all that diverges is accepted, it counts that a step beside it could not be compared.
      if (found.some(({ comparison }) => comparison.inconclusive !== null)) outcomes.add('inconclusive');
      if (silent.size < maxSilent && came.some(isInconclusive)) silent.add(caseHash(testCase.id));
      conclusive ||= covered.sights.length > 0 || found.length > 0;
      ran?.add(covered, asked(testCase));
    },
    finished: () => finished,
    outcomes: () => [...outcomes],
    isSilent: (hash) => silent.size === maxSilent || silent.has(hash),
    isConclusive: () => conclusive,
    covered: (cases, templates) => ({
      // A tracker that another process changed meanwhile, or that a run was cut off at, is judged once more.
      *[Symbol.iterator]() {
        if (ran === null) throw new RangeError('this fold keeps no cases');
        yield* ran.all();
        for (const testCase of leftOut(cases)) {
          const { id, ...covered } = coveredBy(testCase, { replays: [], sights: [] }, templates);
          yield { hash: caseHash(id), asked: asked(testCase), ...covered };
        }
      },
    }),
  };
}

interface RanCases {
  add(covered: Covered, asked: string): void;
  all(): Iterable<CoveredCase>;
}

/** Cases that ran: many touch the same routes and compared the same. */
function ranCases(): RanCases {
  const [cases, kinds] = [numberList(), numberList()];
  const numbers = new Map<string, number>();
  const known: Omit<Covered, 'id'>[] = [];
  const table = sightTable();
  return {
    add({ id, routes, statuses, sights }, asked) {
      const number = table.numberOf(sights);
      const key = `${number} ${statuses}\n${routes.join('\n')}`;
      const kind = numbers.get(key) ?? known.push({ routes, statuses, sights: table.at(number) }) - 1;
      numbers.set(key, kind);
      kinds.push(kind);
      cases.push(caseNumber(caseHash(id), asked));
    },
    *all() {
      for (let at = 0; at < cases.length; at += 1) yield { ...numberedCase(cases.at(at)), ...known[kinds.at(at)]! };
    },
  };
}

/** The cases of the library that were not selected. A selection that is not in memory is in the order of the library. */
function* leftOut({ library, selected }: Coverable): Generator<TestCase> {
  if (Array.isArray(selected)) {
    const ids = new Set(Array.from(selected, ({ id }) => id));
    for (const testCase of library) if (!ids.has(testCase.id)) yield testCase;
    return;
  }
  if (selected.length === library.length) return;
  const rest = selected[Symbol.iterator]();
  let next = rest.next();
  for (const testCase of library) {
    if (next.done !== true && next.value.id === testCase.id) next = rest.next();
    else yield testCase;
  }
}
