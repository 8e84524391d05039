/** Why a case was not sent: a stable word (`target-down`, `interrupted`), a sentence, and one next step where there is one. */
export interface Unsent {
  readonly reason: string;
  readonly message: string;
  readonly hint?: string;
}
