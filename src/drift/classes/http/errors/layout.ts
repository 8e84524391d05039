import type { Answered, ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { isSame } from '../../../kit/tree-equal.ts';

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

export function isMarked({ body }: Answered): boolean {
  return body.subarray(0, 3).equals(mark);
}

/** Both bodies are the same values, keys and spellings in the same order: what differs is between them. */
export function sayTheSame({ first, second }: ExchangePair): boolean {
  return first.json !== null && second.json !== null && isSame(first.json, second.json);
}

/** The body without what stands around it. */
export function inner({ body }: Answered): string {
  return body.toString('latin1').trim();
}
