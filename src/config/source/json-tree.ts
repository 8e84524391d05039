import { type JsonDocument, JsonSyntaxError, Kind, Mark } from '../../json/document.ts';
import { readJson } from '../../json/read.ts';
import { maxDepth } from '../limits.ts';
import type { Span } from './source.ts';
import type { Entry, SourceNode } from './source-node.ts';

interface Reading {
  readonly document: JsonDocument;
  /** The text of the document. */
  readonly text: string;
  /** Takes the offset of a byte, none before the one it took last; returns that of its character in `text`. */
  readonly characterAt: (byte: number) => number;
  /** Where `text` begins in its source. */
  readonly base: number;
}

/**
 * Takes a text and the span of one JSON document in it (RFC 8259); returns its tree. Null for everything that has to be looked at more
 * closely: text that is not JSON, a key that is there twice, more than 256 levels. Linear, some thirty times as fast as YAML.
 * Not jsonc-parser: it recurses, and deep nesting exhausts its stack.
 */
export function parseJsonTree(text: string, { start, end }: Span): SourceNode | null {
  const json = text.slice(start, end);
  const document = readJson(Buffer.from(json));
  if (document instanceof JsonSyntaxError || document.bom) return null;
  return nodeAt(0, { document, text: json, characterAt: characterCounter(document.bytes, json), base: start }, 0);
}

/** Of ASCII, bytes are characters; other text is decoded from one offset to the next. */
function characterCounter(bytes: Buffer, text: string): (byte: number) => number {
  if (bytes.length === text.length) return (byte) => byte;
  let [lastByte, characters] = [0, 0];
  return (byte) => {
    characters += bytes.toString('utf8', lastByte, byte).length;
    lastByte = byte;
    return characters;
  };
}

function nodeAt(node: number, reading: Reading, depth: number): SourceNode | null {
  if (depth >= maxDepth) return null;
  const { document } = reading;
  const kind = document.kind[node];
  if (kind === Kind.array) return listAt(node, reading, depth);
  if (kind === Kind.object) return mapAt(node, reading, depth);
  const { span, source } = leafAt(node, reading);
  if (kind === Kind.string) return { kind: 'text', span, value: textOf(node, source, document) };
  if (kind === Kind.number) return { kind: 'number', span, value: Number(source), text: source };
  return kind === Kind.null ? { kind: 'null', span } : { kind: 'boolean', span, value: kind === Kind.true };
}

function leafAt(node: number, reading: Reading): { readonly span: Span; readonly source: string } {
  const { document, text, characterAt, base } = reading;
  const start = characterAt(document.start[node]!);
  const end = characterAt(document.end[node]!);
  return { span: { start: base + start, end: base + end }, source: text.slice(start, end) };
}

/** Only a text that holds an escape needs decoding. */
function textOf(node: number, source: string, { marks }: JsonDocument): string {
  return marks[node]! & Mark.escaped ? (JSON.parse(source) as string) : source.slice(1, -1);
}

function listAt(node: number, reading: Reading, depth: number): SourceNode | null {
  const { document, characterAt, base } = reading;
  const start = base + characterAt(document.start[node]!);
  const items: SourceNode[] = [];
  for (let child = node + 1; child < document.next[node]!; child = document.next[child]!) {
    const item = nodeAt(child, reading, depth + 1);
    if (item === null) return null;
    items.push(item);
  }
  return { kind: 'list', span: { start, end: base + characterAt(document.end[node]!) }, items };
}

function mapAt(node: number, reading: Reading, depth: number): SourceNode | null {
  const { document, characterAt, base } = reading;
  const start = base + characterAt(document.start[node]!);
  const entries: Entry[] = [];
  for (let child = node + 1; child < document.next[node]!; child = document.next[child + 1]!) {
    const { span, source } = leafAt(child, reading);
    const value = nodeAt(child + 1, reading, depth + 1);
    if (value === null) return null;
    entries.push({ key: textOf(child, source, document), keySpan: span, value });
  }
  if (!isUnique(entries)) return null;
  return { kind: 'map', span: { start, end: base + characterAt(document.end[node]!) }, entries };
}

function isUnique(entries: readonly Entry[]): boolean {
  if (entries.length < 8) return entries.every(({ key }, i) => !entries.some((one, j) => j < i && one.key === key));
  return new Set(entries.map(({ key }) => key)).size === entries.length;
}
