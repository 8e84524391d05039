/** The request as it was sent to one target (authority and the target's own headers apart, the same for all). */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | null;
  /** It goes out without the `auth` of the targets. */
  readonly withoutAuth?: true;
}

export interface Response {
  readonly kind: 'response';
  readonly status: number;
  readonly statusText: string;
  /** In order, casing and number as received; bytes above 0x7F as latin1. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body as framed by HTTP (chunks joined), before content-decoding. */
  readonly body: Uint8Array;
}

/**
 * Why there is no response: a stable word.
 * `down`: nobody could be reached. `lost`: the connection ended or stalled. `broken`: what came is not valid HTTP, or over a limit.
 */
export interface Failure {
  readonly kind: 'failure';
  readonly family: 'down' | 'lost' | 'broken' | 'request';
  /** Kebab-case, e.g. `connection-refused`, `timeout-total`, `not-http`, `truncated`, `capture-missing`. */
  readonly reason: string;
  /** One plain sentence with the numbers. */
  readonly message: string;
  /** One next step. */
  readonly hint: string | null;
}

/** One request and its outcome on one target. */
export interface Exchange {
  readonly target: string;
  /** Index of the step in the case. */
  readonly step: number;
  readonly request: SentRequest;
  readonly outcome: Response | Failure;
  /** Milliseconds from the first byte sent to the end of the outcome, monotonic clock. */
  readonly durationMs: number;
  /** Of a request that was sent again for what was answered to it: which attempt this is, from 1. */
  readonly attempts?: number;
  /** Of a recorded answer: how many answers to this request were recorded, one after the other. */
  readonly recordedAnswers?: number;
}

/** What one target answered to one case: an exchange for each step (each copy of it, if parallel) that was sent. */
export interface TargetReplay {
  readonly target: string;
  readonly exchanges: readonly Exchange[];
  /** Values that this target's answers gave, by name. */
  readonly captured: Readonly<Record<string, string>>;
  /** The name of the member or header that each of them was captured from; empty for a whole body. */
  readonly capturedFrom?: Readonly<Record<string, string>>;
  /** Cookies that it set and what its login handed out, by name: each side shows its own. */
  readonly sessions?: Readonly<Record<string, string>>;
  /** Why cleaning up after the case did not work. */
  readonly left?: string;
  /** What must never be shown of what was sent and answered: cookies, and what a login gave. */
  readonly secrets?: readonly string[];
}
