import { isUtf8 } from 'node:buffer';
import type { TestCase } from '../cases/case.ts';
import { isAsWritten } from '../cases/variables.ts';
import type { Exchange, Response, SentRequest, TargetReplay } from '../replay/exchange.ts';
import { lately } from '../structures/lately.ts';
import { maskHeaders } from './mask.ts';

/**
 * The JSON text of `KeptAnswers`, character for character what `JSON.stringify` makes of it. Nearly every case of a run is written so,
 * and nearly none of it is read again: what its parts share is put into words once.
 */
export function answersText(testCase: TestCase, replays: readonly TargetReplay[]): string {
  const targets = replays.map(
    ({ target, exchanges }, side) =>
      `${nameText(target)}:[${exchanges.map((one, at) => exchangeText(one, isToldHere({ testCase, replays }, side, at)))}]`,
  );
  return `{"id":${JSON.stringify(testCase.id)},"exchanges":{${targets}}}`;
}

const nameText = lately(16, (target: string) => JSON.stringify(target));

interface Answered {
  readonly testCase: TestCase;
  readonly replays: readonly TargetReplay[];
}

/**
 * Whether the request of an exchange is kept with it. Where all targets were sent one, that is with the first of them; and nowhere
 * if it is what the case file says.
 */
export function isToldHere({ testCase, replays }: Answered, side: number, at: number): boolean {
  const first = replays[0]?.exchanges[at];
  if (first === undefined) return true;
  const { request, step } = first;
  if (replays.some(({ exchanges }) => exchanges[at] !== undefined && exchanges[at].request !== request)) return true;
  const asked = testCase.before === undefined ? testCase.steps[step]?.request : undefined;
  return side === 0 && (asked === undefined || !isAsWritten(request, asked));
}

/** Milliseconds to the microsecond. */
export function roundedMs(durationMs: number): number {
  return Math.round(durationMs * 1000) / 1000;
}

const headersText = lately(128, (headers: SentRequest['headers']) => JSON.stringify(maskHeaders(headers)));

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
  const ms = JSON.stringify(roundedMs(durationMs));
  const which = attempts === undefined ? '' : `,"attempts":${attempts}`;
  const asked = isTold ? requestText(request) : 'null';
  return `{"step":${step},"request":${asked},"response":${answered},"failure":${failed},"durationMs":${ms}${which}}`;
}

function responseText({ status, statusText, headers, body }: Response): string {
  const words = JSON.stringify(statusText);
  return `{"status":${status},"statusText":${words},"headers":${headersText(headers)},"body":${bodyText(body)}}`;
}

function bodyText(body: Uint8Array): string {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const isText = isUtf8(bytes) && !bytes.includes(0);
  const text = isText ? `"text":${JSON.stringify(bytes.toString('utf8'))}` : `"base64":"${bytes.toString('base64')}"`;
  return `{${text},"bytes":${bytes.length},"truncated":false}`;
}
