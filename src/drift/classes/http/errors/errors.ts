import { sameFault } from '../../../http-kit/error-text.ts';
import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';

export function nameTheSame({ first, second }: ExchangePair): boolean {
  return first.error !== null && second.error !== null && sameFault(first.error, second.error);
}
