import { relations } from '../compare/model/text-relation.ts';
import { rungs } from '../config/rules.ts';
import { isDurations } from './durations.ts';
import { isEvidence } from './evidence.ts';
import { isExercise } from './exercise.ts';
import { isTrendPoint } from './trend.ts';
import type { KeptAnswers, RecordedCase, RunFooter, RunHeader } from './types.ts';
import {
  type Check,
  isBoolean,
  isNumber,
  isString,
  listOf,
  mapOf,
  oneOf,
  orNull,
  shapeOf,
  tupleOf,
} from './validators.ts';

const facet = oneOf('transport', 'status', 'headers', 'body');
const rung = orNull(oneOf(...rungs));
const headers = listOf(tupleOf(isString, isString));

const pem = shapeOf({ written: isString }, { isText: oneOf(true) });
const connection = { ca: pem, cert: pem, key: pem, serverName: isString, insecure: oneOf(true), proxy: isString };

const target = shapeOf(
  { name: isString, url: isString, role: oneOf('reference', 'candidate') },
  {
    version: isString,
    commit: isString,
    recordedAt: isString,
    adds: listOf(shapeOf({ in: oneOf('header', 'query'), name: isString, auth: isBoolean })),
    connection: shapeOf({}, { ...connection, proxyCredentials: oneOf(true) }),
  },
);

/** A line of `run.jsonl` that is its header. */
export const isRunHeader: Check<RunHeader> = shapeOf(
  {
    type: oneOf('header'),
    schema: oneOf('parity-run/1'),
    id: isString,
    startedAt: isString,
    seed: isNumber,
    tool: shapeOf({ name: isString, version: isString }),
    targets: listOf(target),
    level: isString,
    total: isNumber,
    selected: isNumber,
    comparedHeaders: listOf(isString),
  },
  {
    plan: mapOf(isString),
    shard: shapeOf({ index: isNumber, total: isNumber }),
    schedule: shapeOf({ loop: oneOf('closed'), concurrency: isNumber, rate: orNull(isNumber) }),
    selfCheck: isBoolean,
    live: isBoolean,
    derivedFrom: isString,
    replayOf: isString,
  },
);

const divergence = shapeOf(
  {
    exchange: isNumber,
    facet,
    pointer: isString,
    kind: oneOf('missing', 'extra', 'type', 'value', 'order', 'spelling', 'duplicate', 'encoding', 'format', 'bytes'),
    rung,
    reference: orNull(isString),
    candidate: orNull(isString),
  },
  {
    noisy: oneOf('reference', 'candidate'),
    answers: isNumber,
    detector: isString,
    relation: oneOf(...relations),
  },
);

const noise = shapeOf(
  { exchange: isNumber, facet, pointer: isString, what: oneOf('value', 'order', 'keys') },
  { key: isString, reason: isString, steady: listOf(isString) },
);

const comparison = shapeOf(
  {
    candidate: isString,
    outcome: oneOf('match', 'divergent', 'inconclusive', 'notRun'),
    ladder: shapeOf({ status: isBoolean, shape: isBoolean, value: isBoolean, wire: isBoolean }),
    headers: isBoolean,
    reason: orNull(isString),
    message: orNull(isString),
    divergences: listOf(divergence),
    noise: listOf(noise),
  },
  { hint: isString, refused: listOf(isNumber) },
);

const body = shapeOf({ bytes: isNumber, truncated: isBoolean }, { text: isString, file: isString, base64: isString });

const request = shapeOf(
  { method: isString, path: isString, headers, body: orNull(body) },
  { withoutAuth: oneOf(true) },
);

const answered = {
  step: isNumber,
  response: orNull(shapeOf({ status: isNumber, statusText: isString, headers, body })),
  failure: orNull(shapeOf({ reason: isString, message: isString, hint: orNull(isString) })),
  durationMs: isNumber,
};

const exchange = shapeOf({ ...answered, request });

const names = { type: oneOf('case'), id: isString, suite: isString, title: orNull(isString), source: isString };

const setting = shapeOf({
  before: listOf(shapeOf({ target: orNull(isString), request })),
  taken: listOf(shapeOf({ step: isNumber, name: isString, place: isString, from: orNull(isNumber) })),
});

/** A line of `run.jsonl` that is a finished case. */
export const isRecordedCase: Check<RecordedCase> = shapeOf(
  { ...names, comparisons: listOf(comparison), exchanges: orNull(mapOf(listOf(exchange))) },
  { comparedHeaders: listOf(isString), setting },
);

/** The beginning of such a line. */
export const isCaseNames: Check<Pick<RecordedCase, keyof typeof names>> = shapeOf(names);

const rest = shapeOf({ comparisons: listOf(comparison), exchanges: (value): value is null => value === null });

/** The rest of one whose answers are not in it, and nothing else. */
export const isMatchingRest = (value: unknown): value is Pick<RecordedCase, 'comparisons' | 'exchanges'> =>
  rest(value) && Object.keys(value).length === 2;

/** A line of `answers.jsonl`. */
export const isKeptAnswers: Check<KeptAnswers> = shapeOf({
  id: isString,
  exchanges: mapOf(listOf(shapeOf({ ...answered, request: orNull(request) }))),
});

const finding = shapeOf(
  {
    id: isString,
    fingerprint: isString,
    candidate: isString,
    facet,
    rung,
    class: isString,
    also: listOf(isString),
    verified: isBoolean,
    recognised: isBoolean,
    verifiedAt: rung,
    severity: oneOf('breaking', 'risky', 'cosmetic'),
    direction: orNull(oneOf('over-accepts', 'over-refuses', 'both')),
    impact: isString,
    route: isString,
    routes: listOf(isString),
    pointer: isString,
    title: isString,
    fixes: listOf(shapeOf({ target: isString, text: isString })),
    cases: listOf(isString),
    example: shapeOf({ case: isString, reference: orNull(isString), candidate: orNull(isString) }),
    state: oneOf('new', 'open', 'accepted', 'fixed', 'reopened'),
    decision: orNull(isString),
    divergences: listOf(tupleOf(isString, isString, isNumber)),
  },
  { pin: orNull(isString), byTracker: oneOf(true), doubt: oneOf('one-answer', 'contradicted', 'ambiguous', 'lossy') },
);

const build = shapeOf({ target: isString, fingerprint: isString, says: listOf(isString) }, { version: isString });

const fault = shapeOf({ case: isString, candidate: isString, message: isString, hint: isString });

const tracker = shapeOf(
  { file: isString, written: isBoolean, added: listOf(isString), changed: listOf(isString) },
  { unsettled: listOf(isString), named: isBoolean },
);

/** A line of `run.jsonl` that is its footer. */
export const isRunFooter: Check<RunFooter> = shapeOf(
  {
    type: oneOf('footer'),
    finishedAt: isString,
    interrupted: isBoolean,
    verdict: oneOf('parity', 'divergent', 'inconclusive'),
    exitCode: isNumber,
    findings: listOf(finding),
    evidence: isEvidence,
    notes: listOf(isString),
    tracker: orNull(tracker),
  },
  {
    builds: listOf(build),
    durations: isDurations,
    trend: listOf(isTrendPoint),
    unexercised: isExercise,
    faults: listOf(fault),
  },
);
