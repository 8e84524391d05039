import { isUtf8 } from 'node:buffer';
import type { TestCase } from '../cases/case.ts';
import { counts, ladderBelow } from '../compare/compare.ts';
import type { CaseComparison } from '../compare/divergence.ts';
import type { Settled } from '../compare/noise.ts';
import type { Rung } from '../config/rules.ts';
import type { Exchange, TargetReplay } from '../replay/exchange.ts';
import type { KeptAnswers, RecordedBody, RecordedComparison, RecordedExchange, RunCase } from '../report/record.ts';
import { maskCredentials } from './mask.ts';

/** The most bytes of a body that are recorded. */
const longestBody = 256 * 1024;

/** Keeps a whole body elsewhere, and gives the name of the place. */
export type KeepBody = (body: Uint8Array) => string;

/** The body as it is; cut at a limit if there is a place for the whole of it. */
function recordBody(body: Uint8Array, keep: KeepBody | null): RecordedBody {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const isText = isUtf8(bytes) && !bytes.includes(0);
  const isCut = keep !== null && bytes.length > longestBody;
  const kept = isCut ? bytes.subarray(0, longestBody) : bytes;
  const text = isText ? { text: kept.toString('utf8') } : { base64: kept.toString('base64') };
  return { ...text, bytes: bytes.length, truncated: isCut, ...(isCut ? { file: keep(bytes) } : {}) };
}

function recordExchange({ step, request, outcome, durationMs }: Exchange, keep: KeepBody | null): RecordedExchange {
  const sent = { method: request.method, path: request.path, headers: request.headers };
  const body = request.body === null ? null : recordBody(request.body, keep);
  const answered = outcome.kind === 'response' ? outcome : null;
  const failed = outcome.kind === 'failure' ? outcome : null;
  return maskCredentials({
    step,
    request: { ...sent, body },
    response: answered && {
      status: answered.status,
      statusText: answered.statusText,
      headers: answered.headers,
      body: recordBody(answered.body, keep),
    },
    failure: failed && { reason: failed.reason, message: failed.message, hint: failed.hint },
    durationMs: Math.round(durationMs * 1000) / 1000,
  });
}

/** What a comparison comes to at the level that the case must hold. */
export function outcomeOf(comparison: CaseComparison, level: Rung): 'match' | 'divergent' | 'inconclusive' {
  if (comparison.divergences.some((divergence) => counts(divergence, level))) return 'divergent';
  return comparison.inconclusive === null ? 'match' : 'inconclusive';
}

export function recordComparison({ comparison, noise }: Settled, level: Rung): RecordedComparison {
  const { candidate, ladder, headers, divergences, inconclusive } = comparison;
  const why = { reason: inconclusive?.reason ?? null, message: inconclusive?.message ?? null };
  const places = noise.map(({ exchange, facet, pointer, what }) => ({ exchange, facet, pointer, what }));
  return { candidate, outcome: outcomeOf(comparison, level), ladder, headers, ...why, divergences, noise: places };
}

/** A comparison that never took place. */
export function notRun(candidate: string, why: { reason: string; message: string }): RecordedComparison {
  return {
    candidate,
    outcome: 'notRun',
    ladder: ladderBelow('status'),
    headers: false,
    ...why,
    divergences: [],
    noise: [],
  };
}

function recordReplays(replays: readonly TargetReplay[], keep: KeepBody | null): KeptAnswers['exchanges'] {
  return Object.fromEntries(replays.map((one) => [one.target, one.exchanges.map((it) => recordExchange(it, keep))]));
}

/** What is recorded of a case. */
export interface CaseToRecord {
  readonly testCase: TestCase;
  readonly comparisons: readonly RecordedComparison[];
  readonly replays: readonly TargetReplay[];
}

/** A finished case for the run log. Answers to cases that match everywhere are left out: nobody will ask for them. */
export function recordCase({ testCase, comparisons, replays }: CaseToRecord, keep: KeepBody): RunCase {
  const isKept = comparisons.some((one) => one.outcome !== 'match' && one.outcome !== 'notRun');
  return {
    type: 'case',
    id: testCase.id,
    suite: testCase.suite,
    title: testCase.title,
    source: `${testCase.location.file}:${testCase.location.line}`,
    comparisons,
    exchanges: isKept ? recordReplays(replays, keep) : null,
  };
}

/** The answers to a case, whole: what a run needs to go on where it was cut off. */
export function recordAnswers({ testCase, replays }: CaseToRecord): KeptAnswers {
  return { id: testCase.id, exchanges: recordReplays(replays, null) };
}
