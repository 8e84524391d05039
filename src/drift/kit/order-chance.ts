import { maxBits } from '../limits.ts';

/** How little chance there is that so many different items stand in one order: the binary logarithm of 1 in so many. */
export function bitsOfOrder(items: number): number {
  let bits = 0;
  for (let n = 2; n <= items && bits < maxBits; n += 1) bits += Math.log2(n);
  return bits;
}
