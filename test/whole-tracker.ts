import { existsSync, readFileSync } from 'node:fs';
import { parseStateLines, withState } from '../src/tracker/markdown/state-lines.ts';
import { ownTable } from '../src/tracker/rows/columns.ts';
import { statePath } from '../src/tracker/tracker-file.ts';

/** The text of a tracker with what its rows remember, as earlier versions wrote it in one file. */
export function wholeTracker(file: string): string {
  const state = existsSync(statePath(file)) ? readFileSync(statePath(file), 'utf8') : '';
  return withState(readFileSync(file, 'utf8'), parseStateLines(state), { file, options: ownTable });
}
