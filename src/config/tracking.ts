import type { Complain } from './source/source.ts';
import type { SourceNode } from './source/source-node.ts';
import { entriesOf, field, numberOf, textOf } from './source/tree-access.ts';

/** The columns of the tracker, in the order of a new table: what people decide stands where a narrow page still shows it. */
export const tableColumns = [
  'ID',
  'Status',
  'Decision',
  'Divergence',
  'Route',
  'Reference',
  'Candidate',
  'Cases',
  'First seen',
  'Last seen',
] as const;

/** Columns of people that `accept` fills and a run only reads. */
const peopleColumns = ['Owner', 'Until'] as const;

/** Columns of the tracker that `tracker.columns` may name. */
export const trackedColumns = [...tableColumns, ...peopleColumns] as const;

/** The name of a column that the tracker knows. */
export type TrackedColumn = (typeof trackedColumns)[number];

/** How the tracker is kept, beside the file that it is kept in. */
export interface Tracking {
  /** The heading above a table of people's own; null: the table stands below its marker. */
  readonly heading: string | null;
  /** By column: the header that stands for it in that table, or false for a column that is left out. */
  readonly columns: Readonly<Partial<Record<TrackedColumn, string | false>>>;
  /** How many runs in a row must be clean before a row is fixed; from 1. */
  readonly fixedAfter: number;
  /**
   * Where people find the newest report: an address, or a path relative to `parity.yaml`; `{id}` is the finding. Null: in the folder
   * of the run folders. False: rows carry no link.
   */
  readonly report: string | false | null;
}

/** A table below the marker, closed by one clean run, without links. */
export const plainTracking: Tracking = { heading: null, columns: {}, fixedAfter: 1, report: null };

/** Takes the value of `tracker:`; returns the path in it, or null. */
export function trackerPath(node: SourceNode | null): string | null {
  return textOf(node) ?? textOf(field(node, 'file'));
}

/** Takes the value of `tracker:`, which fits its schema, and its file; returns how the tracker is kept; notes two columns with one header. */
export function readTracking(node: SourceNode | null, { complain }: { readonly complain: Complain }): Tracking {
  if (node?.kind !== 'map') return plainTracking;
  const columns: Partial<Record<TrackedColumn, string | false>> = {};
  const taken = new Map<string, string>();
  for (const { key, value } of entriesOf(field(node, 'columns'))) {
    const header = textOf(value);
    const twin = header === null ? undefined : taken.get(header.toLowerCase());
    if (twin !== undefined) complain(value.span, { message: `${twin} and ${key} cannot be one column of the table` });
    if (header !== null) taken.set(header.toLowerCase(), key);
    columns[key as TrackedColumn] = header ?? false;
  }
  return {
    heading: textOf(field(node, 'heading')),
    columns,
    fixedAfter: numberOf(field(node, 'fixedAfter')) ?? 1,
    report: textOf(field(node, 'report')) ?? (field(node, 'report') === null ? null : false),
  };
}
