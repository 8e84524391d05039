import type { JsonDocument } from './document.ts';
import { sameNumber } from './number.ts';
import { sourceText } from './text.ts';

/** A number that is spelled without an exponent: its digits without zeros at either end, and the power of ten of the last one. */
export interface Decimal {
  readonly negative: boolean;
  /** Offsets in the source of the first and the last digit that is not a zero (a point may be between); zero has none. */
  readonly first: number;
  readonly last: number;
  readonly exponent: number;
}

const [zero, nine, point, minus] = [0x30, 0x39, 0x2e, 0x2d];

/** Takes a number node apart where it stands in the source; null if it is spelled with an exponent (RFC 8259, section 6). */
export function decimalAt(document: JsonDocument, node: number): Decimal | null {
  const { bytes } = document;
  const [start, end] = [document.start[node]!, document.end[node]!];
  let [pointAt, first, last] = [end, -1, -1];
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte === point) pointAt = at;
    else if (byte > zero && byte <= nine) {
      if (first === -1) first = at;
      last = at;
    } else if (byte > nine) return null;
  }
  if (first === -1) return { negative: false, first: 0, last: -1, exponent: 0 };
  return { negative: bytes[start] === minus, first, last, exponent: pointAt - last - (last < pointAt ? 1 : 0) };
}

/** Two number nodes stand for the same number, see `sameNumber`. */
export function sameNumberAt(a: JsonDocument, i: number, b: JsonDocument, j: number): boolean {
  const [x, y] = [decimalAt(a, i), decimalAt(b, j)];
  if (x === null || y === null) return sameNumber(sourceText(a, i), sourceText(b, j));
  return x.negative === y.negative && x.exponent === y.exponent && sameDigits(a.bytes, x, b.bytes, y);
}

/** Of two numbers with one exponent: if there is a point between equal digits, it stands at the same place. */
function sameDigits(a: Buffer, x: Decimal, b: Buffer, y: Decimal): boolean {
  const length = x.last - x.first;
  if (length !== y.last - y.first) return false;
  for (let at = 0; at <= length; at += 1) if (a[x.first + at] !== b[y.first + at]) return false;
  return true;
}
