/** A text with fewer lines, in which a Markdown parser finds the same blocks. */
export interface Condensed {
  readonly source: readonly string[];
  /** The line that each kept line was; one more at the end for the number of all lines. */
  readonly origin: readonly number[];
}

/** A line at the left edge that begins with a pipe: it can be a row, or text, but begin no other block. */
function isPiped(line: string | undefined): boolean {
  return line?.startsWith('|') === true;
}

/** May be the second line of a table, which makes the line above it a header. */
const delimiter = /^[|:\- \t]*$/;

/**
 * The lines of a Markdown text in, the same without the inner lines of long tables out: a parser spends its time on their cells,
 * and they decide nothing. A line goes only if it and both its neighbours begin with a pipe at the left edge, neither it nor the
 * next one can be the second line of a table, and neither it nor the line above can end an HTML block (CommonMark 4.6): so each line
 * that went is of the same block as the last one that was kept above it.
 */
export function condense(lines: readonly string[]): Condensed {
  const source: string[] = [];
  const origin: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (isInner(lines, index)) continue;
    source.push(line);
    origin.push(index);
  }
  return { source, origin: [...origin, lines.length] };
}

function isInner(lines: readonly string[], index: number): boolean {
  const [before, line = '', after = ''] = [lines[index - 1], lines[index], lines[index + 1]];
  if (!isPiped(before) || !isPiped(line) || !isPiped(after)) return false;
  if (mayEndBlock(lines, index)) return false;
  return [before, line, after].every((each) => !delimiter.test(each ?? ''));
}

/**
 * Whether an HTML block can end in a line or in the one above. The end of a comment ends none where one stands two lines above, in the
 * same run of piped lines: all that it could have ended is over then, and a piped line begins nothing of the kind.
 */
function mayEndBlock(lines: readonly string[], index: number): boolean {
  const ends = [lines[index - 1], lines[index]].filter((line) => line?.includes('>'));
  if (ends.length === 0) return false;
  const earlier = lines[index - 2];
  return (
    !isPiped(earlier) || !earlier?.includes('-->') || ends.some((line) => line?.replaceAll('-->', '').includes('>'))
  );
}
