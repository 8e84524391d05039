/*
 * A value that is left to a variable of the environment stands in a text that was read as its name between two noncharacters
 * (Unicode, 23.7), which no text for interchange holds: so nothing that a file says is taken for a variable.
 */
const open = '\ufdd0';
const close = '\ufdd1';
const mark = /\ufdd0(\w+)\ufdd1/g;

/** Takes the name of a variable; returns what stands for its value in a text. */
export function markVariable(name: string): string {
  return `${open}${name}${close}`;
}

/** Takes a text from outside; returns whether it holds a noncharacter that marks are made of. */
export function holdsMark(text: string): boolean {
  return text.includes(open) || text.includes(close);
}

/** Takes a text; returns the names of the variables in it, in order. */
export function variablesIn(text: string): string[] {
  return text.includes(open) ? Array.from(text.matchAll(mark), ([, name]) => name!) : [];
}

/** Takes a text, how a variable is written, and how all other text is; returns the text so written. */
export function writeVariables(
  text: string,
  variable: (name: string) => string,
  other: (piece: string, isLast: boolean) => string = (piece) => piece,
): string {
  let end = 0;
  let out = '';
  for (const match of text.matchAll(mark)) {
    out += other(text.slice(end, match.index), false) + variable(match[1]!);
    end = match.index + match[0].length;
  }
  return out + other(text.slice(end), true);
}
