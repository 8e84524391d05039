import { headerDivergence } from '../../../http-kit/predicates.ts';
import type { Scene } from '../../../http-kit/exchange-pair.ts';

/** One of these headers is still open. */
export function anyOpen(scene: Scene, names: readonly string[]): boolean {
  return names.some((name) => headerDivergence(scene, name) !== null);
}
