import type { Facet } from '../compare/model/divergence.ts';
import type { Rung } from '../config/rules.ts';
import type { Terms } from '../drift/kit/drift-rule.ts';
import type { Occurrence } from './occurrences.ts';

/** What the tracker knows of a finding. */
export type FindingState = 'new' | 'open' | 'accepted' | 'fixed' | 'reopened';

/** All divergences, over all cases, with one cause. */
export interface Finding {
  /** `P-` and the first eight hex digits of the fingerprint, upper case; more of them where two findings share these. */
  readonly id: string;
  /** SHA-256 in hex over candidate, class, route, facet, pointer shape and kind; never over values, indices or order. */
  readonly fingerprint: string;
  readonly candidate: string;
  readonly facet: Facet;
  readonly rung: Rung | null;
  /** An id of the drift catalogue, or `unexplained`. */
  readonly class: string;
  /** Further classes that the rewrite needed. */
  readonly also: readonly string[];
  /** The rewrite of the reference gives the candidate, and what it learned is confirmed by more than one sample. */
  readonly verified: boolean;
  /** The class was recognised by its signs in request and answers; no rewrite gives the candidate's answer. */
  readonly recognised: boolean;
  /** The rung at which the rewrite gives the candidate. */
  readonly verifiedAt: Rung | null;
  /** Why a rewrite that explains it is not verified; absent where it is, or where no rewrite explains it. */
  readonly doubt?: 'one-answer' | 'contradicted' | 'ambiguous' | 'lossy';
  readonly severity: 'breaking' | 'risky' | 'cosmetic';
  /** `over-accepts`: the candidate takes what the reference refuses. `over-refuses`: the other way round. Null where neither. */
  readonly direction: 'over-accepts' | 'over-refuses' | 'both' | null;
  /** What clients of the reference meet on the candidate, in one or two sentences. */
  readonly impact: string;
  /** `*` for a setting of the whole server. */
  readonly route: string;
  /** The routes that show it, sorted. */
  readonly routes: readonly string[];
  /** Pointer shape: array indices folded to `*`. */
  readonly pointer: string;
  /** One sentence for people. */
  readonly title: string;
  readonly fixes: readonly { readonly target: string; readonly text: string }[];
  /** Ids of the cases that show it, sorted. */
  readonly cases: readonly string[];
  /** The first case by id, and the two sides there. */
  readonly example: {
    readonly case: string;
    readonly reference: string | null;
    readonly candidate: string | null;
  };
  /**
   * Some of its divergences are of this finding by what its tracker row says: the cases of this run alone would explain them in another
   * way. Absent where there are none.
   */
  readonly byTracker?: true;
}

/** A finding, and what a tracker holds of it beside what people read. */
export interface TrackedFinding extends Finding {
  /**
   * What was learned of the candidate's form, by route, place, class and name; of what is unexplained the forms of its values and items, of
   * headers in which parts they differ, and of what differs alongside a status what it is. It is what an acceptance stands for.
   */
  readonly terms: Terms;
  /** Where it was seen, and what was seen there: an acceptance covers these, see `Occurrence`. */
  readonly occurrences: readonly Occurrence[];
  /** Of each of its cases the classes of status codes that the reference answered with, see `statusClasses`. */
  readonly statuses: readonly string[];
  /** Of each of its cases the keys of its divergences there, see `divergenceKey`; sorted. */
  readonly keys: readonly (readonly string[])[];
  /** What an answer must have for it to show, see `hashAround`; sorted. */
  readonly within: readonly string[];
}
