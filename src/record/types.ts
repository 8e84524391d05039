import type { Divergence, Facet, Ladder } from '../compare/model/divergence.ts';
import type { ConnectionSettings } from '../config/config.ts';
import type { Finding, FindingState } from '../findings/finding.ts';
import type { RecordedDurations } from './durations.ts';
import type { RecordedEvidence } from './evidence.ts';
import type { RecordedExercise } from './exercise.ts';
import type { TrendPoint } from './trend.ts';

/** `run.jsonl` is the record of a run: one header line, a case line for each finished case, one footer line. */
export interface RunHeader {
  readonly type: 'header';
  readonly schema: 'parity-run/1';
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly seed: number;
  readonly tool: { readonly name: string; readonly version: string };
  readonly targets: readonly {
    readonly name: string;
    readonly url: string;
    readonly role: 'reference' | 'candidate';
    /** What ran there, where people say it. */
    readonly version?: string;
    readonly commit?: string;
    /** Its answers are recorded ones, of this time (ISO 8601, UTC). */
    readonly recordedAt?: string;
    /** What its requests carry besides, by name, where there is any. */
    readonly adds?: readonly Added[];
    /** How it is connected to, where anything says how. */
    readonly connection?: ConnectionSettings;
  }[];
  readonly level: string;
  /** The targets are one service, asked twice; absent where they are not, and in older records. */
  readonly selfCheck?: boolean;
  /** The cases come from live traffic: how many there are is not known before. */
  readonly live?: boolean;
  /** The case that all of them were derived from; absent where they are of the library. */
  readonly derivedFrom?: string;
  /** The finding whose cases were sent again; absent in a run that was none of `parity replay`. */
  readonly replayOf?: string;
  /** Cases in the library, or as many as were derived, and those that the selection kept. */
  readonly total: number;
  readonly selected: number;
  /** Headers that are compared, so that the report can say which were not. */
  readonly comparedHeaders: readonly string[];
  /** A hash of each thing that the outcome depends on: runs that agree in all of them can be joined. */
  readonly plan?: Readonly<Record<string, string>>;
  /** The part of the selection that this run is; absent for all of it. */
  readonly shard?: { readonly index: number; readonly total: number };
  readonly schedule?: Schedule;
}

/** What `parity.yaml` adds to each request to a target; `auth`: not to one that goes out without. */
export interface Added {
  readonly in: 'header' | 'query';
  readonly name: string;
  readonly auth: boolean;
}

/** When requests went out, without which no duration of the record means anything. */
export interface Schedule {
  /** A case is sent once another has ended: a slow target is asked less often, and its queue is not seen. */
  readonly loop: 'closed';
  /** Cases under way at a time. */
  readonly concurrency: number;
  /** Requests a second and target at most, or null for no limit. */
  readonly rate: number | null;
}

/** A body as recorded: `text` if it is UTF-8 without NUL, else `base64`; cut at a limit, with the whole length. */
export interface RecordedBody {
  readonly text?: string;
  readonly base64?: string;
  readonly bytes: number;
  readonly truncated: boolean;
  /** Of a body that was cut: where all of it is, relative to the run folder. */
  readonly file?: string;
}

export interface RecordedExchange {
  readonly step: number;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: RecordedBody | null;
    /** It went out without the `auth` of the targets. */
    readonly withoutAuth?: true;
  };
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: RecordedBody;
  } | null;
  readonly failure: { readonly reason: string; readonly message: string; readonly hint: string | null } | null;
  readonly durationMs: number;
  /** Of a request that was repeated until its answer was as wanted: which attempt this is. */
  readonly attempts?: number;
}

export interface RecordedComparison {
  readonly candidate: string;
  /** Before the tracker is asked: `accepted` is decided in the footer. */
  readonly outcome: 'match' | 'divergent' | 'inconclusive' | 'notRun';
  readonly ladder: Ladder;
  readonly headers: boolean;
  readonly reason: string | null;
  readonly message: string | null;
  /** One next step, where there is one. */
  readonly hint?: string;
  readonly divergences: readonly Divergence[];
  /** Places that differ each time they are asked on both sides: their values, their order, or the keys of an object were forgiven. */
  readonly noise: readonly RecordedNoise[];
  /** Of a case that does not say what it expects: both sides answered nothing but these refusals. Whether it shows anything is decided in the footer. */
  readonly refused?: readonly number[];
}

/** A noisy place; `pointer` is a shape, array indices folded to `*`, but where other items of the array count. */
export interface RecordedNoise {
  readonly exchange: number;
  readonly facet: Facet;
  readonly pointer: string;
  readonly what: 'value' | 'order' | 'keys';
  /** Of `order` what names the items, where something does: a JSON Pointer inside one. */
  readonly key?: string;
  /** Why it counts as noise, where it was not measured. */
  readonly reason?: string;
  /** Of `keys` those that are not noise. */
  readonly steady?: readonly string[];
}

