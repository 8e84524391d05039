import { ParityError } from '../errors.ts';
import { ownTable, type TableOptions } from './columns.ts';
import type { TrackerRow } from './row.ts';
import { readText } from './store.ts';
import { readTracker } from './table.ts';

/** A tracker file and where the table stands in, its rows that name a finding out, in the file's order. Throws PX4103 to PX4106; PX4106 if there is no file. */
export async function listTracker(file: string, options: TableOptions = ownTable): Promise<TrackerRow[]> {
  const text = await readText(file);
  if (text === null) {
    throw new ParityError('PX4106', `there is no tracker ${file}`, {
      hint: 'Run parity run to make it, or name one with --tracker FILE.',
    });
  }
  return readTracker(text, file, options).rows.filter((row) => row.id !== null);
}
