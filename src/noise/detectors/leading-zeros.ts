import { type Detector, numbersIn, type Samples } from './detector.ts';
import { chanceOfSeparation } from './significance.ts';

/** A number that is filled up with zeros on the left: `007`. */
const padded = /^0\d/;

/** Numbers of one side are filled up with zeros to one length, and numbers of the other side are shorter than that. */
export const leadingZeros: Detector = {
  id: 'leading-zeros',
  separate(sides) {
    if (sides.some((side) => numbersIn(side) === null)) return null;
    const width = Math.max(...sides.flat(2).map((value) => (padded.test(value) ? value.length : 0)));
    const [a, b] = sides.map((side) => formsOf(side, width));
    const [filled, short] = [a!.padded + b!.padded, a!.short + b!.short];
    const isSeparated = a!.padded * a!.short + b!.padded * b!.short === 0 && (a!.padded === 0) !== (b!.padded === 0);
    if (!isSeparated || short === 0) return null;
    const properties = [phrase(a!, width), phrase(b!, width)] as const;
    return { properties, chance: Math.min(1, chanceOfSeparation(filled, short)) };
  },
};

interface Forms {
  readonly padded: number;
  readonly short: number;
}

/** Samples with a padded number, and samples with a shorter number that is not padded. */
function formsOf(samples: Samples, width: number): Forms {
  const count = (is: (value: string) => boolean) => samples.filter((sample) => sample.some(is)).length;
  return {
    padded: count((value) => padded.test(value)),
    short: count((value) => !padded.test(value) && value.length < width),
  };
}

function phrase(forms: Forms, width: number): string {
  return forms.padded > 0 ? `padded with zeros to ${width} digits` : 'not padded with zeros';
}
