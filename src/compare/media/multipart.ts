import { compareHeaders, type HeaderPairs, headerValue } from '../headers/compare-headers.ts';
import { isMultipartType } from '../headers/media-type.ts';
import type { JsonOptions } from '../json/json-options.ts';
import { timesText } from '../json/object-members.ts';
import { shorten, visibleText } from '../model/excerpt.ts';
import { below, type Location, rootLocation } from '../model/location.ts';
import { judgeBelow } from '../model/value-judge.ts';
import { rulesBelow } from '../rules/compiled-rules.ts';
import {
  type Body,
  type BodyComparison,
  type BodyReader,
  bodyOf,
  excerptBody,
  one,
  otherBytes,
  placed,
  type ReaderContext,
  readBoth,
  same,
  spared,
  together,
} from './body-content.ts';
import { type Multipart, type Part, partsOf } from './multipart-parts.ts';

/** Multipart bodies (RFC 2046, section 5.1) part by part: pointers are `/parts/NAME`, boundaries mean nothing at any rung. */
export const readMultipart: BodyReader = (reference, candidate, context) => {
  if (!isMultipartType(reference.type) && !isMultipartType(candidate.type)) return null;
  return readBoth([reference, candidate], partsOf, (a, b) => {
    const found = compareMultiparts(a, b, context);
    if (found.lowest !== null) return found;
    // Under one boundary, bytes that differ differ in something else.
    const boundaries = [reference, candidate].map(
      (body) => body.type.parameters.find(([name]) => name === 'boundary')?.[1],
    );
    return boundaries[0] !== boundaries[1] && sameButBoundary(a, b) ? same : otherBytes(reference, candidate);
  });
};

function sameButBoundary(a: Multipart, b: Multipart): boolean {
  if (a.parts.length !== b.parts.length || !a.around.equals(b.around)) return false;
  return a.parts.every((part, i) => part.raw.equals(b.parts[i]!.raw));
}

const partsPlace = below(rootLocation, 'parts');

type Named = ReadonlyMap<string | number, readonly Part[]>;

/** Parts by name, those without one by their index. */
function byName(parts: readonly Part[]): Named {
  const named = new Map<string | number, Part[]>();
  for (const [index, part] of parts.entries()) {
    const key = part.name ?? index;
    const others = named.get(key);
    if (others === undefined) named.set(key, [part]);
    else others.push(part);
  }
  return named;
}

function compareMultiparts(a: Multipart, b: Multipart, context: ReaderContext): BodyComparison {
  const [namesA, namesB] = [byName(a.parts), byName(b.parts)];
  const found: BodyComparison[] = [];
  if (a.closed !== b.closed) found.push(placed(partsPlace, one('value', 'value', [closedText(a), closedText(b)])));
  if (otherOrder(namesA, namesB))
    found.push(placed(partsPlace, one('order', 'wire', [namesText(namesA), namesText(namesB)])));
  for (const name of new Set([...namesA.keys(), ...namesB.keys()])) {
    const place = below(partsPlace, name);
    if (context.options.rules.ignored(place.a) === 'nothing') continue;
    found.push(...compareNamed([namesA.get(name) ?? [], namesB.get(name) ?? []], place, context));
  }
  return together(found);
}

function closedText({ closed }: Multipart): string {
  return closed ? 'the last boundary is there' : 'the last boundary is not there';
}

function otherOrder(a: Named, b: Named): boolean {
  const common = [...a.keys()].filter((name) => b.has(name));
  const other = [...b.keys()].filter((name) => a.has(name));
  return common.some((name, i) => name !== other[i]);
}

function namesText(names: Named): string {
  return shorten(visibleText([...names.keys()].join(', ')));
}

type Pair<T> = readonly [reference: T, candidate: T];

function compareNamed([a, b]: Pair<readonly Part[]>, place: Location, context: ReaderContext): BodyComparison[] {
  const excerpt = (parts: readonly Part[]) => excerptBody(inner(parts[0]!));
  if (b.length === 0) return [placed(place, one('missing', 'shape', [excerpt(a), null]))];
  if (a.length === 0) return [placed(place, one('extra', 'shape', [null, excerpt(b)]))];
  const pairs = a.slice(0, b.length).map((part, i) => [part, b[i]!] as const);
  const found = pairs.flatMap((pair) => comparePair(pair, place, context));
  if (a.length === b.length) return found;
  const times: Pair<string> = [timesText([...a.keys()]), timesText([...b.keys()])];
  return [placed(place, one('duplicate', 'value', times)), ...found];
}

function inner(part: Part): Body {
  return bodyOf(part.headers, part.bytes);
}

function comparePair([a, b]: Pair<Part>, place: Location, { options, inside }: ReaderContext): BodyComparison[] {
  const rules = rulesBelow(options.rules, place);
  const body = placed(place, inside(inner(a), inner(b), { ...options, rules, ...judgeBelow(options.judge, place) }));
  return [...compareHeads([a, b], place, options), body];
}

/** What the head of a part says of it (RFC 2045, sections 5 to 8; RFC 9110, sections 8.5 and 14.6). */
const names = [
  'content-disposition',
  'content-id',
  'content-language',
  'content-range',
  'content-transfer-encoding',
  'content-type',
];

/** Where the headers of two parts differ: pointers are `/parts/NAME/headers/content-type`. */
function compareHeads([a, b]: Pair<Part>, place: Location, options: JsonOptions): BodyComparison[] {
  const [reference, candidate] = [a, b].map((part) => ({ headers: withType(part.headers), origin: '' }));
  const found = compareHeaders(reference!, candidate!, { names, ...options });
  return found.flatMap(({ name, kind, ...sides }) => {
    const there = below(below(place, 'headers'), name);
    const ignored = options.rules.ignored(there.a);
    if (ignored === 'nothing' || (ignored === 'type' && kind === 'value')) return [];
    const texts = [sides.reference ?? '', sides.candidate ?? ''] as const;
    const difference = { a: there.a, b: there.b, texts, hasPieces: true, shown: () => texts };
    const judged = kind === 'value' && options.judge !== undefined ? options.judge(difference) : kind;
    return [judged === null ? spared : placed(there, one(judged, 'value', [sides.reference, sides.candidate]))];
  });
}

/** A part that names no type is plain text (RFC 7578, section 4.4). */
function withType(headers: HeaderPairs): HeaderPairs {
  return headerValue(headers, 'content-type') === null ? [...headers, ['content-type', 'text/plain']] : headers;
}
