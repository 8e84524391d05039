import { type Check, isBoolean, isNumber, isString, listOf, orNull, shapeOf } from './validators.ts';

/** What a run can show for itself: that it was not blind, what it exercised, and what its rules hid. */
export interface RecordedEvidence {
  /** A bug of the tool: what follows could not be gathered, and says nothing. */
  readonly failed?: string;
  /** Mutations seeded into copies of matched answers, under the run's own rules: `seeded` = `seen` + hidden + missed. */
  readonly selfCheck: {
    readonly seeded: number;
    readonly seen: number;
    readonly hidden: readonly { readonly rule: string; readonly count: number }[];
    /** What no rule hides and the comparison did not see: a bug of the tool. */
    readonly missed: readonly { readonly case: string; readonly mutation: string; readonly pointer: string }[];
  };
  /** What both sides really answered. */
  readonly coverage: {
    readonly routes: readonly {
      readonly route: string;
      readonly statuses: readonly number[];
      readonly contentTypes: readonly string[];
      readonly cases: number;
    }[];
    /** Lists that were empty, and members that were null, in every sample of both sides: equal over nothing. */
    readonly emptyArrays: RecordedEmpties;
    readonly emptyFields: RecordedEmpties;
    /** Pairs of bodies that were too large to be walked. */
    readonly bodiesSkipped: number;
    /** Against the OpenAPI descriptions that the configuration names. Absent where it names none. */
    readonly documented?: RecordedDocumented;
  };
  readonly rules: readonly RecordedRule[];
  /** What `ignore` rules that people wrote leave out, all together. Not in older records. */
  readonly leftOut?: {
    /** How many of them leave anything out. */
    readonly rules: number;
    /** Values of the reference's bodies that they leave out, of all that there are; null where not all were counted. A text is one. */
    readonly values: number;
    readonly leaves: number | null;
    /** Cases of which they leave out every value, of all that were compared. */
    readonly cases: number;
    readonly compared: number;
  };
  /** Names of response headers that came and were compared in no case, lower case, sorted. */
  readonly uncomparedHeaders: readonly string[];
  /** Of those that were compared in some cases and not in others: a case may name its own. */
  readonly partlyComparedHeaders?: readonly string[];
  /** Of those that were compared wherever they came. */
  readonly comparedHeaders?: readonly string[];
}

/** What of the documented operations and answers both sides gave. */
export interface RecordedDocumented {
  readonly operations: number;
  /** Operations that both sides answered at least once, whatever they answered. */
  readonly exercised: number;
  /** Operations × documented statuses, and how many of these both sides gave to one request. */
  readonly answers: number;
  readonly answered: number;
  /** The largest first: operations that no request came to, then those with the most statuses that nobody saw. */
  readonly gaps: readonly {
    readonly operation: string;
    readonly isExercised: boolean;
    readonly statuses: readonly string[];
  }[];
  /** How many there are beside these. */
  readonly furtherGaps: number;
  /** Requests to paths that no description has, as method and path; sorted. */
  readonly beyond: readonly string[];
}

interface RecordedEmpties {
  readonly count: number;
  readonly places: readonly { readonly route: string; readonly pointer: string }[];
}

/** A rule and its blast radius: what it touched in a run, and what it would hide. */
export interface RecordedRule {
  /** `ignore /request_id` */
  readonly rule: string;
  readonly reason: string | null;
  /** Nobody wrote it: it is noise that was found on both sides, and forgiven. */
  readonly isNoise?: boolean;
  /** Leaves of the reference's bodies that stand under the rule, of all that were seen where it is in force. A text is one leaf. */
  readonly touched: number;
  readonly leaves: number;
  /** From 0 to 1. */
  readonly share: number;
  /** Changes that were made to a sample of them, and how many of these the comparison did not see. */
  readonly mutated: number;
  readonly unseen: number;
  /** Bodies under it that are neither JSON nor plain text: whether it touches them is not known. */
  readonly unread: number;
}

const empties = shapeOf({ count: isNumber, places: listOf(shapeOf({ route: isString, pointer: isString })) });

const documented: Check<RecordedDocumented> = shapeOf({
  operations: isNumber,
  exercised: isNumber,
  answers: isNumber,
  answered: isNumber,
  gaps: listOf(shapeOf({ operation: isString, isExercised: isBoolean, statuses: listOf(isString) })),
  furtherGaps: isNumber,
  beyond: listOf(isString),
});

/** Evidence as it stands in the footer of `run.jsonl`. */
export const isEvidence: Check<RecordedEvidence> = shapeOf(
  {
    selfCheck: shapeOf({
      seeded: isNumber,
      seen: isNumber,
      hidden: listOf(shapeOf({ rule: isString, count: isNumber })),
      missed: listOf(shapeOf({ case: isString, mutation: isString, pointer: isString })),
    }),
    coverage: shapeOf(
      {
        routes: listOf(
          shapeOf({ route: isString, statuses: listOf(isNumber), contentTypes: listOf(isString), cases: isNumber }),
        ),
        emptyArrays: empties,
        emptyFields: empties,
        bodiesSkipped: isNumber,
      },
      { documented },
    ),
    rules: listOf(
      shapeOf(
        {
          rule: isString,
          reason: orNull(isString),
          touched: isNumber,
          leaves: isNumber,
          share: isNumber,
          mutated: isNumber,
          unseen: isNumber,
          unread: isNumber,
        },
        { isNoise: isBoolean },
      ),
    ),
    uncomparedHeaders: listOf(isString),
  },
  {
    failed: isString,
    leftOut: shapeOf({
      rules: isNumber,
      values: isNumber,
      leaves: orNull(isNumber),
      cases: isNumber,
      compared: isNumber,
    }),
    comparedHeaders: listOf(isString),
    partlyComparedHeaders: listOf(isString),
  },
);

/** Evidence of a run that could not gather any. */
export function noEvidence(failed: string): RecordedEvidence {
  const none = { count: 0, places: [] };
  return {
    failed,
    selfCheck: { seeded: 0, seen: 0, hidden: [], missed: [] },
    coverage: { routes: [], emptyArrays: none, emptyFields: none, bodiesSkipped: 0 },
    rules: [],
    uncomparedHeaders: [],
  };
}
