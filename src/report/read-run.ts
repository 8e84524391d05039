import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { ParityError } from '../errors.ts';
import { terminalText } from './escape.ts';
import type { RunCase, RunFooter, RunHeader, RunRecord } from './record.ts';
import { isRunCase, isRunFooter, isRunHeader } from './record-checks.ts';
import { runLogName } from './store.ts';

/** Longest line that is read, in bytes: far above what capped bodies need, far below what exhausts memory. */
const longestLine = 256 * 1024 * 1024;

interface Line {
  readonly number: number;
  readonly text: string;
  /** It ends in a line feed; the last line of a run that was cut off may not. */
  readonly whole: boolean;
}

const notOurs = (path: string, why: string, cause?: unknown): ParityError =>
  new ParityError('PX2501', `${terminalText(path)} is not the record of a run: ${why}`, {
    hint: 'name a run folder that holds a run.jsonl, or "latest"',
    cause,
  });

async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path)) yield chunk as Buffer;
  } catch (error) {
    throw notOurs(path, 'it cannot be read', error);
  }
}

async function* linesOf(path: string): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 1;
  for await (const chunk of bytesOf(path)) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      parts.push(chunk.subarray(start, end));
      yield { number, text: Buffer.concat(parts).toString('utf8'), whole: true };
      [parts, length, number, start] = [[], 0, number + 1, end + 1];
    }
    parts.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > longestLine) throw notOurs(path, `line ${number} is longer than ${longestLine} bytes`);
  }
  if (length > 0) yield { number, text: Buffer.concat(parts).toString('utf8'), whole: false };
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

interface Gathered {
  header: RunHeader | null;
  footer: RunFooter | null;
  readonly cases: Map<string, RunCase>;
}

/** Takes one line in; false if it has no place there. */
const take = (into: Gathered, value: unknown): boolean => {
  if (into.footer !== null) return false;
  if (into.header === null) {
    into.header = isRunHeader(value) ? value : null;
    return into.header !== null;
  }
  if (isRunFooter(value)) into.footer = value;
  else if (isRunCase(value)) into.cases.set(value.id, value);
  else return false;
  return true;
};

const byId = (a: RunCase, b: RunCase): number => (a.id < b.id ? -1 : 1);

/**
 * Reads `run.jsonl` in the run folder `dir`. A torn last line is dropped; no footer gives `footer: null`; a case that is there
 * twice counts as it stands last; cases come sorted by id. Throws ParityError PX2501 if the file is missing or not a run's.
 */
export const readRun = async (dir: string): Promise<RunRecord> => {
  const path = join(dir, runLogName);
  const gathered: Gathered = { header: null, footer: null, cases: new Map() };
  for await (const line of linesOf(path)) {
    if (take(gathered, parsed(line.text))) continue;
    if (line.whole || gathered.footer !== null) throw notOurs(path, `line ${line.number} has no place in one`);
  }
  if (gathered.header === null) throw notOurs(path, 'it has no header line');
  return { header: gathered.header, cases: [...gathered.cases.values()].sort(byId), footer: gathered.footer };
};
