/** A rung of the parity ladder, lowest first. A higher rung holds only if every lower one does. */
export const rungs = ['status', 'shape', 'value', 'wire'] as const;
export type Rung = (typeof rungs)[number];

/** What every rule about places in bodies may say. */
interface RuleTerms {
  /** Only where both answers have this media type: `text/html`, `text/*`, `application/*+json`. */
  readonly media?: string;
  readonly reason: string | null;
  /** Nobody wrote it: both sides show noise there. */
  readonly isInferred?: true;
}

/** Leaves under `pointer` (JSON Pointer; `*` is any one segment, `**` any depth) are not compared by value. */
export interface IgnoreRule extends RuleTerms {
  readonly pointer: string;
  /**
   * `type` still compares presence and type, `nothing` compares nothing at all; `value` compares all, but tells no items of an
   * array apart (for values that are generated each time; not for files).
   */
  readonly keep: 'value' | 'type' | 'nothing';
}

/** The order of the items of an array at `pointer` carries no meaning. */
export interface UnorderedRule extends RuleTerms {
  readonly pointer: string;
  /** What tells the items apart: the name of a member, or a JSON Pointer inside the item; null for their values. */
  readonly key: string | null;
}

/** Numbers under `pointer` may differ by this much. */
export interface ToleranceRule extends RuleTerms {
  readonly pointer: string;
  readonly relative: number | null;
  readonly absolute: number | null;
}

/** Strings at `pointer`, and with the empty pointer whole texts, are compared after every match of `pattern` (RE2 syntax) has been replaced by `with`, on both sides. */
export interface ReplaceRule extends RuleTerms {
  readonly pointer: string;
  readonly pattern: string;
  /** May hold `$1`, `$<name>` and `$&`, as in ECMAScript. */
  readonly with: string;
}

/** What a rule about a pointer is called: `ignore /request_id`. */
export function ruleName(word: string, pointer: string): string {
  return `${word} ${pointer === '' ? '(the whole body)' : pointer}`;
}

/** What a case must hold to match, and what is not compared. */
export interface CompareOptions {
  readonly level: Rung;
  /** Lower-case names of the response headers that are compared; one that ends in `*` matches by its prefix, see `isComparedHeader`. */
  readonly headers: readonly string[];
  readonly ignore: readonly IgnoreRule[];
  readonly unordered: readonly UnorderedRule[];
  readonly tolerance: readonly ToleranceRule[];
  readonly replace: readonly ReplaceRule[];
  /** Where a string of a JSON body, or a text, holds the origin of its own target, both origins count as one. */
  readonly origins: boolean;
}

/** Response headers that change what a client does. */
const clientHeaders: readonly string[] = [
  'content-type',
  'location',
  'allow',
  'retry-after',
  'www-authenticate',
  'cache-control',
  'set-cookie',
  'etag',
  'vary',
  'link',
  'content-disposition',
  'content-language',
  'content-range',
  'accept-ranges',
  'access-control-*',
  'strict-transport-security',
  'deprecation',
  'sunset',
];

export const defaultCompare: CompareOptions = {
  level: 'value',
  headers: clientHeaders,
  ignore: [],
  unordered: [],
  tolerance: [],
  replace: [],
  origins: false,
};
