import { onlyReads } from '../cases/every-step.ts';
import { headerValue, meaningsIn } from '../compare/headers/compare-headers.ts';
import { isVolatile, references } from '../compare/headers/header-grammars.ts';
import { membersOf } from '../compare/json/object-members.ts';
import { maxReadLength } from '../compare/limits.ts';
import { bodyOf, jsonIn, jsonOf, textOf } from '../compare/media/body-content.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import { formatOf, isName, type ValueFormat } from '../compare/values/value-format.ts';
import type { Exchange, Response, SentRequest, TargetReplay } from '../http/exchange.ts';
import { Kind } from '../json/document.ts';
import { foldData, pointerShape } from '../json/pointer.ts';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import { shortHash } from '../structures/short-hash.ts';
import { readPointer } from '../xml/body-pointer.ts';
import { valueKind } from './identity.ts';
import { maxOccurrences, maxOccurrencesMembers } from './limits.ts';
import type { Placed } from './place.ts';
import { isSteady } from './steady.ts';

/** Where a finding was seen, and what was seen there: an acceptance covers the occurrences that it was given for. */
export interface Occurrence {
  /** Id of the case. */
  readonly case: string;
  /** Short hash of the case and its step; of a class that is not proved, also of the trait of the request. */
  readonly place: string;
  /** Short hash of the pair of values or statuses; `noisy` where a value is noise, and is not compared. */
  readonly pair: string;
  /** Both sides for people, masked later; null for a side that has nothing there. */
  readonly reference: string | null;
  readonly candidate: string | null;
}

/** The pair of an occurrence whose values are noise. */
export const noisyPair = '0';

const [placeLength, pairLength] = [5, 5];

/** Gathers the occurrences of a finding, each place and pair once. */
export function occurrenceTally(name: string): { add(placed: Placed): void; told(): Occurrence[] } {
  const found = new Map<string, Occurrence>();
  return {
    add(placed) {
      const one = found.size < maxOccurrences ? occurrenceOf(placed, name) : null;
      if (one !== null) found.set(`${one.place} ${one.pair}`, found.get(`${one.place} ${one.pair}`) ?? one);
    },
    told: () => [...found.values()],
  };
}

function occurrenceOf(placed: Placed, name: string): Occurrence {
  const { compared, divergence } = placed;
  const isClass = name !== 'unexplained' && name !== 'nondeterministic';
  const sent = compared.reference.exchanges[divergence.exchange] ?? compared.candidate.exchanges[divergence.exchange];
  const place = [
    compared.testCase.id,
    sent?.step ?? 0,
    isClass && sent !== undefined ? requestTrait(sent.request) : '',
  ];
  const statuses = statusesOf(placed);
  const isByStatus = isClass && statuses[0] !== statuses[1];
  const [reference, candidate] = isByStatus ? statuses : [divergence.reference, divergence.candidate];
  return {
    case: compared.testCase.id,
    place: shortHash(place.join('\n'), placeLength),
    pair: isClass ? hashPair([...statuses, placed.recognised?.form ?? '']) : valuePair(placed),
    reference,
    candidate,
  };
}

function hashPair(parts: readonly (string | null)[]): string {
  return shortHash(JSON.stringify(parts), pairLength);
}

function statusesOf({ compared, divergence: { exchange } }: Placed): [string, string] {
  const statusOf = ({ exchanges }: TargetReplay) => {
    const outcome = exchanges[exchange]?.outcome;
    return outcome?.kind === 'response' ? String(outcome.status) : 'no answer';
  };
  return [statusOf(compared.reference), statusOf(compared.candidate)];
}

/** Kinds that say all by themselves: both sides vary, or the same things come in another order. */
const wholeKinds: readonly Divergence['kind'][] = ['format', 'order', 'duplicate'];

/** Headers of which the values are ids, tags or times by nature: their parts say what differs, see `headerForms`. */
function isGenerated(name: string): boolean {
  return name === 'etag' || name === 'set-cookie' || isVolatile(name);
}

function valuePair(placed: Placed): string {
  const { divergence } = placed;
  const { facet, kind, noisy, varies, relation, reference, candidate, pointer } = divergence;
  if (noisy !== undefined || varies === true || relation !== undefined) return noisyPair;
  if (wholeKinds.includes(kind) || (facet === 'headers' && isGenerated(pointer.slice(1)))) return hashPair([kind]);
  const isOneSided = kind === 'missing' || kind === 'extra';
  const likes = [...(isOneSided ? itemsLike(placed) : []), ...sharedStatus(placed)];
  if ((isOneSided || kind === 'type') && !isSteady(placed))
    return hashPair([kind, valueKind(reference), valueKind(candidate), ...likes]);
  const formats = madeOnWriting(placed);
  if (formats !== null) return hashPair([...formats, ...likes]);
  const whole = facet === 'headers' ? listValue : wholeValue;
  const sides = [placed.compared.reference, placed.compared.candidate].map((replay) => whole(replay, divergence));
  return hashPair([sides[0] ?? reference, sides[1] ?? candidate, ...likes]);
}

