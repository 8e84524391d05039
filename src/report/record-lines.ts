import { createReadStream } from 'node:fs';

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

/** Longest line that is read, in bytes: far above what capped bodies need, far below what exhausts memory. */
const longestLine = 256 * 1024 * 1024;

/** The lines of a file, in memory one at a time. Throws what the file system throws, and RangeError for a line of over 256 MiB. */
export async function* linesOf(path: string): AsyncGenerator<FileLine> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 1;
  let at = 0;
  let begin = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      parts.push(chunk.subarray(start, end));
      const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
      yield { number, text: bytes.toString('utf8'), start: begin, end: at + end + 1, whole: true };
      [parts, length, number, start, begin] = [[], 0, number + 1, end + 1, at + end + 1];
    }
    parts.push(chunk.subarray(start));
    length += chunk.length - start;
    at += chunk.length;
    if (length > longestLine) throw new RangeError(`line ${number} is longer than ${longestLine} bytes`);
  }
  if (length > 0) yield { number, text: Buffer.concat(parts).toString('utf8'), start: begin, end: at, whole: false };
}

/** The value of a JSON text; undefined for anything else. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
