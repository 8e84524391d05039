import { validUpTo } from './utf8.ts';

/** A JSON text being read as serde_json reads it: where we are, and the path to the value that is being read. */
export interface Cursor {
  readonly bytes: Buffer;
  at: number;
  readonly path: (string | number)[];
  /** Containers that may still be opened, one inside the other. */
  depth: number;
}

/** What serde_json refuses: `syntax` is not JSON (or too deep), `data` is JSON of another type. The message ends with the place. */
export class SerdeError extends Error {
  readonly category: 'syntax' | 'data';

  constructor(category: 'syntax' | 'data', message: string) {
    super(message);
    this.category = category;
  }
}

/** What serde_path_to_error calls the place of a key that could not be read. A path of nothing else is not shown. */
export const unknownStep = '?';

/** An error at the last byte that was taken, or, with `peek`, at the next one. Columns count bytes from 1. */
export function serdeError(
  cursor: Cursor,
  text: string,
  { category = 'syntax', peek = false }: { category?: SerdeError['category']; peek?: boolean } = {},
): SerdeError {
  const end = Math.min(cursor.bytes.length, cursor.at + (peek ? 1 : 0));
  const before = cursor.bytes.toString('latin1', 0, end).split('\n');
  const steps = cursor.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  const isKnown = cursor.path.some((step) => step !== unknownStep);
  const path = !isKnown ? '' : `${steps.replace(/^\./, '')}: `;
  return new SerdeError(category, `${path}${text} at line ${before.length} column ${before.at(-1)?.length ?? 0}`);
}

/** The next character that is not white space, not taken; empty at the end. */
export function peekToken(cursor: Cursor): string {
  while (' \n\t\r'.includes(peekChar(cursor)) && cursor.at < cursor.bytes.length) cursor.at += 1;
  return peekChar(cursor);
}

/** The next character as latin1, not taken; empty at the end. */
export function peekChar({ bytes, at }: Cursor): string {
  return at < bytes.length ? String.fromCharCode(bytes[at]!) : '';
}

/** Takes the next character as latin1; empty at the end. */
export function takeChar(cursor: Cursor): string {
  const char = peekChar(cursor);
  if (char !== '') cursor.at += 1;
  return char;
}

/** Takes `null`, `true` or `false`, whose first letter is next. */
export function readIdent(cursor: Cursor, word: string): void {
  for (const wanted of word) {
    const char = takeChar(cursor);
    if (char === '') throw serdeError(cursor, 'EOF while parsing a value');
    if (char !== wanted) throw serdeError(cursor, 'expected ident');
  }
}

/** Takes a number and gives its text; `-` or a digit is next. */
export function readNumber(cursor: Cursor): string {
  const start = cursor.at;
  if (peekChar(cursor) === '-') cursor.at += 1;
  const first = takeChar(cursor);
  if (first === '') throw serdeError(cursor, 'EOF while parsing a value');
  if (!isDigit(first)) throw serdeError(cursor, 'invalid number');
  if (first === '0' && isDigit(peekChar(cursor))) throw serdeError(cursor, 'invalid number', { peek: true });
  skipDigits(cursor);
  if (peekChar(cursor) === '.') {
    cursor.at += 1;
    if (!isDigit(peekChar(cursor))) throw endOrInvalid(cursor, true);
    skipDigits(cursor);
  }
  if (peekChar(cursor).toLowerCase() === 'e') readExponent(cursor);
  return cursor.bytes.toString('latin1', start, cursor.at);
}

function readExponent(cursor: Cursor): void {
  cursor.at += 1;
  if ('+-'.includes(peekChar(cursor))) takeChar(cursor);
  if (!isDigit(peekChar(cursor))) {
    const error = takeChar(cursor) === '' ? 'EOF while parsing a value' : 'invalid number';
    throw serdeError(cursor, error);
  }
  skipDigits(cursor);
}

function endOrInvalid(cursor: Cursor, peek: boolean): SerdeError {
  return serdeError(cursor, peekChar(cursor) === '' ? 'EOF while parsing a value' : 'invalid number', { peek });
}

function skipDigits(cursor: Cursor): void {
  while (isDigit(peekChar(cursor))) cursor.at += 1;
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9' && char !== '';
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Takes a string, its opening quote next, and gives its value. */
export function readString(cursor: Cursor): string {
  cursor.at += 1;
  const parts: Buffer[] = [];
  for (let start = cursor.at; ; ) {
    const char = takeChar(cursor);
    if (char === '') throw serdeError(cursor, 'EOF while parsing a string');
    if (char === '"' || char === '\\') {
      parts.push(cursor.bytes.subarray(start, cursor.at - 1));
      if (char === '"') return toText(cursor, Buffer.concat(parts));
      parts.push(Buffer.from(readEscape(cursor)));
      start = cursor.at;
    } else if (char < ' ') {
      throw serdeError(cursor, 'control character (\\u0000-\\u001F) found while parsing a string');
    }
  }
}

/** Points at the first byte that is not UTF-8; after an escape the column is as rough as serde_json's own. */
function toText(cursor: Cursor, content: Buffer): string {
  const valid = validUpTo(content);
  if (valid === content.length) return content.toString('utf8');
  throw serdeError({ ...cursor, at: cursor.at - (content.length - valid) }, 'invalid unicode code point');
}

function readEscape(cursor: Cursor): string {
  const char = takeChar(cursor);
  if (char === '') throw serdeError(cursor, 'EOF while parsing a string');
  if (char === 'u') return readUnicode(cursor);
  const value = Object.hasOwn(escapes, char) ? escapes[char] : undefined;
  if (value === undefined) throw serdeError(cursor, 'invalid escape');
  return value;
}

function readUnicode(cursor: Cursor): string {
  const lone = 'lone leading surrogate in hex escape';
  const high = readHex(cursor);
  if (high >= 0xdc00 && high <= 0xdfff) throw serdeError(cursor, lone);
  if (high < 0xd800 || high > 0xdbff) return String.fromCharCode(high);
  for (const wanted of '\\u') {
    if (takeChar(cursor) !== wanted) throw serdeError(cursor, 'unexpected end of hex escape');
  }
  const low = readHex(cursor);
  if (low < 0xdc00 || low > 0xdfff) throw serdeError(cursor, lone);
  return String.fromCharCode(high, low);
}

function readHex(cursor: Cursor): number {
  const digits = cursor.bytes.toString('latin1', cursor.at, cursor.at + 4);
  cursor.at = Math.min(cursor.bytes.length, cursor.at + 4);
  if (digits.length < 4) throw serdeError(cursor, 'EOF while parsing a string');
  if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw serdeError(cursor, 'invalid escape');
  return Number.parseInt(digits, 16);
}
