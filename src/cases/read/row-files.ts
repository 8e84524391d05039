import { extname } from 'node:path';
import { quoteForMessage } from '../../config/source/did-you-mean.ts';
import { createSource, positionAt, type Span } from '../../config/source/source.ts';
import type { Entry, SourceNode } from '../../config/source/source-node.ts';
import { itemsOf, textOf } from '../../config/source/tree-access.ts';
import { parseTree } from '../../config/source/yaml-tree.ts';
import { maxRows } from '../limits.ts';
import { dataTemplateOf } from '../placeholder.ts';
import type { CaseContext } from './context.ts';
import { readCsv } from './csv.ts';

interface RowFile {
  readonly name: string;
  readonly text: string;
  /** Where the file is named: what its rows are said to stand at. */
  readonly span: Span;
  /** Notes what is wrong in the file, where it is named. */
  readonly complain: (message: string) => void;
}

/** Takes a `with` node that fits its schema; returns its rows: its own, or those of the .csv or .jsonl file that it names, beside the case file or below it, as templates that stand for just what the file holds; notes what is wrong with that. */
export function readRows(node: SourceNode, context: CaseContext): readonly SourceNode[] {
  const name = textOf(node);
  if (name === null) return itemsOf(node);
  const complain = (message: string, hint?: string) => context.expander.complain(node.span, { message, hint });
  const read = readers[extname(name).toLowerCase()];
  if (read === undefined) {
    complain(`${quoteForMessage(name)} is not a file of rows`, 'name a .csv or .jsonl file');
    return [];
  }
  const bytes = context.readBodyFile(name);
  if (!(bytes instanceof Uint8Array)) {
    complain(bytes.fault, bytes.hint);
    return [];
  }
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const rows = read({ name, text, span: node.span, complain });
  if (rows.length > maxRows) complain(`${quoteForMessage(name)} has ${rows.length} rows; the limit is ${maxRows}`);
  else if (rows.length === 0) complain(`${quoteForMessage(name)} holds no row`);
  return rows.length > maxRows ? [] : rows;
}

const readers: Readonly<Record<string, (file: RowFile) => readonly SourceNode[]>> = {
  '.csv': readCsvRows,
  '.jsonl': readJsonRows,
};

/** The first record names the values; all of them are text. */
function readCsvRows({ name, text, span, complain }: RowFile): readonly SourceNode[] {
  const table = readCsv(text);
  if ('fault' in table) {
    complain(`${name}:${table.line}: ${table.fault}`);
    return [];
  }
  const [first, ...records] = table.records;
  const keys = first?.fields ?? [];
  const uneven = records.find(({ fields }) => fields.length !== keys.length);
  if (uneven !== undefined) {
    complain(`${name}:${uneven.line}: the row has ${uneven.fields.length} fields, the first line ${keys.length}`);
    return [];
  }
  return records.map(({ fields }) => ({
    kind: 'map',
    span,
    entries: fields.map(
      (value, at): Entry => ({
        key: keys[at]!,
        keySpan: span,
        value: { kind: 'text', span, value: dataTemplateOf(value) },
      }),
    ),
  }));
}

function readJsonRows({ name, text, span, complain }: RowFile): readonly SourceNode[] {
  const source = createSource(name, text);
  const whole = Array.from(source.lineStarts, (start, at) => ({
    start,
    end: source.lineStarts[at + 1] ?? text.length,
  }));
  return whole.flatMap((line) => {
    if (text.slice(line.start, line.end).trim() === '') return [];
    const note = (at: Span, message: string) => {
      const place = positionAt(source, at.start);
      complain(`${name}:${place.line}:${place.col}: ${message}`);
    };
    const node = parseTree(source, line, (at, { message }) => note(at, message));
    if (node?.kind === 'map') return [{ kind: 'map', span, entries: node.entries.map((one) => rowEntry(one, span)) }];
    if (node !== null) note(line, 'a row is one JSON object');
    return [];
  });
}

function rowEntry({ key, value }: Entry, span: Span): Entry {
  return { key, keySpan: span, value: movedTo(value, span) };
}

/** The node as if it stood where its file is named, and as a template. */
function movedTo(node: SourceNode, span: Span): SourceNode {
  if (node.kind === 'list') return { ...node, span, items: node.items.map((item) => movedTo(item, span)) };
  if (node.kind === 'text') return { ...node, span, value: dataTemplateOf(node.value) };
  if (node.kind !== 'map') return { ...node, span };
  const entries = node.entries.map(({ key, value }) =>
    rowEntry({ key: dataTemplateOf(key), keySpan: span, value }, span),
  );
  return { ...node, span, entries };
}
