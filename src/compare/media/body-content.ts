import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { type Rung, rungs } from '../../config/rules.ts';
import { type JsonDocument, JsonSyntaxError } from '../../json/document.ts';
import { readJson } from '../../json/read.ts';
import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import { XmlError } from '../../xml/parse.ts';
import { readXml } from '../../xml/read.ts';
import { declaredCharset, looksLikeXml } from '../../xml/text.ts';
import { type HeaderPairs, headerValue, headerValues } from '../headers/compare-headers.ts';
import {
  charsetOf,
  isJsonType,
  isLinesType,
  isTextType,
  isXmlType,
  type MediaType,
  mediaType,
  neverJson,
} from '../headers/media-type.ts';
import type { JsonOptions } from '../json/json-options.ts';
import { maxShortLength } from '../limits.ts';
import type { JsonDivergence } from '../model/divergence-list.ts';
import { Room } from '../model/divergence-list.ts';
import { excerptBytes, firstDifference, shorten, visibleText } from '../model/excerpt.ts';
import type { Location } from '../model/location.ts';
import { decodeContent } from './content-encoding.ts';

/** A response body after content-decoding, and what it is. */
export interface Body {
  readonly bytes: Buffer;
  readonly type: MediaType;
  /** Why the bytes are still encoded, or null. */
  readonly problem: string | null;
}

export interface BodyComparison {
  readonly divergences: readonly JsonDivergence[];
  readonly omitted: number;
  /** The lowest rung that the bodies break, or null if they are the same bytes. */
  readonly lowest: Rung | null;
}

/** A body read as what it is. */
export type Content =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json'; readonly document: JsonDocument }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary' }
  | { readonly kind: 'undecodable'; readonly problem: string };

/** Compares two bodies of one kind, the reference first; null if neither is of that kind. */
export type BodyReader = (reference: Body, candidate: Body, context: ReaderContext) => BodyComparison | null;

export interface ReaderContext {
  readonly options: JsonOptions;
  /** Compares two bodies that stand inside these, under the rules given. */
  readonly inside: (reference: Body, candidate: Body, options: JsonOptions) => BodyComparison;
}

const headOf = memoizeBounded(256, (headers: HeaderPairs) => ({
  encoding: headerValues(headers, 'content-encoding').join(),
  type: mediaType(headerValue(headers, 'content-type')),
}));

/** The value of Content-Encoding (RFC 9110, section 8.4), empty if there is none. */
export function encodingOf(headers: HeaderPairs): string {
  return headOf(headers).encoding;
}

/** What Content-Type says. */
export function typeOf(headers: HeaderPairs): MediaType {
  return headOf(headers).type;
}

/** A body with its content-codings undone. */
export function bodyOf(headers: HeaderPairs, bytes: Uint8Array): Body {
  const raw = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { encoding, type } = headOf(headers);
  const decoded = decodeContent(raw, encoding);
  return 'problem' in decoded
    ? { bytes: raw, type, problem: decoded.problem }
    : { bytes: decoded.bytes, type, problem: null };
}

