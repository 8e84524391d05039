/** A rung of the parity ladder, lowest first. A higher rung holds only if every lower one does. */
export const rungs = ['status', 'shape', 'value', 'wire'] as const;
export type Rung = (typeof rungs)[number];

/** Leaves under `pointer` (JSON Pointer; `*` is any one segment, `**` any depth) are not compared by value. */
export interface IgnoreRule {
  readonly pointer: string;
  /**
   * `type` still compares presence and type, `nothing` compares nothing at all; `value` compares all, but tells no items of an
   * array apart (for values that are made anew each time; not for files).
   */
  readonly keep: 'value' | 'type' | 'nothing';
  readonly reason: string | null;
}

/** Numbers under `pointer` may differ by this much. */
export interface ToleranceRule {
  readonly pointer: string;
  readonly relative: number | null;
  readonly absolute: number | null;
}

/** What a case must hold to match, and what is not compared. */
export interface CompareOptions {
  readonly level: Rung;
  /** Lower-case names of the response headers that are compared. */
  readonly headers: readonly string[];
  readonly ignore: readonly IgnoreRule[];
  /** Pointers of arrays whose order carries no meaning. */
  readonly unordered: readonly string[];
  readonly tolerance: readonly ToleranceRule[];
}

export const defaultCompare: CompareOptions = {
  level: 'value',
  headers: ['content-type', 'location', 'allow', 'retry-after', 'www-authenticate', 'cache-control'],
  ignore: [],
  unordered: [],
  tolerance: [],
};
