/** Where in a file something was read; lines count from 1. */
export interface Where {
  readonly file: string;
  readonly line: number;
}

export type HeaderPairs = readonly (readonly [name: string, value: string])[];

/** One request that a file holds, and the answer to it where the file has one. */
export interface TrafficEntry {
  readonly where: Where;
  /** When it was sent, ISO 8601; null where the file does not say. */
  readonly at: string | null;
  readonly request: {
    readonly method: string;
    /** Path and query, in origin form. */
    readonly path: string;
    readonly headers: HeaderPairs;
    readonly body: Uint8Array | null;
  };
  readonly response: {
    readonly status: number;
    readonly headers: HeaderPairs;
    /** Null where the file does not hold it. */
    readonly body: Uint8Array | null;
  } | null;
  /** Names of variables that stand as `${NAME}` in the texts of the request. */
  readonly variables: readonly string[];
  /** What the file calls the request. */
  readonly title: string | null;
}

/** What a reader yields: a request, one that cannot be carried over, or a sentence on something else that the file holds. */
export type ImportItem =
  | { readonly kind: 'entry'; readonly entry: TrafficEntry }
  | { readonly kind: 'leftOut'; readonly reason: string; readonly where: Where; readonly example: string }
  | { readonly kind: 'note'; readonly text: string };

/** What is left out, as an item. */
export function leftOut(reason: string, where: Where, example: string): ImportItem {
  return { kind: 'leftOut', reason, where, example: example.slice(0, 120) };
}

/** What is known of a request before it becomes an entry. */
export interface EntryParts {
  readonly where: Where;
  readonly method: string;
  /** Absolute URL, or path and query. */
  readonly url: string;
  readonly headers?: HeaderPairs;
  readonly body?: Uint8Array | null;
  readonly response?: TrafficEntry['response'];
  readonly at?: string | null;
  readonly variables?: readonly string[];
  readonly title?: string | null;
}

/** Headers that a case cannot set, or that a browser or a proxy adds to every request and that say nothing of the service. */
const droppedHeader =
  /^(?::.*|host|content-length|transfer-encoding|connection|keep-alive|expect|upgrade|te|trailer|proxy-.*|sec-.*|user-agent|referer|dnt|priority|accept-encoding|upgrade-insecure-requests|x-forwarded-.*|forwarded|via|postman-token|alt-used|if-modified-since|if-none-match)$/i;
const token = /^[!#$%&'*+.^_`|~\dA-Za-z-]{1,200}$/;

/** Makes an item of what was read: an entry, or what is left out with its reason. */
export function entryItem(parts: EntryParts): ImportItem {
  const { where, method, url, headers = [], body = null, response = null, at = null } = parts;
  const example = `${method} ${url}`;
  if (!token.test(method)) return leftOut('not an HTTP method', where, example);
  const upper = /^[a-z]+$/i.test(method) ? method.toUpperCase() : method;
  if (upper === 'CONNECT' || upper === 'TRACE') return leftOut(`a ${upper} request`, where, example);
  const path = originForm(url);
  if (path === null) return leftOut('not an HTTP address', where, example);
  if (response !== null && !isFinal(response.status)) return leftOut('no whole answer was recorded', where, example);
  const length = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  if (response !== null && Number(length) > 0 && (body === null || body.length === 0))
    return leftOut('the body of the request was not recorded', where, example);
  const own = /^https?:\/\/[^/?#]+/i.exec(url)?.[0].toLowerCase();
  const kept = headers.filter(([name, value]) => {
    // A browser says so where a page asks its own service.
    if (name.toLowerCase() === 'origin' && value.toLowerCase() === own) return false;
    return token.test(name) && !droppedHeader.test(name) && isSendable(value);
  });
  const entry: TrafficEntry = {
    ...{ where, response, at },
    request: { method: upper, path, headers: kept, body: body === null || body.length === 0 ? null : body },
    variables: parts.variables ?? [],
    title: parts.title ?? null,
  };
  return { kind: 'entry', entry };
}

/** 499 is written by proxies where the client went away; 101 leaves HTTP. */
function isFinal(status: number): boolean {
  return Number.isInteger(status) && status >= 200 && status <= 599 && status !== 499;
}

function isSendable(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\uffff]*$/.test(value);
}

/** Path and query of an address, in characters that a request line may hold; null where it is not an HTTP address. Nothing is normalised. */
export function originForm(url: string): string | null {
  const [, , rest] = /^(https?|wss?):\/\/[^/?#]*(.*)$/is.exec(url) ?? [null, null, url];
  const path = rest!.replace(/#.*$/s, '');
  if (/^wss?:/i.test(url)) return null;
  const target = path === '' ? '/' : path.startsWith('?') ? `/${path}` : path;
  return target.startsWith('/') ? encodeTarget(target) : null;
}

/** What a request line cannot hold is percent-encoded; `${NAME}` and all else stay. */
function encodeTarget(text: string): string {
  return text.replace(/[^!-~]/gu, (character) =>
    Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
