import type { CurlFault } from './arguments.ts';
import { markVariable, variablesIn } from './variable-marks.ts';

type Pair = readonly [name: string, value: string];

interface HeaderSources {
  readonly options: readonly Pair[];
  /** `user:password` of --user or the address. */
  readonly user: string | null;
  /** What curl sends as content-type where the command names none. */
  readonly mediaType: string | null;
}

/** The headers of a curl command, and what is said of those that are left out. */
export interface ReadHeaders {
  readonly pairs: readonly Pair[];
  readonly notes: readonly string[];
}

/** What the client sends itself, and what a browser says of itself and the page, not of the request. */
const leftOut =
  /^(?:host|content-length|transfer-encoding|connection|keep-alive|proxy-.*|expect|upgrade|http2-settings|te|trailer|accept-encoding|sec-ch-.*|sec-fetch-.*|:.*)$/i;

/** Takes the options of a command; returns the headers that it sends, in order. */
export function readHeaders({ options, user, mediaType }: HeaderSources): ReadHeaders | CurlFault {
  const pairs: Pair[] = [];
  const removed = new Set<string>();
  const out = new Set<string>();
  for (const [option, value] of options) {
    if (option !== 'header') continue;
    if (value.startsWith('@')) return { fault: 'it reads headers from a file, which is not carried over' };
    const [name, text] = splitHeader(value);
    if (name === null) continue;
    if (leftOut.test(name)) out.add(name.toLowerCase());
    else if (text === null) removed.add(name.toLowerCase());
    else pairs.push([name, text]);
  }
  const own = impliedHeaders(options, user, mediaType).filter(
    ([name]) => !removed.has(name) && !pairs.some(([other]) => other.toLowerCase() === name),
  );
  const cookies = options.filter(([name, value]) => name === 'cookie' && !value.includes('=') && value !== '');
  const notes = [
    ...(out.size === 0 ? [] : [`headers left out, which the client or a browser sets: ${[...out].join(', ')}`]),
    ...(cookies.length === 0 ? [] : ['--cookie names a file of cookies, which is not read']),
  ];
  return { pairs: [...pairs, ...own], notes };
}

/** `Name: value`, `Name;` for an empty value, `Name:` for none at all (text null). */
function splitHeader(written: string): [name: string | null, text: string | null] {
  const [, empty] = /^([^:;\s]+);\s*$/.exec(written) ?? [];
  if (empty !== undefined) return [empty, ''];
  const at = written.indexOf(':', written.startsWith(':') ? 1 : 0);
  if (at < 0) return [null, null];
  const text = written.slice(at + 1).trim();
  return [written.slice(0, at).trim(), text === '' ? null : text];
}

/** Headers that options of their own stand for; one that is written out as a header wins. */
function impliedHeaders(options: readonly Pair[], user: string | null, mediaType: string | null): Pair[] {
  const values = (name: string) => options.filter(([option]) => option === name).map(([, value]) => value);
  const last = (name: string) => values(name).at(-1);
  const isChallenged = ['digest', 'ntlm', 'negotiate', 'aws-sigv4'].some((name) => values(name).length > 0);
  const bearer = last('oauth2-bearer');
  const cookies = values('cookie').filter((value) => value.includes('='));
  const range = last('range');
  const referer = last('referer')?.replace(/;auto$/, '');
  const all: (Pair | null)[] = [
    mediaType === null ? null : ['content-type', mediaType],
    values('json').length === 0 ? null : ['accept', 'application/json'],
    bearer === undefined ? null : ['authorization', `Bearer ${bearer}`],
    user === null || isChallenged || bearer !== undefined ? null : ['authorization', basic(user)],
    cookies.length === 0 ? null : ['cookie', cookies.join('; ')],
    (last('user-agent') ?? '') === '' ? null : ['user-agent', last('user-agent')!],
    (referer ?? '') === '' ? null : ['referer', referer!],
    range === undefined ? null : ['range', `bytes=${range}`],
  ];
  return all.filter((pair) => pair !== null);
}

/** What is only known when it is sent cannot be encoded before: the whole of it is left to a variable then. */
function basic(user: string): string {
  if (variablesIn(user).length > 0) return `Basic ${markVariable('BASIC_CREDENTIALS')}`;
  const both = user.includes(':') ? user : `${user}:`;
  return `Basic ${Buffer.from(both).toString('base64')}`;
}
