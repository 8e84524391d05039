import { isUtf8 } from 'node:buffer';
import type { Exchange, Response, SentRequest, TargetReplay } from '../replay/exchange.ts';
import { lately } from '../structures/lately.ts';
import { maskHeaders } from './mask.ts';

/**
 * The JSON text of `KeptAnswers`, character for character what `JSON.stringify` makes of it. Nearly every case of a run is written so,
 * and nearly none of it is read again: what its parts share is put into words once.
 */
export function answersText(id: string, replays: readonly TargetReplay[]): string {
  const targets = replays.map(
    ({ target, exchanges }, side) =>
      `${nameText(target)}:[${exchanges.map((one, at) => exchangeText(one, !isToldBefore(replays, side, at)))}]`,
  );
  return `{"id":${JSON.stringify(id)},"exchanges":{${targets}}}`;
}

const nameText = lately(16, (target: string) => JSON.stringify(target));

/** Whether the request of an exchange stands with the first target, and no other than it was sent to anyone in its place. */
export function isToldBefore(replays: readonly TargetReplay[], side: number, at: number): boolean {
  const request = replays[0]?.exchanges[at]?.request;
  if (side === 0 || request === undefined) return false;
  return replays.every(({ exchanges }) => exchanges[at] === undefined || exchanges[at].request === request);
}

/** Milliseconds to the microsecond. */
export function roundedMs(durationMs: number): number {
  return Math.round(durationMs * 1000) / 1000;
}

const headersText = lately(128, (headers: SentRequest['headers']) => JSON.stringify(maskHeaders(headers)));

function requestText({ method, path, headers, body }: SentRequest): string {
  const sent = body === null ? 'null' : bodyText(body);
  const words = `"method":${JSON.stringify(method)},"path":${JSON.stringify(path)}`;
  return `{${words},"headers":${headersText(headers)},"body":${sent}}`;
}

function exchangeText({ step, request, outcome, durationMs, attempts }: Exchange, isAsked: boolean): string {
  const answered = outcome.kind === 'response' ? responseText(outcome) : 'null';
  const failed =
    outcome.kind === 'failure'
      ? JSON.stringify({ reason: outcome.reason, message: outcome.message, hint: outcome.hint })
      : 'null';
  const ms = JSON.stringify(roundedMs(durationMs));
  const which = attempts === undefined ? '' : `,"attempts":${attempts}`;
  const asked = isAsked ? requestText(request) : 'null';
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
