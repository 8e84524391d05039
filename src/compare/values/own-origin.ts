import { memoizeBounded } from '../../structures/memoize-bounded.ts';

/** Stand for what of an origin is a target's own. The text's own NULs are doubled, so no text looks like it holds one. */
const own = { origin: '\0o', host: '\0h', encodedHost: '\0e', secure: '\0s' };
const shown: Readonly<Record<string, string>> = { o: '{origin}', h: '{host}', e: '{host, encoded}', s: '' };

/** Two names of one machine. */
const loopback = ['127.0.0.1', 'localhost'];

/** Signs that may be percent-encoded. */
const colon = '(?::|%3A)';
const slashes = '(?:/|\\\\/|%2F){2}';
/** What comes before and behind a host is no part of its name: `a.test` is not in `xa.test`, `a.test.example`, `a.test:81` or `a.test@b`. */
const begin = '(?:(?<=%[0-9A-F]{2})|(?<![A-Z0-9.-]))';
const end = '(?![A-Z0-9_~@-]|\\.[A-Z0-9]|:\\d|%(?!2[0-9A-CF]|3[B-F]|5[B-D]|7[B-D]|0[0-9A-F]))';
const userInfo = '[^\\s/?#@"\'<>\\\\]{0,200}(?:@|%40)';

interface OwnOrigin {
  readonly isSecure: boolean;
  /** Finds the port, or where it goes without saying a name of the host: one is in every text that leads there. */
  readonly hint: RegExp;
  readonly pattern: RegExp;
}

/** How to find an origin `scheme://host:port` however it is spelled; null for what is none. */
const ownOrigin = memoizeBounded(16, (origin: string): { readonly found: OwnOrigin | null } => {
  if (!URL.canParse(origin)) return { found: null };
  const { hostname, port, protocol } = new URL(origin);
  const names = loopback.includes(hostname) ? loopback : [hostname];
  const host = names.map((name) => [...name].map(signPattern).join('')).join('|');
  const isSecure = protocol === 'https:';
  const scheme = `(?:${begin}(?<name>http|ws)(?<secure>s?)(?<colon>${colon}))?(?<slashes>${slashes})(?<user>${userInfo})?`;
  // A host alone, without a port, is a name like any other.
  const source =
    port === ''
      ? `${scheme}(?<host>(?:${host})(?:${colon}${isSecure ? 443 : 80})?)${end}`
      : `(?:${scheme}|${begin})(?<host>(?:${host})${colon}${port})${end}`;
  return { found: { isSecure, hint: new RegExp(port || host, 'i'), pattern: new RegExp(source, 'gi') } };
});

function signPattern(sign: string): string {
  if (/[A-Za-z0-9-]/.test(sign)) return sign;
  const hex = sign.charCodeAt(0).toString(16).padStart(2, '0');
  return `(?:\\x${hex}|%${hex})`;
}

/** A text may lead to an origin. */
export function mayHoldOrigin(text: string, origin: string): boolean {
  return ownOrigin(origin).found?.hint.test(text) === true;
}

/**
 * Takes a text and an origin `scheme://host:port`; returns the text with a mark for the origin wherever the text leads to it: as it is, in
 * capitals, without the scheme, behind the name of a user, percent-encoded. All other spelling stays, so that it is compared.
 */
export function withoutOrigin(text: string, origin: string): string {
  const plain = text.includes('\0') ? text.replaceAll('\0', '\0\0') : text;
  const { found } = ownOrigin(origin);
  if (found === null || !mayHoldOrigin(plain, origin)) return plain;
  return plain.replace(found.pattern, (...match) => marked(match.at(-1), found.isSecure));
}

function marked(groups: Readonly<Record<string, string | undefined>>, isOwnSecure: boolean): string {
  const { name, secure = '', colon: sign = '', slashes: lines = '', user = '', host = '' } = groups;
  const mark = host.includes('%') ? own.encodedHost : own.host;
  if (name === undefined) return lines + user + mark;
  const isSame = (secure !== '') === isOwnSecure;
  const isPlain = isSame && mark === own.host && /^http:\/\/$/i.test(name + sign + lines + user);
  return isPlain ? own.origin : name.toLowerCase() + (isSame ? own.secure : secure) + sign + lines + user + mark;
}

/** A text leads to an origin. */
export function holdsOrigin(text: string, origin: string): boolean {
  const { found } = ownOrigin(origin);
  return found !== null && mayHoldOrigin(text, origin) && text.search(found.pattern) !== -1;
}

/** The name of the host in an origin; empty for what is none. */
export function ownHost(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname : '';
}

/** A URL leads to an origin, by whichever of its names. */
export function isAtOrigin({ protocol, port, hostname }: URL, origin: string): boolean {
  const base = new URL(origin);
  if (protocol !== base.protocol || port !== base.port) return false;
  return hostname === base.hostname || (loopback.includes(hostname) && loopback.includes(base.hostname));
}

/** A text of `withoutOrigin` for a person to read. */
export function shownText(text: string): string {
  return text.replace(/\0([\0ohes])/g, (_, mark: string) => shown[mark] ?? '\0');
}
