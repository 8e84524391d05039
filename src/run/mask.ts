import type { RecordedExchange } from '../report/record.ts';

/** What stands where a secret stood. */
export const masked = '***';

const secretName = /^(?:authorization|proxy-authorization|cookie|set-cookie)$|api-?key|token|secret|password|session/i;

export type Mask = <T>(value: T) => T;

/** Spellings under which a secret can show up again: as it is, inside a URL, inside JSON, in Base64. */
function spellings(secret: string): string[] {
  const base64 = Buffer.from(secret, 'utf8').toString('base64').replace(/=+$/, '');
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64];
}

/** A function that replaces every spelling of the secrets in every string of a plain value. */
export function maskOf(secrets: readonly string[]): Mask {
  const known = [...new Set(secrets.flatMap(spellings))].sort((a, b) => b.length - a.length);
  if (known.length === 0) return (value) => value;
  const text = (value: string) => known.reduce((shown, secret) => shown.replaceAll(secret, masked), value);
  const deep = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(deep);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [text(key), deep(inner)]));
  };
  return <T>(value: T) => deep(value) as T;
}

function maskHeaders(headers: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return headers.map(([name, value]) => [name, secretName.test(name) ? masked : value]);
}

/** The exchange with the values of headers that carry credentials left out. */
export function maskCredentials(exchange: RecordedExchange): RecordedExchange {
  const { request, response } = exchange;
  return {
    ...exchange,
    request: { ...request, headers: maskHeaders(request.headers) },
    response: response === null ? null : { ...response, headers: maskHeaders(response.headers) },
  };
}
