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
  /** Name and value with the attributes sorted; of the time when it ends only `past` or `later`: whether it was past when it was set. */
  readonly part: HeaderPart;
  /** Absent if it is for the session, or has ended. */
  readonly lasts?: Lasts;
}

/** A Set-Cookie value (RFC 6265, section 5.2) that was sent at a time in milliseconds since 1970. */
export function cookie(value: string, at: number): Cookie {
  const [pair = '', ...rest] = value.split(';');
  const equals = pair.indexOf('=');
  const [name, text] = equals < 0 ? ['', pair] : [pair.slice(0, equals), pair.slice(equals + 1)];
  const written = rest.filter((part) => part.trim() !== '');
  const attributes = new Map(written.map(attribute));
  const ends = new Map([...attributes].map((one) => [one[0], secondsOf(one, at)]));
  const parts = [...attributes].map(([key, said]) => {
    const left = ends.get(key) ?? null;
    return headerPart(key, left === null ? said : left <= 0 ? 'past' : 'later');
  });
  const seconds = ends.get('max-age') ?? ends.get('expires') ?? 0;
  return {
    part: headerPart(name.trim(), text.trim(), sortedParts(parts)),
    ...(seconds > 0 ? { lasts: { seconds, until: at / 1000 + seconds } } : {}),
  };
}
