import type { ComparedSide } from '../../compare/compare-case.ts';
import { anyKey } from '../../compare/json/object-members.ts';
import { encodingOf, jsonIn } from '../../compare/media/body-content.ts';
import type { KeylessPlace } from '../../compare/model/divergence.ts';
import { trailOf, walkTrail } from '../../compare/rules/pointer-matcher.ts';
import { haveOtherTraits } from '../../compare/values/text-traits.ts';
import { type TargetClocks, tellOtherTimes } from '../../compare/values/timestamps.ts';
import { agree, pairBudget } from '../../compare/values/token-diff.ts';
import { formatOf } from '../../compare/values/value-format.ts';
import type { Exchange, Response } from '../../http/exchange.ts';
import { type JsonDocument, Kind, members } from '../../json/document.ts';
import { pointerShape } from '../../json/pointer.ts';
import { stringText } from '../../json/text.ts';
import { type At, type Both, keyOf, type Sampled, type SelfDiff } from '../evidence/self-diff.ts';
import { maxGeneratedKeysBodyLength, maxGeneratedKeysPlaces, maxKeys, maxSteady, maxSteadyLength } from '../limits.ts';
import { answersOf, clocksAt, reader } from '../values/sample-reader.ts';

type Place = Pick<At, 'exchange' | 'pointer'>;

/** Two sides in whose bodies some objects have a list under `*` in the place of members that are called otherwise each time. */
export interface WithoutKeys {
  readonly sides: Both<Sampled>;
  readonly places: readonly KeylessPlace[];
  /** A pointer into such a body as one into the body that came: `*` for a key. */
  readonly pointerOf: (at: At) => string;
  /** It is one of these lists, which are in no order. */
  readonly isList: (at: At) => boolean;
}

/**
 * Takes two sides that were asked several times, and what they show against themselves. Where keys of an object are generated for each
 * answer, on both sides and in one way (ids of what was just made), they name nothing that the other side could name: what they
 * hold is compared as a list. Null where there is no such object.
 */
export function withoutMadeKeys(sides: Both<Sampled>, views: Both<SelfDiff>): WithoutKeys | null {
  const read = reader();
  const places = unsteadyObjects(views).flatMap((place) => {
    const steady = steadyKeys(sides, place, read);
    return steady === null ? [] : [{ ...place, steady }];
  });
  if (places.length === 0) return null;
  const change = (side: ComparedSide) => withLists(side, places);
  const changed = sides.map(({ first, more }): Sampled => ({ first: change(first), more: more.map(change) }));
  const isList = ({ exchange, pointer }: Place) =>
    places.some((place) => place.exchange === exchange && `${place.pointer}/${anyKey}` === pointerShape(pointer));
  return {
    sides: changed as [Sampled, Sampled],
    places,
    pointerOf: (at) => pointerOf(at, isList),
    isList: (at) => at.facet === 'body' && isList(at),
  };
}

/** Where members come and go on both sides. */
function unsteadyObjects(views: Both<SelfDiff>): Place[] {
  const [reference, candidate] = views.map(({ places }) => {
    const found = new Map<string, Place>();
    for (const { exchange, facet, pointer, what } of places.values()) {
      if (facet !== 'body' || what !== 'shape' || pointer === '') continue;
      const at = { exchange, facet, pointer: pointer.slice(0, pointer.lastIndexOf('/')) } as const;
      if (found.size < maxGeneratedKeysPlaces) found.set(keyOf(at), at);
    }
    return found;
  });
  return [...reference!].flatMap(([key, place]) => (candidate!.has(key) ? [place] : []));
}

type Read = ReturnType<typeof reader>;

/** The keys that all answers of a side have; null unless all others are generated for each answer, and each answer has some. */
function steadyKeys(sides: Both<Sampled>, place: Place, read: Read): readonly string[] | null {
  const all = sides.map((side) => answersOf(side, place.exchange).map((answer) => plainKeys(answer, place, read)));
  const steady = new Set<string>();
  for (const [first, ...more] of all)
    for (const key of first ?? []) if (more.every((keys) => keys?.has(key) === true)) steady.add(key);
  const seen = new Set<string>();
  const [a, b] = all.map((answers) => {
    const own = new Set<string>();
    return answers.map((keys) => {
      const made = [...(keys ?? [])].filter((key) => !steady.has(key));
      const isNew = made.length > 0 && !made.some((key) => key === anyKey || isThereAgain(key, own, seen));
      for (const key of made) {
        own.add(key);
        seen.add(key);
      }
      return isNew ? made : null;
    });
  });
  if (a!.includes(null) || b!.includes(null) || seen.size > maxKeys || steady.size > maxSteady) return null;
  if ([...steady].some((key) => key.length > maxSteadyLength)) return null;
  const [madeA, madeB] = [a!.flatMap((keys) => keys ?? []), b!.flatMap((keys) => keys ?? [])];
  return areOfOneMake([madeA, madeB], clocksAt(sides, place.exchange)) ? [...steady] : null;
}

