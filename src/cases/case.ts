import type { CompareOptions } from '../config/rules.ts';

/** Where a case stands in its file. `line` and `col` count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

/** A request body before variables are filled in. */
export type BodyTemplate =
  /** JSON source text, numbers spelled as in the case file. */
  | { readonly kind: 'json'; readonly text: string }
  /** Text: sent as UTF-8. `mediaType` is set when the case names no content-type. */
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly mediaType: string | null;
      /** `form`: values are percent-encoded as they are filled in. */
      readonly encoding?: 'form';
    }
  /** Bytes that hold no variables. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly mediaType: string | null };

export interface RequestTemplate {
  readonly method: string;
  /** Path and query, exactly the bytes that go on the request line (may hold `{{name}}`). */
  readonly path: string;
  /** In order and casing as written, duplicates kept. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: BodyTemplate | null;
  /** The head and first byte of the body go out at once, the rest after so many milliseconds; 0 for no pause. */
  readonly holdMs: number;
  /** The body goes out in chunks of so many bytes (RFC 9112, 7.1); null for a body with its length. */
  readonly chunkBytes: number | null;
  /** It goes out without the `auth` of the targets. */
  readonly withoutAuth?: true;
}

/** Where a captured value comes from; with `match`, a regular expression (RE2), the first group of its first match there, or all of it. */
export type Capture =
  | { readonly from: 'pointer'; readonly pointer: string; readonly match?: string }
  | { readonly from: 'header'; readonly name: string; readonly match?: string }
  | { readonly from: 'body'; readonly match: string }
  | { readonly from: 'status' };

/** A request that is sent until its answer is as wanted. */
export interface Repeat {
  readonly until: AnswerCondition;
  /** Pause before the next attempt, in milliseconds. */
  readonly everyMs: number;
  /** Attempts in all. */
  readonly atMost: number;
}

/** What an answer must be; all that is not null must hold. */
export interface AnswerCondition {
  readonly status: number | null;
  /** A value must be there; with `equals`, this one. */
  readonly value: Exclude<Capture, { from: 'status' }> | null;
  readonly equals: string | null;
}

export interface Step {
  readonly request: RequestTemplate;
  readonly capture: Readonly<Record<string, Capture>>;
  /** How many times the request is sent at the same moment; their answers are compared as a sorted set. */
  readonly parallel: number;
  readonly expect: Expectation | null;
  readonly repeat?: Repeat;
}

/** A step that makes ready or cleans up. Its answers are not compared; what it expects, every target must answer. */
export interface FixtureStep extends Step {
  /** The only target that it is sent to, or null: all. */
  readonly target: string | null;
}

/** What the reference itself must answer; if it does not, the case is inconclusive. */
export interface Expectation {
  readonly status: number | null;
}

/** Cases in their order; of very many, each is read when its turn comes, and may be gone through again. An array is one, too. */
export interface Cases extends Iterable<TestCase> {
  readonly length: number;
}

/** One scenario: one step, or several that share captured values. */
export interface TestCase {
  /** `suite/id`, unique over the whole library. */
  readonly id: string;
  readonly suite: string;
  readonly title: string | null;
  readonly tags: readonly string[];
  /** May be repeated and sent anywhere. */
  readonly safe: boolean;
  readonly steps: readonly Step[];
  /** Sent to each target before its steps; where one fails, the case says nothing. */
  readonly before?: readonly FixtureStep[];
  /** Sent to each target after its steps, whatever came of them. */
  readonly after?: readonly FixtureStep[];
  /** Runs alone: after all cases before it, before all cases after it. */
  readonly serial?: boolean;
  /** Every request goes out on a connection of its own. */
  readonly fresh?: boolean;
  /** Cookies that a target sets are sent back to it, in this case alone (RFC 6265). */
  readonly cookies?: boolean;
  /** Merged over the configuration's. */
  readonly compare: Partial<CompareOptions>;
  /** Route templates of the suite. */
  readonly routes: readonly string[];
  readonly location: Location;
}
