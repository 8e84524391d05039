import { splitUnquoted } from '../../../../compare/headers/media-type.ts';
import type { Answered } from '../../../http-kit/exchange-pair.ts';

export function listed(answer: Answered, name: string): string[] {
  return answer
    .headers(name)
    .flatMap((value) => splitUnquoted(value, ','))
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** What one list has and the other has not. */
export function apart(a: readonly string[], b: readonly string[]): string[] {
  return [...a.filter((one) => !b.includes(one)), ...b.filter((one) => !a.includes(one))];
}
