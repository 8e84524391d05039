import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { ParityError } from '../../errors.ts';
import { maxDocumentBytes, maxLineBytes } from '../limits.ts';

/** A file to import, read from its beginning each time. */
export interface ImportSource {
  /** As it was named. */
  readonly file: string;
  readonly chunks: () => AsyncIterable<Buffer>;
}

/** A place in a file where it cannot be read as what it is called. */
export function unreadable(
  file: string,
  message: string,
  at: { readonly line: number; readonly col?: number },
): ParityError {
  return new ParityError('PX2910', 'the file cannot be read as its format; nothing was written', {
    problems: [{ file, line: at.line, col: at.col ?? 1, message }],
    hint: 'check the file, or name another format: parity import --help lists them',
  });
}

/** Opens a file; one that is compressed with gzip is read as what it holds. */
export function openSource(file: string): ImportSource {
  return { file, chunks: () => chunksOf(file) };
}

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  const stream = createReadStream(file, { highWaterMark: 256 * 1024 });
  let gunzip: ReturnType<typeof createGunzip> | null = null;
  try {
    const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const first = await iterator.next();
    if (first.done === true) return;
    if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
      yield first.value;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
      return;
    }
    stream.destroy();
    gunzip = createReadStream(file).pipe(createGunzip());
    for await (const part of gunzip) yield part as Buffer;
  } catch (cause) {
    const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
    throw new ParityError('PX2911', `${file} cannot be read (${code})`, { cause, hint: 'name a file that is there' });
  } finally {
    stream.destroy();
    gunzip?.destroy();
  }
}

/** All of a document that cannot be read in parts. */
export async function wholeText(source: ImportSource): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of source.chunks()) {
    size += part.length;
    if (size > maxDocumentBytes)
      throw unreadable(source.file, `it is larger than ${maxDocumentBytes / 2 ** 20} MiB`, { line: 1 });
    parts.push(part);
  }
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

/** The first bytes of a file. */
export async function headText(source: ImportSource, bytes: number): Promise<string> {
  let head: Buffer = Buffer.alloc(0);
  for await (const part of source.chunks()) {
    head = Buffer.concat([head, part]);
    if (head.length >= bytes) break;
  }
  return head
    .subarray(0, bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

/** A line without its end; `text` is null where it is longer than `maxLineBytes`. */
export interface Line {
  readonly number: number;
  readonly text: string | null;
}

/** The lines of a file, none of which is held beyond `maxLineBytes`. */
export async function* linesOf(source: ImportSource): AsyncGenerator<Line> {
  let number = 0;
  let rest: Buffer = Buffer.alloc(0);
  let isLong = false;
  for await (const chunk of source.chunks()) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(10, rest.length); end >= 0; end = bytes.indexOf(10, from)) {
      number += 1;
      yield { number, text: isLong || end - from > maxLineBytes ? null : lineText(bytes, from, end) };
      isLong = false;
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > maxLineBytes) {
      isLong = true;
      rest = Buffer.alloc(0);
    }
  }
  if (rest.length > 0 || isLong) yield { number: number + 1, text: isLong ? null : lineText(rest, 0, rest.length) };
}

function lineText(bytes: Buffer, from: number, end: number): string {
  return bytes.toString('utf8', from, bytes[end - 1] === 13 && end > from ? end - 1 : end);
}
