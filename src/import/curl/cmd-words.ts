/*
 * What browsers write as "copy as cURL (cmd)": cmd.exe takes carets away outside of quotes, then the program divides the line into
 * words as the C runtime of Windows does.
 */

/** Takes a text; returns whether it is a curl command for cmd.exe: carets before quotes, or at the ends of lines. */
export function isCmdText(text: string): boolean {
  return /^\s*curl(?:\.exe)?\s[^\n]*?\^(?:"|\r?\n)/.test(text);
}

/** Takes a text for cmd.exe; returns its commands, each as words, or null for a quote that is not closed. */
export function cmdCommands(text: string): (string[] | null)[] {
  const plain = text.replace(
    /\^\r?\n(\r?\n|[\s\S])?|\^([\s\S])|"[^"]*"?/g,
    (whole, afterLine?: string, char?: string) =>
      whole.startsWith('^') ? (afterLine?.replace('\r\n', '\n') ?? char ?? '') : whole,
  );
  const commands: (string[] | null)[] = [];
  for (const line of unquotedLines(plain)) if (line.trim() !== '') commands.push(runtimeWords(line));
  return commands;
}

/** Lines that end outside of quotes. */
function unquotedLines(text: string): string[] {
  const lines = text.match(/(?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"?|[^\n"\\])+/g);
  return lines ?? [];
}

/** 2n backslashes and a quote are n backslashes and an end of quotes, 2n + 1 are n and a quote; others are backslashes. */
function runtimeWords(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let isQuoted = false;
  for (const [piece] of line.matchAll(/\\*"|\\+|\s+|[^\s"\\]+/g)) {
    if (piece.endsWith('"')) {
      const slashes = piece.length - 1;
      word = `${word ?? ''}${'\\'.repeat(slashes >> 1)}${slashes % 2 === 1 ? '"' : ''}`;
      if (slashes % 2 === 0) isQuoted = !isQuoted;
    } else if (/^\s/.test(piece) && !isQuoted) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + piece;
  }
  if (word !== null) words.push(word);
  return isQuoted ? null : words;
}
