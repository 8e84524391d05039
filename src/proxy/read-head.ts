import type { ByteReader } from './byte-reader.ts';
import { maxHeadBytes } from './limits.ts';
import { MessageFault, Truncated } from './message-fault.ts';

const [lineFeed, carriageReturn] = [0x0a, 0x0d];

/** How long each phase of a head may take, in milliseconds. */
export interface HeadTimes {
  /** Until its first byte. */
  readonly idleMs?: number;
  /** From there to its end. */
  readonly headMs?: number;
}

/**
 * The lines of the next head, as latin1; null where the stream ends before it. One empty line before it is skipped (RFC 9112, 2.2).
 * Throws MessageFault for a line that does not end in CR LF, and for a head over the cap.
 */
export async function readHead(reader: ByteReader, { idleMs, headMs }: HeadTimes = {}): Promise<string[] | null> {
  if (reader.buffered.length === 0 && !(await reader.more(idleMs))) return null;
  const until = headMs === undefined ? undefined : performance.now() + headMs;
  let checked = 0;
  for (let isSkipped = false; ; ) {
    if (!isSkipped && startsWithEmptyLine(reader.buffered)) {
      reader.take(2);
      isSkipped = true;
      checked = 0;
    }
    const { buffered } = reader;
    const end = endOfHead(buffered, checked);
    if (end > maxHeadBytes || (end < 0 && buffered.length > maxHeadBytes))
      throw new MessageFault('head-too-large', `the head is larger than ${maxHeadBytes} bytes`, 431);
    if (end >= 0)
      return reader
        .take(end)
        .toString('latin1', 0, end - 4)
        .split('\r\n');
    checked = buffered.length;
    const leftMs = until === undefined ? undefined : Math.max(0, until - performance.now());
    if (await reader.more(leftMs)) continue;
    if (buffered.length === 0) return null;
    throw new Truncated('a head');
  }
}

function startsWithEmptyLine(bytes: Buffer): boolean {
  return bytes[0] === carriageReturn && bytes[1] === lineFeed;
}

/** Where the head ends, or -1 where its end has not come; lines before `checked` are known to end well. */
function endOfHead(bytes: Buffer, checked: number): number {
  for (let at = bytes.indexOf(lineFeed, checked); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) {
    if (bytes[at - 1] !== carriageReturn)
      throw new MessageFault('bare-line-feed', 'a line ends with LF in place of CR LF');
    if (bytes[at - 2] === lineFeed) return at + 1;
  }
  return -1;
}
