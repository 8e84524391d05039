import { ParityError } from '../errors.ts';
import { readTracker } from './markdown/table.ts';
import { ownTable, type TableOptions } from './rows/columns.ts';
import { visible } from './rows/escape.ts';
import type { TrackerRow } from './rows/row.ts';
import { readTrackerText } from './tracker-file.ts';

/** A tracker file and where the table stands in, its rows that name a finding out, in the file's order. Throws PX4103 to PX4106; PX4106 if there is no file. */
export async function listTracker(file: string, options: TableOptions = ownTable): Promise<TrackerRow[]> {
  const text = await readTrackerText(file, options);
  if (text === null) {
    throw new ParityError('PX4106', `there is no tracker ${file}`, {
      hint: 'Run parity run to make it, or name one with --tracker FILE.',
    });
  }
  return readTracker(text, file, options).rows.filter((row) => row.id !== null);
}

/** A tracker file, an id in any case and where the table stands in, its row out. Throws as `listTracker`, and PX2605 if there is none. */
export async function rowOf(file: string, id: string, options: TableOptions = ownTable): Promise<TrackerRow> {
  const row = (await listTracker(file, options)).find((one) => one.id === id.toUpperCase());
  if (row !== undefined) return row;
  throw new ParityError('PX2605', `${file} has no row ${visible(id)}`, {
    hint: 'parity tracker list shows the ids.',
  });
}
