import {
  type HeaderPart,
  headerPart,
  listItems,
  parameterPart,
  partSet,
  partsText,
  sortedParts,
} from './header-part.ts';
import { isHttpDate } from './http-date.ts';
import { links } from './link.ts';
import { type Base, resolved } from './location.ts';
import type { Lasts } from './max-age.ts';
import { isMultipartType, mediaType, splitUnquoted, textOrder } from './media-type.ts';
import { cookie } from './set-cookie.ts';
import { challenges } from './www-authenticate.ts';

/** What a header value says. Equal meanings say the same; `form` is the kind of value where its grammar has several. */
export interface Meaning {
  readonly form: string;
  /** One spelling of all that says the same. To be compared, never to be taken apart: that is what `parts` are for. */
  readonly text: string;
  /** The value taken apart; empty where its grammar has no parts, and where it does not follow its grammar. */
  readonly parts: readonly HeaderPart[];
  /** Absent where it says nothing of that. */
  readonly lasts?: Lasts;
}

type Grammar = (value: string, base: Base) => Meaning;

/** A value of a grammar that has no parts. */
function plain(text: string): Meaning {
  return ofForm('', text);
}

function ofForm(form: string, text: string): Meaning {
  return { form, text, parts: [] };
}

/** A value of a grammar that has parts. */
function parsed(parts: readonly HeaderPart[]): Meaning {
  return { form: '', text: partsText(parts), parts };
}

/** A value that does not follow a grammar that has parts: quoted, so that it is never the spelling of one that does. */
function malformed(value: string): Meaning {
  return plain(JSON.stringify(value));
}

function set(read: (item: string) => HeaderPart): Grammar {
  return (value) => parsed(partSet(listItems(value).map(read)));
}

const asWritten = set((item) => headerPart(item));
const anyCase = set((item) => headerPart(item.toLowerCase()));

function directive(item: string): HeaderPart {
  const { name, value } = parameterPart(item);
  return headerPart(name, value?.toLowerCase() ?? null);
}

function contentType(value: string): Meaning {
  const type = mediaType(value);
  if (type.essence === '') return malformed(value);
  const parameters = type.parameters.map(([name, text]) => {
    if (name === 'boundary' && isMultipartType(type)) return headerPart(name);
    return headerPart(name, name === 'charset' ? text.toLowerCase() : text);
  });
  return parsed([headerPart(type.essence, null, parameters)]);
}

function disposition(value: string): Meaning {
  const [type, ...rest] = splitUnquoted(value, ';');
  return parsed([headerPart(type.trim().toLowerCase(), null, sortedParts(rest.map(parameterPart)))]);
}

/** RFC 9110, 8.8.3: the tag is opaque, each service makes its own; a client can rely on its being there, and weak or strong. */
function entityTag(value: string): Meaning {
  const [, weak, tag] = /^(W\/)?("[^"]*")$/.exec(value) ?? [];
  if (tag === undefined) return ofForm('not quoted', '');
  return ofForm(weak === undefined ? 'strong' : 'weak', '');
}

function seconds(value: string): Meaning | null {
  return /^\d+$/.test(value) ? ofForm('seconds', value.replace(/^0+(?=\d)/, '')) : null;
}

/** A moment that a client is told to expect: dates in any form of HTTP, the two targets may have clocks that are not set alike. */
function moment(value: string, { at = Date.now() }: Base): Meaning {
  if (!isHttpDate(value)) return ofForm('text', value);
  const until = Date.parse(value) / 1000;
  return { ...ofForm('date', ''), lasts: { seconds: until - at / 1000, until } };
}

/** RFC 9745: `@` and seconds since 1970. Drafts of it had a date, or `true`. */
function deprecation(value: string, base: Base): Meaning {
  const [, seconds] = /^@(-?\d{1,15})$/.exec(value) ?? [];
  if (seconds === undefined) return moment(value, base);
  return ofForm('seconds since 1970', String(Number(seconds)));
}

/** RFC 6797, 6.1: directives between semicolons, names in any case, `max-age` a number of seconds. */
function transportSecurity(value: string): Meaning {
  const directives = splitUnquoted(value, ';').filter((one) => one.trim() !== '');
  return parsed(partSet(directives.map((one) => numbered(parameterPart(one)))));
}

function numbered({ name, value }: HeaderPart): HeaderPart {
  return headerPart(name, value === null ? null : (seconds(value)?.text ?? value));
}

