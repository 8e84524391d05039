import { type JsonDocument, Mark } from './document.ts';

const [backslash, letterU] = [0x5c, 0x75];

/** What the letter after a backslash stands for: itself, but for the controls (RFC 8259, section 7). */
const letters = new Uint8Array(128).map((_, letter) => letter);
for (const [letter, control] of Object.entries({ b: 8, t: 9, n: 10, f: 12, r: 13 }))
  letters[letter.charCodeAt(0)] = control;

/**
 * Two string nodes stand for the same text, however they are spelled, given that their sources are valid UTF-8; lone surrogates stand
 * for themselves. Makes no texts: a body may have a million strings.
 */
export function sameText(a: JsonDocument, i: number, b: JsonDocument, j: number): boolean {
  const [endA, endB] = [a.end[i]! - 1, b.end[j]! - 1];
  let [x, y] = [a.start[i]! + 1, b.start[j]! + 1];
  while (x < endA && y < endB) {
    const [byteA, byteB] = [a.bytes[x]!, b.bytes[y]!];
    if (byteA !== backslash && byteB !== backslash) {
      if (byteA !== byteB) return false;
      x += 1;
      y += 1;
    } else {
      const point = pointAt(a.bytes, x);
      if (point !== pointAt(b.bytes, y)) return false;
      x += sourceLength(a.bytes, x, point);
      y += sourceLength(b.bytes, y, point);
    }
  }
  return x === endA && y === endB;
}

/** The code point that begins at `at`, escaped or in UTF-8. */
function pointAt(source: Buffer, at: number): number {
  const byte = source[at]!;
  if (byte === backslash) return source[at + 1] === letterU ? escapedPoint(source, at) : letters[source[at + 1]!]!;
  if (byte < 0x80) return byte;
  if (byte < 0xe0) return ((byte & 0x1f) << 6) | rest(source, at + 1);
  if (byte < 0xf0) return ((byte & 0x0f) << 12) | (rest(source, at + 1) << 6) | rest(source, at + 2);
  return ((byte & 7) << 18) | (rest(source, at + 1) << 12) | (rest(source, at + 2) << 6) | rest(source, at + 3);
}

function rest(source: Buffer, at: number): number {
  return source[at]! & 0x3f;
}

/** How many bytes a code point takes where it stands. */
function sourceLength(source: Buffer, at: number, point: number): number {
  if (source[at] !== backslash) return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  return source[at + 1] === letterU ? (point > 0xffff ? 12 : 6) : 2;
}

/**
 * The text of a string node in UTF-8, escapes resolved, lone surrogates as three bytes of their own; bytes that are not UTF-8
 * as they are.
 */
export function textBytes(document: JsonDocument, node: number): Buffer {
  const [from, to] = [document.start[node]! + 1, document.end[node]! - 1];
  if ((document.marks[node]! & Mark.escaped) === 0) return document.bytes.subarray(from, to);
  const text = Buffer.allocUnsafe(to - from);
  return text.subarray(0, writeText(document.bytes.subarray(from, to), text));
}

/** Writes the text of a string's source, quotes apart, as UTF-8 to the beginning of `text`; returns its length. */
function writeText(source: Buffer, text: Buffer): number {
  let length = 0;
  for (let at = 0; at < source.length; ) {
    const byte = source[at]!;
    if (byte !== backslash) {
      text[length++] = byte;
      at += 1;
    } else if (source[at + 1] !== letterU) {
      text[length++] = letters[source[at + 1]!]!;
      at += 2;
    } else {
      const point = escapedPoint(source, at);
      length = write(text, length, point);
      at += point > 0xffff ? 12 : 6;
    }
  }
  return length;
}

/** The code point of an escape of six characters, or of the two that make a pair of surrogates. */
function escapedPoint(source: Buffer, at: number): number {
  const high = unitAt(source, at);
  if (high < 0xd800 || high > 0xdbff || source[at + 6] !== backslash || source[at + 7] !== letterU) return high;
  const low = unitAt(source, at + 6);
  return low < 0xdc00 || low > 0xdfff ? high : 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

function unitAt(source: Buffer, at: number): number {
  let unit = 0;
  for (let i = at + 2; i < at + 6; i += 1) unit = unit * 16 + hexDigit(source[i]!);
  return unit;
}

function hexDigit(byte: number): number {
  return byte > 0x39 ? (byte | 0x20) - 0x57 : byte - 0x30;
}

/** Writes a code point as UTF-8 (RFC 3629), never longer than its escape; returns where the next one goes. */
function write(text: Buffer, length: number, point: number): number {
  let at = length;
  if (point < 0x80) text[at++] = point;
  else {
    if (point < 0x800) text[at++] = 0xc0 | (point >> 6);
    else {
      if (point < 0x10000) text[at++] = 0xe0 | (point >> 12);
      else {
        text[at++] = 0xf0 | (point >> 18);
        text[at++] = 0x80 | ((point >> 12) & 0x3f);
      }
      text[at++] = 0x80 | ((point >> 6) & 0x3f);
    }
    text[at++] = 0x80 | (point & 0x3f);
  }
  return at;
}
