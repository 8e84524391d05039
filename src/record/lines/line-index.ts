import { closeSync, openSync, readSync } from 'node:fs';
import { hashTable } from '../../structures/hash-table.ts';
import { numberList } from '../../structures/number-list.ts';

/** Lines of a file by the id of the case that each is about. Some thirty bytes a line. */
export interface LineIndex<T> {
  /** Takes the next line. */
  add(id: string, line: { readonly start: number; readonly end: number }): void;
  /** The last line about that case, or null. Throws what the file system throws, and RangeError where the file is not what it was. */
  find(id: string): T | null;
}

/** An index of the file `path`, empty at first; `read` gives the value of a line, null for one that is none. That two ids have one hash does no harm: the line is read. */
export function lineIndex<T extends { readonly id: string }>(
  path: string,
  read: (text: string) => T | null,
): LineIndex<T> {
  const table = hashTable();
  const places = numberList();
  const others = new Map<string, number>();
  const bytes = blockReader(path);
  const valueAt = (at: number): T => {
    const value = read(bytes(places.at(2 * at), places.at(2 * at + 1)));
    if (value === null) throw new RangeError('the record changed while it was read');
    return value;
  };
  return {
    add(id, { start, end }) {
      const number = places.length / 2;
      places.push(start);
      places.push(end);
      const known = table.get(id);
      if (known === null || valueAt(known).id === id) table.set(id, number);
      else others.set(id, number);
    },
    find(id) {
      const at = others.get(id) ?? table.get(id);
      const value = at === null ? null : valueAt(at);
      return value?.id === id ? value : null;
    },
  };
}

/** So many bytes are read at once, and so many of them are before the line that is wanted: lines come nearly in the order of the cases. */
const blockSize = 256 * 1024;
const blockBefore = 64 * 1024;

function blockReader(path: string): (start: number, end: number) => string {
  let block: Buffer = Buffer.alloc(0);
  let from = 0;
  return (start, end) => {
    if (start < from || end > from + block.length) {
      from = Math.max(0, start - blockBefore);
      block = bytesOf(path, from, Math.max(end - from, blockSize));
    }
    return block.toString('utf8', start - from, end - from);
  };
}

/** As many bytes as there are. */
function bytesOf(path: string, from: number, length: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafeSlow(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, from));
  } finally {
    closeSync(file);
  }
}
