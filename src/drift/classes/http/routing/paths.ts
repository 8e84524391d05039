import { defaultPage } from '../../../http-kit/envelope.ts';
import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';

/** 404 as a router gives it where no route fits. */
export function isUnrouted({ second }: ExchangePair): boolean {
  return second.status === 404 && defaultPage(second) !== null;
}
