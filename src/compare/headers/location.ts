import { isAtOrigin, withoutOrigin } from '../values/own-origin.ts';

/** What the values of an answer are relative to: its references and its times. */
export interface Base {
  /** Of the target: `http://127.0.0.1:3100`, without a trailing slash; empty if nobody knows. */
  readonly origin: string;
  /** Path and query of the request, behind what the target's URL puts before it; without it, relative references stay as they are. */
  readonly path?: string;
  /** When it was answered, in milliseconds since 1970; without it, now. */
  readonly at?: number;
}

/** Characters that no URI has (RFC 3986, appendix A): readers disagree on what they mean. */
const foreign = /[^!-~]|[\\<>"{}|^`]/;
/** Hex digits in either case are the same octet (RFC 3986, section 6.2.2.1). */
const octets = /%[0-9a-f]{2}/gi;
const absolute = /^(?:[A-Za-z][A-Za-z0-9+.-]*:|\/)/;

/**
 * A URI reference (RFC 3986, section 5) resolved: on the target itself its path, query and fragment, for each target has an origin
 * of its own; else the whole URI. An empty query is another reference than none (section 6.2.3). What cannot be resolved stays as it is.
 */
export function resolved(reference: string, base: Base): string {
  return resolve(reference, base).replace(octets, (octet) => octet.toUpperCase());
}

function resolve(reference: string, { origin, path }: Base): string {
  if (foreign.test(reference)) return withoutOrigin(reference, origin).replace(/^\0o/, '');
  if (path === undefined && !absolute.test(reference)) return reference;
  const base = origin + (path ?? '');
  if (!URL.canParse(reference, base)) return reference;
  const url = new URL(reference, base);
  if (!isAtOrigin(url, origin)) return url.href;
  const [, user = '', rest = ''] = /^[^:]*:\/\/([^/?#]*@)?[^/?#]*(.*)$/.exec(url.href) ?? [];
  return user === '' ? rest : `//${user}${rest}`;
}
