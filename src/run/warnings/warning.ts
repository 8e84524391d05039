import { maxWarnings } from '../limits.ts';
import type { CaseResult } from '../model/case-result.ts';
import type { RunEvent } from '../model/observer.ts';

/** One thing that the reader of a run must know beside the outcomes. */
export interface Warning {
  onCase?(result: CaseResult): void;
  onEvent?(event: RunEvent): void;
  /** Plain sentences, once every case was seen; none on single cases of a suite that exercises nothing. */
  sentences(exercisesNothing: (suite: string) => boolean): readonly string[];
  /** What matches says nothing of the targets. */
  isVoid?(): boolean;
}

/** Sentences on single cases, of which a few are kept; `more` ends `3 more cases …`. */
export interface FewSentences {
  add(sentence: string): void;
  all(): readonly string[];
}

/** No sentence yet. */
export function fewSentences(more: string, max = maxWarnings): FewSentences {
  const sentences: string[] = [];
  let left = 0;
  return {
    add(sentence) {
      if (sentences.length < max) sentences.push(sentence);
      else left += 1;
    },
    all: () => (left === 0 ? sentences : [...sentences, `${left} more cases ${more}`]),
  };
}

/** A warning on single cases: `find` gives its sentences on one; `max` of them are kept. */
export function perCase(
  more: string,
  find: (result: CaseResult) => readonly string[],
  max = maxWarnings,
): () => Warning {
  return () => {
    const found = fewSentences(more, max);
    return { onCase: (result) => find(result).forEach(found.add), sentences: found.all };
  };
}
