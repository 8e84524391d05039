import { quoteForMessage } from '../config/source/did-you-mean.ts';
import { ParityError } from '../errors.ts';
import { braceName, fillPlaceholders, leadingPlaceholder, type Placeholder } from './placeholder.ts';

/** The target that a request is filled in for. */
export interface OwnTarget {
  /** Scheme, host and port: the value of `{{origin}}`. */
  readonly origin: string;
  /** Host and port as the `host` header has them: the value of `{{host}}`. */
  readonly authority: string;
  /** The base path of the target, which the transport puts before every path. */
  readonly prefix: string;
}

/** What a path is filled in with. */
interface PathValues {
  readonly lookUp: (name: string) => string;
  readonly self: OwnTarget | null;
}

/** Takes the template of a path; returns the path, each value encoded, but a leading one and those with `raw`. Throws PX2303 for a value that cannot be there. */
export function fillPath(template: string, values: PathValues): string {
  const first = leadingPlaceholder(template);
  if (first === null) return fillPieces(template, values);
  const value = leadingPath(first, values);
  const path = value + fillPieces(template.slice(first.written.length), values);
  if (path.startsWith('/')) return path;
  if (path === '' || path.startsWith('?')) return `/${path}`;
  throw neither(first);
}

function fillPieces(text: string, { lookUp }: PathValues): string {
  return fillPlaceholders(text, (name, filter) => {
    if (name === braceName) return '{';
    return filter === 'raw' ? sendable(name, lookUp(name)) : encodePathPiece(lookUp(name));
  });
}

/** Everything outside the unreserved characters of RFC 3986, section 2.3, goes out as %XX of its UTF-8 bytes. */
function encodePathPiece(value: string): string {
  return Array.from(Buffer.from(value, 'utf8'), (byte) => {
    const char = String.fromCharCode(byte);
    return /[A-Za-z0-9._~-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

/** A blank or a line break would end the request target on the request line (RFC 9112, 3). */
function sendable(name: string, value: string): string {
  if (!/[\s\p{Cc}]/u.test(value)) return value;
  const message = `the value of {{${name}}} cannot stand unencoded in a path: it holds a blank, a line break or a control character`;
  throw refused(message, 'capture a part of it with `match`, or write {{name}} inside the path, where it is encoded');
}

/** A network-path reference, `//host/path`, names another host as well (RFC 3986, 4.2). User names are not taken. */
const url = /^(https?:)?(\/\/[^/?#\\@]+)((?:[/?].*)?)$/is;

/** The path and query that a leading value stands for, without the base path of the target; empty for a bare origin. */
function leadingPath(first: Placeholder, { lookUp, self }: PathValues): string {
  const value = sendable(first.name, lookUp(first.name)).replace(/#.*$/s, '');
  const [, scheme, authority, rest = ''] = url.exec(value) ?? [];
  if (authority !== undefined) return pathOfUrl(first, { scheme, authority, rest, self });
  if (!value.startsWith('/') || value.startsWith('//')) throw neither(first);
  return withoutPrefix(value, self?.prefix ?? '') ?? value;
}

interface Url {
  readonly scheme: string | undefined;
  readonly authority: string;
  readonly rest: string;
  readonly self: OwnTarget | null;
}

function pathOfUrl(first: Placeholder, { scheme, authority, rest, self }: Url): string {
  const whole = `${scheme ?? self?.origin.replace(/:.*$/s, ':') ?? 'http:'}${authority}`;
  if (!URL.canParse(whole)) throw neither(first);
  const { origin } = new URL(whole);
  if (self === null || origin !== self.origin) {
    const own = self === null ? '' : `, ${self.origin}`;
    const message = `{{${first.name}}} is a URL of another origin, ${quoteForMessage(origin)}: nothing is sent there`;
    throw refused(message, `a path can begin with a path, or with a URL of the origin of the target${own}`);
  }
  const path = withoutPrefix(rest, self.prefix);
  if (path !== null) return path;
  const message = `{{${first.name}}} is a URL outside of the base path of the target, ${quoteForMessage(self.prefix)}`;
  throw refused(message, 'name the target by its origin alone, or by a base path that holds all of its paths');
}

/** The path below the base path; null for a path outside of it. */
function withoutPrefix(path: string, prefix: string): string | null {
  if (path === '' || prefix === '') return path;
  if (!path.startsWith(prefix) || !/^(?:[/?]|$)/.test(path.slice(prefix.length))) return null;
  return path.slice(prefix.length);
}

function neither({ name }: Placeholder): ParityError {
  const message = `{{${name}}} begins a path, but its value is neither a path nor a URL of the target`;
  return refused(message, `a path begins with \`/\`; to fill in a segment, write /{{${name}}}`);
}

function refused(message: string, hint: string): ParityError {
  return new ParityError('PX2303', message, { hint });
}
