import type { TestCase } from '../cases/case.ts';
import type { CaseComparison } from '../compare/model/divergence.ts';
import type { CompareOptions } from '../config/rules.ts';
import type { TargetReplay } from '../http/exchange.ts';

/** What both sides answered to a case on one candidate, as far as it diverges. */
export interface AnsweredCase {
  readonly testCase: Pick<TestCase, 'id'>;
  readonly reference: TargetReplay;
  readonly candidate: TargetReplay;
  readonly comparison: CaseComparison;
  readonly options: CompareOptions;
  /** Where the absolute URLs of the reference and of the candidate begin; empty if not known. */
  readonly origins: readonly [reference: string, candidate: string];
  /** Divergences, by index, that show other values each time, or may do so; none if absent. */
  readonly unsteady?: readonly number[];
}

/** The same with what was asked for. */
export interface ComparedCase extends AnsweredCase {
  readonly testCase: Pick<TestCase, 'id' | 'routes' | 'steps'>;
}

/** A compared case that need not be in memory: it is there again when it is asked for. */
export interface KeptCase {
  readonly id: string;
  readonly candidate: string;
  /** Its exchanges that have divergences. */
  readonly outline: Outline;
  fetch(): AnsweredCase;
}

/** One exchange of a compared case in which both sides answered alike. */
export interface AgreedExchange {
  readonly case: string;
  readonly candidate: string;
  readonly route: string;
  /** Of both sides. */
  readonly status: number;
  /** The exchange, which is its only one. */
  readonly compared: AnsweredCase;
}

/** What is known of the exchanges of a case that have divergences without a look at its answers. */
export type Outline = readonly Outlined[];

export interface Outlined {
  readonly exchange: number;
  readonly route: string;
  /** The status of both sides where their bodies can be explained; else null. */
  readonly status: number | null;
  /** The escapes in its path are those of values that were filled in: nobody wrote them. */
  readonly fillsEscapes: boolean;
}
