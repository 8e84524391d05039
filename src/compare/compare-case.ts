import type { CompareOptions, Rung } from '../config/rules.ts';
import type { Exchange, Failure, Response, TargetReplay } from '../http/exchange.ts';
import { type Captured, capturedOf } from './captures/captured-values.ts';
import { withOrigins } from './captures/own-origins.ts';
import { compareBodies } from './compare-body.ts';
import { compareHeaders } from './headers/compare-headers.ts';
import { type BodyComparison, bodyOf, encodingOf, same } from './media/body-content.ts';
import type { CaseComparison, Divergence, Ladder } from './model/divergence.ts';
import { shorten, visibleText } from './model/excerpt.ts';
import type { Difference, Judge } from './model/value-judge.ts';
import { compileRules } from './rules/compiled-rules.ts';
import { rulesForMedia } from './rules/media-scope.ts';

/** What one target answered, and the origin that its own absolute URLs begin with. */
export interface ComparedSide {
  readonly replay: TargetReplay;
  readonly origin: string;
  /** What its URL puts before the path of each request, without a slash at the end: `/api`; absent or empty if nothing. */
  readonly prefix?: string;
}

const heights: Readonly<Record<Rung, number>> = { status: 0, shape: 1, value: 2, wire: 3 };
const lost: Ladder = { status: false, shape: false, value: false, wire: false };

/** A ladder that holds everything below the lowest broken rung. */
export function ladderBelow(lowest: Rung | null): Ladder {
  const height = lowest === null ? 4 : heights[lowest];
  return { status: height > 0, shape: height > 1, value: height > 2, wire: height > 3 };
}

/** The divergence breaks what the level asks for. Headers and transport count at every level. */
export function counts(divergence: Divergence, level: Rung): boolean {
  return divergence.rung === null || heights[divergence.rung] <= heights[level];
}

/** What comes before the paths of two targets; empty where that is not the same, for then each counts from its own. */
export function prefixOf(reference: ComparedSide, candidate: ComparedSide): string {
  return reference.prefix === candidate.prefix ? (reference.prefix ?? '') : '';
}

type Pair = readonly [reference: Exchange, candidate: Exchange];

/** Says what two values that differ in a body count as; null if it is forgiven. */
export type CaseJudge = (difference: Difference, exchange: number) => ReturnType<Judge>;

/** Compares what two targets answered to one case, step by step. Pure; swapped sides give the mirrored result. */
export function compareCase(reference: ComparedSide, candidate: ComparedSide, options: CompareOptions): CaseComparison {
  return compareJudged([reference, candidate], options, null);
}

/** Compares what two targets answered to one case, with a judge of the values that differ. */
export function compareJudged(
  [reference, candidate]: readonly [ComparedSide, ComparedSide],
  options: CompareOptions,
  judge: CaseJudge | null,
): CaseComparison {
  const [a, b] = [reference.replay.exchanges, candidate.replay.exchanges];
  const prefix = prefixOf(reference, candidate);
  const divergences: Divergence[] = [];
  let ladder = ladderBelow(null);
  let stopped: CaseComparison['inconclusive'] = null;
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const pair = [a[index]!, b[index]!] as const;
    const path = prefix + pair[0].request.path;
    const found = comparePair(pair, { index, reference, candidate, options, judge, path });
    for (const divergence of found.divergences) divergences.push(divergence);
    ladder = lower(ladder, found.ladder);
    stopped ??= found.inconclusive;
  }
  const inconclusive = stopped ?? uneven(reference, candidate);
  const headers = !divergences.some(({ facet }) => facet === 'headers' || facet === 'transport');
  if (inconclusive !== null && divergences.length === 0)
    return { candidate: candidate.replay.target, ladder: lost, headers: false, divergences: [], inconclusive };
  return { candidate: candidate.replay.target, ladder, headers, divergences, inconclusive };
}

/** One side went further than the other although neither failed: the case says nothing beyond that point. */
function uneven(reference: ComparedSide, candidate: ComparedSide): CaseComparison['inconclusive'] {
  const [a, b] = [reference.replay.exchanges.length, candidate.replay.exchanges.length];
  if (a === b && a > 0) return null;
  const beyond = [...reference.replay.exchanges.slice(b), ...candidate.replay.exchanges.slice(a)];
  const failed = beyond.find((one): one is Exchange & { outcome: Failure } => one.outcome.kind === 'failure')?.outcome;
  if (failed !== undefined) return { reason: failed.reason, message: failed.message, hint: failed.hint };
  return {
    reason: 'incomplete',
    message: `${a} steps ran on ${reference.replay.target}, ${b} on ${candidate.replay.target}`,
    hint: null,
  };
}

function lower(a: Ladder, b: Ladder): Ladder {
  return { status: a.status && b.status, shape: a.shape && b.shape, value: a.value && b.value, wire: a.wire && b.wire };
}

