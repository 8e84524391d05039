import type { NoisyPlace } from '../../noise/evidence/self-diff.ts';

/** A place that differs each time it is asked, over all cases. */
export interface SurveyedPlace {
  readonly facet: NoisyPlace['facet'];
  /** Shape: array indices folded to `*`. */
  readonly pointer: string;
  readonly what: NoisyPlace['what'];
  /** Names of the targets that show it, in the order of the configuration. */
  readonly targets: readonly string[];
  readonly cases: readonly string[];
  /** Those that a rule may suppress it in: every target shows it there, and a run finds nothing else at the place. */
  readonly suppressible: readonly string[];
  readonly against: readonly Against[];
  /** Of all that was shown there, joined by `or`; null where there is none. */
  readonly format: string | null;
  readonly example: readonly [string | null, string | null];
  /** Of a whole body: what it is that differs in it, see `generatedValuesIn`; null where that is not all, or not known. */
  readonly generated: readonly string[] | null;
}

/**
 * What a rule for all cases would hide, and in which of them. format: the targets write what varies in different formats. value: they
 * differ there in another way beside what varies. steady: the place is there, and not every target shows noise at it.
 */
export interface Against {
  readonly why: 'format' | 'value' | 'steady';
  readonly cases: readonly string[];
}

/** What a survey of noise found. */
export interface NoiseSurvey {
  readonly places: readonly SurveyedPlace[];
  /** Cases that were asked several times, and those that may not be repeated. */
  readonly asked: number;
  readonly skipped: readonly string[];
}
