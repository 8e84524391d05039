/** Where the patterns of some rules stand after the tokens from the root to a place. */
export interface Trail<T> {
  /** The rules whose pattern matches the place, in their order. */
  readonly here: readonly T[];
  /** No pattern can match anything below. */
  readonly ends: boolean;
  /** The trail of a member (its key) or an item (its index) of what is at the place. */
  readonly below: (token: string) => Trail<T>;
}
