const marks = / ?<!-- (accepted|shown|cases|state): ([a-z0-9 ;:,+-]*) -->$/;

/**
 * What of ours a cell carries behind its text, in a comment that Markdown does not show. `state` is the number of a line of the state file:
 * it is replaced by what the line says when both files are read, and stays where the line is not there.
 */
export type MarkName = 'accepted' | 'shown' | 'cases' | 'state';

/** The source of a cell and the name of a mark in, what the mark says out; null if the cell does not carry it. */
export function markOf(source: string, name: MarkName): string | null {
  const [, found, text = ''] = marks.exec(source.trim()) ?? [];
  return found === name ? text : null;
}

/** The source of a cell in, the same without our mark out. */
export function withoutMark(source: string): string {
  return source.trim().replace(marks, '');
}

/** The source of a cell in, the cell with this mark instead of the one it carries out; with none where it would not be read again. */
export function withMark(source: string, name: MarkName, text: string): string {
  const bare = withoutMark(source);
  const marked = `${bare} <!-- ${name}: ${text} -->`;
  return markOf(marked, name) === text ? marked : bare;
}

/** The cells of a row that carry marks in, whether the line of the state file that belongs to the row was not found out. */
export function isStateLost(row: {
  readonly divergenceSource: string | null;
  readonly casesSource: string | null;
}): boolean {
  return [row.divergenceSource, row.casesSource].some((source) => markOf(source ?? '', 'state') !== null);
}
