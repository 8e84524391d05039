/** One problem in a file that a person wrote. `line` and `col` count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly message: string;
  readonly hint?: string;
  /** The source line, so that the CLI can draw a caret under `col`. */
  readonly source?: string;
  /** How many characters the caret underlines; 1 if absent. */
  readonly length?: number;
}

export interface ParityErrorDetail {
  readonly hint?: string;
  readonly cause?: unknown;
  /** What a program said last, a line each. */
  readonly output?: readonly string[];
  readonly problems?: readonly Problem[];
}

/**
 * An error with a stable code `PXnnnn`, what happened, and one next step.
 * The first digit names the family and with it the exit code of `docs/ci.md`:
 * 1 a target could not be probed (3), 2 usage, config or case files (2), 3 nothing to judge (3), 4 storing results (4).
 */
export class ParityError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly output: readonly string[];
  readonly problems: readonly Problem[];

  constructor(code: `PX${1 | 2 | 3 | 4}${string}`, message: string, detail: ParityErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'ParityError';
    this.code = code;
    this.hint = detail.hint;
    this.output = detail.output ?? [];
    this.problems = detail.problems ?? [];
  }

  get exitCode(): 2 | 3 | 4 {
    return ({ '1': 3, '2': 2, '3': 3, '4': 4 } as const)[this.code.charAt(2) as '1' | '2' | '3' | '4'];
  }
}
