import { isUtf8 } from 'node:buffer';
import type { JsonDocument } from '../../json/document.ts';
import { maxExcerptLength, maxScanned } from '../limits.ts';

/** Nearly all texts are, and this is told at once. */
const plain = /^[ -~]*$/;
const unsafe = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]/gu;
const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  return named[character] ?? (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`);
}

/** Text with every character that does not show, or that could steer a terminal, written out: `\n`, `\x1b`, `\u{202e}`. */
export function visibleText(text: string): string {
  return plain.test(text) ? text : text.replace(unsafe, escapeCharacter);
}

/** Cuts a text to `limit` characters, never inside a pair of surrogates, with `…` at the end if something went. */
export function shorten(text: string, limit = maxExcerptLength): string {
  if (text.length <= limit) return text;
  const end = /[\uD800-\uDBFF]$/.test(text.slice(0, limit - 1)) ? limit - 2 : limit - 1;
  return `${text.slice(0, end)}…`;
}

/** At most `longestExcerpt` characters of bytes, as visible text; bytes that are not UTF-8 as `\xff`. */
export function excerptBytes(bytes: Buffer): string {
  const head = bytes.subarray(0, maxExcerptLength * 4);
  const asAscii = head.toString('latin1');
  if (plain.test(asAscii)) return shorten(asAscii);
  return shorten(isUtf8(head) ? visibleText(head.toString('utf8')) : decodeLoosely(head));
}

function decodeLoosely(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at]!;
    const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    const part = bytes.subarray(at, at + length);
    const valid = isUtf8(part);
    text += valid ? visibleText(part.toString('utf8')) : `\\x${lead.toString(16)}`;
    at += valid ? length : 1;
  }
  return text;
}

/** The source of a JSON node as one visible line, white space between tokens left out. */
export function excerptNode(document: JsonDocument, node: number): string {
  return excerptRange(document, document.start[node]!, document.end[node]!);
}

/** The source behind a byte at which a token begins that is not the first, as one visible line, with `…` for what is before it. */
export function excerptSource(document: JsonDocument, from: number): string {
  return shorten(`…${excerptRange(document, from, document.end[0]!)}`);
}

function excerptRange({ bytes }: JsonDocument, from: number, to: number): string {
  const end = Math.min(to, from + maxScanned);
  const kept: number[] = [];
  let quoted = false;
  for (let at = from; at < end && kept.length < maxExcerptLength * 4; at += 1) {
    const byte = bytes[at]!;
    if (byte === 0x22) quoted = !quoted;
    if (quoted && byte === 0x5c) kept.push(bytes[at++]!);
    if (quoted || !(byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)) kept.push(bytes[at]!);
  }
  const text = excerptBytes(Buffer.from(kept));
  return end < to ? shorten(`${text}…`) : text;
}

/** How much of the common beginning of two long texts an excerpt keeps. */
const keptBefore = 60;

/** Where excerpts of two long texts that differ first at `at` begin: so that they show the difference. */
export function excerptStart(at: number): number {
  return at < maxExcerptLength / 2 ? 0 : at - keptBefore;
}

interface Leaf {
  readonly document: JsonDocument;
  readonly node: number;
}

/** The sources of two scalars that differ; of long ones the part where they do, with `…` before it. */
export function excerptScalars(a: Leaf, b: Leaf): readonly [string, string] {
  const [bytesA, bytesB] = [leafBytes(a), leafBytes(b)];
  const start = excerptStart(firstDifference(bytesA, bytesB));
  const show = (bytes: Buffer) => {
    let from = Math.min(start, bytes.length);
    while ((bytes[from]! & 0xc0) === 0x80 && start - from < 3) from -= 1;
    const text = excerptBytes(bytes.subarray(from));
    return from === 0 ? text : shorten(`…${text}`);
  };
  return [show(bytesA), show(bytesB)];
}

function leafBytes({ document, node }: Leaf): Buffer {
  return document.bytes.subarray(document.start[node]!, document.end[node]!);
}

/** The index of the first byte or character that differs; the shorter length if there is none. */
export function firstDifference(a: ArrayLike<number | string>, b: ArrayLike<number | string>): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

/** Whether a document begins with a byte-order mark, in words. */
export function bomText({ bom }: JsonDocument): string {
  return bom ? 'begins with a byte-order mark' : 'no byte-order mark';
}

/** So many characters before it show where a difference is. */
const before = 20;

/** Two texts of which `room` characters are shown, from shortly before where they differ if they are alike for so long. */
export function fromDifference(
  a: string | null,
  b: string | null,
  room: number,
): readonly [string | null, string | null] {
  if (a === null || b === null || a === b || Math.max(a.length, b.length) <= room) return [a, b];
  const same = firstDifference(a, b);
  if (same <= Math.max(room - before, before)) return [a, b];
  const start = same - before + (/[\uDC00-\uDFFF]/.test(a.charAt(same - before)) ? 1 : 0);
  return [`…${a.slice(start)}`, `…${b.slice(start)}`];
}
