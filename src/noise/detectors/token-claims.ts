import { isTime } from '../../compare/values/value-format.ts';
import { type Detector, singleValues } from './detector.ts';
import { chanceOfSeparation } from './significance.ts';

/** A claim of a signed token (RFC 7519) has one value in all tokens of a side, and another one in those of the other. */
export const tokenClaims: Detector = {
  id: 'token-claims',
  separate(sides) {
    const [a, b] = sides.map((side) => constantOf(singleValues(side) ?? []));
    if (a == null || b == null || a === b || isTime(a) || isTime(b)) return null;
    return { properties: [`is ${a}`, `is ${b}`], chance: chanceOfSeparation(sides[0].length, sides[1].length) };
  },
};

function constantOf([first, ...others]: readonly string[]): string | null {
  return first !== undefined && others.every((one) => one === first) ? first : null;
}
