import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gauntletFolders } from '../gauntlet-folder.ts';
import { maxAssessmentBytes, maxEarlier } from '../limits.ts';
import { type Assessment, assessmentSchema } from './assessment.ts';

/** An assessment of an earlier gauntlet. */
export interface EarlierAssessment extends Assessment {
  /** Name of its folder. */
  readonly folder: string;
}

/** Takes the folder of reports and that of a gauntlet; returns the newest assessments from before it, the oldest first, and the folders whose assessment cannot be read. */
export async function readEarlier(
  reports: string,
  own: string,
): Promise<{ readonly earlier: readonly EarlierAssessment[]; readonly unreadable: readonly string[] }> {
  const earlier: EarlierAssessment[] = [];
  const unreadable: string[] = [];
  const all = await gauntletFolders(reports);
  const folders = all.slice(0, all.includes(own) ? all.indexOf(own) : all.length).reverse();
  for (const folder of folders) {
    const found = await readAssessment(join(folder, 'assessment.json'));
    if (found === 'unreadable') unreadable.push(basename(folder));
    else if (found !== null) earlier.push({ ...found, folder: basename(folder) });
    if (earlier.length === maxEarlier) break;
  }
  return { earlier: earlier.reverse(), unreadable };
}

/** Null: there is none. */
export async function readAssessment(path: string): Promise<Assessment | 'unreadable' | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  if (!found.isFile() || found.size > maxAssessmentBytes) return 'unreadable';
  try {
    return assessmentSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return 'unreadable';
  }
}
