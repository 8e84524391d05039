import type { Span } from './source.ts';
import type { Entry, SourceNode } from './source-node.ts';

interface Cursor {
  readonly text: string;
  /** Offset of the next character. */
  at: number;
  readonly end: number;
}

const deepest = 256;

const literals: Readonly<Record<string, (span: Span) => SourceNode>> = {
  t: (span) => ({ kind: 'boolean', span, value: true }),
  f: (span) => ({ kind: 'boolean', span, value: false }),
  n: (span) => ({ kind: 'null', span }),
};
const words: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/**
 * Takes a text and the span of one JSON document in it (RFC 8259); returns its tree. Null for everything that has to be looked at more
 * closely: text that is no JSON, a key that is there twice, more than 256 levels. Linear, some thirty times as fast as YAML.
 */
export function parseJsonTree(text: string, span: Span): SourceNode | null {
  const cursor: Cursor = { text, at: span.start, end: span.end };
  skipSpace(cursor);
  const root = readValue(cursor, 0);
  skipSpace(cursor);
  return cursor.at === cursor.end ? root : null;
}

function skipSpace(cursor: Cursor): void {
  for (; cursor.at < cursor.end; cursor.at += 1) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
  }
}

function readValue(cursor: Cursor, depth: number): SourceNode | null {
  const { text, at } = cursor;
  const first = text.charAt(at);
  if (depth >= deepest) return null;
  if (first === '{') return readMap(cursor, depth);
  if (first === '[') return readList(cursor, depth);
  if (first === '"') {
    const value = readText(cursor);
    return value === null ? null : { kind: 'text', span: { start: at, end: cursor.at }, value };
  }
  const word = words[first];
  return word === undefined ? readNumber(cursor) : readLiteral(cursor, first, word);
}

function readLiteral(cursor: Cursor, first: string, word: string): SourceNode | null {
  const start = cursor.at;
  if (!cursor.text.startsWith(word, start)) return null;
  cursor.at += word.length;
  return literals[first]!({ start, end: cursor.at });
}

function readNumber(cursor: Cursor): SourceNode | null {
  const start = cursor.at;
  number.lastIndex = start;
  const text = number.exec(cursor.text)?.[0];
  if (text === undefined) return null;
  cursor.at += text.length;
  return { kind: 'number', span: { start, end: cursor.at }, value: Number(text), text };
}

/** A text from its opening quote on. Only one that holds a backslash needs decoding. */
function readText(cursor: Cursor): string | null {
  const { text, at: start, end } = cursor;
  let escaped = false;
  for (let at = start + 1; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      cursor.at = at + 1;
      return escaped ? decoded(text.slice(start, at + 1)) : text.slice(start + 1, at);
    }
    if (code < 0x20) return null;
    if (code !== 0x5c) continue;
    escaped = true;
    at += 1;
  }
  return null;
}

function decoded(source: string): string | null {
  try {
    return JSON.parse(source) as string;
  } catch {
    return null;
  }
}

function readList(cursor: Cursor, depth: number): SourceNode | null {
  const start = cursor.at;
  const items: SourceNode[] = [];
  for (;;) {
    const more = nextPart(cursor, ']', items.length);
    if (more === null) return null;
    if (!more) return { kind: 'list', span: { start, end: cursor.at }, items };
    const item = readValue(cursor, depth + 1);
    if (item === null) return null;
    items.push(item);
  }
}

function readMap(cursor: Cursor, depth: number): SourceNode | null {
  const start = cursor.at;
  const entries: Entry[] = [];
  for (;;) {
    const more = nextPart(cursor, '}', entries.length);
    if (more === null) return null;
    if (!more) return isUnique(entries) ? { kind: 'map', span: { start, end: cursor.at }, entries } : null;
    const entry = readEntry(cursor, depth);
    if (entry === null) return null;
    entries.push(entry);
  }
}

/** Steps over the opening bracket or the comma; true if a part follows, false at the end of the list, null if neither. */
function nextPart(cursor: Cursor, close: string, before: number): boolean | null {
  if (before === 0) cursor.at += 1;
  skipSpace(cursor);
  const char = cursor.text.charAt(cursor.at);
  if (char === close) {
    cursor.at += 1;
    return false;
  }
  if (before === 0) return true;
  if (char !== ',') return null;
  cursor.at += 1;
  skipSpace(cursor);
  return true;
}

function readEntry(cursor: Cursor, depth: number): Entry | null {
  const start = cursor.at;
  const key = cursor.text.charAt(start) === '"' ? readText(cursor) : null;
  const keySpan = { start, end: cursor.at };
  skipSpace(cursor);
  if (key === null || cursor.text.charAt(cursor.at) !== ':') return null;
  cursor.at += 1;
  skipSpace(cursor);
  const value = readValue(cursor, depth + 1);
  return value === null ? null : { key, keySpan, value };
}

function isUnique(entries: readonly Entry[]): boolean {
  if (entries.length < 8) return entries.every(({ key }, i) => !entries.some((one, j) => j < i && one.key === key));
  return new Set(entries.map(({ key }) => key)).size === entries.length;
}
