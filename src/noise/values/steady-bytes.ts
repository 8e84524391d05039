import { maxChance } from '../limits.ts';

/**
 * Whether binary bodies that differ in each answer of both sides agree in all that stays: their length, each byte that is the same in
 * all answers of a side, and whether they are ASCII. A character stands for each byte. Bodies of several lengths are not compared byte by
 * byte: they do not agree. Of few answers some bytes are the same by chance: as many as that say nothing.
 */
export function agreeInSteadyBytes(a: readonly string[], b: readonly string[]): boolean {
  const [length, ...others] = new Set([...a, ...b].map((text) => text.length));
  if (a.length < 2 || b.length < 2 || length === undefined || others.length > 0) return false;
  const [onA, onB] = [a, b].map((side) => 256 ** (1 - new Set(side).size));
  const count = { a: 0, b: 0, both: 0 };
  for (let at = 0; at < length; at += 1) {
    const [x, y] = [steadyByte(a, at), steadyByte(b, at)];
    if (x !== y) count[x === null ? 'b' : y === null ? 'a' : 'both'] += 1;
  }
  const areChance =
    mayBeChance(count.a, length * onA!) &&
    mayBeChance(count.b, length * onB!) &&
    mayBeChance(count.both, length * onA! * onB!);
  const [isText, isOtherText] = [a, b].map((side) => side.every(isAscii));
  return areChance && (isText === isOtherText || (isText ? b : a).some(isAscii));
}

/** The byte at a place where all answers have the same; null where it varies. */
function steadyByte([first = '', ...others]: readonly string[], at: number): string | null {
  const byte = first[at] ?? '';
  return others.every((text) => text[at] === byte) ? byte : null;
}

/** Whether so many rare events, or more, come by chance where so many are expected (Poisson). */
function mayBeChance(count: number, expected: number): boolean {
  let [term, below] = [Math.exp(-expected), 0];
  for (let at = 0; at < count; at += 1) {
    below += term;
    term *= expected / (at + 1);
  }
  return 1 - below >= maxChance;
}

function isAscii(text: string): boolean {
  return [...text].every((character) => character < '\x80');
}
