import { open } from 'node:fs/promises';
import { maxLineLength } from './limits.ts';

/** A line of a file, without its line feed. */
export interface FileLine {
  readonly number: number;
  readonly text: string;
  /** Offset of its first byte. */
  readonly start: number;
  /** Offset of the first byte behind it. */
  readonly end: number;
  /** It ends in a line feed; the last line of a run that was cut off may not. */
  readonly whole: boolean;
}

const chunkSize = 256 * 1024;

/** The lines of a file, in memory one at a time. Throws what the file system throws, and RangeError for a line of over 256 MiB. */
export async function* linesOf(path: string): AsyncGenerator<FileLine> {
  const file = await open(path, 'r');
  try {
    yield* linesIn((buffer) => file.read(buffer, 0, buffer.length, null));
  } finally {
    await file.close();
  }
}

type Read = (buffer: Buffer) => Promise<{ readonly bytesRead: number }>;

/** Reads into one buffer again and again; what is left of a line at its end is copied. */
async function* linesIn(read: Read): AsyncGenerator<FileLine> {
  const buffer = Buffer.allocUnsafeSlow(chunkSize);
  let parts: Buffer[] = [];
  let [length, number, at, begin] = [0, 1, 0, 0];
  for (let { bytesRead } = await read(buffer); bytesRead > 0; { bytesRead } = await read(buffer)) {
    const chunk = buffer.subarray(0, bytesRead);
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const text = textOf(parts, chunk.subarray(start, end));
      yield { number, text, start: begin, end: at + end + 1, whole: true };
      [parts, length, number, start, begin] = [[], 0, number + 1, end + 1, at + end + 1];
    }
    parts.push(Buffer.from(chunk.subarray(start)));
    length += chunk.length - start;
    at += chunk.length;
    if (length > maxLineLength) throw new RangeError(`line ${number} is longer than ${maxLineLength} bytes`);
  }
  if (length > 0) yield { number, text: textOf(parts), start: begin, end: at, whole: false };
}

function textOf(parts: readonly Buffer[], last: Buffer = Buffer.alloc(0)): string {
  return (parts.length === 0 ? last : Buffer.concat([...parts, last])).toString('utf8');
}

/** The value of a JSON text; undefined for anything else. */
export function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
