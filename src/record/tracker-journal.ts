import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from './lines/files.ts';

/** Name of the tracker's text as the run found it, in the run folder: only there while the run can be cut off. */
const trackerBeforeName = 'tracker-before.md';

/** What a run folder knows of the writing of the tracker; `keep` throws ParityError PX4201. */
export interface TrackerJournal {
  /** The text that a run which was cut off there was about to replace; undefined if it did not come so far. */
  readonly before: string | undefined;
  keep(text: string): Promise<void>;
}

/** The journal of the tracker in the run folder `dir`. */
export const trackerJournal = (dir: string): TrackerJournal => {
  const path = join(dir, trackerBeforeName);
  return {
    before: existsSync(path) ? readFileSync(path, 'utf8') : undefined,
    keep: (text) => writeWhole(path, text),
  };
};

/** Forgets the journal in `dir`: the run came to its end. What cannot be removed does no harm. */
export const forgetTrackerJournal = (dir: string): Promise<void> =>
  rm(join(dir, trackerBeforeName), { force: true }).catch(() => {});
