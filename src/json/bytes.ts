/** A double quote. */
export const quote = 0x22;
/** A backslash. */
export const backslash = 0x5c;

/** 0 for bytes that stand for themselves inside a string; quotes, backslashes, controls and non-ASCII need a look. */
export const needsLook = new Uint8Array(256);
for (let byte = 0; byte < 256; byte += 1)
  needsLook[byte] = byte < 0x20 || byte === quote || byte === backslash || byte > 0x7f ? 1 : 0;

/** Letters that come after a backslash alone (RFC 8259, section 7). */
export const simpleEscapes = new Set(Buffer.from('"\\/bfnrt'));

/** White space of JSON (RFC 8259, section 2). */
export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** `0` to `9`. */
export function isDigit(byte = 0): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** `0` to `9`, `a` to `f` and `A` to `F`. */
export function isHexDigit(byte = 0): boolean {
  return isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}
