import type { Cases, TestCase } from '../../cases/case.ts';
import type { Routes } from '../../config/routes.ts';
import { isRefusedMatch } from '../../record/exercise.ts';
import type { RecordedComparison } from '../../record/types.ts';
import { numberList } from '../../structures/number-list.ts';
import type { LibraryCase } from '../../tracker/reconcile/coverage.ts';
import { caseHash, caseNumber, numberedCase } from '../../tracker/rows/row-cases.ts';
import { coveredBy } from '../judging/coverage.ts';
import { scopeTable } from '../judging/observation-scope.ts';
import { askedBy } from '../judging/request-hash.ts';
import { maxSilent } from '../limits.ts';
import { type CaseResult, divergentIn } from '../model/case-result.ts';
import { type Exercise, gatherExercise } from './exercise.ts';

type Outcome = RecordedComparison['outcome'];

/** The cases that a run is about. */
export interface Coverable {
  readonly library: Cases;
  readonly selected: Cases;
}

/** What a run comes to, summed up as its cases finish. */
export interface RunTotals {
  add(result: Pick<CaseResult, 'testCase' | 'comparisons' | 'compared' | 'covered'>): void;
  finished(): number;
  /** Every outcome that came, each once; `inconclusive` too where a part of a divergent case is. */
  outcomes(): readonly Outcome[];
  /** Whether a case, by its hash, came to no conclusion on some candidate; true of all where these are very many. */
  isSilent(hash: string): boolean;
  /** A case said something, of whatever candidate. */
  isConclusive(): boolean;
  /** Which suites exercise nothing: to be asked once all cases were added. */
  readonly exercise: Exercise;
  /** The whole library, each case with what this run says of it, as often as it is asked for; throws RangeError where cases were not kept. */
  covered(cases: Coverable, rules: Routes): Iterable<LibraryCase>;
  /** Takes back what was added of cases on a candidate that a bug ended after that. */
  takeBack(ended: readonly { readonly caseId: string; readonly candidate: string }[]): void;
}

function isInconclusive(outcome: Outcome): boolean {
  return outcome === 'inconclusive' || outcome === 'notRun';
}

interface Keeping {
  readonly keepsCases: boolean;
  /** Of the case files. */
  readonly secrets: readonly string[];
}

/** The totals of a run without any case yet. Those that keep cases, sixteen bytes each, can say what was covered. */
export function runTotals({ keepsCases, secrets }: Keeping): RunTotals {
  const asked = askedBy(secrets);
  const outcomes = new Set<Outcome>();
  const exercise = gatherExercise();
  const ran = keepsCases ? ranCases(exercise) : null;
  const silent = new Set<string>();
  const refusals = new Map<string, Pick<How, 'suite' | 'refused'>>();
  const ended = new Map<string, Set<string>>();
  let [finished, conclusive, diverging] = [0, false, 0];
  return {
    add(result) {
      const { testCase, comparisons, covered } = result;
      const came = comparisons.map(({ outcome }) => outcome);
      const found = divergentIn(result);
      finished += 1;
      exercise.add({ testCase, comparisons });
      for (const outcome of came) if (outcome !== 'divergent') outcomes.add(outcome);
      diverging += came.filter((outcome) => outcome === 'divergent').length;
      const refused = comparisons.filter(isRefusedMatch).map(({ candidate }) => candidate);
      // Where all that diverges is accepted, it counts that a step beside it could not be compared.
      if (found.some(({ comparison }) => comparison.inconclusive !== null)) outcomes.add('inconclusive');
      if (silent.size < maxSilent && came.some(isInconclusive)) silent.add(caseHash(testCase.id));
      if (refusals.size < maxSilent && refused.length > 0)
        refusals.set(caseHash(testCase.id), { suite: testCase.suite, refused });
      // Where any case of a suite is not refused, that one says something.
      conclusive ||= found.length > 0 || covered.scopes.some(({ candidate }) => !refused.includes(candidate));
      ran?.add(testCase.id, covered, { asked: asked(testCase), suite: testCase.suite, refused });
    },
    finished: () => finished,
    outcomes: () => [
      ...outcomes,
      ...(diverging > 0 ? (['divergent'] as const) : []),
      ...(exercise.isAnyNothing() || ended.size > 0 ? (['inconclusive'] as const) : []),
    ],
    isSilent(hash) {
      if (silent.size === maxSilent || refusals.size === maxSilent || silent.has(hash)) return true;
      const { suite = '', refused = [] } = refusals.get(hash) ?? {};
      return refused.some((candidate) => exercise.isNothing(suite, candidate));
    },
    takeBack(cases) {
      diverging -= cases.length;
      for (const { caseId, candidate } of cases)
        ended.set(caseHash(caseId), (ended.get(caseHash(caseId)) ?? new Set()).add(candidate));
    },
    exercise,
    isConclusive: () => conclusive,
    covered: (cases, templates) => ({
      // A tracker that another process changed meanwhile, or that a run was cut off at, is judged once more.
      *[Symbol.iterator]() {
        if (ran === null) throw new RangeError('these totals keep no cases');
        for (const one of ran.all()) yield withoutEnded(one, ended.get(one.hash));
        for (const testCase of leftOut(cases)) {
          const covered = coveredBy(testCase, { replays: [], scopes: [] }, templates);
          yield { hash: caseHash(testCase.id), asked: asked(testCase), ...covered };
        }
      },
    }),
  };
}

function withoutEnded(one: LibraryCase, ended: ReadonlySet<string> | undefined): LibraryCase {
  if (ended === undefined) return one;
  return { ...one, scopes: one.scopes.filter(({ candidate }) => !ended.has(candidate)) };
}

interface RanCases {
  add(id: string, covered: CaseResult['covered'], how: How): void;
  all(): Iterable<LibraryCase>;
}

/** How a case ran. */
interface How {
  readonly asked: string;
  readonly suite: string;
  /** Candidates on which it matched for both sides refused it alike. */
  readonly refused: readonly string[];
}

type Kind = CaseResult['covered'] & Pick<How, 'suite' | 'refused'>;

/** Cases that ran: many touch the same routes and compared the same. What exercises nothing compared nothing. */
function ranCases(exercise: Exercise): RanCases {
  const [cases, kinds] = [numberList(), numberList()];
  const numbers = new Map<string, number>();
  const known: Kind[] = [];
  const table = scopeTable();
  const settled = ({ suite, refused, ...covered }: Kind) => {
    const silent = refused.filter((candidate) => exercise.isNothing(suite, candidate));
    if (silent.length === 0) return covered;
    return { ...covered, scopes: covered.scopes.filter(({ candidate }) => !silent.includes(candidate)) };
  };
  return {
    add(id, { routes, statuses, scopes, isOnce = false }, { asked, suite, refused }) {
      const number = table.numberOf(scopes);
      const of = refused.length === 0 ? '' : JSON.stringify([suite, refused]);
      const key = `${number} ${statuses} ${isOnce}${of}\n${routes.join('\n')}`;
      const compared = { routes, statuses, scopes: table.at(number), isOnce };
      const kind = numbers.get(key) ?? known.push({ ...compared, suite, refused }) - 1;
      numbers.set(key, kind);
      kinds.push(kind);
      cases.push(caseNumber(caseHash(id), asked));
    },
    *all() {
      const compared = known.map(settled);
      for (let at = 0; at < cases.length; at += 1) yield { ...numberedCase(cases.at(at)), ...compared[kinds.at(at)]! };
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
