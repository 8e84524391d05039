import type { MatchedSample } from '../../src/assurance/samples.ts';
import { type CompareOptions, defaultCompare } from '../../src/config/rules.ts';
import type { Response } from '../../src/http/exchange.ts';

/** A response of the reference that was matched, under the default rules but for those given. */
export function sample(response: Response, options: Partial<CompareOptions> = {}, id = 'suite/one'): MatchedSample {
  const origin = 'http://rust.test';
  return { case: id, exchange: 0, response, origin, options: { ...defaultCompare, ...options } };
}
