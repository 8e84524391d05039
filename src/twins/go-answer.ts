import { STATUS_CODES } from 'node:http';
import type { Answer, Header } from './answer.ts';

const reasons: Readonly<Record<number, string>> = {
  413: 'Request Entity Too Large',
  416: 'Requested Range Not Satisfiable',
};

/** Go's reason phrase of a status. */
export function goReason(status: number): string {
  return reasons[status] ?? STATUS_CODES[status] ?? '';
}

/**
 * An answer as net/http frames it: the service's own headers sorted, then the date, then the length unless it is set
 * or there can be none.
 */
export function goAnswer(status: number, headers: readonly Header[], body: Buffer): Answer {
  const sorted = [...headers].sort(([a], [b]) => (a < b ? -1 : 1));
  const counted = status === 204 || status === 304 || headers.some(([name]) => name === 'Content-Length');
  const length: Header[] = counted ? [] : [['Content-Length', String(body.length)]];
  const date: Header = ['Date', new Date().toUTCString()];
  return { status, reason: goReason(status), headers: [...sorted, date, ...length], body };
}

/** The same answer to a HEAD: one whose body is empty has no length that net/http worked out. */
export function goHead(answer: Answer): Answer {
  if (answer.body.length > 0 || answer.headers.at(-1)?.[0] !== 'Content-Length') return answer;
  return { ...answer, headers: answer.headers.slice(0, -1) };
}

/** An answer of `json.NewEncoder`: HTML escaped, a newline at the end. */
export function goJson(status: number, value: unknown, extra: readonly Header[] = []): Answer {
  return goAnswer(status, [['Content-Type', 'application/json'], ...extra], Buffer.from(`${goPrint(value)}\n`));
}

/** An answer of `http.Error`. */
export function goError(status: number, text: string, extra: readonly Header[] = []): Answer {
  const headers: Header[] = [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['X-Content-Type-Options', 'nosniff'],
    ...extra,
  ];
  return goAnswer(status, headers, Buffer.from(`${text}\n`));
}

/** An error of this service. */
export function goFailure(status: number, code: string, message: string): Answer {
  return goJson(status, { code, message });
}

/** A value as encoding/json prints it: `<`, `>`, `&`, U+2028 and U+2029 escaped, and U+FFFD for bytes that are not UTF-8. */
export function goPrint(value: unknown): string {
  const toEscape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[<>&\u2028\u2029\ufffd]/g, toEscape);
}
