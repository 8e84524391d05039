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
}

/** Where a captured value comes from. */
export type Capture =
  | { readonly from: 'pointer'; readonly pointer: string }
  | { readonly from: 'header'; readonly name: string }
  | { readonly from: 'status' };

export interface Step {
  readonly request: RequestTemplate;
  readonly capture: Readonly<Record<string, Capture>>;
  /** How many times the request is sent at the same moment; their answers are compared as a sorted set. */
  readonly parallel: number;
  readonly expect: Expectation | null;
}

/** What the reference itself must answer; if it does not, the case is inconclusive. */
export interface Expectation {
  readonly status: number | null;
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
  /** Merged over the configuration's. */
  readonly compare: Partial<CompareOptions>;
  /** Route templates of the suite. */
  readonly routes: readonly string[];
  readonly location: Location;
}
