import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import equal from 'fast-deep-equal';
import type { TestCase } from '../../cases/case.ts';
import { isRepeatable } from '../../cases/every-step.ts';
import { asWritten } from '../../cases/variables.ts';
import type { Config } from '../../config/config.ts';
import type { ComparedCase } from '../../findings/kept-case.ts';
import { originOf } from '../../http/endpoint.ts';
import type { Exchange, Response, SentRequest, TargetReplay } from '../../http/exchange.ts';
import { lost } from '../../http/failure.ts';
import { learnSecret, type Values } from '../../http/session-secrets.ts';
import { rulesFor, withRules } from '../../noise/evidence/suppressions.ts';
import type { Unfinished } from '../../record/resume.ts';
import type {
  KeptExchange,
  RecordedBody,
  RecordedBuild,
  RecordedComparison,
  ResumableCase,
} from '../../record/types.ts';
import { captured, captureSources } from '../../replay/middleware/capture.ts';
import { readPointer } from '../../xml/body-pointer.ts';
import { killedWhileSent, optionsOf } from '../judging/compare-answers.ts';
import { coveredBy } from '../judging/coverage.ts';
import { observationScopes } from '../judging/observation-scope.ts';
import type { CaseResult } from '../model/case-result.ts';

/** What is known of a case from an earlier run. */
export interface EarlierCase {
  readonly result: CaseResult;
  /** It is in the record of that run. */
  readonly isRecorded: boolean;
}

/** What earlier runs of the same plan have left behind. */
export interface Earlier {
  /** The run that is gone on with; null where runs are joined in a new one. */
  readonly resumed: Unfinished | null;
  /** A case that is not sent any more, whatever it came to; null for others. */
  finished(testCase: TestCase): EarlierCase | null;
  /** Why a case that was not finished is not sent now; null: it is sent. */
  readonly absent: ((testCase: TestCase) => { readonly reason: string; readonly message: string }) | null;
  /** What the targets showed of themselves in all of the runs. */
  readonly builds: readonly RecordedBuild[];
}

/** What all runs found alike of the targets; nothing of one that was another build in one of them. */
export function buildsIn(runs: readonly Unfinished[]): readonly RecordedBuild[] {
  const [first = [], ...others] = runs.map(({ footer }) => footer?.builds ?? []);
  return first.filter((one) => others.every((builds) => builds.some((other) => equal(one, other))));
}

interface Place {
  readonly config: Config;
  /** The run folder of the record. */
  readonly dir: string;
}

/**
 * Looks cases up in the records of runs of one plan; of a case that is in several, the first counts. One that was being sent when a run
 * was killed, and may not be sent twice, came to nobody knows what.
 */
export function finishedIn(runs: readonly Unfinished[], config: Config): Earlier['finished'] {
  return (testCase) => {
    for (const { dir, find } of runs) {
      const runCase = find(testCase.id);
      if (runCase === null) continue;
      return isDone(runCase, testCase)
        ? { result: restore(runCase, testCase, { config, dir }), isRecorded: true }
        : null;
    }
    const wasBegun = runs.some(({ isOpen }) => isOpen(testCase.id));
    return wasBegun && !isRepeatable(testCase)
      ? { result: killedWhileSent(testCase, config), isRecorded: false }
      : null;
  };
}

/** A case that was stopped halfway is sent again only if that does no harm. */
function isDone({ comparisons }: ResumableCase, testCase: TestCase): boolean {
  const wasStopped = (one: RecordedComparison) => one.reason === 'aborted' && isRepeatable(testCase);
  return comparisons.length > 0 && !comparisons.some((one) => one.outcome === 'notRun' || wasStopped(one));
}

/** A finished case from its record. What was compared is not compared again: secrets are masked in a record. */
function restore(runCase: ResumableCase, testCase: TestCase, place: Place): CaseResult {
  const { config } = place;
  const replays = config.targets.map(({ name }) => restoreReplay(name, { runCase, testCase, place }));
  const compared = runCase.comparisons.map((one) => restoreCompared(one, { testCase, replays, config }));
  const scopes = observationScopes({ comparisons: runCase.comparisons, compared }, optionsOf(testCase, config));
  return {
    testCase,
    comparisons: runCase.comparisons,
    replays,
    compared,
    covered: coveredBy(testCase, { replays, scopes }, config.routes),
  };
}

