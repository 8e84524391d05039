/**
 * What a reader cannot see or a terminal would obey: C0, DEL, C1, soft hyphen, bidi and zero-width marks, line separators,
 * byte-order mark, noncharacters, tags, lone surrogates.
 */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\u{e0000}-\u{e0fff}]/gu;
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const shown = (char: string): string => {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code > 0xffff) return `\\u{${hex}}`;
  return short[char] ?? (code > 0xff ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`);
};

/** Nearly all texts are: to look for what is unseen takes ten times as long. */
const plain = /^[ -~]*$/;

/** Any text as one line that a terminal shows and does not obey: controls, bidi marks and line ends as `\x1b`, `\u202e`, `\n`. */
export const terminalText = (text: string): string => (plain.test(text) ? text : text.replace(unseen, shown));

const units = (char: string): string =>
  Array.from({ length: char.length }, (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
const plainLines = /^[\n -~]*$/;

/** JSON text, indented or not, as JSON of the same value that a terminal shows and does not obey: what is unseen as `\u202e`. */
export const visibleJson = (json: string): string =>
  plainLines.test(json) ? json : json.replace(unseen, (char) => (char === '\n' ? char : units(char)));

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
