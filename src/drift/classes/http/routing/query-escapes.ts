import type { Asked, ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { anyOf, type Owns, ofEcho, ofStatus } from '../../../http-kit/owned.ts';
import { oneRefuses } from '../../../http-kit/predicates.ts';

/** The first value of the query that has this. */
export function valueWith({ pairs }: Asked, has: RegExp): string | null {
  return pairs.find(({ value }) => value !== null && has.test(value))?.value ?? null;
}

/** One side refuses, or the second alone answers with the value as it is written. */
export function isReadByOne(scene: ExchangePair, value: string | null): boolean {
  if (value === null) return false;
  const { first, second } = scene;
  return (
    oneRefuses(scene) || (first.accepts && second.accepts && second.text.includes(value) && !first.text.includes(value))
  );
}

/** The status, or where both accept the places at which one side alone shows what is written in the query. */
export function ofWritten(has: RegExp): Owns {
  return anyOf(ofStatus, (scene, divergence) => {
    const value = valueWith(scene.asked, has);
    return value !== null && ofEcho(scene, divergence, [value]);
  });
}
