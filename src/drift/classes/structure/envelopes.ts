import type { JsonMember } from '../../../json/tree.ts';
import { memberOf, unknownValue } from '../../kit/node-predicates.ts';

export const resultArms = new Set(['Ok', 'Err']);

export function holdSeats(rest: readonly string[]): JsonMember[] {
  return rest.map((key) => memberOf(key, unknownValue));
}
