import { sameFault } from '../../../http-kit/error-text.ts';
import type { Scene } from '../../../http-kit/exchange-pair.ts';

export function nameTheSame({ first, second }: Scene): boolean {
  return first.error !== null && second.error !== null && sameFault(first.error, second.error);
}
