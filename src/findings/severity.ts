import { headerValue } from '../compare/headers/compare-headers.ts';
import { mediaType } from '../compare/headers/media-type.ts';
import { maxReadLength } from '../compare/limits.ts';
import { bodyOf, jsonOf } from '../compare/media/body-content.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import { messagePointer } from '../drift/http-kit/error-text.ts';
import type { Response, SentRequest } from '../http/exchange.ts';
import { isSuccess } from '../http/status-class.ts';
import { sameNumber } from '../json/number.ts';
import { toTree } from '../json/tree.ts';
import type { Finding } from './finding.ts';
import { valueKind } from './identity.ts';
import type { Placed } from './place.ts';

export type Severity = Finding['severity'];

/** What a client meets, and how bad that is. */
export type Met = readonly [severity: Severity, impact: string];

interface Answers {
  readonly request: SentRequest;
  readonly reference: Response;
  readonly candidate: Response;
}

/** Both answers of the exchange; null where there is none. */
function answersOf({ compared, divergence: { exchange } }: Placed): Answers | null {
  const [a, b] = [compared.reference.exchanges[exchange], compared.candidate.exchanges[exchange]];
  if (a?.outcome.kind !== 'response' || b?.outcome.kind !== 'response') return null;
  return { request: a.request, reference: a.outcome, candidate: b.outcome };
}

/** Headers that say how the body is to be read. */
const ofBody = new Set(['/content-type', '/content-length', '/content-encoding', '/content-language', '/vary']);

/** A divergence in what clients do not read: the body of a redirect, the type of an empty body, a page for people about an error. */
export function unreadPart(placed: Placed): Met | null {
  const answers = answersOf(placed);
  const { facet, pointer, kind } = placed.divergence;
  const isOfBody = facet === 'body' || (facet === 'headers' && ofBody.has(pointer));
  if (answers === null || !isOfBody) return null;
  const { request, reference, candidate } = answers;
  if (reference.status !== candidate.status) return null;
  if (isRedirect(reference.status)) return ['cosmetic', 'Clients follow the redirect and do not read its body.'];
  const sides = [reference, candidate];
  if (request.method !== 'HEAD' && facet === 'headers' && sides.every(({ body }) => body.length === 0))
    return ['cosmetic', 'The body is empty on both sides: nobody reads it as this type.'];
  if (reference.status < 400) return null;
  if (isPage(reference)) return ['cosmetic', 'The reference sends an error page for people, which no client decodes.'];
  return facet === 'body' && kind === 'value' && isSentence(placed.divergence, sides)
    ? ['cosmetic', 'People read another text; the member and its type are the same.']
    : null;
}

/** The text of an error for people is at this place on both sides: words with spaces, not the one word that a client may look for. */
function isSentence({ pointer, reference, candidate }: Divergence, sides: readonly Response[]): boolean {
  if (![reference, candidate].every((text) => text?.includes(' '))) return false;
  return sides.every((side) => errorIn(side).message === pointer);
}

const redirects = new Set([301, 302, 303, 307, 308]);

function isRedirect(status: number): boolean {
  return redirects.has(status);
}

interface ErrorBody {
  readonly isJson: boolean;
  /** Pointer of the text for people. */
  readonly message: string | null;
}

/** One answer has many divergences. */
const errorBodies = new WeakMap<Response, ErrorBody>();

function errorIn(answer: Response): ErrorBody {
  const known = errorBodies.get(answer);
  if (known !== undefined) return known;
  const content = bodyOf(answer.headers, answer.body);
  const document = content.bytes.length > maxReadLength ? null : jsonOf(content);
  const found = { isJson: document !== null, message: document === null ? null : messagePointer(toTree(document)) };
  errorBodies.set(answer, found);
  return found;
}

const pageTypes = new Set(['', 'text/html', 'text/plain']);

/** Nothing, HTML or plain text. */
function isPage(answer: Response): boolean {
  if (answer.body.length === 0) return true;
  const { essence } = mediaType(headerValue(answer.headers, 'content-type'));
  return pageTypes.has(essence) && !errorIn(answer).isJson;
}

/** Ends as the pointer of an item of a list does, or of an entry whose key is a number: no decoder asks for any of them. */
const item = /\/(?:0|[1-9]\d*|\*)$/;

/** What a strict decoder, made for the reference, does with a divergence in a body. */
function decode({ kind, pointer, rung, reference, candidate }: Divergence): Met {
  if (rung === 'wire') return ['cosmetic', 'Only clients that compare raw bytes notice.'];
  if (pointer === '' && kind === 'missing') return ['breaking', 'A client that reads the body gets none.'];
  if (pointer === '' && kind === 'extra') return ['risky', 'A client that expects no body gets one, and ignores it.'];
  if (kind === 'missing' && item.test(pointer))
    return ['risky', 'Decoders accept it, but clients get a list with fewer items.'];
  if (kind === 'extra' && item.test(pointer))
    return ['risky', 'Decoders accept it, but clients get a list with more items.'];
  if (kind === 'missing' && valueKind(reference) === 'null')
    return ['risky', 'Decoders that accept null mostly accept its absence; those of JavaScript see undefined.'];
  if (kind === 'missing') return ['breaking', 'A strict decoder fails: a member that it requires is missing.'];
  if (kind === 'extra') return ['risky', 'Most decoders ignore an unknown member; strict decoders reject it.'];
  if (kind === 'type') return typeMet(valueKind(reference), valueKind(candidate));
  if (kind === 'encoding') return ['breaking', 'Decoders that require UTF-8 reject the body; others change the text.'];
  if (kind === 'order') return ['risky', 'Clients that select items by position get a different item.'];
  if (kind === 'value' && isFractionForInteger(reference, candidate))
    return ['breaking', 'A strict decoder of integers fails: the number has a fraction.'];
  if (kind === 'value' && losesPrecision(reference, candidate))
    return ['breaking', 'The number lost precision: both sides are equal as doubles, but not exactly.'];
  return ['risky', 'Every decoder accepts it, and clients work with a different value.'];
}

