import type { TestCase } from '../../cases/case.ts';
import type { FilledRequest } from '../../cases/variables.ts';

/** One request derived from a valid one, that runtimes are known to take each in its own way. */
export interface Probe {
  /** `group.name`, unique within what one case gives, and the same whenever the place that it changes is the same. */
  readonly id: string;
  readonly group: string;
  /** What is odd about the request, in a few words. */
  readonly title: string;
  /** Drift classes that it is aimed at, the likeliest first; empty for the request as it is. */
  readonly aims: readonly string[];
  /** The request as a case of its own. */
  readonly testCase: TestCase;
  /** Why the HTTP client cannot send it, or null. */
  readonly unsendable: string | null;
}

/** A probe before it is a case: what is other than in the valid request. */
export interface Draft {
  /** Unique within its group, in the letters of an id. */
  readonly name: string;
  readonly title: string;
  readonly aims: readonly string[];
  readonly change: Partial<FilledRequest>;
}

/** What the probes of one case are derived with. */
export interface ProbeOptions {
  /** Path template with `{name}` segments, or null. */
  readonly template: string | null;
  /** Also what is costly to send: a body of 10 MiB. */
  readonly heavy: boolean;
}
