import type { TestCase } from '../../cases/case.ts';
import { isAsWritten } from '../../cases/variables.ts';
import type { Exchange, Response, SentRequest, TargetReplay } from '../../http/exchange.ts';
import { maskHeaders } from '../../redact/redact.ts';
import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import type { CaseResult } from '../model/case-result.ts';

/**
 * The JSON text of `KeptAnswers`, as `JSON.stringify` writes it. Nearly every case of a run is written so, and nearly none of it is read
 * again: what its parts share is put into words once, and bodies, of which nobody reads this, are not looked into.
 */
export function answersText(testCase: TestCase, replays: readonly TargetReplay[]): string {
  const answered = { testCase, replays };
  let text = `{"id":${JSON.stringify(testCase.id)},"exchanges":{`;
  for (let side = 0; side < replays.length; side += 1) {
    const { target, exchanges } = replays[side]!;
    text += `${side === 0 ? '' : ','}${nameText(target)}:[`;
    for (let at = 0; at < exchanges.length; at += 1) {
      if (at > 0) text += ',';
      text += exchangeText(exchanges[at]!, isShownHere(answered, side, at));
    }
    text += ']';
  }
  return `${text}}}`;
}

/** Names of targets, and what servers say of a status. */
const nameText = memoizeBounded(64, (name: string) => JSON.stringify(name));

/**
 * Whether the request of an exchange is kept with it. Where all targets were sent one, that is with the first of them; and nowhere
 * if it is what the case file says.
 */
export function isShownHere(
  { testCase, replays }: Pick<CaseResult, 'testCase' | 'replays'>,
  side: number,
  at: number,
): boolean {
  const first = replays[0]?.exchanges[at];
  if (first === undefined) return true;
  const { request, step } = first;
  for (const { exchanges } of replays) if ((exchanges[at] ?? first).request !== request) return true;
  if (side > 0) return false;
  const asked = testCase.before === undefined ? testCase.steps[step]?.request : undefined;
  return asked === undefined || !isAsWritten(request, asked);
}

/** Milliseconds to the microsecond. */
export function roundedMs(durationMs: number): number {
  return Math.round(durationMs * 1000) / 1000;
}

const headersText = memoizeBounded(128, (headers: SentRequest['headers']) => JSON.stringify(maskHeaders(headers)));

function requestText({ method, path, headers, body, withoutAuth }: SentRequest): string {
  const sent = `${body === null ? 'null' : bodyText(body)}${withoutAuth === true ? ',"withoutAuth":true' : ''}`;
  const words = `"method":${JSON.stringify(method)},"path":${JSON.stringify(path)}`;
  return `{${words},"headers":${headersText(headers)},"body":${sent}}`;
}

function exchangeText({ step, request, outcome, durationMs, attempts }: Exchange, isTold: boolean): string {
  const answered = outcome.kind === 'response' ? responseText(outcome) : 'null';
  const failed =
    outcome.kind === 'failure'
      ? JSON.stringify({ reason: outcome.reason, message: outcome.message, hint: outcome.hint })
      : 'null';
  const which = attempts === undefined ? '' : `,"attempts":${attempts}`;
  const asked = isTold ? requestText(request) : 'null';
  return `{"step":${step},"request":${asked},"response":${answered},"failure":${failed},"durationMs":${roundedMs(durationMs)}${which}}`;
}

function responseText({ status, statusText, headers, body }: Response): string {
  const words = `"statusText":${nameText(statusText)},"headers":${headersText(headers)}`;
  return `{"status":${status},${words},"body":${bodyText(body)}}`;
}

/** As Base64 whatever it is: that takes less than half of the time that looking for text does. */
function bodyText(body: Uint8Array): string {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return `{"base64":"${bytes.toString('base64')}","bytes":${bytes.length},"truncated":false}`;
}
