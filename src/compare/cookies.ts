import { isHttpDate } from './dates.ts';

type Attribute = readonly [name: string, value: string];

const anyCase = new Set(['samesite', 'priority']);

/** When a cookie ends changes from answer to answer; that it ends at once does not. */
function ending(name: string, value: string): string {
  if (name === 'expires' && isHttpDate(value)) return /[ -](?:1970|70) /.test(value) ? 'past' : 'date';
  if (name === 'max-age' && /^-?\d+$/.test(value)) return /^-|^0+$/.test(value) ? 'past' : 'seconds';
  return value;
}

function attribute(part: string): Attribute {
  const at = part.indexOf('=');
  const name = (at < 0 ? part : part.slice(0, at)).trim().toLowerCase();
  const value = at < 0 ? '' : part.slice(at + 1).trim();
  if (name === 'domain') return [name, value.toLowerCase().replace(/^\./, '')];
  return [name, anyCase.has(name) ? value.toLowerCase() : ending(name, value)];
}

/** A Set-Cookie value (RFC 6265, section 5.2) in one spelling: name, value, attributes sorted, without the time when it ends. */
export function cookie(value: string): string {
  const [pair = '', ...rest] = value.split(';');
  const at = pair.indexOf('=');
  const [name, text] = at < 0 ? ['', pair] : [pair.slice(0, at), pair.slice(at + 1)];
  const attributes = new Map(rest.filter((part) => part.trim() !== '').map(attribute));
  return JSON.stringify([name.trim(), text.trim(), ...[...attributes].map((each) => each.join('=')).sort()]);
}
