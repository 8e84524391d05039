import { type TrackedColumn, tableColumns, trackedColumns } from '../../config/tracking.ts';
import { ParityError } from '../../errors.ts';

/** Where the tracker stands in its file, and what its columns are called there. */
export interface TableOptions {
  /** The heading above a table that people began; null: the table stands below `<!-- parity:tracker -->`. */
  readonly heading: string | null;
  /** By column of ours: the header that stands for it in the table, or false for a column that is left out. */
  readonly columns: Readonly<Partial<Record<TrackedColumn, string | false>>>;
}

/** A tracker of our own making. */
export const ownTable: TableOptions = { heading: null, columns: {} };

/** What the columns of a table mean. */
export interface ColumnPlan {
  /** For each header: the column of ours that it is, or null for one of people's own. */
  readonly names: readonly (TrackedColumn | null)[];
  /** Columns of ours that the table does not have yet. */
  readonly missing: readonly (typeof tableColumns)[number][];
}

/** What a column of ours is called in a table of people, where names such as Status are theirs. */
export function adoptedName(column: TrackedColumn): string {
  return `Parity ${column === 'ID' ? column : column.toLowerCase()}`;
}

/**
 * The headers of a table and where it stands in, what its columns mean out. Names count in any case; of two equal ones the first.
 * Throws PX4105, for the line, if a configured header is not there.
 */
export function planColumns(
  headers: readonly string[],
  options: TableOptions,
  at: { readonly file: string; readonly line: number },
): ColumnPlan {
  const lower = headers.map((header) => header.toLowerCase());
  const names: (TrackedColumn | null)[] = headers.map(() => null);
  const take = (column: TrackedColumn, header: string): boolean => {
    const index = lower.findIndex((name, position) => name === header.toLowerCase() && names[position] === null);
    if (index >= 0) names[index] = column;
    return index >= 0;
  };
  const known = trackedColumns;
  const mapped = known.filter((column) => typeof options.columns[column] === 'string');
  const lost = mapped.filter((column) => !take(column, String(options.columns[column])));
  if (lost.length > 0) throw noHeader(lost, { headers, options, at });
  const rest = known.filter((column) => options.columns[column] === undefined);
  const isOwn =
    options.heading === null ||
    tableColumns.every((column) => names.includes(column) || lower.includes(column.toLowerCase()));
  const absent = rest.filter((column) => !take(column, isOwn ? column : adoptedName(column)));
  return { names, missing: tableColumns.filter((column) => !isOwn && absent.includes(column)) };
}

interface Lost {
  readonly headers: readonly string[];
  readonly options: TableOptions;
  readonly at: { readonly file: string; readonly line: number };
}

function noHeader(columnsLost: readonly TrackedColumn[], { headers, options, at }: Lost): ParityError {
  const wanted = columnsLost.map((column) => `"${options.columns[column]}" (for ${column})`).join(' and no column ');
  const message = `the tracker table has no column ${wanted}`;
  return new ParityError('PX4105', `${at.file}: ${message}`, {
    hint: `Its columns are ${headers.slice(0, 20).join(', ')}: mend tracker.columns in parity.yaml.`,
    problems: [{ file: at.file, line: at.line + 1, col: 1, message }],
  });
}