/** The status of both answers, where it is not the usual one: the same words in another answer are another matter. */
function sharedStatus(placed: Placed): string[] {
  const [a, b] = statusesOf(placed);
  return a === b && a !== '200' ? [`both ${a}`] : [];
}

/** Of an item that one side lacks how many such items there are: a list that is shorter by two is not one that is shorter by one. */
function itemsLike({ compared, divergence }: Placed): string[] {
  const key = itemKey(divergence);
  return key === null ? [] : [String(oneSidedItems(compared.comparison.divergences).get(key))];
}

/** Counted once for each list of divergences. */
const oneSidedItems = memoizeBounded(16, (divergences: readonly Divergence[]) => {
  const counts = new Map<string, number>();
  for (const key of divergences.map(itemKey)) if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
});

function itemKey({ exchange, facet, kind, pointer }: Divergence): string | null {
  const isItem = facet === 'body' && /\/\d+$/.test(pointer);
  return isItem ? [exchange, kind, pointerShape(pointer)].join(' ') : null;
}

/** The formats of two ids or times in the answer to a request that writes: it may have been sent once, and makes new ones each time. */
function madeOnWriting({ compared, divergence }: Placed): [string, string] | null {
  const method = compared.reference.exchanges[divergence.exchange]?.request.method ?? 'GET';
  if (divergence.facet !== 'body' || onlyReads(method)) return null;
  const [a, b] = [divergence.reference, divergence.candidate].map((side) => formatOf(side ?? ''));
  return a == null || b == null ? null : [nameOf(a), nameOf(b)];
}

/** Not how a time is written: zeros at its end come and go. */
function nameOf(format: ValueFormat): string {
  return isName(format) ? format : 'a time';
}

/**
 * What a side says in a header that lists several things, in one order: a service that is started anew may write them in another. Null
 * where the header is no such list, or says something else on each target.
 */
function listValue({ exchanges }: TargetReplay, { exchange, pointer }: Divergence): string | null {
  const [outcome, name] = [exchanges[exchange]?.outcome, pointer.slice(1)];
  if (outcome?.kind !== 'response' || references.has(name)) return null;
  const [said, ...more] = meaningsIn({ headers: outcome.headers, origin: '' }, name);
  return said === undefined || more.length > 0 || said.parts.length < 2 ? null : said.text;
}

/** The whole value of a side where its excerpt is cut; null where the excerpt is all, or the value cannot be found. */
function wholeValue({ exchanges }: TargetReplay, divergence: Divergence): string | null {
  const { facet, exchange, pointer, reference, candidate } = divergence;
  const isCut = [reference, candidate].some((side) => side?.includes('…'));
  const outcome = exchanges[exchange]?.outcome;
  if (facet !== 'body' || outcome?.kind !== 'response' || !(isCut || pointer === '')) return null;
  return valueAt(outcome, pointer);
}

/** An answer of many divergences is read once. */
const readBody = memoizeBounded(4, (outcome: Response) => bodyOf(outcome.headers, outcome.body));

function valueAt(outcome: Exchange['outcome'], pointer: string): string | null {
  if (outcome.kind !== 'response' || outcome.body.length > maxReadLength) return null;
  const body = readBody(outcome);
  if (body.problem !== null || body.bytes.length > maxReadLength) return null;
  if (pointer === '' && jsonOf(body) === null) return textOf(body) ?? body.bytes.toString('base64');
  return readPointer(body.bytes, pointer)?.text ?? null;
}

/**
 * What kind of request it is, whatever its values are: method, names in the query, media types, and the outermost members of a
 * JSON body by their kinds. An unproved class that is accepted for one kind of request says nothing about another.
 */
const requestTrait = memoizeBounded(64, ({ method, path, headers, body }: SentRequest): string => {
  const query = path.includes('?') ? path.slice(path.indexOf('?') + 1) : '';
  const names = [...new Set(query.split('&').map((part) => foldData(part.split('=', 1)[0]!)))].sort();
  const types = ['content-type', 'accept'].map((name) => headerValue(headers, name)?.split(';', 1)[0]?.toLowerCase());
  return JSON.stringify([method, names, types, body === null ? null : bodyTrait(body)]);
});

function bodyTrait(bytes: Uint8Array): string {
  if (bytes.length === 0 || bytes.length > maxReadLength) return bytes.length === 0 ? 'empty' : 'long';
  const document = jsonIn(Buffer.from(bytes));
  if (document === null) return 'no JSON';
  if (document.kind[0] !== Kind.object) return `kind ${document.kind[0]}`;
  const kindOf = (key: number) => (document.kind[key + 1] === Kind.false ? Kind.true : document.kind[key + 1]);
  const members = [...membersOf(document, 0)].map(([name, keys]) => `${foldData(name)} ${keys.map(kindOf).join()}`);
  return members.sort().slice(0, maxOccurrencesMembers).join('\n');
}
