import { readSync } from 'node:fs';
import { maxBlocks } from '../limits.ts';

const blockSize = 16 * 1024;

/** Reads parts of a file in any order: those that stand near each other there cost one look at it. */
export interface FileBlocks {
  /** The text of the bytes from `start` to `end`; cut off where the file ends before. Throws what the file system throws. */
  text(start: number, end: number): string;
}

/** Blocks of an open file that does not change; the least lately used make room for others. */
export function fileBlocks(file: number): FileBlocks {
  const held = new Map<number, Buffer>();
  const read = (number: number): Buffer => {
    const bytes = held.size < maxBlocks ? Buffer.allocUnsafeSlow(blockSize) : oldest(held);
    return bytes.subarray(0, readSync(file, bytes, 0, blockSize, number * blockSize));
  };
  const block = (number: number): Buffer => {
    const bytes = held.get(number) ?? read(number);
    held.delete(number);
    held.set(number, bytes);
    return bytes;
  };
  return {
    text(start, end) {
      const [first, last] = [Math.floor(start / blockSize), Math.floor((end - 1) / blockSize)];
      if (last - first > 1) return textAt(file, start, end);
      const at = start - first * blockSize;
      if (first === last) return block(first).toString('utf8', at, at + end - start);
      const head = block(first).subarray(at);
      return Buffer.concat([head, block(last).subarray(0, end - last * blockSize)]).toString('utf8');
    },
  };
}

/** Takes a block out, for its memory. One that was cut off by the end of the file has the whole of it behind it. */
function oldest(held: Map<number, Buffer>): Buffer {
  for (const [number, { buffer }] of held) {
    held.delete(number);
    return Buffer.from(buffer);
  }
  return Buffer.allocUnsafeSlow(blockSize);
}

function textAt(file: number, start: number, end: number): string {
  const bytes = Buffer.allocUnsafeSlow(end - start);
  return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, start));
}
