import { type JsonDocument, Kind, Mark } from './document.ts';
import { sameText } from './unescape.ts';

const simple: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Stands before an invalid byte (0x100 + byte), and is doubled where the text itself holds it: no two texts collide. */
const guard = '\uFFFE';

function guarded(text: string): string {
  return text.includes(guard) ? text.replaceAll(guard, guard + guard) : text;
}

/** The least code point of a UTF-8 sequence of so many bytes: below it the sequence is overlong. */
const least = [0, 0, 0x80, 0x800, 0x10000];

/** Length of the valid UTF-8 sequence at `at` (RFC 3629), or 0. */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  let point = lead & (0x7f >> length);
  for (let i = at + 1; i < at + length; i += 1) {
    const byte = bytes[i] ?? 0;
    if ((byte & 0xc0) !== 0x80) return 0;
    point = (point << 6) | (byte & 0x3f);
  }
  const valid = lead >= 0xc0 && lead < 0xf8 && point >= least[length]! && point <= 0x10ffff;
  return valid && (point < 0xd800 || point > 0xdfff) ? length : 0;
}

/** Decodes what is not UTF-8: the valid parts as they are, invalid bytes one by one as guard + (0x100 + byte). */
function decodeInvalid(bytes: Buffer): string {
  const parts: string[] = [];
  let from = 0;
  while (from < bytes.length) {
    const isValid = sequenceLength(bytes, from) > 0;
    let to = from;
    for (let length = 1; to < bytes.length; to += isValid ? length : 1) {
      length = sequenceLength(bytes, to);
      if (length > 0 !== isValid) break;
    }
    parts.push(isValid ? guarded(bytes.toString('utf8', from, to)) : guardedBytes(bytes.subarray(from, to)));
    from = to;
  }
  return parts.join('');
}

/** Invalid bytes, each as guard + (0x100 + byte). */
function guardedBytes(bytes: Buffer): string {
  const units = Buffer.alloc(bytes.length * 4);
  for (let i = 0; i < bytes.length; i += 1) units.writeUInt32LE(((0x100 + bytes[i]!) << 16) | 0xfffe, i * 4);
  return units.toString('utf16le');
}

function resolveEscapes(source: string): string {
  return source.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (simple[letter!] ?? letter!) : guarded(String.fromCharCode(Number.parseInt(hex, 16))),
  );
}

/**
 * The text of a string node: escapes resolved, lone surrogates kept, invalid bytes kept apart. Two string nodes mean the
 * same exactly if their texts are equal. For showing, use an escaper: the text may hold U+FFFE guards and controls.
 */
export function stringText(document: JsonDocument, node: number): string {
  const [start, end, marks] = [document.start[node]!, document.end[node]!, document.marks[node]!];
  if (marks === 0) return document.bytes.toString('latin1', start + 1, end - 1);
  if (marks & Mark.invalid) return resolveEscapes(decodeInvalid(document.bytes.subarray(start + 1, end - 1)));
  const text: string = JSON.parse(document.bytes.toString('utf8', start, end));
  return guarded(text);
}

/** Text that needs no escape and is ASCII: its own source. */
const plain = /^[ !#-[\]-~]*$/;

/**
 * The source of a string with this text, one character for each byte: the escapes that JSON demands and no others, in UTF-8.
 * The inverse of `stringText`: guards give the bytes back that they stand for.
 */
export function rawString(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  const parts = JSON.stringify(text).split(/(\uFFFE[\uFFFE\u0180-\u01FF])/);
  return parts.map((part, i) => (i % 2 === 0 ? latin1(part) : unguarded(part))).join('');
}

function latin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function unguarded(pair: string): string {
  return pair.endsWith(guard) ? latin1(guard) : String.fromCharCode(pair.charCodeAt(1) - 0x100);
}

/** The string holds bytes that are not UTF-8, or a lone surrogate: text that is not Unicode. */
export function isBroken(document: JsonDocument, node: number): boolean {
  const marks = document.marks[node]!;
  if (marks & Mark.invalid) return true;
  return (marks & Mark.escaped) !== 0 && /\p{Cs}/u.test(stringText(document, node));
}

/** The source bytes of a node as text, one character for each byte. Lossless: `Buffer.from(text, 'latin1')` gives the bytes. */
export function sourceText(document: JsonDocument, node: number): string {
  return document.bytes.toString('latin1', document.start[node]!, document.end[node]!);
}

/** Both nodes are spelled with the same bytes. */
export function sameSource(a: JsonDocument, i: number, b: JsonDocument, j: number): boolean {
  const length = a.end[i]! - a.start[i]!;
  if (length !== b.end[j]! - b.start[j]!) return false;
  if (length > 24) return a.bytes.compare(b.bytes, b.start[j]!, b.end[j]!, a.start[i]!, a.end[i]!) === 0;
  for (let k = 0, x = a.start[i]!, y = b.start[j]!; k < length; k += 1, x += 1, y += 1)
    if (a.bytes[x] !== b.bytes[y]) return false;
  return true;
}

/** A string node means this text, which is ASCII. */
export function hasText(document: JsonDocument, node: number, text: string): boolean {
  if (document.marks[node] !== 0) return stringText(document, node) === text;
  const from = document.start[node]! + 1;
  if (document.end[node]! - 1 - from !== text.length) return false;
  for (let i = 0; i < text.length; i += 1) if (document.bytes[from + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Two string nodes mean the same text, however they are spelled. */
export function sameString(a: JsonDocument, i: number, b: JsonDocument, j: number): boolean {
  if (sameSource(a, i, b, j)) return true;
  const marks = a.marks[i]! | b.marks[j]!;
  if ((marks & Mark.escaped) === 0) return false;
  if (marks & Mark.invalid) return stringText(a, i) === stringText(b, j);
  return sameText(a, i, b, j);
}

/** Both are booleans, or of one kind: what the ladder calls a kind of value. */
export function sameKind(a: number, b: number): boolean {
  return a === b || (isBoolean(a) && isBoolean(b));
}

function isBoolean(kind: number): boolean {
  return kind === Kind.true || kind === Kind.false;
}
