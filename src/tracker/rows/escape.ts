/** Controls, format and bidi characters, lone surrogates, line separators, and every space but U+0020. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Any text in, the same text out with every invisible character spelled out (`\n`, `\x1b`, `\u202e`). */
export function visible(text: string): string {
  return text.replace(hidden, (character) => named[character] ?? spelled(character.codePointAt(0) ?? 0));
}

function spelled(codePoint: number): string {
  const hex = codePoint.toString(16);
  if (codePoint < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return codePoint < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}
