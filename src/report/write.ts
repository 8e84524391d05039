import { join } from 'node:path';
import { writeWhole } from '../record/files.ts';
import type { RunRecord } from '../record/types.ts';

/** File of each format that is one; `terminal` and `github` go elsewhere. */
const fileNames = { json: 'report.json', md: 'report.md', html: 'report.html', junit: 'junit.xml' } as const;
type FileFormat = keyof typeof fileNames;

const isFileFormat = (format: string): format is FileFormat => Object.hasOwn(fileNames, format);
const options = { colour: false, width: 80, unicode: true };

/**
 * Writes the reports of those `formats` that are files into the run folder `dir`, each whole or not at all, and gives their
 * paths. Throws ParityError PX4201.
 */
export const writeReports = async (dir: string, record: RunRecord, formats: readonly string[]): Promise<string[]> => {
  const { partsOf } = await import('./renderers.ts');
  // One is rendered while the disk takes another.
  const writing = [...new Set(formats.filter(isFileFormat))].map(async (format) => {
    const path = join(dir, fileNames[format]);
    await writeWhole(path, partsOf(format, record, options));
    return path;
  });
  await Promise.allSettled(writing);
  return Promise.all(writing);
};
