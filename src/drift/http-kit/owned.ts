import { STATUS_CODES } from 'node:http';
import type { Divergence } from '../../compare/model/divergence.ts';
import { pointerTokens } from '../../json/pointer.ts';
import { envelopeOf, membersOfForm } from './envelope.ts';
import { messagePointer } from './error-text.ts';
import type { Answered, ExchangePair } from './exchange-pair.ts';
import { bodiesDiffer } from './predicates.ts';

/** Whether a class explains a divergence of the exchange in which it was recognised. */
export type Owns = (scene: ExchangePair, divergence: Divergence) => boolean;

/** The union of several parts of an exchange. */
export function anyOf(...parts: readonly Owns[]): Owns {
  return (scene, divergence) => parts.some((owns) => owns(scene, divergence));
}

/** Headers by name. */
export function ofHeaders(...names: readonly string[]): Owns {
  return (_, { facet, pointer }) => facet === 'headers' && names.includes(pointer.slice(1));
}

/** What tells how a body is to be read and framed, and what becomes of the connection after it (RFC 9110, section 8; RFC 9112; RFC 8288). */
const representation = new Set([
  ...['content-type', 'content-length', 'content-encoding', 'content-language', 'content-location'],
  ...['content-disposition', 'content-range', 'accept-ranges', 'transfer-encoding', 'x-content-type-options'],
  ...['etag', 'last-modified', 'link', 'connection', 'keep-alive'],
]);

/** Headers that a status calls for (RFC 9110, section 15). */
const calledFor: ReadonlyMap<string, (status: number) => boolean> = new Map([
  ['location', (status: number) => status === 201 || (status >= 300 && status < 400)],
  ['www-authenticate', (status: number) => status === 401],
  ['proxy-authenticate', (status: number) => status === 407],
  ['allow', (status: number) => status === 405],
  ['retry-after', (status: number) => [413, 429, 503].includes(status)],
  ['content-range', (status: number) => [206, 416].includes(status)],
]);

/** Each side that has the header has a status that calls for it, and what the two say of it is not the same matter. */
function isCalledFor({ first, second }: ExchangePair, name: string): boolean {
  const calls = calledFor.get(name);
  if (calls === undefined) return false;
  const having = [first, second].filter((side) => side.header(name) !== null);
  if (!having.every(({ status }) => calls(status))) return false;
  return first.outcome !== second.outcome || [first, second].some(({ status }) => !calls(status));
}

/** The value is the status code of its side, or the phrase of that code. */
function repeatsStatus({ first, second }: ExchangePair, { reference, candidate }: Divergence): boolean {
  const plain = (text: string | null) => text?.replace(/^"(.*)"$/s, '$1') ?? null;
  const shows = (text: string | null, { status }: Answered) =>
    text !== null && (text === String(status) || text === STATUS_CODES[status]);
  const [a, b] = [plain(reference), plain(candidate)];
  return (shows(a, first) && shows(b, second)) || (shows(a, second) && shows(b, first));
}

/** One of the bodies is not JSON: it has no places, and differs as a whole. */
function isWhole({ first, second }: ExchangePair): boolean {
  return first.json === null || second.json === null;
}

function wordsAt({ error, json }: Answered): string | null {
  return error?.pointer ?? messagePointer(json);
}

/** The text that says for people what went wrong: its place in both bodies, or both bodies where they have no places. */
export const ofWords: Owns = (scene, divergence) => {
  if (isWhole(scene)) return ofWhole(scene, divergence);
  const { facet, pointer, kind } = divergence;
  if (facet === 'headers') return pointer === '/content-length';
  if (facet !== 'body') return false;
  const [a, b] = [scene.first, scene.second].map(wordsAt);
  if (kind !== 'missing' && kind !== 'extra') return a === pointer && b === pointer;
  // Known words under the name of a field on one side, and in a list of faults on the other.
  const isKnown = scene.first.error !== null && scene.second.error !== null && a !== b;
  return isKnown && [a, b].some((at) => at?.startsWith(`${pointer}/`) === true);
};

