/** The first and last bytes of an output of any length. */
export interface Output {
  add(chunk: Uint8Array): void;
  /** At most `count` of the last lines, control characters shown as `\xNN`. */
  lastLines(count: number): readonly string[];
  /** All that is kept, with a note in place of what is not; control characters but the line end shown as `\xNN`. */
  text(): string;
}

/** An output that keeps `half` bytes of its head and as many of its tail. */
export function boundedOutput(half: number): Output {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let total = 0;
  const text = () => {
    const left = total - head.length - tail.length;
    const gap = left > 0 ? `\n[${left} bytes left out]\n` : '';
    return visible(head.toString('utf8') + gap + tail.toString('utf8'));
  };
  return {
    add(chunk) {
      total += chunk.length;
      const room = half - head.length;
      if (room > 0) head = Buffer.concat([head, chunk.subarray(0, room)]);
      const rest = chunk.subarray(Math.min(Math.max(room, 0), chunk.length));
      if (rest.length > 0) tail = Buffer.concat([tail, rest.subarray(-half)]).subarray(-half);
    },
    lastLines: (count) => text().trimEnd().split('\n').slice(-count),
    text,
  };
}

/** Text of a foreign program, made safe to print: C0, C1 and bidirectional controls become `\xNN`, the line end stays. */
export function visible(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(
      /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
      (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
}
