/** Takes a command line; returns its words (quotes and backslashes as in a shell, nothing else: no shell ever runs it), or what is wrong with it. */
export function splitCommand(line: string): readonly string[] | { readonly fault: string } {
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  while (at < line.length) {
    const char = line[at]!;
    if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
    } else if (operators.includes(char)) {
      return { fault: `\`${char}\` has no meaning here: the command is not run by a shell` };
    } else {
      const piece = readPiece(line, at);
      if (piece === null) return { fault: 'a quote or backslash is left open' };
      word = (word ?? '') + piece.text;
      at = piece.end;
    }
  }
  if (word !== null) words.push(word);
  return words.length === 0 || words[0] === '' ? { fault: 'the command is empty' } : words;
}

const operators = '|&;<>()`$';

function readPiece(line: string, at: number): { text: string; end: number } | null {
  const char = line[at]!;
  if (char === "'") {
    const end = line.indexOf("'", at + 1);
    return end === -1 ? null : { text: line.slice(at + 1, end), end: end + 1 };
  }
  if (char === '"') return readDoubleQuoted(line, at + 1);
  if (char !== '\\') return { text: char, end: at + 1 };
  return at + 1 < line.length ? { text: line[at + 1]!, end: at + 2 } : null;
}

function readDoubleQuoted(line: string, start: number): { text: string; end: number } | null {
  let text = '';
  for (let at = start; at < line.length; at += 1) {
    if (line[at] === '"') return { text, end: at + 1 };
    const escaped = line[at] === '\\' && (line[at + 1] === '"' || line[at + 1] === '\\');
    if (escaped) at += 1;
    text += line[at];
  }
  return null;
}
