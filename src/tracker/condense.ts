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
 * next one can be the second line of a table, and nothing in it can end an HTML block (CommonMark 4.6): so each line that went is
 * of the same block as the last one that was kept above it.
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
  if ([before, line].some((each) => each?.includes('>') === true)) return false;
  return [before, line, after].every((each) => !delimiter.test(each ?? ''));
}
