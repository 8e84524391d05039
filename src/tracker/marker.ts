import MarkdownIt, { type Token } from 'markdown-it';
import { ParityError, type Problem } from '../errors.ts';
import type { Line } from './lines.ts';

/** Line indices, from 0: the marker, and the table below it with the lines of its rows. */
export interface Place {
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

/** A Markdown text and its lines in, the place of the tracker out. Throws PX4103 (merge conflict) and PX4105 (no marker, or two). */
export function findPlace(text: string, lines: readonly Line[], file: string): Place {
  const source = lines.map(({ start, end }) => text.slice(start, end));
  if (source[0]?.startsWith('\uFEFF')) source[0] = source[0].slice(1);
  const tokens = markdown.parse(source.join('\n'), {});
  refuseConflicts(source, tokens, file);
  const [found, second] = tokens.flatMap((token, index) => markersIn(token, index, source));
  if (found === undefined) throw noMarker(file);
  if (second !== undefined) throw twoMarkers(file, found.line, second.line);
  return { marker: found.line, table: tableBelow(tokens, found) };
}

function refuseConflicts(source: readonly string[], tokens: readonly Token[], file: string): void {
  const inCode = codeLines(tokens);
  const line = source.findIndex((content, index) => conflictLine.test(content) && !inCode.has(index));
  if (line === -1) return;
  throw new ParityError('PX4103', `${file} has merge conflict markers at line ${line + 1}`, {
    hint: 'Resolve the conflict, then run again. Nothing was written.',
    problems: [problem(file, line, 'merge conflict marker')],
  });
}

function codeLines(tokens: readonly Token[]): Set<number> {
  const lines = new Set<number>();
  for (const { type, map } of tokens) {
    if (map === null || (type !== 'fence' && type !== 'code_block')) continue;
    for (let line = map[0]; line < map[1]; line++) lines.add(line);
  }
  return lines;
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
function tableBelow(tokens: readonly Token[], { line, token: at }: Found): Place['table'] {
  const level = tokens[at]?.level ?? 0;
  for (let index = at + 1; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined || token.level < level || token.type === 'heading_open') return null;
    if (token.type !== 'table_open' || token.level !== level || (token.map?.[0] ?? 0) <= line) continue;
    const [head = 0, ...rows] = rowLines(tokens, index);
    return { head, rows };
  }
  return null;
}

function rowLines(tokens: readonly Token[], table: number): number[] {
  const lines: number[] = [];
  for (let index = table; tokens[index]?.type !== 'table_close'; index++) {
    const { type, map } = tokens[index] ?? {};
    if (type === 'tr_open' && map) lines.push(map[0]);
  }
  return lines;
}

function noMarker(file: string): ParityError {
  return new ParityError('PX4105', `${file} has no line <!-- parity:tracker -->`, {
    hint: 'Add the line <!-- parity:tracker --> where the table shall stand.',
    problems: [problem(file, 0, 'no line <!-- parity:tracker --> in this file')],
  });
}

function twoMarkers(file: string, first: number, second: number): ParityError {
  return new ParityError('PX4105', `${file} has two tracker markers, at lines ${first + 1} and ${second + 1}`, {
    hint: 'Keep one line <!-- parity:tracker --> and remove the other.',
    problems: [problem(file, first, 'the first marker'), problem(file, second, 'the second marker')],
  });
}

function problem(file: string, line: number, message: string): Problem {
  return { file, line: line + 1, col: 1, message };
}