/** A body begins as a JSON object or array does. */
export function looksLikeJson(body: Body): boolean {
  return /^(?:\xef\xbb\xbf)?[ \t\r\n]*[{[]/.test(body.bytes.toString('latin1', 0, 64));
}

/** A short body is read by the comparison, and by what looks into the answers afterwards. */
const shortDocument = memoizeBounded(64, documentOf);

function documentOf(bytes: Buffer): JsonDocument | null {
  const document = readJson(bytes);
  return document instanceof JsonSyntaxError ? null : document;
}

/** A body read as JSON (RFC 8259), or null. */
export function jsonOf(body: Body): JsonDocument | null {
  return jsonIn(body.bytes);
}

/** Bytes read as JSON (RFC 8259), or null. They must not change afterwards. */
export function jsonIn(bytes: Buffer): JsonDocument | null {
  return bytes.length > maxShortLength ? documentOf(bytes) : shortDocument(bytes);
}

/** Several bodies read as XML together, where they are text that can be; null for each that is not. */
export function xmlOf(bodies: readonly Body[]): (JsonDocument | null)[] {
  const texts = bodies.map((body) => (body.problem === null ? textOf(body) : null));
  const read = readXml(texts.filter((text) => text !== null))[Symbol.iterator]();
  return texts.map((text) => {
    const found = text === null ? null : read.next().value;
    return found instanceof XmlError ? null : (found ?? null);
  });
}

/** A body read as JSON, or by its type as XML; null for anything else. */
export function treeOf(body: Body): JsonDocument | null {
  return isXmlType(body.type) && looksLikeXml(body.bytes) ? (xmlOf([body])[0] ?? null) : jsonOf(body);
}

/** A body as text in the charset that it names, UTF-8 if it names none; null if its type is not text or its bytes are none. */
export function textOf(body: Body): string | null {
  const named = charsetOf(body.type);
  if (!isTextType(body.type) && !isJsonType(body.type) && body.type.essence !== '' && named === null) return null;
  const charset = named ?? (isXmlType(body.type) ? declaredCharset(body.bytes) : null) ?? 'utf-8';
  if (charset === 'utf-8' || charset === 'utf8')
    return isUtf8(body.bytes) && !body.bytes.includes(0) ? body.bytes.toString('utf8') : null;
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(body.bytes);
  } catch {
    // An unknown charset, or bytes that are none of its text: compared as bytes, which is never wrong.
    return null;
  }
}

/** Reads one body as what it is. `json`: try JSON first, whatever the name of its type. */
export function contentOf(body: Body, json: boolean): Content {
  if (body.problem !== null) return { kind: 'undecodable', problem: body.problem };
  if (body.bytes.length === 0) return { kind: 'empty' };
  const document = json ? jsonOf(body) : null;
  if (document !== null) return { kind: 'json', document };
  const text = textOf(body);
  return text === null ? { kind: 'binary' } : { kind: 'text', text };
}

/** What a comparison of equal bodies finds. */
export const same: BodyComparison = { divergences: [], omitted: 0, lowest: null };

/** What a comparison finds where all that differs is forgiven. */
export const spared: BodyComparison = { divergences: [], omitted: 0, lowest: 'wire' };

type Sides = readonly [reference: string | null, candidate: string | null];

/** A comparison that found one divergence, of the whole bodies unless a pointer says otherwise. */
export function one(kind: JsonDivergence['kind'], rung: Rung, [reference, candidate]: Sides): BodyComparison {
  return { divergences: [{ pointer: '', kind, rung, reference, candidate }], omitted: 0, lowest: rung };
}

/** Bodies that mean the same in other bytes: length and a few bytes around the first that differs. */
export function otherBytes(reference: Body, candidate: Body): BodyComparison {
  return one('bytes', 'wire', differingBytes(reference.bytes, candidate.bytes));
}

/** Bodies of different kinds. A side whose content type says something else of it tells so. */
export function otherKind(reference: Body, candidate: Body): BodyComparison {
  return one('type', 'shape', [sideOf(reference), sideOf(candidate)]);
}

function sideOf(body: Body): string {
  const fault = typeFault(body);
  return fault === null ? excerptBody(body) : shorten(`${fault}: ${excerptBody(body)}`);
}

/** The beginning of a body, or why it cannot be read, as visible text. */
export function excerptBody(body: Body): string {
  if (body.problem !== null) return shorten(visibleText(body.problem));
  const text = excerptBytes(body.bytes);
  return contentOf(body, looksLikeJson(body)).kind === 'binary'
    ? shorten(`${body.bytes.length} bytes, sha-256 ${digest(body.bytes)}: ${text}`)
    : text;
}

/** How a body belies its own content type (it says JSON and is none, or the reverse), as half a sentence; null if it does not. */
export function typeFault(body: Body): string | null {
  if (body.problem !== null || body.bytes.length === 0 || isLinesType(body.type)) return null;
  const says = `the content type says ${shorten(body.type.essence, 80)}`;
  if (isJsonType(body.type)) return jsonOf(body) === null ? `${says}, the body is not JSON` : null;
  if (isXmlType(body.type)) return xmlFault(body, says);
  return neverJson(body.type) && looksLikeJson(body) && jsonOf(body) !== null ? `${says}, the body is JSON` : null;
}

function xmlFault(body: Body, says: string): string | null {
  if (looksLikeJson(body) && jsonOf(body) !== null) return `${says}, the body is JSON`;
  const text = textOf(body);
  const [found] = text === null ? [] : readXml([text]);
  return found instanceof XmlError ? `${says}, the body is ${found.message}` : null;
}

/** The first twelve hex digits of the SHA-256 of some bytes. */
export function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 12);
}

/** Length, `about` and a few bytes around the first one that differs, for either side. */
export function differingBytes(a: Buffer, b: Buffer, about: (bytes: Buffer) => string = () => ''): [string, string] {
  const at = firstDifference(a, b);
  const from = Math.max(0, at - 8);
  const show = (bytes: Buffer) =>
    `${bytes.length} bytes${about(bytes)}, at ${at}: ${shorten(excerptBytes(bytes.subarray(from, at + 24)), 150)}`;
  return [show(a), show(b)];
}

/** What was found in two bodies that stand at a place of others. */
export function placed({ a }: Location, found: BodyComparison): BodyComparison {
  return { ...found, divergences: found.divergences.map((each) => ({ ...each, pointer: a + each.pointer })) };
}

/** Compares what `read` makes of both bodies; of one side alone it makes another kind, of neither null. */
export function readBoth<T extends object>(
  [reference, candidate]: readonly [Body, Body],
  read: (body: Body) => T | null,
  compare: (a: T, b: T) => BodyComparison,
): BodyComparison | null {
  const [a, b] = [read(reference), read(candidate)];
  if (a === null && b === null) return null;
  return a === null || b === null ? otherKind(reference, candidate) : compare(a, b);
}

/** Several comparisons as one, in their order. */
export function together(found: readonly BodyComparison[]): BodyComparison {
  const divergences: JsonDivergence[] = [];
  const room = new Room(divergences);
  let omitted = 0;
  for (const comparison of found) {
    omitted += comparison.omitted;
    for (const divergence of comparison.divergences) {
      if (room.takes(divergence, () => divergence.pointer)) divergences.push(divergence);
      else omitted += 1;
    }
  }
  const broken = new Set(found.map((comparison) => comparison.lowest));
  return { divergences, omitted, lowest: rungs.find((rung) => broken.has(rung)) ?? null };
}
