import { STATUS_CODES } from 'node:http';
import type { Answer, Header } from './answer.ts';

/** The header of an answer that is JSON. */
export const jsonType: Header = ['content-type', 'application/json'];

/** An answer of axum's `Json`; `extra` headers come after the content type. */
export function rustJson(status: number, value: unknown, extra: readonly Header[] = []): Answer {
  return rustAnswer(status, [jsonType, ...extra], Buffer.from(JSON.stringify(value)));
}

/** An answer of plain text, as axum's own rejections are. */
export function rustText(status: number, text: string): Answer {
  return rustAnswer(status, [['content-type', 'text/plain; charset=utf-8']], Buffer.from(text));
}

/** An answer as hyper frames it: length and date at the end, no length where there can be no body. */
export function rustAnswer(status: number, headers: readonly Header[], body: Buffer): Answer {
  const length: Header[] = status === 204 || status === 304 ? [] : [['content-length', String(body.length)]];
  const date: Header = ['date', new Date().toUTCString()];
  return { status, reason: STATUS_CODES[status] ?? '', headers: [...headers, ...length, date], body };
}
