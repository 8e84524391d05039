import { createHash } from 'node:crypto';

/** `length` characters of 0-9 and a-z that stand for a text: of SHA-256, so that they are the same on every machine. */
export function shortHash(text: string, length: number): string {
  const number = createHash('sha256').update(text).digest().readUIntBE(0, 6);
  return number.toString(36).padStart(10, '0').slice(-length);
}
