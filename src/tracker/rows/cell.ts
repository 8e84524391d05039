import MarkdownIt, { type Token } from 'markdown-it';
import { visible } from './escape.ts';
import { withoutMark } from './hidden-comment.ts';

const markdown = new MarkdownIt({ html: true });

const plainCharacters = /^[A-Za-z0-9 /.,:;()=%?!+'"{}_-]*$/;
/** The same without what may be emphasis. */
const plainest = /^[A-Za-z0-9 /.,:;()=%?!+'"{}-]*$/;
/** An underscore at the edge of a word may open emphasis; one inside a word never does. */
const looseUnderscore = /(?:^|[^A-Za-z0-9])_|_(?:$|[^A-Za-z0-9])/;
/** What a Markdown host turns into links or pictures by itself: addresses, issue numbers, commits, `:emoji:`. */
const autolinked = /:\/\/|www\.|mailto:|xmpp:|gh-\d|:[a-z0-9_+-]+:/i;
const commit = /[0-9a-f]{7}/;

/** Any text in, one line of inert Markdown for a GFM table cell out: as it is if nothing in it has a meaning, else as code. */
export function encodeCell(text: string): string {
  const shown = visible(text);
  return shown.trim() === shown && isPlain(shown) ? shown : encodeCode(shown);
}

/** Any text in, a code span for a GFM table cell out (CommonMark 6.1; a pipe is escaped even in code); empty for no text. */
export function encodeCode(text: string): string {
  const shown = visible(text);
  if (shown === '') return '';
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = needsPad(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`.replaceAll('|', '\\|');
}

/** The source of a GFM table cell in, the text that a reader sees out; markup and HTML are dropped. */
export function decodeCell(cell: string): string {
  const source = withoutMark(cell).replaceAll('\\|', '|');
  return decodeSimple(source) ?? textOf(markdown.parseInline(source, {})[0]?.children ?? []);
}

/** The same without text that is struck out: people strike out what no longer holds. */
export function decodeStanding(cell: string): string {
  if (!cell.includes('~~')) return decodeCell(cell).trim();
  let depth = 0;
  const standing = (markdown.parseInline(withoutMark(cell).replaceAll('\\|', '|'), {})[0]?.children ?? []).filter(
    ({ type }) => {
      if (type === 's_open') depth += 1;
      if (type === 's_close') depth -= 1;
      return depth === 0;
    },
  );
  return textOf(standing).trim();
}

function isPlain(shown: string): boolean {
  return plainCharacters.test(shown) && !looseUnderscore.test(shown) && !autolinked.test(shown) && !commit.test(shown);
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

/** A code span loses one space at both ends if it has one at both, unless it is all spaces. */
function needsPad(shown: string): boolean {
  if (shown.startsWith('`') || shown.endsWith('`')) return true;
  return shown.startsWith(' ') && shown.endsWith(' ') && shown.trim() !== '';
}

/** Most cells are plain words, one word in italics, or words and simple code spans: a large table has no time for a parser. */
function decodeSimple(source: string): string | null {
  if (plainest.test(source)) return source;
  if (/^_[a-z]+_$/.test(source)) return source.slice(1, -1);
  const parts = source.split('`');
  if (parts.length % 2 === 0) return null;
  const shown: string[] = [];
  for (const [index, part] of parts.entries()) {
    const inside = index % 2 === 1;
    const outer = index === 0 || index === parts.length - 1;
    if (part === '' && !outer) return null;
    if (!inside && (!plainCharacters.test(part) || looseUnderscore.test(part))) return null;
    shown.push(inside ? unpadded(part) : part);
  }
  return shown.join('');
}

function unpadded(code: string): string {
  return code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '' ? code.slice(1, -1) : code;
}

function textOf(tokens: readonly Token[]): string {
  let text = '';
  for (const token of tokens) {
    if (token.type === 'image') text += textOf(token.children ?? []);
    else if (token.type !== 'html_inline') text += token.content;
  }
  return text;
}