interface Restored {
  readonly testCase: TestCase;
  readonly replays: readonly TargetReplay[];
  readonly config: Config;
}

function restoreCompared(recorded: RecordedComparison, { testCase, replays, config }: Restored): ComparedCase {
  const { candidate, ladder, headers, divergences, reason, message, hint = null, noise } = recorded;
  const [reference] = replays;
  const other = replays.find((one) => one.target === candidate);
  const inconclusive = reason === null ? null : { reason, message: message ?? '', hint };
  const keyless = noise.flatMap(({ exchange, pointer, steady }) =>
    steady === undefined ? [] : [{ exchange, pointer, steady }],
  );
  return {
    testCase,
    reference: reference!,
    candidate: other ?? { target: candidate, exchanges: [], captured: {} },
    comparison: {
      ...{ candidate, ladder, headers, divergences, inconclusive },
      ...(keyless.length === 0 ? {} : { keyless }),
    },
    options: withRules(optionsOf(testCase, config), rulesFor(noise.map((one) => ({ ...one, example: [null, null] })))),
    origins: [originOf(reference!.target, config), originOf(candidate, config)],
    unsteady: isRepeatable(testCase) ? unsteadyIn(divergences) : [...divergences.keys()],
  };
}

/** What a record says of it: a side that differs from itself, or a format of values that are other ones each time. */
function unsteadyIn(divergences: RecordedComparison['divergences']): number[] {
  return divergences.flatMap(({ kind, noisy }, at) => (kind === 'format' || noisy !== undefined ? [at] : []));
}

interface Recorded {
  readonly runCase: ResumableCase;
  readonly testCase: TestCase;
  readonly place: Place;
}

function restoreReplay(target: string, recorded: Recorded): TargetReplay {
  const known = recorded.runCase.exchanges ?? {};
  const own = Object.hasOwn(known, target) ? known[target]! : [];
  const exchanges = own.flatMap((one, at) => {
    const request = requestOf(one, at, recorded);
    return request === null ? [] : [restoreExchange(one, { target, request }, recorded.place)];
  });
  const { testCase } = recorded;
  return { target, exchanges, captured: captures(exchanges, testCase), capturedFrom: captureSources(testCase) };
}

/** The request that stands with an exchange or in its place with another target, or that the case file says; null if it says none. */
function requestOf(recorded: KeptExchange, at: number, { runCase, testCase, place }: Recorded): SentRequest | null {
  const others = Object.values(runCase.exchanges ?? {});
  const shown = recorded.request ?? others.find((one) => one[at]?.request)?.[at]?.request;
  if (shown) return { ...shown, body: shown.body === null ? null : restoreBody(shown.body, place) };
  const asked = testCase.steps[recorded.step]?.request;
  return asked === undefined ? null : asWritten(asked);
}

/** What the answers gave by name, found in them once more. */
function captures(exchanges: readonly Exchange[], testCase: TestCase): Values {
  const values: Values = Object.create(null);
  for (const [index, step] of testCase.steps.entries()) {
    const outcome = exchanges.find((one) => one.step === index)?.outcome;
    if (outcome?.kind !== 'response') continue;
    for (const [name, capture] of Object.entries(step.capture)) {
      const value = captured(capture, outcome, readPointer);
      if (value !== null) learnSecret(values, name, value.text);
    }
  }
  return values;
}

function restoreExchange(
  { step, response, failure, durationMs, attempts }: KeptExchange,
  { target, request }: Pick<Exchange, 'target' | 'request'>,
  place: Place,
): Exchange {
  const answered: Response | null = response && {
    kind: 'response',
    ...response,
    body: restoreBody(response.body, place),
  };
  const outcome = answered ?? lost(failure?.reason ?? 'lost', failure?.message ?? '', failure?.hint ?? null);
  const sent = { target, step, request, outcome, durationMs };
  return attempts === undefined ? sent : { ...sent, attempts };
}

/** The name of a body's file is from a record, which anybody may have written. */
const bodyFile = /^bodies\/[0-9a-f]{32}\.bin$/;

function restoreBody({ text, base64, file }: RecordedBody, { dir }: Place): Uint8Array {
  const kept = text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text, 'utf8');
  if (file === undefined || !bodyFile.test(file)) return kept;
  try {
    return readFileSync(join(dir, file));
  } catch {
    return kept;
  }
}
