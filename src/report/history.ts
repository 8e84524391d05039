import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ParityError } from '../errors.ts';
import { runLogName } from '../record/lines/files.ts';
import { readRun } from '../record/read.ts';
import type { RunRecord } from '../record/run-record.ts';
import { type ReportDocument, toReportDocument } from './document/document.ts';
import { isOfLibrary } from './document/trend.ts';

const isFolder = (out: string): boolean => existsSync(out) && existsSync(join(out, '.'));

/** Ids of the runs in the folder `out`, the newest first: ids sort by time. */
export const listRuns = (out: string): string[] =>
  isFolder(out)
    ? readdirSync(out)
        .filter((name) => name !== 'latest' && existsSync(join(out, name, runLogName)))
        .sort()
        .reverse()
    : [];

/** A record, or null where it cannot be read: one broken folder must not hide all others. */
const readable = async (dir: string): Promise<RunRecord | null> => {
  try {
    return await readRun(dir);
  } catch (error) {
    if (error instanceof ParityError) return null;
    throw error;
  }
};

/** The newest runs in the folder `out` that came to their end, at most `limit`, one after the other, the newest first. */
export async function* recentRuns(out: string, limit: number): AsyncGenerator<RunRecord> {
  yield* runsIn(out, limit, ({ footer }) => footer !== null);
}

/** The newest runs in the folder `out` that are wanted, whether they came to their end or not. */
export async function* runsIn(
  out: string,
  limit: number,
  isWanted: (record: RunRecord) => boolean = () => true,
): AsyncGenerator<RunRecord> {
  let left = limit;
  for (const id of listRuns(out)) {
    if (left === 0) return;
    const record = await readable(join(out, id));
    if (record === null || !isWanted(record)) continue;
    left -= 1;
    yield record;
  }
}

/** The newest runs of the library that came to their end, replays and derived cases aside, as report documents, the oldest first. */
export const readHistory = async (out: string, limit: number): Promise<ReportDocument[]> => {
  const reports: ReportDocument[] = [];
  const isWanted = ({ header, footer }: RunRecord) => footer !== null && isOfLibrary(header);
  for await (const record of runsIn(out, limit, isWanted)) reports.push(toReportDocument(record));
  return reports.reverse();
};
