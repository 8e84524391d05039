import { type HeaderPart, headerPart, sortedParts } from './header-part.ts';
import { isHttpDate } from './http-date.ts';
import type { Lasts } from './max-age.ts';

type Attribute = readonly [name: string, value: string];

const anyCase = new Set(['samesite', 'priority']);

/** For how many seconds a cookie lasts by one of its attributes; null if it is none that says so. */
function secondsOf([name, value]: Attribute, at: number): number | null {
  if (name === 'expires' && isHttpDate(value)) return (Date.parse(value) - at) / 1000;
  return name === 'max-age' && /^-?\d+$/.test(value) ? Number(value) : null;
}

function attribute(part: string): Attribute {
  const at = part.indexOf('=');
  const name = (at < 0 ? part : part.slice(0, at)).trim().toLowerCase();
  const value = at < 0 ? '' : part.slice(at + 1).trim();
  if (name === 'domain') return [name, value.toLowerCase().replace(/^\./, '')];
  return [name, anyCase.has(name) ? value.toLowerCase() : value];
}

/** A cookie taken apart. */
export interface Cookie {
  /** Name and sorted attributes; of the value only whether it is empty, each service makes its own (a session); of the time when it ends only `past` or `later`: whether it was past when it was set. */
  readonly part: HeaderPart;
  /** Absent if it is for the session, or has ended. */
  readonly lasts?: Lasts;
}

/**
 * A Set-Cookie value (RFC 6265, section 5.2) that was sent at a time in milliseconds since 1970. Max-Age and Expires are two ways to
 * say when it ends; where both are there, Max-Age counts (section 5.3).
 */
export function cookie(value: string, at: number): Cookie {
  const [pair = '', ...rest] = value.split(';');
  const equals = pair.indexOf('=');
  const [name, text] = equals < 0 ? ['', pair] : [pair.slice(0, equals), pair.slice(equals + 1)];
  const attributes = new Map(rest.filter((part) => part.trim() !== '').map(attribute));
  const seconds = secondsLeft(attributes, at);
  const parts = [...attributes].flatMap((one) => (secondsOf(one, at) === null ? [headerPart(...one)] : []));
  if (seconds !== null) parts.push(headerPart('expiry', seconds > 0 ? 'later' : 'past'));
  return {
    part: headerPart(name.trim(), text.trim() === '' ? '' : null, sortedParts(parts)),
    ...(seconds !== null && seconds > 0 ? { lasts: { seconds, until: at / 1000 + seconds } } : {}),
  };
}

/** For how many seconds a cookie lasts; null for one of the session. */
function secondsLeft(attributes: ReadonlyMap<string, string>, at: number): number | null {
  const ends = ['max-age', 'expires'].map((name) => secondsOf([name, attributes.get(name) ?? ''], at));
  return ends[0] ?? ends[1] ?? null;
}
