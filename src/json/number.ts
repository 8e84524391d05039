/** A JSON number as sign, digits without zeros at either end, and the power of ten of the last digit. Zero has no digits. */
export interface ExactNumber {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: bigint;
}

const lexeme = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Exponents with more digits than this are equal only if spelled alike: no runtime writes them, and reading them would take the day. */
const maxExponentLength = 4000;

/** Reads a JSON number lexeme (RFC 8259, section 6) with unbounded precision; null if it is none, or its exponent too long. */
export function exactNumber(text: string): ExactNumber | null {
  const match = lexeme.exec(text);
  if (match === null) return null;
  const fraction = match[3] ?? '';
  const all = `${match[2]}${fraction}`;
  let from = 0;
  while (all.charCodeAt(from) === 0x30) from += 1;
  let to = all.length;
  while (to > from && all.charCodeAt(to - 1) === 0x30) to -= 1;
  if (from === to) return { negative: false, digits: '', exponent: 0n };
  if ((match[4]?.length ?? 0) > maxExponentLength) return null;
  const exponent = BigInt(match[4] ?? '0') - BigInt(fraction.length) + BigInt(all.length - to);
  return { negative: match[1] === '-', digits: all.slice(from, to), exponent };
}

const plainInteger = /^-?\d+$/;

/** Two number lexemes stand for the same number: `1.0` and `1`, `1E2` and `100`, `-0` and `0`; never `1e400` and `1e500`. */
export function sameNumber(a: string, b: string): boolean {
  if (a === b) return true;
  if (plainInteger.test(a) && plainInteger.test(b)) return isZero(a) && isZero(b);
  const x = exactNumber(a);
  const y = exactNumber(b);
  if (x === null || y === null) return false;
  return x.negative === y.negative && x.digits === y.digits && x.exponent === y.exponent;
}

function isZero(integer: string): boolean {
  return integer === '0' || integer === '-0';
}

/** The one spelling of a number that all equal numbers share, for hashing: `12e1` for `120`, `0` for `-0.0`. */
export function numberKey(text: string): string {
  if (plainInteger.test(text)) return integerKey(text);
  const number = exactNumber(text);
  if (number === null) return text;
  return number.digits === '' ? '0' : `${number.negative ? '-' : ''}${number.digits}e${number.exponent}`;
}

/** The same without big integers: most numbers are ids and counts. */
function integerKey(text: string): string {
  if (isZero(text)) return '0';
  let to = text.length;
  while (text.charCodeAt(to - 1) === 0x30) to -= 1;
  return `${text.slice(0, to)}e${text.length - to}`;
}
