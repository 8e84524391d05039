import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { headerDivergence } from '../../../http-kit/predicates.ts';

/** One of these headers is still open. */
export function anyOpen(scene: ExchangePair, names: readonly string[]): boolean {
  return names.some((name) => headerDivergence(scene, name) !== null);
}
