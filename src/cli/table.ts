/** A cell that is longer moves what is behind it in its own row only. */
const widest = 44;

/** Rows of plain cells as lines, the cells of a column below each other. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const lengths = (at: number) => rows.map((row) => Math.min(widest, row[at]?.length ?? 0));
  const widths = (rows[0] ?? []).map((_, at) => lengths(at).reduce((most, length) => Math.max(most, length), 0));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
