import type { TrackerRow } from '../rows/row.ts';

/** A row that names a finding. */
export type IdRow = TrackerRow & { readonly id: string };

/**
 * Rows in the order of the file in, a function from a new id to the row it goes behind out (null: it comes first).
 * Ids decide, so that two branches put different rows at different places. A few rows that stand elsewhere (a merge put them there)
 * change nothing; where most do, the order is people's, and what is new comes last.
 */
export function placer(rows: readonly IdRow[]): (id: string) => IdRow | null {
  const inOrder = longestAscending(rows);
  if (inOrder.length * 2 <= rows.length) return () => rows.at(-1) ?? null;
  return (id) => lastBelow(inOrder, id);
}

/** The longest list of rows, in their order, whose ids ascend (patience sorting). */
function longestAscending(rows: readonly IdRow[]): IdRow[] {
  const tails: IdRow[] = [];
  const previous = new Map<IdRow, IdRow | undefined>();
  for (const row of rows) {
    const at = countBelow(tails, row.id);
    previous.set(row, tails[at - 1]);
    tails[at] = row;
  }
  const found: IdRow[] = [];
  for (let row = tails.at(-1); row !== undefined; row = previous.get(row)) found.push(row);
  return found.reverse();
}

function lastBelow(rows: readonly IdRow[], id: string): IdRow | null {
  return rows[countBelow(rows, id) - 1] ?? null;
}

/** How many of the rows, which ascend, have a smaller id. */
function countBelow(rows: readonly IdRow[], id: string): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
