import { formatOf } from '../../compare/values/value-format.ts';
import { maxEnd } from '../limits.ts';
import { type Detector, numbersIn, type Samples } from './detector.ts';
import { chanceOfSeparation } from './significance.ts';

/** Letters and a number behind them: the first digits of a counter stay for long. */
const numbered = /^[\p{L}_-]*\d+$/u;

/** All texts of one side begin or end with the same characters, and none of the other does. Numbers and known formats are left out. */
export const constantEnds: Detector = {
  id: 'constant-ends',
  separate(samples) {
    const sides = samples.every((side) => side.flat().every(isEncoded)) ? samples.map(decoded) : samples;
    const all = sides.flat(2);
    if (all.length === 0 || sides.some((side) => numbersIn(side) !== null) || all.some(hasFormat)) return null;
    const beginnings = all.every((text) => numbered.test(text)) ? null : separatedBy(sides, asIs);
    const ends = beginnings ?? separatedBy(sides, reversed);
    if (ends === null) return null;
    const [verb, read] = beginnings === null ? ['ends', reversed] : (['begins', asIs] as const);
    const phrase = (end: string | null) => (end === null ? `${verb} otherwise` : `${verb} with ${read(end)}`);
    const chance = 4 * maxEnd * chanceOfSeparation(samples[0].length, samples[1].length);
    return { properties: [phrase(ends[0]), phrase(ends[1])], chance };
  },
};

/** Text in Base64 (a cursor of a page): how it ends says how long it is, as the number in it is on one side. */
const isEncoded = (text: string) => /^[\w+/-]{16,}={0,2}$/.test(text) && /^[\x20-\x7e]+$/.test(textIn(text));
const textIn = (text: string) => Buffer.from(text, 'base64').toString('latin1');
const decoded = (side: Samples): Samples => side.map((sample) => sample.map(textIn));

type Read = (text: string) => string;
const hasFormat = (text: string) => formatOf(JSON.stringify(text)) !== null;
const asIs: Read = (text) => text;
const reversed: Read = (text) => [...text].reverse().join('');

/** The shortest beginning that all texts of one side have and none of the other, and the one that the other side has. */
function separatedBy(sides: readonly Samples[], read: Read): readonly [string | null, string | null] | null {
  const [a, b] = sides.map((side) => side.flat().map(read));
  for (let size = 1; size <= maxEnd; size += 1) {
    const [x, y] = [commonStart(a!, size), commonStart(b!, size)];
    const isOnOne = (x !== null && !hasStart(b!, x)) || (y !== null && !hasStart(a!, y));
    if (isOnOne) return [x, y];
  }
  return null;
}

function commonStart([first = '', ...others]: readonly string[], size: number): string | null {
  const start = first.slice(0, size);
  return start.length === size && others.every((text) => text.startsWith(start)) ? start : null;
}

function hasStart(texts: readonly string[], start: string): boolean {
  return texts.some((text) => text.startsWith(start));
}