/** Two bodies one of which is not JSON, with their types. */
export const ofWhole: Owns = (scene, { facet, pointer }) => {
  if (facet === 'body') return pointer === '' && isWhole(scene);
  if (facet !== 'headers' || !bodiesDiffer(scene)) return false;
  if (pointer === '/content-type') return isWhole(scene) && scene.first.type.essence !== scene.second.type.essence;
  return pointer === '/content-length' || pointer === '/transfer-encoding';
};

/**
 * What differs because the status codes do: of two outcomes all of the body and what tells how to read it, of two failures what the
 * failure is called; and headers that one of the codes calls for. Nothing where the codes are the same.
 */
export const followsStatus: Owns = (scene, divergence) => {
  const { first, second } = scene;
  if (first.status === second.status) return false;
  const { facet, pointer } = divergence;
  const header = facet === 'headers' ? pointer.slice(1) : null;
  if (first.outcome === 'success' && second.outcome === 'success') return false;
  if (header !== null && isCalledFor(scene, header)) return true;
  if (first.outcome !== second.outcome) return header === null ? facet === 'body' : representation.has(header);
  if (first.outcome !== 'failure') return false;
  return ofWords(scene, divergence) || (facet === 'body' && repeatsStatus(scene, divergence));
};

/** The status codes, and what follows from them. */
export const ofStatus: Owns = (scene, divergence) => divergence.facet === 'status' || followsStatus(scene, divergence);

/** A refusal: the status codes with what follows from them, and where they are the same the words alone. */
export const ofRefusal: Owns = anyOf(ofStatus, ofWords);

/** The form of two errors: members that one of the forms has and the other has not, and the words in them. */
export const ofForm: Owns = (scene, divergence) => {
  if (isWhole(scene)) return ofWhole(scene, divergence);
  const { facet, pointer, kind } = divergence;
  const forms = [scene.first, scene.second].map(envelopeOf);
  if (pointer === '/content-type' && facet === 'headers') return forms.includes('problem') && forms[0] !== forms[1];
  if (facet === 'headers') return pointer === '/content-length';
  if (facet !== 'body') return false;
  if (ofWords(scene, divergence)) return true;
  if (forms[0] === forms[1]) return false;
  // The words of one form stand where the other has something else.
  if (kind === 'value') return [scene.first, scene.second].some((side) => wordsAt(side) === pointer);
  const [member, ...below] = pointerTokens(pointer) ?? [];
  if (member === undefined || below.length > 0 || !['missing', 'extra', 'type'].includes(kind)) return false;
  return forms.some((form) => membersOfForm(form).has(member.toLowerCase()));
};

/** A page that a framework writes by itself, with its type and the header that browsers read beside it. */
export const ofPage: Owns = (scene, divergence) => {
  if (ofStatus(scene, divergence) || ofForm(scene, divergence)) return true;
  if (divergence.facet !== 'headers') return false;
  const { first, second } = scene;
  const isOfType =
    divergence.pointer === '/content-type' && (isWhole(scene) || first.type.essence === second.type.essence);
  return divergence.pointer === '/x-content-type-options' || isOfType;
};

/** All of two bodies that hold the same values. */
export const ofLayout: Owns = (_, { facet, pointer }) => facet === 'body' || pointer === '/content-length';

/** Headers that are there a different number of times. */
export const ofRepeats: Owns = (_, { facet, kind }) => facet === 'headers' && kind === 'duplicate';

/** Places at which one side shows one of these texts, and the other does not. */
export function ofEcho(
  scene: ExchangePair,
  { facet, reference, candidate }: Divergence,
  texts: readonly string[],
): boolean {
  if (facet === 'headers') return false;
  if (facet !== 'body' || !scene.first.accepts || !scene.second.accepts) return false;
  return texts.some((text) => text !== '' && (reference ?? '').includes(text) !== (candidate ?? '').includes(text));
}
