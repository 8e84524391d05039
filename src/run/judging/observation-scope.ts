import { isXmlType } from '../../compare/headers/media-type.ts';
import { typeOf } from '../../compare/media/body-content.ts';
import { dependsOnMedia, rulesForMedia } from '../../compare/rules/media-scope.ts';
import { type CompareOptions, type Rung, rungs } from '../../config/rules.ts';
import type { ComparedCase } from '../../findings/kept-case.ts';
import { statusClass } from '../../http/status-class.ts';
import type { RecordedComparison } from '../../record/types.ts';
import type { ObservationScope } from '../../tracker/rows/observation-scope.ts';
import { maxScopes } from '../limits.ts';
import type { CaseResult } from '../model/case-result.ts';

/** What a case compared under its options, on each candidate on which it came to a conclusion. */
export function observationScopes(
  { comparisons, compared }: Pick<CaseResult, 'comparisons' | 'compared'>,
  options: CompareOptions,
): ObservationScope[] {
  return comparisons.flatMap(({ candidate, ladder, noise, reason }, at) => {
    if (reason !== null) return [];
    const rulesForMedia = rulesForPair(options, compared[at]!);
    const apart = !ladder.status && areApart(compared[at]!);
    const isMarkup = rulesForMedia.ignore.length > 0 && hasMarkup(compared[at]!);
    return [{ candidate, upTo: upTo(ladder, options.level), apart, isMarkup, options: rulesForMedia, noise }];
  });
}

/**
 * Some request was answered with success by one side and with an error by the other, or the like, or not at all by one; or with two
 * statuses and something beside them, which is all one finding.
 */
function areApart({ reference, candidate, comparison: { divergences } }: ComparedCase): boolean {
  return reference.exchanges.some(({ outcome }, at) => {
    const other = candidate.exchanges[at]?.outcome;
    if (outcome.kind === 'failure' || other?.kind !== 'response') return true;
    if (outcome.status === other.status) return false;
    const isSameClass = statusClass(outcome.status) === statusClass(other.status);
    return !isSameClass || divergences.some(({ exchange, facet }) => exchange === at && facet !== 'status');
  });
}

/** All divergences that break the level are shown; and where a higher rung holds, there are none up to it. */
function upTo(ladder: RecordedComparison['ladder'], level: Rung): Rung {
  return rungs.findLast((rung) => ladder[rung] || rung === level)!;
}

/** The options without rules for media that no answer has. Where answers of one case have several, all rules count. */
function rulesForPair(options: CompareOptions, { reference, candidate }: ComparedCase): CompareOptions {
  if (!dependsOnMedia(options)) return options;
  const left = reference.exchanges.map((one, at) => {
    const outcomes = [one.outcome, candidate.exchanges[at]?.outcome];
    return rulesForMedia(
      options,
      outcomes.flatMap((outcome) => (outcome?.kind === 'response' ? [typeOf(outcome.headers)] : [])),
    );
  });
  const [first = options, ...others] = new Set(left);
  return others.length === 0 ? first : options;
}

function hasMarkup({ reference, candidate }: ComparedCase): boolean {
  return [...reference.exchanges, ...candidate.exchanges].some(
    ({ outcome }) => outcome.kind === 'response' && isXmlType(typeOf(outcome.headers)),
  );
}

/** Lists of observation scopes, each once, by number. */
export interface ScopeTable {
  /** The number of a list; of all that compared the same it is one. */
  numberOf(scopes: readonly ObservationScope[]): number;
  at(number: number): readonly ObservationScope[];
}

/** An empty table: one list for all cases that compared the same, of which most have the options of the configuration and no noise. */
export function scopeTable(): ScopeTable {
  const known = new Map<string, number>();
  const lists: (readonly ObservationScope[])[] = [];
  const numbers = optionsNumbers();
  return {
    numberOf(scopes) {
      const isFull = lists.length >= maxScopes;
      const key = scopes.map(
        (one) =>
          `${numbers(one.options, isFull)} ${one.candidate} ${one.upTo} ${one.apart} ${one.isMarkup} ${noiseKey(one)}`,
      );
      const found = known.get(key.join('\n'));
      if (found !== undefined) return found;
      const name = isFull ? scopes.map(({ candidate }) => candidate).join('\n') : key.join('\n');
      const number = known.get(name) ?? lists.push(isFull ? scopes.map(unknownScope) : scopes) - 1;
      known.set(name, number);
      return number;
    },
    at: (number) => lists[number]!,
  };
}

function unknownScope({ candidate, options }: ObservationScope): ObservationScope {
  return { candidate, upTo: null, apart: false, isMarkup: false, options, noise: [] };
}

function noiseKey({ noise }: ObservationScope): string {
  return noise.length === 0 ? '' : JSON.stringify(noise.map(({ facet, pointer, what }) => [facet, pointer, what]));
}

/** Gives equal options one number; none to those that are new when there is no more room. */
function optionsNumbers(): (options: CompareOptions, isFull: boolean) => number | null {
  const ofObject = new WeakMap<CompareOptions, number>();
  const ofText = new Map<string, number>();
  return (options, isFull) => {
    const known = ofObject.get(options);
    if (known !== undefined) return known;
    const { level, headers, ignore, unordered, tolerance, replace } = options;
    const places = [unordered, tolerance, replace].map((rules) => rules.map(({ pointer }) => pointer));
    const text = JSON.stringify([level, headers, ignore.map(({ pointer, keep }) => [pointer, keep]), places]);
    const number = ofText.get(text) ?? (isFull ? null : ofText.size);
    if (number === null) return null;
    ofText.set(text, number);
    ofObject.set(options, number);
    return number;
  };
}
