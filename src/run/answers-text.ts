import { isUtf8 } from 'node:buffer';
import type { Exchange, Response, SentRequest, TargetReplay } from '../replay/exchange.ts';
import { lately } from '../structures/lately.ts';
import { maskHeaders } from './mask.ts';

/**
 * The JSON text of `KeptAnswers`, character for character what `JSON.stringify` makes of it. Nearly every case of a run is written so,
 * and nearly none of it is read again: what its parts share is put into words once.
 */
export function answersText(id: string, replays: readonly TargetReplay[]): string {
  const targets = replays.map(({ target, exchanges }) => `${JSON.stringify(target)}:[${exchanges.map(exchangeText)}]`);
  return `{"id":${JSON.stringify(id)},"exchanges":{${targets}}}`;
}

/** Milliseconds to the microsecond. */
export function roundedMs(durationMs: number): number {
  return Math.round(durationMs * 1000) / 1000;
}

const headersText = lately(128, (headers: SentRequest['headers']) => JSON.stringify(maskHeaders(headers)));

/** All targets get the same request. */
const requestText = lately(4, ({ method, path, headers, body }: SentRequest) => {
  const parts = [
    `"method":${JSON.stringify(method)}`,
    `"path":${JSON.stringify(path)}`,
    `"headers":${JSON.stringify(maskHeaders(headers))}`,
    `"body":${body === null ? 'null' : bodyText(body)}`,
  ];
  return `{${parts}}`;
});

function exchangeText({ step, request, outcome, durationMs, attempts }: Exchange): string {
  const answered = outcome.kind === 'response' ? responseText(outcome) : 'null';
  const failed =
    outcome.kind === 'failure'
      ? JSON.stringify({ reason: outcome.reason, message: outcome.message, hint: outcome.hint })
      : 'null';
  const ms = JSON.stringify(roundedMs(durationMs));
  const which = attempts === undefined ? '' : `,"attempts":${attempts}`;
  return `{"step":${step},"request":${requestText(request)},"response":${answered},"failure":${failed},"durationMs":${ms}${which}}`;
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
