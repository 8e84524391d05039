import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { createSource, encodingFault, type Source } from '../config/source.ts';

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

const chunkSize = 256 * 1024;
const longestLine = 64 * 1024 * 1024;

/** The lines of a JSON Lines file, each as a source of its own, in memory one at a time. Blank ones come too. */
export function* lineSources({ path, file, isSame }: LineFile, listener: LineListener): Generator<Source> {
  let number = 1;
  const refuse = (message: string) => listener.fault(createSource(file, '', number), { message, at: 0 });
  try {
    for (const bytes of linesOf(path, isSame, listener)) {
      if (typeof bytes === 'string') return refuse(bytes);
      const source = createSource(file, textOf(bytes, number), number);
      const fault = encodingFault(bytes, source.text, number === 1);
      if (fault !== null)
        return listener.fault(source, {
          message: fault.message,
          hint: 'save the file as UTF-8',
          at: fault.span.start,
        });
      yield source;
      number += 1;
    }
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    refuse(`the file cannot be read: ${String(cause.code)}`);
  }
}

function textOf(bytes: Buffer, number: number): string {
  const text = bytes.toString('utf8');
  return number === 1 ? text.replace(/^\uFEFF/, '') : text;
}

/** Lines without their line feeds, or why there are no more. Throws what the file system throws. */
function* linesOf(
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
      let start = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
        yield bytes.subarray(start, end);
        start = end + 1;
      }
      rest = bytes.subarray(start);
      if (rest.length > longestLine) return yield `the line has over ${longestLine} bytes`;
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
