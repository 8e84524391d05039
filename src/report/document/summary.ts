import { type Rung, rungs } from '../../config/rules.ts';
import type { Outcome, ReportCase, ReportFinding } from './report-model.ts';

/** How the cases of a suite came out on a candidate. */
export interface SuiteDigest {
  readonly name: string;
  readonly candidate: string;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Of the conclusive ones: how many hold each rung, and agree in their headers. */
  readonly ladder: Readonly<Record<Rung, number>>;
  readonly headers: number;
  /** Of the divergent and accepted ones: how many lose each rung. */
  readonly lost: Readonly<Record<Rung, number>>;
  /** What broke in them: where a divergence counts. */
  readonly broken: ReadonlySet<Rung | 'headers'>;
}

/** Cases that say nothing, for one reason. */
export interface SilentGroup {
  readonly reason: string;
  readonly count: number;
  readonly first: ReportCase;
  /** What is said of the first is said of all, but for numbers, and so is what to do. */
  readonly alike: boolean;
  /** Of the first cases. */
  readonly ids: readonly string[];
}

/** What a report says of its cases as a whole. */
export interface Digest {
  /** Sorted by suite and candidate. */
  readonly suites: readonly SuiteDigest[];
  /** The largest group first. */
  readonly silent: readonly SilentGroup[];
  /** The cases that a finding names first, by `placeKey`: their index in the report, and where they are written down. */
  readonly places: ReadonlyMap<string, CasePlace>;
}

export interface CasePlace {
  readonly index: number;
  readonly source: string;
}

/** So many cases of a finding, and of a reason to say nothing, are named by a report at most. */
export const maxNamed = { finding: 40, reason: 50 } as const;

/** Tells the places of cases apart. */
export const placeKey = (id: string, candidate: string): string => `${id}\0${candidate}`;

/** True if the case says something about parity. */
export const isConclusive = ({ outcome }: Pick<ReportCase, 'outcome'>): boolean =>
  outcome === 'match' || outcome === 'divergent' || outcome === 'accepted';

/** Folds the cases of a report, in its order; what it holds grows with its suites and findings, not with its cases. */
export const digestOf = (cases: Iterable<ReportCase>, findings: readonly NamedCases[]): Digest => {
  const suites = new Map<string, WritableSuite>();
  const silent = new Map<string, WritableGroup>();
  const places = new Map<string, CasePlace>();
  const wanted = new Set(findings.flatMap(namedCases));
  let index = 0;
  for (const each of cases) {
    addToSuite(suites, each);
    if (!isConclusive(each)) addToGroup(silent, each);
    if (wanted.size > 0) {
      const key = placeKey(each.id, each.candidate);
      if (wanted.has(key)) places.set(key, { index, source: each.source });
    }
    index += 1;
  }
  return {
    suites: [...suites.keys()].sort().map((key) => suites.get(key)!),
    silent: [...silent.values()].sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    places,
  };
};

type NamedCases = Pick<ReportFinding, 'cases' | 'candidate' | 'example'>;

const namedCases = ({ cases, candidate, example }: NamedCases): readonly string[] =>
  [...cases.slice(0, maxNamed.finding), example.case].map((id) => placeKey(id, candidate));

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface WritableSuite extends Writable<SuiteDigest> {
  readonly outcomes: Record<Outcome, number>;
  readonly ladder: Record<Rung, number>;
  readonly lost: Record<Rung, number>;
  readonly broken: Set<Rung | 'headers'>;
}

const emptySuite = ({ suite: name, candidate }: ReportCase): WritableSuite => ({
  name,
  candidate,
  outcomes: { match: 0, divergent: 0, accepted: 0, flaky: 0, inconclusive: 0, notRun: 0 },
  ladder: { status: 0, shape: 0, value: 0, wire: 0 },
  headers: 0,
  lost: { status: 0, shape: 0, value: 0, wire: 0 },
  broken: new Set(),
});

const addToSuite = (suites: Map<string, WritableSuite>, each: ReportCase): void => {
  const key = `${each.suite}\0${each.candidate}`;
  const suite = suites.get(key) ?? emptySuite(each);
  suites.set(key, suite);
  suite.outcomes[each.outcome] += 1;
  if (!isConclusive(each)) return;
  for (const rung of rungs) suite.ladder[rung] += Number(each.ladder[rung]);
  suite.headers += Number(each.headers);
  if (each.outcome === 'match') return;
  for (const rung of rungs) suite.lost[rung] += Number(!each.ladder[rung]);
  for (const part of brokenIn(each)) suite.broken.add(part);
};

/** Where the divergences are that belong to a finding; in a run that was cut off before it had findings, the lowest rung that is lost. */
const brokenIn = ({ divergences, ladder, headers }: ReportCase): readonly (Rung | 'headers')[] => {
  const counting = divergences.filter(({ finding }) => finding !== null);
  if (counting.length > 0) return counting.flatMap(({ rung, facet }) => rung ?? (facet === 'headers' ? [facet] : []));
  return [...rungs.filter((rung) => !ladder[rung]).slice(0, 1), ...(headers ? [] : ['headers' as const])];
};

interface WritableGroup extends Writable<SilentGroup> {
  readonly ids: string[];
}

const wordsOf = (message: string | null): string | undefined => message?.replace(/\d+/g, '0');

const readsAlike = (a: ReportCase, b: ReportCase): boolean =>
  a.hint === b.hint && (a.message === b.message || wordsOf(a.message) === wordsOf(b.message));

const addToGroup = (groups: Map<string, WritableGroup>, each: ReportCase): void => {
  const reason = each.reason ?? each.outcome;
  const group = groups.get(reason) ?? { reason, count: 0, first: each, alike: true, ids: [] };
  groups.set(reason, group);
  group.alike &&= readsAlike(each, group.first);
  group.count += 1;
  if (group.ids.length < maxNamed.reason) group.ids.push(each.id);
};