export interface RecordedCase {
  readonly type: 'case';
  readonly id: string;
  readonly suite: string;
  readonly title: string | null;
  /** `cases/validate/validate.yaml:12`, relative to the configuration. */
  readonly source: string;
  readonly comparisons: readonly RecordedComparison[];
  /** Of a case that names its own: headers that are compared. */
  readonly comparedHeaders?: readonly string[];
  /** Of a case with exchanges: what they build on, where there is anything. */
  readonly setting?: RecordedSetting;
  /** By target. Bodies of matching cases are left out (null). */
  readonly exchanges: Readonly<Record<string, readonly RecordedExchange[]>> | null;
}

/** What the requests of a case build on. */
export interface RecordedSetting {
  /** Sent before its steps, as the case file has them: to one target, or to all (null). */
  readonly before: readonly { readonly target: string | null; readonly request: RecordedExchange['request'] }[];
  /** What its steps have filled in. */
  readonly taken: readonly RecordedTaking[];
}

/** A value that a step takes from an earlier answer. */
export interface RecordedTaking {
  readonly step: number;
  readonly name: string;
  /** Where in the answer it stands: `value at "/id"`. */
  readonly place: string;
  /** The step that was answered; null for a request of `before`. */
  readonly from: number | null;
}

/** A line of `answers.jsonl`: what was answered to a case that matched, bodies whole; or, without any exchange, that a case was begun that may not be sent twice. */
export interface KeptAnswers {
  readonly id: string;
  /** By target. */
  readonly exchanges: Readonly<Record<string, readonly KeptExchange[]>>;
}

/** An exchange whose request is null has the one that stands with another target in its place, or else the one that the case file says: all targets were asked the same. */
export interface KeptExchange extends Omit<RecordedExchange, 'request'> {
  readonly request: RecordedExchange['request'] | null;
}

/** A case with the answers that were kept to it. */
export interface ResumableCase extends Omit<RecordedCase, 'exchanges'> {
  readonly exchanges: KeptAnswers['exchanges'] | null;
}

/** Which finding each divergence belongs to: `[case id, candidate, index in divergences]`. */
export interface RecordedFinding extends Finding {
  readonly state: FindingState;
  /** The people's decision in the tracker, where there is one. */
  readonly decision: string | null;
  readonly divergences: readonly (readonly [caseId: string, candidate: string, index: number])[];
  /** What an acceptance of it would stand for, as the tracker keeps it. */
  readonly pin?: string | null;
}

/** What a target shows of the implementation that runs there. */
export interface RecordedBuild {
  readonly target: string;
  /** Eight hex digits, the same from run to run for the same build and the same cases. */
  readonly fingerprint: string;
  /** What it says of itself: `server: nginx/1.25`. */
  readonly says: readonly string[];
  readonly version?: string;
}

/** A case on a candidate that a bug of the tool ended once its line was written. */
export interface RecordedFault {
  readonly case: string;
  readonly candidate: string;
  readonly message: string;
  readonly hint: string;
}

export interface RunFooter {
  readonly type: 'footer';
  readonly finishedAt: string;
  readonly interrupted: boolean;
  readonly verdict: 'parity' | 'divergent' | 'inconclusive';
  readonly exitCode: number;
  readonly findings: readonly RecordedFinding[];
  /** What the run can show for itself. */
  readonly evidence: RecordedEvidence;
  readonly builds?: readonly RecordedBuild[];
  /** Suites of which half or more was refused alike by both sides: where all of it was, its matches are inconclusive, see `settledBy`. */
  readonly unexercised?: readonly RecordedExercise[];
  /** Cases that a bug of the tool ended while their divergences were explained: they are inconclusive, see `settledBy`. */
  readonly faults?: readonly RecordedFault[];
  /** Plain sentences that the reader must know: a target that is down, an accepted row whose divergence is gone. */
  readonly notes: readonly string[];
  readonly tracker: {
    readonly file: string;
    readonly written: boolean;
    readonly added: readonly string[];
    readonly changed: readonly string[];
    /** Open rows of these targets that the run neither shows nor closes. */
    readonly unsettled?: readonly string[];
    /** `--tracker` named it: commands about it must name it too. */
    readonly named?: boolean;
  } | null;
  /** How long the targets took to answer: no part of the verdict. */
  readonly durations?: readonly RecordedDurations[];
  /** How far the newest runs came, this one last. */
  readonly trend?: readonly TrendPoint[];
}
