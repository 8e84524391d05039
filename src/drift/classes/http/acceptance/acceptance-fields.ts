import { refusedFor } from '../../../http-kit/predicates.ts';
import type { Scene } from '../../../http-kit/exchange-pair.ts';

export function refusesNull(scene: Scene): boolean {
  return refusedFor(scene, 'wrong-type') && scene.first.error?.got === 'null';
}
