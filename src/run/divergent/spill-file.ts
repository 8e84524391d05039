import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { siblingName, storeError, storingSync } from '../../record/lines/files.ts';
import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import { numberList } from '../../structures/number-list.ts';
import { maxBlocks } from '../limits.ts';

/** Records of bytes that do not stay in memory. */
export interface Overflow {
  /** Takes a record that is not empty, and gives the place where it is found again. Throws ParityError PX4201 where the disk is full. */
  keep(record: Buffer): number;
  /** The record at a place: bytes of the whole block that it stands in, so that what is to stay must be copied. Throws ParityError PX4201. */
  read(place: number): Buffer;
  /** Lets go of the disk. */
  close(): void;
}

/** Records are written, and read again, so many bytes at once; one that is longer alone. */
const blockSize = 16 << 10;

/** The length of a record comes before it. */
const ofLength = 4;

/** A file without a name next to `beside`. What targets answered may hold secrets: it is enciphered under a key that is nowhere else. */
export function overflow(beside: string): Overflow {
  const blocks = blockFile(siblingName(beside));
  const recent = memoizeBounded(maxBlocks, blocks.read);
  let open = { bytes: Buffer.allocUnsafeSlow(blockSize), used: 0 };
  const makeRoom = (length: number) => {
    if (open.used + length <= open.bytes.length) return;
    if (open.used > 0) blocks.write(open.bytes.subarray(0, open.used));
    open = { bytes: Buffer.allocUnsafeSlow(Math.max(blockSize, length)), used: 0 };
  };
  const blockAt = (number: number) => {
    if (number === blocks.count()) return open.bytes;
    return blocks.lengthOf(number) > blockSize ? blocks.read(number) : recent(number);
  };
  return {
    keep(record) {
      makeRoom(ofLength + record.length);
      const { bytes, used } = open;
      bytes.writeUInt32LE(record.length, used);
      open.used += ofLength + record.copy(bytes, used + ofLength);
      return blocks.count() * blockSize + used;
    },
    read(place) {
      const at = place % blockSize;
      const block = blockAt((place - at) / blockSize);
      return block.subarray(at + ofLength, at + ofLength + block.readUInt32LE(at));
    },
    close: blocks.close,
  };
}

/** Blocks of bytes in a file, by number. */
interface BlockFile {
  count(): number;
  lengthOf(number: number): number;
  write(block: Buffer): void;
  read(number: number): Buffer;
  close(): void;
}

function blockFile(path: string): BlockFile {
  const key = randomBytes(32);
  const file = storingSync(path, () => nameless(path));
  /** Of each block, the next one among them. */
  const starts = numberList();
  starts.push(0);
  const room = Buffer.allocUnsafeSlow(blockSize);
  const count = () => starts.length - 1;
  const lengthOf = (number: number) => starts.at(number + 1) - starts.at(number);
  return {
    count,
    lengthOf,
    write(block) {
      const bytes = createCipheriv('aes-256-ctr', key, counterOf(count())).update(block);
      for (let at = 0; at < bytes.length; ) at += storingSync(path, () => writeSync(file, bytes, at));
      starts.push(starts.at(count()) + bytes.length);
    },
    read(number) {
      const length = lengthOf(number);
      const bytes = length > blockSize ? Buffer.allocUnsafeSlow(length) : room.subarray(0, length);
      const isWhole = storingSync(path, () => readSync(file, bytes, 0, length, starts.at(number))) === length;
      if (!isWhole) throw storeError(path, new RangeError('it was cut off'));
      return createDecipheriv('aes-256-ctr', key, counterOf(number)).update(bytes);
    },
    close: () => closeSync(file),
  };
}

/** A file without a name, so that nothing is left of it however the process ends. */
function nameless(path: string): number {
  const file = openSync(path, 'wx+', 0o600);
  rmSync(path, { force: true });
  return file;
}

/** No two blocks share a part of the key stream: each has 2^64 of its own. */
function counterOf(number: number): Buffer {
  const counter = Buffer.alloc(16);
  counter.writeBigUInt64BE(BigInt(number));
  return counter;
}
