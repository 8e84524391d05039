import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { createSource, encodingFault, type Source } from '../../config/source/source.ts';
import { maxLinesLineLength } from '../limits.ts';

/** What is told of a file while its lines are read. */
export interface LineListener {
  /** Takes its bytes, in their order. */
  bytes(part: Uint8Array): void;
  /** It cannot be read, or no further, or it is not the file that it was. */
  fault(source: Source, fault: { readonly message: string; readonly hint?: string; readonly at: number }): void;
}

export interface LineFile {
  readonly path: string;
  /** As it is shown to people. */
  readonly file: string;
  /** Says of size and time of change whether this is the file that was read before. */
  readonly isSame: (stamp: string) => boolean;
}

/** A line without its line feed; the first is number 1. */
export interface TextLine {
  readonly text: string;
  readonly number: number;
}

const chunkSize = 256 * 1024;

/** The lines of a JSON Lines file from the one with the number `from` on, in memory one at a time. Blank ones come too. */
export function* textLines(
  { path, file, isSame }: LineFile,
  listener: LineListener,
  from: number,
): Generator<TextLine> {
  let number = 1;
  const refuse = (message: string) => listener.fault(createSource(file, '', number), { message, at: 0 });
  try {
    for (const block of blocksOf(path, isSame, listener)) {
      if (typeof block === 'string') return refuse(block);
      const isText = isUtf8(block);
      let start = 0;
      for (let end = lineEnd(block, start); start < block.length; end = lineEnd(block, start)) {
        if (number >= from) {
          const text = textOf(block, { start, end }, number);
          const isFine = isText && number > 1;
          const fault = isFine ? null : encodingFault(block.subarray(start, end), text, number === 1);
          if (fault !== null)
            return listener.fault(createSource(file, text, number), {
              message: fault.message,
              hint: 'save the file as UTF-8',
              at: fault.span.start,
            });
          yield { text, number };
        }
        number += 1;
        start = end + 1;
      }
    }
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    refuse(`the file cannot be read: ${String(cause.code)}`);
  }
}

/** Where the line ends that begins at `start`: at its line feed, or with the file. */
function lineEnd(block: Buffer, start: number): number {
  const end = block.indexOf(10, start);
  return end < 0 ? block.length : end;
}

function textOf(
  block: Buffer,
  { start, end }: { readonly start: number; readonly end: number },
  number: number,
): string {
  const text = block.toString('utf8', start, end);
  return number === 1 ? text.replace(/^\uFEFF/, '') : text;
}

/** The bytes of a file in parts of whole lines, or why there are no more. Throws what the file system throws. */
function* blocksOf(
  path: string,
  isSame: LineFile['isSame'],
  listener: Pick<LineListener, 'bytes'>,
): Generator<Buffer | string> {
  const handle = openSync(path, 'r');
  try {
    const info = fstatSync(handle);
    if (!info.isFile()) return yield 'this is not a regular file';
    if (!isSame(`${info.size} ${info.mtimeMs}`)) return yield 'the file changed since its cases were checked';
    let rest: Buffer = Buffer.alloc(0);
    for (const chunk of chunksOf(handle)) {
      listener.bytes(chunk);
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const whole = bytes.lastIndexOf(10) + 1;
      if (whole > 0) yield bytes.subarray(0, whole);
      rest = bytes.subarray(whole);
      if (rest.length > maxLinesLineLength) return yield `the line has over ${maxLinesLineLength} bytes`;
    }
    if (rest.length > 0) yield rest;
  } finally {
    closeSync(handle);
  }
}

/** Each chunk has memory of its own: the line that goes beyond it is kept. */
function* chunksOf(handle: number): Generator<Buffer> {
  for (;;) {
    const chunk = Buffer.allocUnsafeSlow(chunkSize);
    const size = readSync(handle, chunk, 0, chunkSize, null);
    if (size === 0) return;
    yield chunk.subarray(0, size);
  }
}
