import { createHash } from 'node:crypto';

/** A number from 0 up to 2^32 that depends on the texts alone. */
export function seededNumber(...parts: readonly (string | number)[]): number {
  return createHash('sha256').update(JSON.stringify(parts)).digest().readUInt32BE(0);
}

/** As `seededNumber`, of one text and made in far less time: FNV-1a, its bits mixed as murmur3 does. For ranking very many things. */
export function seededRank(seed: number, text: string): number {
  let mixed = seed >>> 0;
  for (let at = 0; at < text.length; at += 1) mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Gives whole numbers from 0 up to `below` (at most 2^32), the same ones in the same order for the same state. */
export type Random = (below: number) => number;

/** A stream of numbers that depends on the texts alone (mulberry32); for choosing places, never for secrets. */
export function seededRandom(...parts: readonly (string | number)[]): Random {
  let state = seededNumber(...parts);
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