interface PairContext {
  readonly index: number;
  readonly reference: ComparedSide;
  readonly candidate: ComparedSide;
  readonly options: CompareOptions;
  readonly judge: CaseJudge | null;
  /** Path of the request behind the prefix: what a relative Location is resolved against. */
  readonly path: string;
}

interface PairComparison {
  readonly ladder: Ladder;
  readonly divergences: readonly Divergence[];
  readonly inconclusive: CaseComparison['inconclusive'];
}

function comparePair([a, b]: Pair, context: PairContext): PairComparison {
  if (a.outcome.kind === 'response' && b.outcome.kind === 'response')
    return compareResponses(a.outcome, b.outcome, context);
  return compareFailures(a, b, context);
}

/**
 * At least one side has no response. That says nothing about parity, but for two things: a target that was reached and answered
 * with something that is not HTTP, where the other answered, differs from it; and so does one that closed the connection without a
 * word, or did not answer in time, where the other reported a fault of its own (5xx).
 */
function compareFailures(a: Exchange, b: Exchange, context: PairContext): PairComparison {
  const failures = [a, b].filter((one): one is Exchange & { outcome: Failure } => one.outcome.kind === 'failure');
  const [first, second] = failures;
  if (second === undefined && (first!.outcome.family === 'broken' || isUnsaid(first!.outcome, a, b))) {
    const sides = { reference: outcomeText(a), candidate: outcomeText(b) };
    const place = { exchange: context.index, facet: 'transport', pointer: `/${first!.outcome.reason}` } as const;
    return { ladder: lost, divergences: [{ ...place, kind: 'type', rung: null, ...sides }], inconclusive: null };
  }
  const { reason, hint } = first!.outcome;
  const messages = [...new Set(failures.map(({ outcome }) => outcome.message))];
  return { ladder: lost, divergences: [], inconclusive: { reason, message: messages.join('; '), hint } };
}

/** Failures that leave a client without an answer to a request that arrived. */
const unsaid: ReadonlySet<string> = new Set(['closed-early', 'timeout-headers']);

/** No answer came, or none in time, to a request that the other side answers with a fault of its own. */
function isUnsaid({ reason }: Failure, a: Exchange, b: Exchange): boolean {
  return unsaid.has(reason) && [a, b].some(({ outcome }) => outcome.kind === 'response' && outcome.status >= 500);
}

function outcomeText({ outcome }: Exchange): string {
  const text = outcome.kind === 'failure' ? outcome.message : `${outcome.status} ${outcome.statusText}`;
  return shorten(visibleText(text.trim()));
}

function compareResponses(a: Response, b: Response, context: PairContext): PairComparison {
  const { index, options } = context;
  const divergences: Divergence[] = [];
  if (a.status !== b.status) {
    const sides = { reference: String(a.status), candidate: String(b.status) };
    divergences.push({ exchange: index, facet: 'status', pointer: '', kind: 'value', rung: 'status', ...sides });
  }
  const origins = [context.reference.origin, context.candidate.origin] as const;
  const values = capturedOf(context.reference.replay, context.candidate.replay, index);
  const withOwn = withOrigins(values, origins);
  const captured = options.origins ? withOwn : values;
  const headers = compareHeaders(
    { headers: a.headers, origin: origins[0], path: context.path },
    { headers: b.headers, origin: origins[1], path: context.path },
    { names: options.headers, ...captured, leadsAway: withOwn.isForeign },
  );
  for (const { name, ...rest } of headers)
    divergences.push({ exchange: index, facet: 'headers', pointer: `/${name}`, rung: null, ...rest });
  const isSame = captured.isForeign === null && sameBytes(a, b);
  const body = isSame ? same : compareBodiesOf([a, b], context, captured);
  for (const divergence of body.divergences) divergences.push({ exchange: index, facet: 'body', ...divergence });
  return { ladder: a.status === b.status ? ladderBelow(body.lowest) : lost, divergences, inconclusive: null };
}

/** The bodies are the same bytes under the same codings: what most cases end with, before anything is decoded or read. */
function sameBytes(a: Response, b: Response): boolean {
  return Buffer.compare(a.body, b.body) === 0 && encodingOf(a.headers) === encodingOf(b.headers);
}

function compareBodiesOf(
  [a, b]: readonly [Response, Response],
  { index, options, judge, reference, candidate }: PairContext,
  captured: Captured,
): BodyComparison {
  const bodies = [bodyOf(a.headers, a.body), bodyOf(b.headers, b.body)] as const;
  return compareBodies(...bodies, {
    rules: compileRules(rulesForMedia(options, [bodies[0].type, bodies[1].type])),
    ...captured,
    ...(options.origins ? { origins: [reference.origin, candidate.origin] as const } : {}),
    ...(judge === null ? {} : { judge: (difference: Difference) => judge(difference, index) }),
  });
}
