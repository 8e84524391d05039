import MarkdownIt, { type Token } from 'markdown-it';
import { ParityError, type Problem } from '../../errors.ts';
import { decodeCell } from '../rows/cell.ts';
import type { Line } from '../rows/lines.ts';
import { type Condensed, condense } from './compact.ts';

/** Line indices, from 0: the marker or the last line of the heading, and the table below it with the lines of its rows. */
export interface TablePlace {
  readonly marker: number;
  readonly table: { readonly head: number; readonly rows: readonly number[] } | null;
}

const markdown = new MarkdownIt({ html: true });
// Only blocks and their lines are wanted; the text of 50,000 rows is not.
markdown.core.ruler.disable('inline');

interface Found {
  readonly line: number;
  /** Index of the token that holds the marker. */
  readonly token: number;
}

const markerLine = /^<!--[ \t]*parity:tracker[ \t]*-->$/;
const conflictLine = /^(?:<{7}(?: |$)|>{7}(?: |$)|\|{7} )/;

/** A Markdown text and its lines. */
export interface MarkdownSource {
  readonly text: string;
  readonly lines: readonly Line[];
  /** What the file is called. */
  readonly file: string;
}

/**
 * A Markdown text and the heading above the tracker (null: it is below the marker) in, the place of the tracker out.
 * Throws PX4103 (merge conflict) and PX4105 (no marker, no such heading, or two).
 */
export function findPlace({ text, lines, file }: MarkdownSource, heading: string | null): TablePlace {
  const source = lines.map(({ start, end }) => text.slice(start, end));
  if (source[0]?.startsWith('\uFEFF')) source[0] = source[0].slice(1);
  const condensed = condense(source);
  const tokens = markdown.parse(condensed.source.join('\n'), {});
  refuseConflicts(source, codeLines(tokens, condensed), file);
  const found =
    heading === null ? theMarker(tokens, condensed, file) : theHeading(tokens, condensed, { heading, file });
  return { marker: condensed.origin[found.line] ?? 0, table: tableBelow(tokens, found, condensed) };
}

function refuseConflicts(source: readonly string[], inCode: ReadonlySet<number>, file: string): void {
  const line = source.findIndex((content, index) => conflictLine.test(content) && !inCode.has(index));
  if (line === -1) return;
  throw new ParityError('PX4103', `${file} has merge conflict markers at line ${line + 1}`, {
    hint: 'Resolve the conflict, then run again. Nothing was written.',
    problems: [problem(file, line, 'merge conflict marker')],
  });
}

function codeLines(tokens: readonly Token[], { origin }: Condensed): Set<number> {
  const lines = new Set<number>();
  for (const { type, map } of tokens) {
    if (map === null || (type !== 'fence' && type !== 'code_block')) continue;
    for (let line = origin[map[0]]!; line < origin[map[1]]!; line++) lines.add(line);
  }
  return lines;
}

function theMarker(tokens: readonly Token[], { source, origin }: Condensed, file: string): Found {
  const [found, second] = tokens.flatMap((token, index) => markersIn(token, index, source));
  if (found === undefined) throw noMarker(file);
  if (second !== undefined) throw twice(file, 'tracker markers', [origin[found.line]!, origin[second.line]!]);
  return found;
}

/** Headings are compared as they are read: without their markup, in any case. */
function theHeading(tokens: readonly Token[], { origin }: Condensed, wanted: { heading: string; file: string }): Found {
  const { heading, file } = wanted;
  const isIt = (content: string) => decodeCell(content).trim().toLowerCase() === heading.trim().toLowerCase();
  const [found, second] = tokens.flatMap(({ type, map }, index) =>
    type === 'heading_open' && map !== null && isIt(tokens[index + 1]?.content ?? '')
      ? [{ line: map[1] - 1, token: index + 2 }]
      : [],
  );
  if (found === undefined) throw noHeading(file, heading);
  if (second !== undefined) throw twice(file, `headings "${heading}"`, [origin[found.line]!, origin[second.line]!]);
  return found;
}

function markersIn(token: Token, index: number, source: readonly string[]): Found[] {
  if (token.type !== 'html_block' || token.map === null) return [];
  const [first, end] = token.map;
  if (/^\s*<(?:script|pre|style|textarea)/i.test(source[first] ?? '')) return [];
  const found: Found[] = [];
  let inComment = false;
  for (let line = first; line < end; line++) {
    const content = source[line] ?? '';
    if (!inComment && markerLine.test(content.trim())) found.push({ line, token: index });
    inComment = commentGoesOn(content, inComment);
  }
  return found;
}

function commentGoesOn(content: string, inComment: boolean): boolean {
  let open = inComment;
  for (const [edge] of content.matchAll(/<!--|-->/g)) open = edge === '<!--';
  return open;
}

/** The first table beside the marker, before the next heading and before the marker's list item ends. */
function tableBelow(tokens: readonly Token[], { line, token: at }: Found, condensed: Condensed): TablePlace['table'] {
  const level = tokens[at]?.level ?? 0;
  for (let index = at + 1; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined || token.level < level || token.type === 'heading_open') return null;
    if (token.type !== 'table_open' || token.level !== level || (token.map?.[0] ?? 0) <= line) continue;
    const [head = 0, ...rows] = rowLines(tokens, index, condensed);
    return { head, rows };
  }
  return null;
}

/** Lines that the parser was spared are rows like the last one above them. */
function rowLines(tokens: readonly Token[], table: number, { origin }: Condensed): number[] {
  const lines: number[] = [];
  for (let index = table; tokens[index]?.type !== 'table_close'; index++) {
    const { type, map } = tokens[index] ?? {};
    if (type !== 'tr_open' || !map) continue;
    for (let line = origin[map[0]]!; line < origin[map[0] + 1]!; line++) lines.push(line);
  }
  return lines;
}

function noMarker(file: string): ParityError {
  return new ParityError('PX4105', `${file} has no line <!-- parity:tracker -->`, {
    hint: 'Add the line <!-- parity:tracker --> where the table shall stand.',
    problems: [problem(file, 0, 'no line <!-- parity:tracker --> in this file')],
  });
}

function noHeading(file: string, heading: string): ParityError {
  const message = `no heading "${heading}" in this file`;
  return new ParityError('PX4105', `${file} has no heading "${heading}"`, {
    hint: 'Mend tracker.heading in parity.yaml, or add the heading where the table shall stand.',
    problems: [problem(file, 0, message)],
  });
}

function twice(file: string, what: string, [first, second]: readonly [number, number]): ParityError {
  return new ParityError('PX4105', `${file} has two ${what}, at lines ${first + 1} and ${second + 1}`, {
    hint: 'Keep one of them, and remove or rename the other.',
    problems: [problem(file, first, 'the first one'), problem(file, second, 'the second one')],
  });
}

function problem(file: string, line: number, message: string): Problem {
  return { file, line: line + 1, col: 1, message };
}
