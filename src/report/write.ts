import { join } from 'node:path';
import { ParityError } from '../errors.ts';
import { writeWhole } from '../record/lines/files.ts';
import type { RunRecord } from '../record/run-record.ts';
import { loadRenderer } from './formats.ts';

/** File of each format that is one; `terminal` and `github` go elsewhere. */
const fileNames = {
  json: 'report.json',
  md: 'report.md',
  html: 'report.html',
  junit: 'junit.xml',
  sarif: 'report.sarif',
  har: 'report.har',
} as const;
type FileFormat = keyof typeof fileNames;

const isFileFormat = (format: string): format is FileFormat => Object.hasOwn(fileNames, format);
const options = { colour: false, width: 80, unicode: true };

/** The files of some reports, and the formats that a bug of the tool kept from being rendered. */
export interface Written {
  readonly paths: readonly string[];
  readonly failed: readonly { readonly format: string; readonly error: unknown }[];
}

/**
 * Writes the reports of those `formats` that are files into the run folder `dir`, each whole or not at all. One that cannot be rendered
 * costs itself alone. Throws ParityError PX4201.
 */
export const writeReports = async (dir: string, record: RunRecord, formats: readonly string[]): Promise<Written> => {
  const wanted = [...new Set(formats.filter(isFileFormat))];
  // One is rendered while the disk takes another.
  const writing = wanted.map(async (format) => {
    const path = join(dir, fileNames[format]);
    const render = await loadRenderer(format, record);
    await writeWhole(path, render(record, options));
    return path;
  });
  const settled = await Promise.allSettled(writing);
  const failed = settled.flatMap((one, at) =>
    one.status === 'rejected' ? [{ format: fileNames[wanted[at]!], error: one.reason as unknown }] : [],
  );
  const refused = failed.find(({ error }) => error instanceof ParityError);
  if (refused !== undefined) throw refused.error;
  return { paths: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])), failed };
};