/** Null for a body that is too long, or encoded. */
function plainKeys(answer: Response, { pointer }: Place, read: Read): ReadonlySet<string> | null {
  const isPlain = answer.body.length <= maxGeneratedKeysBodyLength && encodingOf(answer.headers) === '';
  return isPlain ? keysAt(read(answer), pointer) : null;
}

/** The key was there on its own side, or on any; two times are the same by chance, and so are two counters that count apart. */
function isThereAgain(key: string, own: ReadonlySet<string>, seen: ReadonlySet<string>): boolean {
  if (/^(?:epoch|rfc3339|http-date)/.test(formatOf(`"${key}"`) ?? '')) return false;
  return own.has(key) || (seen.has(key) && !/\d/.test(key));
}

/** Whether both sides make keys in one way: what is the same in all of a side is the same on the other. */
function areOfOneMake([a, b]: Both<readonly string[]>, clocks: TargetClocks): boolean {
  const sides = [a, b].map((keys) => keys.map((key) => `"${key}"`));
  const [format, other, ...more] = new Set(sides.flat().map(formatOf));
  if (other !== undefined || more.length > 0 || haveOtherTraits(a, b)) return false;
  const said = { a: sides[0]!, b: sides[1]!, exact: false, clocks };
  return format === null ? agree(said, pairBudget()) : !tellOtherTimes([said.a, said.b], clocks);
}

/** The keys of all objects at a place; null where anything else is there. */
function keysAt(document: JsonDocument | null, pointer: string): ReadonlySet<string> | null {
  const keys = new Set<string>();
  const areObjects = eachAt(document, pointer, (found, node) => {
    for (const [key] of keys.size > maxKeys ? [] : members(found, node)) keys.add(stringText(found, key));
  });
  return areObjects ? keys : null;
}

/** Calls back for each object at a place; false where anything else is there. */
function eachAt(
  document: JsonDocument | null,
  pointer: string,
  take: (document: JsonDocument, node: number) => void,
): boolean {
  if (document === null) return false;
  let areObjects = true;
  walkTrail(document, trailOf([{ pointer, rule: true }]), (node) => {
    areObjects &&= document.kind[node] === Kind.object;
    if (areObjects) take(document, node);
    return false;
  });
  return areObjects;
}

function withLists(side: ComparedSide, places: readonly KeylessPlace[]): ComparedSide {
  const exchanges = side.replay.exchanges.map((exchange, at): Exchange => {
    const { outcome } = exchange;
    if (outcome.kind !== 'response') return exchange;
    const here = places.filter((place) => place.exchange === at);
    return { ...exchange, outcome: { ...outcome, body: here.reduce<Uint8Array>(withList, outcome.body) } };
  });
  return { ...side, replay: { ...side.replay, exchanges } };
}

/** A JSON text in which the objects at a place have their other members as a list. */
function withList(body: Uint8Array, { pointer, steady }: KeylessPlace): Uint8Array {
  const document = jsonIn(Buffer.from(body));
  if (document === null) return body;
  const objects: number[] = [];
  eachAt(document, pointer, (_, node) => objects.push(node));
  const pieces: Uint8Array[] = [];
  let end = 0;
  for (const node of objects.sort((a, b) => a - b)) {
    pieces.push(document.bytes.subarray(end, document.start[node]!), listed(document, node, steady));
    end = document.end[node]!;
  }
  return Buffer.concat([...pieces, document.bytes.subarray(end)]);
}

function listed(document: JsonDocument, node: number, steady: readonly string[]): Buffer {
  const [named, values]: [string[], string[]] = [[], []];
  for (const [key, value] of members(document, node))
    if (steady.includes(stringText(document, key))) named.push(spelled(document, key, value));
    else values.push(spelled(document, value, value));
  return Buffer.from(`{${[...named, `"${anyKey}":[${values.join()}]`].join()}}`, 'latin1');
}

/** The bytes from the start of one node to the end of another, as latin1. */
function spelled({ bytes, start, end }: JsonDocument, from: number, to: number): string {
  return bytes.toString('latin1', start[from], end[to]);
}

/** Behind one of the lists stands a key in the place of its name and an index. */
function pointerOf({ exchange, facet, pointer }: At, isList: (place: Place) => boolean): string {
  if (facet !== 'body') return pointer;
  const tokens = pointer.split('/');
  const isIndex = (at: number) => at > 0 && isList({ exchange, pointer: tokens.slice(0, at).join('/') });
  return tokens.filter((_, at) => !isIndex(at)).join('/');
}
