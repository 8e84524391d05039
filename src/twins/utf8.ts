import { isUtf8 } from 'node:buffer';

/** How many bytes the UTF-8 sequence at `at` has; 0 if there is none (RFC 3629). */
export function runeLength(bytes: Buffer, at: number): number {
  const lead = bytes[at]!;
  const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

/** How many bytes from the start are whole UTF-8 sequences; the length if all are. */
export function validUpTo(bytes: Buffer): number {
  if (isUtf8(bytes)) return bytes.length;
  let at = 0;
  while (at < bytes.length) {
    const length = runeLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/** The text of bytes as Go reads them: each byte that is no part of a whole sequence becomes a U+FFFD of its own. */
export function goText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = runeLength(bytes, at);
    parts.push(length === 0 ? '\ufffd' : bytes.toString('utf8', at, at + length));
    at += Math.max(length, 1);
  }
  return parts.join('');
}
