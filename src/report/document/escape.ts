import { terminalText } from '../../json/printable.ts';

/**
 * One finished output line (no LF), so that no CI runner reads a command in it: GitHub takes `::` after leading blanks,
 * GitHub and Azure take `##[` and `##vso[` anywhere in a line.
 */
export const guardLine = (line: string): string =>
  line.replace(/^\s*(?=::|##)/, (blanks) => `${blanks}\\`).replace(/##(?=\[|vso\[)/gi, '#\\#');

/**
 * Any text as Markdown (GFM) that renders as that text, on one line, also in a table cell: no markup, no HTML, no link,
 * and a zero-width space after `@`, and after `#` before a digit, so that nobody is mentioned.
 */
export const markdownText = (text: string): string =>
  terminalText(text)
    .replace(/[\\`*_[\]<>~&!$^{}]/g, '\\$&')
    .replace(/^(\s*)([-+=:]|\d+(?=[.)](?:\s|$)))/, (_, blanks: string, mark: string) =>
      /\d/.test(mark) ? `${blanks}${mark}\\` : `${blanks}\\${mark}`,
    )
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/www\./gi, (word) => `${word.slice(0, 3)}\\.`)
    .replace(/#(?=\d)/g, '\\#\u200b')
    .replace(/^(\s*)#/, '$1\\#')
    .replace(/@/g, '\\@\u200b')
    .replace(/\|/g, '&#124;');

const longestRun = (text: string, char: string): number => {
  let longest = 0;
  let run = 0;
  for (const each of text) {
    run = each === char ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
};

/**
 * Any text as a Markdown code span on one line. A pipe ends a table cell even inside backticks (GFM tables), so text with
 * one becomes a `<code>` element.
 */
export const markdownCode = (text: string): string => {
  const line = terminalText(text);
  if (line.includes('|')) return `<code>${markdownText(line)}</code>`;
  const fence = '`'.repeat(longestRun(line, '`') + 1);
  const pad = /^`|`$|^ .* $/.test(line) && line.trim() !== '' ? ' ' : '';
  return `${fence}${pad}${line === '' ? ' ' : line}${pad}${fence}`;
};

/** Lines as a fenced Markdown block; a longer fence than any run of backticks inside. */
export const markdownFence = (lines: readonly string[], language = ''): string => {
  const shownLines = lines.map(terminalText);
  const fence = '`'.repeat(Math.max(2, ...shownLines.map((line) => longestRun(line, '`'))) + 1);
  return [`${fence}${language}`, ...shownLines, fence].join('\n');
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};
const escapeEntities = (text: string): string => text.replace(/[&<>"'`]/g, (char) => entities[char] ?? char);

/** Any text as HTML text or a quoted attribute value; what cannot be seen is shown. */
export const htmlText = (text: string): string => escapeEntities(terminalText(text));

/** Any text as XML 1.0 text or a quoted attribute value; characters that XML 1.0 forbids are shown, never written. */
export const xmlText = (text: string): string => escapeEntities(terminalText(text));

/** Message of a GitHub workflow command (escapes of actions/toolkit `command.ts`). */
export const githubMessage = (text: string): string =>
  text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

/** Property value of a GitHub workflow command (escapes of actions/toolkit `command.ts`). */
export const githubProperty = (text: string): string => githubMessage(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/** Text of at most `limit` code points; a longer one ends in `mark`. */
export const cut = (text: string, limit: number, mark = '…'): string => {
  if (text.length <= limit) return text;
  const points = Array.from(text.slice(0, limit * 2 + 2));
  if (points.length <= limit && text.length <= limit * 2 + 2) return text;
  return points.slice(0, Math.max(0, limit - Array.from(mark).length)).join('') + mark;
};
