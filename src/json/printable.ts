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