function typeMet(from: string, to: string): Met {
  if (from === 'null')
    return [
      'risky',
      'A decoder that accepts null at this place accepts a value, if it is of the type that it expects.',
    ];
  return ['breaking', typeImpact(from, to)];
}

function typeImpact(from: string, to: string): string {
  if (to === 'null')
    return `A strict decoder fails: it gets null instead of ${from === 'array' ? 'a list' : 'a value'}.`;
  if (from === 'number' && to === 'string')
    return 'A strict decoder fails: it gets a string instead of a number. In lenient languages, adding becomes concatenating.';
  if (from === 'string' && to === 'number')
    return 'A strict decoder fails: it gets a number instead of a string. Other decoders lose digits above 2^53.';
  return 'A strict decoder fails: it gets a value of an unexpected type.';
}

const longInteger = /^-?\d{16,300}$/;

/** Two integers that are different, and one and the same double. */
function losesPrecision(a: string | null, b: string | null): boolean {
  if (a === null || b === null || !longInteger.test(a) || !longInteger.test(b)) return false;
  return Number(a) === Number(b) && !sameNumber(a, b);
}

function isFractionForInteger(a: string | null, b: string | null): boolean {
  return /^-?\d{1,300}$/.test(a ?? '') && /^-?\d{1,300}\.\d{0,300}[1-9]$/.test(b ?? '');
}

/** Statuses that clients act on, each in its own way: log in, give up, retry, fetch again. The other 4xx say that the request is at fault. */
const actedOn = new Set([401, 402, 403, 404, 407, 408, 409, 410, 412, 425, 428, 429]);

function statusMet(from: number, to: number): Met {
  if (isSuccess(from) && isSuccess(to))
    return ['risky', `Clients that check for exactly ${from} will treat this as a failure.`];
  if (isRedirect(from) && isRedirect(to))
    return ['risky', 'Clients follow both; some send another method, or remember the new address.'];
  const isAlike =
    from >= 500 ? to >= 500 : from >= 400 && to >= 400 && to < 500 && ![from, to].some((one) => actedOn.has(one));
  if (isAlike) return ['risky', 'Clients that look at the class of the failure alone treat both alike.'];
  return ['breaking', statusImpact(from, to)];
}

function statusImpact(from: number, to: number): string {
  if (from >= 400)
    return to >= 400 ? 'Clients handle this failure differently.' : 'Clients get a success instead of a failure.';
  return to >= 400
    ? 'Clients get a failure instead of a success.'
    : 'Clients that decide by the status code behave differently.';
}

/** Headers that every client acts on. */
const vitalHeaders = new Set(['/content-type', '/location']);

function headerMet(placed: Placed): Met {
  const { pointer, kind } = placed.divergence;
  const read: Met = ['risky', 'Clients that read this header may behave differently.'];
  if (!vitalHeaders.has(pointer) || kind === 'extra') return read;
  const answers = answersOf(placed);
  const status = answers?.reference.status ?? 200;
  // A failure is handled by its status.
  if (status >= 400) return read;
  if (pointer === '/content-type' && isSameEssence(placed.divergence)) return read;
  return ['breaking', 'Clients decide by this header what to do.'];
}

/** The same media type with other parameters, and not with two charsets. */
function isSameEssence({ reference, candidate }: Divergence): boolean {
  const [a, b] = [mediaType(reference), mediaType(candidate)];
  const charsets = new Set(
    [a, b].flatMap(({ parameters }) =>
      parameters.filter(([name]) => name === 'charset').map(([, value]) => value.toLowerCase()),
    ),
  );
  return a.essence !== '' && a.essence === b.essence && charsets.size < 2;
}

/** Two failures that are handled alike, and the error that is read then: its body belongs to the status. */
function withErrorBody(placed: Placed, met: Met): Met {
  const answers = met[0] === 'risky' ? answersOf(placed) : null;
  if (answers === null || answers.reference.status < 400 || isPage(answers.reference)) return met;
  const isLost = placed.alongside.some((one) => one.facet === 'body' && decode(one)[0] === 'breaking');
  return isLost ? ['breaking', 'Both fail alike, but a strict decoder of the error fails, too.'] : met;
}

/** What a client of the reference meets at one divergence. */
export function meet(placed: Placed): Met {
  const { divergence, replaced } = placed;
  const { facet, reference, candidate } = divergence;
  if (facet === 'transport') return ['breaking', 'Clients cannot read the answer at all.'];
  if (facet === 'headers') return headerMet(placed);
  if (facet === 'status') return withErrorBody(placed, statusMet(Number(reference), Number(candidate)));
  return replaced === null
    ? decode(divergence)
    : ['breaking', 'A strict decoder fails: members that it requires are missing.'];
}
