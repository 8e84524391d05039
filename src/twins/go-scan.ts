import type { JsonValue } from './json-value.ts';
import { goText } from './utf8.ts';

/** What encoding/json refuses, in its own words. */
export class GoJsonError extends Error {}

const MAX_DEPTH = 10_000;
const SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

interface Scan {
  /** Bytes as latin1: the scanner of encoding/json looks at bytes. */
  readonly text: string;
  at: number;
}

interface Frame {
  readonly value: JsonValue[] | { readonly pairs: [string, JsonValue][] };
  key: string;
}

/**
 * Reads the first JSON value of a stream as Go 1.26's `json.Decoder` scans it; what follows the value is not looked at.
 * Bytes that are not UTF-8 and lone surrogates become U+FFFD. Throws GoJsonError.
 */
export function scanValue(bytes: Buffer): JsonValue {
  const scan: Scan = { text: bytes.toString('latin1'), at: 0 };
  if (peek(scan) === '') throw new GoJsonError('EOF');
  const frames: Frame[] = [];
  for (;;) {
    const opened = open(scan, frames);
    if (opened !== null && !nextIsClose(scan, opened)) {
      if (!Array.isArray(opened.value)) opened.key = readKey(scan);
      continue;
    }
    const scalarOrEmpty = opened === null ? readScalar(scan) : closeFrame(scan, frames);
    const done = attach(scan, frames, scalarOrEmpty);
    if (done !== null) return done.value;
  }
}

function open(scan: Scan, frames: Frame[]): Frame | null {
  const next = peek(scan);
  if (next !== '{' && next !== '[') return null;
  if (frames.length === MAX_DEPTH) throw invalid(scan, 'exceeded max depth');
  scan.at += 1;
  const frame: Frame = { value: next === '[' ? [] : { pairs: [] }, key: '' };
  frames.push(frame);
  return frame;
}

function nextIsClose(scan: Scan, frame: Frame): boolean {
  return peek(scan) === (Array.isArray(frame.value) ? ']' : '}');
}

function closeFrame(scan: Scan, frames: Frame[]): JsonValue {
  scan.at += 1;
  return frames.pop()!.value;
}

/** Puts a whole value where it belongs and goes on to the next; gives the outermost one once it is whole. */
function attach(scan: Scan, frames: Frame[], whole: JsonValue): { value: JsonValue } | null {
  for (let value = whole; ; ) {
    const frame = frames.at(-1);
    if (frame === undefined) return { value };
    const isArray = Array.isArray(frame.value);
    if (Array.isArray(frame.value)) frame.value.push(value);
    else frame.value.pairs.push([frame.key, value]);
    const next = peek(scan);
    if (next === ',') {
      scan.at += 1;
      if (!isArray) frame.key = readKey(scan);
      return null;
    }
    if (!nextIsClose(scan, frame)) throw invalid(scan, isArray ? 'after array element' : 'after object key:value pair');
    value = closeFrame(scan, frames);
  }
}

function readKey(scan: Scan): string {
  if (peek(scan) !== '"') throw invalid(scan, 'looking for beginning of object key string');
  const key = readString(scan);
  if (peek(scan) !== ':') throw invalid(scan, 'after object key');
  scan.at += 1;
  return key;
}

function readScalar(scan: Scan): JsonValue {
  const next = peek(scan);
  if (next === '"') return readString(scan);
  if (next === 'n') return readLiteral(scan, 'null', null);
  if (next === 't') return readLiteral(scan, 'true', true);
  if (next === 'f') return readLiteral(scan, 'false', false);
  if (!/^[-\d]$/.test(next)) throw invalid(scan, 'looking for beginning of value');
  return { number: readNumber(scan) };
}

function readLiteral<T>(scan: Scan, word: string, value: T): T {
  for (const wanted of word) {
    if (scan.text[scan.at] !== wanted) throw invalid(scan, `in literal ${word} (expecting '${wanted}')`);
    scan.at += 1;
  }
  return value;
}

function readNumber(scan: Scan): string {
  const start = scan.at;
  if (scan.text[scan.at] === '-') scan.at += 1;
  if (scan.text[scan.at] === '0') scan.at += 1;
  else readDigits(scan, 'in numeric literal');
  if (scan.text[scan.at] === '.') {
    scan.at += 1;
    readDigits(scan, 'after decimal point in numeric literal');
  }
  if (/^[eE]$/.test(scan.text[scan.at] ?? '')) {
    scan.at += 1;
    if (/^[+-]$/.test(scan.text[scan.at] ?? '')) scan.at += 1;
    readDigits(scan, 'in exponent of numeric literal');
  }
  return scan.text.slice(start, scan.at);
}

function readDigits(scan: Scan, context: string): void {
  if (!isDigit(scan)) throw invalid(scan, context);
  while (isDigit(scan)) scan.at += 1;
}

function isDigit({ text, at }: Scan): boolean {
  const char = text[at] ?? '';
  return char >= '0' && char <= '9' && char !== '';
}

function readString(scan: Scan): string {
  const start = scan.at;
  for (scan.at += 1; scan.text[scan.at] !== '"'; scan.at += 1) {
    const char = scan.text[scan.at];
    if (char === undefined || char < ' ') throw invalid(scan, 'in string literal');
    if (char === '\\') skipEscape(scan);
  }
  scan.at += 1;
  const literal = goText(Buffer.from(scan.text.slice(start, scan.at), 'latin1'));
  return (JSON.parse(literal) as string).replace(SURROGATES, '\ufffd');
}

function skipEscape(scan: Scan): void {
  scan.at += 1;
  const char = scan.text[scan.at] ?? '';
  if (char === '' || !'"\\/bfnrtu'.includes(char)) throw invalid(scan, 'in string escape code');
  if (char !== 'u') return;
  for (let digits = 0; digits < 4; digits += 1) {
    scan.at += 1;
    if (!/^[0-9a-fA-F]$/.test(scan.text[scan.at] ?? '')) throw invalid(scan, 'in \\u hexadecimal character escape');
  }
}

/** The next character that is not white space, not taken; empty at the end. */
function peek(scan: Scan): string {
  while (' \t\r\n'.includes(scan.text[scan.at] ?? 'end')) scan.at += 1;
  return scan.text[scan.at] ?? '';
}

function invalid({ text, at }: Scan, context: string): GoJsonError {
  const char = text[at];
  if (char === undefined) return new GoJsonError('unexpected EOF');
  return new GoJsonError(`invalid character ${quote(char)} ${context}`);
}

const quotes: Readonly<Record<string, string>> = {
  "'": "'\\''",
  '"': "'\"'",
  '\\': "'\\\\'",
  '\n': "'\\n'",
  '\r': "'\\r'",
  '\t': "'\\t'",
  '\b': "'\\b'",
  '\f': "'\\f'",
  '\v': "'\\v'",
  '\x07': "'\\a'",
};

function quote(char: string): string {
  const known = Object.hasOwn(quotes, char) ? quotes[char] : undefined;
  if (known !== undefined) return known;
  const code = char.charCodeAt(0);
  if (code < 0x20 || code === 0x7f) return `'\\x${code.toString(16).padStart(2, '0')}'`;
  return code >= 0x80 && code <= 0xa0 ? `'\\u00${code.toString(16)}'` : `'${char}'`;
}
