import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { refusedFor } from '../../../http-kit/predicates.ts';

export function refusesNull(scene: ExchangePair): boolean {
  return refusedFor(scene, 'wrong-type') && scene.first.error?.got === 'null';
}
