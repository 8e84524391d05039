import { isUtf8 } from 'node:buffer';
import type { Rung } from '../config/rules.ts';
import { type JsonDocument, JsonSyntaxError } from '../json/document.ts';
import { readJson } from '../json/read.ts';
import { decodeContent } from './decode.ts';
import { excerptBytes, excerptStart, firstDifference, longestExcerpt, shorten, visibleText } from './excerpt.ts';
import { type HeaderPairs, headerValue, headerValues } from './headers.ts';
import { compareJson, type JsonDivergence, type JsonOptions } from './json.ts';
import { charsetOf, isJsonType, isTextType, type MediaType, mediaType } from './media.ts';

/** A response body after content-decoding, and what it is. */
export interface Body {
  readonly bytes: Buffer;
  readonly type: MediaType;
  /** Why the bytes are still encoded, or null. */
  readonly problem: string | null;
}

/** A body read as what it is. */
export type Content =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json'; readonly document: JsonDocument }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary' }
  | { readonly kind: 'undecodable'; readonly problem: string };

export interface BodyComparison {
  readonly divergences: readonly JsonDivergence[];
  readonly omitted: number;
  /** The lowest rung that the bodies break, or null if they are the same bytes. */
  readonly lowest: Rung | null;
}

/** A body with its content-codings undone. */
export function bodyOf(headers: HeaderPairs, bytes: Uint8Array): Body {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoded = decodeContent(raw, headerValues(headers, 'content-encoding').join());
  const type = mediaType(headerValue(headers, 'content-type'));
  return 'problem' in decoded
    ? { bytes: raw, type, problem: decoded.problem }
    : { bytes: decoded.bytes, type, problem: null };
}

function looksLikeJson(body: Body): boolean {
  return /^(?:\xef\xbb\xbf)?[ \t\r\n]*[{[]/.test(body.bytes.toString('latin1', 0, 64));
}

/** Reads a body as what it is. `json`: try JSON first, whatever the name of its type. */
export function contentOf(body: Body, json: boolean): Content {
  if (body.problem !== null) return { kind: 'undecodable', problem: body.problem };
  if (body.bytes.length === 0) return { kind: 'empty' };
  if (json) {
    const document = readJson(body.bytes);
    if (!(document instanceof JsonSyntaxError)) return { kind: 'json', document };
  }
  const text = textOf(body);
  return text === null ? { kind: 'binary' } : { kind: 'text', text };
}

function textOf(body: Body): string | null {
  const charset = charsetOf(body.type) ?? 'utf-8';
  if (!isTextType(body.type) && !isJsonType(body.type) && body.type.essence !== '' && charsetOf(body.type) === null)
    return null;
  if (charset === 'utf-8' || charset === 'utf8')
    return isUtf8(body.bytes) && !body.bytes.includes(0) ? body.bytes.toString('utf8') : null;
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(body.bytes);
  } catch {
    // An unknown charset, or bytes that are none of its text: compared as bytes, which is never wrong.
    return null;
  }
}

const same: BodyComparison = { divergences: [], omitted: 0, lowest: null };

function one(kind: JsonDivergence['kind'], rung: Rung, sides: readonly [string | null, string | null]): BodyComparison {
  const divergence = { pointer: '', kind, rung, reference: sides[0], candidate: sides[1] };
  return { divergences: [divergence], omitted: 0, lowest: rung };
}

/** Compares two bodies on the ladder's upper three rungs. Equal bytes end it at once. */
export function compareBodies(reference: Body, candidate: Body, options: JsonOptions): BodyComparison {
  if (reference.problem === candidate.problem && reference.bytes.equals(candidate.bytes)) return same;
  const json = [reference, candidate].some((body) => isJsonType(body.type) || looksLikeJson(body));
  const [a, b] = [contentOf(reference, json), contentOf(candidate, json)];
  if (a.kind === 'json' && b.kind === 'json') return compareDocuments(a.document, b.document, options);
  if (a.kind === 'text' && b.kind === 'text' && a.text !== b.text) return compareTexts(a.text, b.text, options);
  const sides = [excerpt(reference, a), excerpt(candidate, b)] as const;
  if (a.kind !== b.kind)
    return one(a.kind === 'empty' ? 'extra' : b.kind === 'empty' ? 'missing' : 'type', 'shape', sides);
  return one('bytes', a.kind === 'text' ? 'wire' : 'value', differingBytes(reference.bytes, candidate.bytes));
}

function compareDocuments(a: JsonDocument, b: JsonDocument, options: JsonOptions): BodyComparison {
  const found = compareJson(a, b, options);
  if (found.lowest !== null) return found;
  return one('bytes', 'wire', differingBytes(a.bytes, b.bytes));
}

function compareTexts(a: string, b: string, options: JsonOptions): BodyComparison {
  if (options.sameCapture(a, b)) return one('spelling', 'wire', [shorten(visibleText(a)), shorten(visibleText(b))]);
  return one('value', 'value', differingLines(a, b));
}

/** The first line that differs, on either side; of a long one the part where it does. */
function differingLines(a: string, b: string): readonly [string, string] {
  const shorter = Math.min(a.length, b.length);
  let [at, begin, number] = [0, 0, 1];
  const next = () => {
    begin = at + 1;
    number += 1;
  };
  for (; at < shorter && a.charCodeAt(at) === b.charCodeAt(at); at += 1) if (a[at] === '\n') next();
  if (at === shorter && (a[at] ?? b[at]) === '\n') next();
  const from = begin + excerptStart(at - begin);
  const show = (text: string) => {
    if (begin > text.length) return 'ends before it';
    const line = text.slice(from, from + longestExcerpt).split('\n', 1)[0]!;
    return shorten(`line ${number}: ${from > begin ? '…' : ''}${visibleText(line)}`);
  };
  return [show(a), show(b)];
}

/** Length and a few bytes around the first one that differs, for either side. */
function differingBytes(a: Buffer, b: Buffer): readonly [string, string] {
  const at = firstDifference(a, b);
  const from = Math.max(0, at - 8);
  const show = (bytes: Buffer) =>
    `${bytes.length} bytes, at ${at}: ${shorten(excerptBytes(bytes.subarray(from, at + 24)), 150)}`;
  return [show(a), show(b)];
}

function excerpt(body: Body, content: Content): string | null {
  if (content.kind === 'empty') return null;
  if (content.kind === 'undecodable') return shorten(visibleText(content.problem));
  const text = excerptBytes(body.bytes);
  return content.kind === 'binary' ? shorten(`${body.bytes.length} bytes: ${text}`) : text;
}