/** A date is there to change. What is not a date is compared as text: `Expires: 0` says something else. */
function date(value: string): Meaning {
  return isHttpDate(value) ? ofForm('date', '') : ofForm('text', value);
}

/** RFC 9110, 10.2.3: how long to wait, in seconds or until a date. */
function wait(value: string, { at = Date.now() }: Base): Meaning {
  const found = seconds(value) ?? date(value);
  if (found.form === 'text') return found;
  const until = found.form === 'date' ? Date.parse(value) / 1000 : at / 1000 + Number(value);
  return { ...found, lasts: { seconds: until - at / 1000, until } };
}

/** Values that change from answer to answer: that they are there, and how often, is all that counts. */
const volatile: ReadonlyMap<string, Grammar> = new Map<string, Grammar>([
  ...['date', 'expires', 'last-modified'].map((name) => [name, date] as const),
  ['age', (value) => (seconds(value) === null ? plain(value) : ofForm('seconds', ''))],
  ...[
    'x-request-id',
    'request-id',
    'x-correlation-id',
    'correlation-id',
    'x-trace-id',
    'x-b3-traceid',
    'x-b3-spanid',
    'traceparent',
    'tracestate',
    'traceresponse',
    'server-timing',
    'x-response-time',
    'x-runtime',
    'cf-ray',
    'x-amz-cf-id',
    'x-amz-request-id',
    'x-amzn-requestid',
    'x-amzn-trace-id',
    'x-cloud-trace-context',
    'x-vercel-id',
    'fly-request-id',
  ].map((name) => [name, () => plain('')] as const),
]);

/** Says of a header, by its name in lower case, that its value changes from answer to answer. */
export function isVolatile(name: string): boolean {
  return volatile.has(name);
}

function cookieMeaning(value: string, { at = Date.now() }: Base): Meaning {
  const { part, lasts } = cookie(value, at);
  return { ...parsed([part]), ...(lasts === undefined ? {} : { lasts }) };
}

/** Headers whose lines are one list (RFC 9110, section 5.3). */
const lists: ReadonlyMap<string, Grammar> = new Map<string, Grammar>([
  ['accept-patch', anyCase],
  ['accept-post', anyCase],
  ['accept-ranges', anyCase],
  ['access-control-allow-headers', anyCase],
  ['access-control-allow-methods', asWritten],
  ['access-control-expose-headers', anyCase],
  ['allow', asWritten],
  ['cache-control', set(directive)],
  ['content-encoding', (value) => parsed(listItems(value.toLowerCase()).map((item) => headerPart(item)))],
  ['content-language', anyCase],
  ['link', (value, base) => parsed(links(value, base))],
  ['proxy-authenticate', (value) => parsed(challenges(value))],
  ['vary', anyCase],
  ['www-authenticate', (value) => parsed(challenges(value))],
]);

/** A map, for a header may be named `constructor`. */
const lines: ReadonlyMap<string, Grammar> = new Map<string, Grammar>([
  ...volatile,
  ['content-disposition', disposition],
  ['access-control-max-age', (value) => seconds(value) ?? ofForm('text', value)],
  ['content-location', (value, base) => plain(resolved(value, base))],
  ['content-range', (value) => plain(value.toLowerCase())],
  ['content-type', contentType],
  ['deprecation', deprecation],
  ['etag', entityTag],
  ['location', (value, base) => plain(resolved(value, base))],
  ['retry-after', wait],
  ['set-cookie', cookieMeaning],
  ['strict-transport-security', transportSecurity],
  ['sunset', moment],
]);

/** What the lines of a header say, by its grammar (RFC 9110): one meaning for a list, else one for each line. */
export function meanings(name: string, values: readonly string[], base: Base): readonly Meaning[] {
  const asList = lists.get(name);
  if (asList !== undefined) return values.length === 0 ? [] : [asList(values.join(', '), base)];
  const grammar = lines.get(name) ?? plain;
  const found = values.map((value) => grammar(value.trim(), base));
  // A cookie is known by its name: where it stands among the others says nothing.
  return name === 'set-cookie' ? found.sort((a, b) => textOrder(cookieName(a), cookieName(b))) : found;
}

/** Headers with references, which each target resolves for itself: the same text may say something else. */
export const references = new Set(['content-location', 'link', 'location']);

/** Lines of a header are the same texts and so say the same, whatever its grammar; false does not mean that they differ. */
export function saySame(name: string, a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length || (a.length > 0 && references.has(name))) return false;
  return a.every((value, at) => value === b[at]);
}

function cookieName({ parts }: Meaning): string {
  return parts[0]?.name ?? '';
}
