import { isHttpDate } from './dates.ts';

type Attribute = readonly [name: string, value: string];

const anyCase = new Set(['samesite', 'priority']);

/** When a cookie ends changes from answer to answer; that it has ended by then does not. */
function ending([name, value]: Attribute, at: number): string {
  if (name === 'expires' && isHttpDate(value)) return Date.parse(value) <= at ? 'past' : 'date';
  if (name === 'max-age' && /^-?\d+$/.test(value)) return /^-|^0+$/.test(value) ? 'past' : 'seconds';
  return value;
}

function attribute(part: string, answeredAt: number): Attribute {
  const at = part.indexOf('=');
  const name = (at < 0 ? part : part.slice(0, at)).trim().toLowerCase();
  const value = at < 0 ? '' : part.slice(at + 1).trim();
  if (name === 'domain') return [name, value.toLowerCase().replace(/^\./, '')];
  return [name, anyCase.has(name) ? value.toLowerCase() : ending([name, value], answeredAt)];
}

/**
 * A Set-Cookie value (RFC 6265, section 5.2) in one spelling: name, value, attributes sorted, without the time when it ends, but
 * with whether that was past when it was set (`at`, in milliseconds since 1970).
 */
export function cookie(value: string, at: number): string {
  const [pair = '', ...rest] = value.split(';');
  const equals = pair.indexOf('=');
  const [name, text] = equals < 0 ? ['', pair] : [pair.slice(0, equals), pair.slice(equals + 1)];
  const written = rest.filter((part) => part.trim() !== '');
  const attributes = new Map(written.map((part) => attribute(part, at)));
  return JSON.stringify([name.trim(), text.trim(), ...[...attributes].map((each) => each.join('=')).sort()]);
}
