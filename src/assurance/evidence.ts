import type { CaseComparison } from '../compare/model/divergence.ts';
import type { Config } from '../config/config.ts';
import { isComparedHeader } from '../config/header-patterns.ts';
import { defaultCompare } from '../config/rules.ts';
import { closestWord } from '../config/source/did-you-mean.ts';
import type { ComparedCase } from '../findings/kept-case.ts';
import { routesFor } from '../findings/route.ts';
import { originOf } from '../http/endpoint.ts';
import type { Response } from '../http/exchange.ts';
import type { DocumentedOperation } from '../import/documented.ts';
import type { RecordedEvidence } from '../record/evidence.ts';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import { answerParts } from './answer-parts.ts';
import { blastRadius } from './blast-radius.ts';
import type { OwnKeys } from './body-places.ts';
import { type DocumentedObserver, documentedCoverage } from './documented-coverage.ts';
import { maxNames } from './limits.ts';
import { strictProblems, wideRules } from './rule-problems.ts';
import { sampleMatched } from './samples.ts';
import { selfCheck } from './self-check.ts';
import { heldShapes } from './shape-coverage.ts';
import { exerciseOf } from './value-coverage.ts';

/** Gathers, as a run goes, what it will be able to show for itself. Memory is bounded, whatever the number of cases. */
export interface Evidence {
  /** Takes one case as compared with each candidate. */
  add(compared: readonly ComparedCase[]): void;
  /** See `heldShapes`. */
  readonly holds: ReturnType<typeof heldShapes>;
  gathered(): RecordedEvidence;
  /** A sentence for each header that is to be compared and that no answer has, where one of nearly that name came and is not compared. */
  misnamedHeaders(): string[];
}

/** An empty evidence, to be added to. */
export function evidenceOf(config: Config, seed: number, operations: readonly DocumentedOperation[] = []): Evidence {
  const documented = documentedCoverage(operations);
  const sampler = sampleMatched(seed);
  const exercise = exerciseOf();
  const radius = blastRadius({ seed });
  const scope = headerScope();
  const parts = answerParts();
  const addAnswers = (compared: ComparedCase) => {
    const { testCase, options, reference, candidate } = compared;
    const routeOf = routesFor(testCase, config.routes);
    for (let exchange = 0; exchange < reference.exchanges.length; exchange += 1) {
      const sent = reference.exchanges[exchange]!;
      const [a, b] = [sent.outcome, candidate.exchanges[exchange]?.outcome];
      if (a.kind !== 'response' || b?.kind !== 'response') continue;
      documented.add(sent.request, [a.status, b.status]);
      const [route, own] = [routeOf(sent), ownKeys(compared, exchange)];
      exercise.add({ case: testCase.id, route, reference: a, candidate: b, own });
      parts.add(route, scope.add(a.headers, options.headers), a.body.length);
      scope.add(b.headers, options.headers);
    }
  };
  const origin = originOf(config.targets[0]?.name ?? '', config);
  return {
    add(all) {
      const [first] = all;
      if (first === undefined) return;
      const reference = { replay: first.reference, origin };
      radius.add({ case: first.testCase.id, reference, options: first.options });
      const match = all.find((one) => isMatch(one.comparison));
      if (match !== undefined) sampler.add(match.testCase.id, reference, match.options);
      for (const one of all) addAnswers(one);
    },
    holds: heldShapes({ places: exercise.seen, markup: exercise.seenInXml, parts: parts.seen }),
    gathered: () => {
      const { rules, leftOut } = radius.radii();
      return {
        selfCheck: selfCheck({ matched: sampler.samples(), seed }),
        coverage: { ...exercise.coverage(), ...documentedPart(documented) },
        rules,
        leftOut,
        ...scope.names(),
      };
    },
    misnamedHeaders: scope.misnamed,
  };
}

function documentedPart(observer: DocumentedObserver): Pick<RecordedEvidence['coverage'], 'documented'> {
  const documented = observer.coverage();
  return documented === null ? {} : { documented };
}

/** What the reader must be told of the rules: those that hide much always, those that matched nothing under `--strict`. */
export function ruleNotes(
  { rules }: RecordedEvidence,
  misnamed: readonly string[],
  strict: boolean,
): { readonly notes: string[]; readonly dead: boolean } {
  const dead = strict ? strictProblems(rules) : [];
  const notes = [...wideRules(rules.filter((rule) => rule.unseen > 0)), ...misnamed, ...dead];
  return { notes, dead: dead.length > 0 || (strict && misnamed.length > 0) };
}

function isMatch({ divergences, inconclusive }: CaseComparison): boolean {
  return inconclusive === null && divergences.every((divergence) => divergence.rung === 'wire');
}

const nowhere: NonNullable<CaseComparison['keyless']> = [];

/** Keys that are captured values, each side its own, or of objects that have new ones in each answer; null for none. */
function ownKeys({ reference, candidate, comparison }: ComparedCase, exchange: number): OwnKeys | null {
  const names = Object.keys(reference.captured).filter((name) => reference.captured[name] !== candidate.captured[name]);
  const { keyless = nowhere } = comparison;
  if (names.length + keyless.length === 0) return null;
  const keys = names.flatMap((name) => [reference.captured[name]!, candidate.captured[name] ?? '']);
  const here = keyless.filter((place) => place.exchange === exchange);
  return { keys: new Set(keys), objects: new Map(here.map(({ pointer, steady }) => [pointer, steady])) };
}

type HeaderNames = Required<Pick<RecordedEvidence, 'comparedHeaders' | 'partlyComparedHeaders' | 'uncomparedHeaders'>>;

interface HeaderScope {
  /** Takes the headers of an answer; returns the names of those that are compared. */
  add(headers: Response['headers'], compared: readonly string[]): readonly string[];
  /** Lower case, sorted. */
  names(): HeaderNames;
  misnamed(): string[];
}

/** What became of each header that came, over cases that compare different ones. */
function headerScope(): HeaderScope {
  const compared = new Set<string>();
  const others = new Set<string>();
  const wantedAnywhere = new Set<string>();
  // The heads of most answers came before.
  const gathered = memoizeBounded(128, (headers: Response['headers']) =>
    memoizeBounded(4, (wanted: readonly string[]) => {
      const names = [...new Set(headers.map(([name]) => name.toLowerCase()))];
      for (const name of wanted) if (wantedAnywhere.size < maxNames) wantedAnywhere.add(name);
      const own = names.filter((name) => isComparedHeader(name, wanted));
      for (const name of own) if (compared.size < maxNames) compared.add(name);
      for (const name of names) if (others.size < maxNames && !own.includes(name)) others.add(name);
      return own;
    }),
  );
  return {
    add: (headers, wanted) => gathered(headers)(wanted),
    names() {
      const only = (these: ReadonlySet<string>, isInBoth: boolean, those: ReadonlySet<string>) =>
        [...these].filter((name) => those.has(name) === isInBoth).sort();
      return {
        comparedHeaders: only(compared, false, others),
        partlyComparedHeaders: only(compared, true, others),
        uncomparedHeaders: only(others, false, compared),
      };
    },
    misnamed() {
      const absent = [...wantedAnywhere].filter(
        (name) => ![...compared].some((one) => isComparedHeader(one, [name])) && !defaultCompare.headers.includes(name),
      );
      return absent.flatMap((name) => {
        const meant = closestWord(name, [...others]);
        return meant === null
          ? []
          : [
              `no answer has the header ${name} that \`compare.headers\` names; did you mean ${meant}, which came and is not compared?`,
            ];
      });
    },
  };
}
