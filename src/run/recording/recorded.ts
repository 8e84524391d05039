import { isUtf8 } from 'node:buffer';
import type { Exchange, SentRequest, TargetReplay } from '../../http/exchange.ts';
import type {
  KeptAnswers,
  KeptExchange,
  RecordedBody,
  RecordedCase,
  RecordedComparison,
  RecordedExchange,
} from '../../record/types.ts';
import { type Mask, maskApart, maskCredentials, withoutCredentials } from '../../redact/redact.ts';
import { maskBody } from '../../redact/redact-body.ts';
import { maskPlace } from '../../redact/redact-members.ts';
import { maxBodyLength } from '../limits.ts';
import type { CaseResult } from '../model/case-result.ts';
import { answersText, isShownHere, roundedMs } from './answers-text.ts';
import { settingOf } from './setting.ts';

/** Where a record goes. */
export interface Recording {
  /** Keeps a whole body elsewhere, and gives the name of the place; null: bodies stay whole where they are. */
  readonly keep: ((body: Uint8Array) => string) | null;
  /** Hides secrets; null if there are none. */
  readonly mask: Mask | null;
}

type Headers = RecordedExchange['request']['headers'];

/** The body without its secrets; cut at a limit if there is a place for the whole of it. */
function recordBody(whole: Uint8Array, headers: Headers, { keep, mask }: Recording): RecordedBody {
  const body = mask === null ? whole : maskBody(whole, headers, mask);
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const isText = isUtf8(bytes) && !bytes.includes(0);
  const isCut = keep !== null && bytes.length > maxBodyLength;
  const kept = isCut ? bytes.subarray(0, maxBodyLength) : bytes;
  const text = isText ? { text: kept.toString('utf8') } : { base64: kept.toString('base64') };
  return { ...text, bytes: whole.length, truncated: isCut, ...(isCut ? { file: keep(bytes) } : {}) };
}

function recordRequest(request: SentRequest, recording: Recording): RecordedExchange['request'] {
  const body = request.body === null ? null : recordBody(request.body, request.headers, recording);
  return { ...request, body };
}

function recordExchange(
  { step, request, outcome, durationMs, attempts }: Exchange,
  recording: Recording,
): RecordedExchange {
  const answered = outcome.kind === 'response' ? outcome : null;
  const failed = outcome.kind === 'failure' ? outcome : null;
  const recorded: RecordedExchange = {
    step,
    request: recordRequest(request, recording),
    response: answered && {
      status: answered.status,
      statusText: answered.statusText,
      headers: answered.headers,
      body: recordBody(answered.body, answered.headers, recording),
    },
    failure: failed && { reason: failed.reason, message: failed.message, hint: failed.hint },
    durationMs: roundedMs(durationMs),
    ...(attempts === undefined ? {} : { attempts }),
  };
  return maskCredentials(recorded, recording.mask ?? asItIs);
}

function recordReplays(replays: readonly TargetReplay[], recording: Recording): NonNullable<RecordedCase['exchanges']> {
  const recordAll = ({ exchanges }: TargetReplay) => exchanges.map((one) => recordExchange(one, recording));
  return Object.fromEntries(replays.map((one) => [one.target, recordAll(one)]));
}

/** What is recorded of a case. */
type Recordable = Pick<CaseResult, 'testCase' | 'comparisons' | 'replays'>;

/** A finished case for the run log. Answers to cases that match everywhere are left out: nobody will ask for them. */
export function recordCase({ testCase, comparisons, replays }: Recordable, recording: Recording): RecordedCase {
  const { mask } = recording;
  const isKept = comparisons.some((one) => one.outcome !== 'match' && one.outcome !== 'notRun');
  const asFixture = (request: SentRequest) => withoutCredentials(recordRequest(request, recording), mask ?? asItIs);
  const setting = isKept ? settingOf(testCase, asFixture) : null;
  const recorded: RecordedCase = {
    type: 'case',
    id: testCase.id,
    suite: testCase.suite,
    title: testCase.title,
    source: `${testCase.location.file}:${testCase.location.line}`,
    comparisons: comparisons.map((one) => maskDivergences(one, mask)),
    ...(isKept && testCase.compare.headers !== undefined ? { comparedHeaders: testCase.compare.headers } : {}),
    ...(setting === null ? {} : { setting }),
    exchanges: isKept ? recordReplays(replays, recording) : null,
  };
  return mask === null ? recorded : mask(recorded);
}

/** Before the whole is masked: whether two values differ is seen in the values themselves. */
function maskDivergences(comparison: RecordedComparison, mask: Mask | null): RecordedComparison {
  if (mask === null && comparison.divergences.every(isOfWholeBody)) return comparison;
  const hide = mask ?? asItIs;
  const divergences = comparison.divergences.map((one) => maskApart(one, hide, (text) => maskPlace(one, text)));
  return { ...comparison, divergences };
}

/** Where there is no mask, bodies were looked into: no member of theirs is a credential by its name. */
function isOfWholeBody({ facet, pointer }: RecordedComparison['divergences'][number]): boolean {
  return facet === 'body' && pointer === '';
}

const asItIs: Mask = (value) => value;

/** The answers to a case, whole, as a line of `answers.jsonl`: what a run needs to go on where it was cut off. */
export function answersLine(
  { testCase, replays }: Pick<CaseResult, 'testCase' | 'replays'>,
  mask: Mask | null,
): string {
  if (mask === null) return answersText(testCase, replays);
  const exchanges = replays.map(({ target, exchanges: own }, side): [string, KeptExchange[]] => {
    const kept = own.map((one) => recordExchange(one, { keep: null, mask }));
    return [
      target,
      kept.map((one, at) => (isShownHere({ testCase, replays }, side, at) ? one : { ...one, request: null })),
    ];
  });
  const answers: KeptAnswers = { id: testCase.id, exchanges: Object.fromEntries(exchanges) };
  return JSON.stringify(mask(answers));
}
