import type { Target } from '../config/config.ts';
import type { Response } from './exchange.ts';
import { maxCookieLength, maxCookies } from './limits.ts';
import { learnSecret, type Values } from './session-secrets.ts';

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly secure: boolean;
}

/** The cookies of one target in one case. */
export interface CookieJar {
  /** Takes note of what an answer to a request for `path` sets. */
  store(response: Response, path: string): void;
  /** The value of the `cookie` header of a request for `path`, or null for none. */
  header(path: string): string | null;
  /** All that were set, see `learn`. */
  readonly values: Readonly<Values>;
}

/** A jar for one target (RFC 6265, 5.2 to 5.4): cookies go back to the host that set them, within their path and time. */
export function cookieJar(target: Pick<Target, 'url'>): CookieJar {
  const base = new URL(target.url);
  const host = base.hostname;
  // Browsers, too, trust the machine itself as they trust TLS.
  const isSecure = base.protocol === 'https:' || /^(?:localhost|127\..*|\[::1\])$/.test(host);
  const prefix = base.pathname.replace(/\/$/, '');
  const cookies = new Map<string, Cookie>();
  const values: Values = Object.create(null);
  return {
    values,
    store({ headers }, path) {
      const lines = headers.filter(([name]) => name.toLowerCase() === 'set-cookie');
      for (const [, line] of lines) {
        const set = line.length > maxCookieLength ? null : readSetCookie(line, { host, path: prefix + path });
        if (set === null) continue;
        const key = `${set.cookie.name}\0${set.cookie.path}`;
        cookies.delete(key);
        if (set.isOver || cookies.size >= maxCookies) continue;
        cookies.set(key, set.cookie);
        learnSecret(values, set.cookie.name, set.cookie.value);
      }
    },
    header(path) {
      const fitting = [...cookies.values()]
        .filter((cookie) => (isSecure || !cookie.secure) && isBelow(pathOnly(prefix + path), cookie.path))
        .sort((a, b) => b.path.length - a.path.length);
      return fitting.length === 0 ? null : fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
    },
  };
}

interface Setting {
  readonly host: string;
  readonly path: string;
}

interface SetCookie {
  readonly cookie: Cookie;
  /** It is set to be deleted. */
  readonly isOver: boolean;
}

/** RFC 6265, 5.2. Null for a line that sets nothing here: without a name, or for another host. */
function readSetCookie(line: string, { host, path }: Setting): SetCookie | null {
  const [pair = '', ...rest] = line.split(';');
  const at = pair.indexOf('=');
  const name = pair.slice(0, at).trim();
  if (at < 1 || name === '') return null;
  const attributes = new Map(rest.map(readAttribute));
  const domain = attributes.get('domain')?.replace(/^\./, '').toLowerCase() ?? '';
  if (domain !== '' && domain !== host && !host.endsWith(`.${domain}`)) return null;
  const own = attributes.get('path') ?? '';
  return {
    cookie: {
      name,
      value: pair.slice(at + 1).trim(),
      path: own.startsWith('/') ? own : defaultPath(path),
      secure: attributes.has('secure'),
    },
    isOver: isOver(attributes),
  };
}

function readAttribute(text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  return at < 0 ? [text.trim().toLowerCase(), ''] : [text.slice(0, at).trim().toLowerCase(), text.slice(at + 1).trim()];
}

/** `max-age` before `expires` (RFC 6265, 5.3). A case does not last long enough for a cookie to grow old in it. */
function isOver(attributes: ReadonlyMap<string, string>): boolean {
  const age = attributes.get('max-age');
  if (age !== undefined && /^-?\d+$/.test(age)) return Number(age) <= 0;
  const expires = Date.parse(attributes.get('expires') ?? '');
  return !Number.isNaN(expires) && expires <= Date.now();
}

/** RFC 6265, 5.1.4. */
function defaultPath(path: string): string {
  const whole = pathOnly(path);
  const end = whole.lastIndexOf('/');
  return end <= 0 ? '/' : whole.slice(0, end);
}

function isBelow(path: string, of: string): boolean {
  return path === of || (path.startsWith(of) && (of.endsWith('/') || path[of.length] === '/'));
}

function pathOnly(path: string): string {
  return path.split(/[?#]/, 1)[0]!;
}
