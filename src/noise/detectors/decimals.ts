import { type Detector, numbersIn, type Samples } from './detector.ts';
import { chanceOfSeparation } from './significance.ts';

/** The numbers of one side have fewer decimals than those of the other, in each sample. */
export const decimals: Detector = {
  id: 'decimals',
  separate(sides) {
    if (sides.some((side) => numbersIn(side) === null)) return null;
    const [a, b] = sides.map(decimalsIn);
    const [x, y] = [a!, b!].map((counts) => [Math.min(...counts), Math.max(...counts)] as const);
    if (x![1] >= y![0] && y![1] >= x![0]) return null;
    return { properties: [phrase(x!), phrase(y!)], chance: chanceOfSeparation(a!.length, b!.length) };
  },
};

function decimalsIn(samples: Samples): number[] {
  return samples.map((sample) => Math.max(...sample.map((value) => value.split('.')[1]?.length ?? 0)));
}

function phrase([from, to]: readonly [number, number]): string {
  return from === to ? `${to} decimals` : `${from} to ${to} decimals`;
}
