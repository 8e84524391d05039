import type { Facet } from '../../compare/model/divergence.ts';
import type { ExchangePair } from '../http-kit/exchange-pair.ts';
import type { Owns } from '../http-kit/owned.ts';
import type { DriftClass } from './class-page.ts';

/**
 * A class of behaviour: what is known of it, and the predicate that recognises it in one exchange. It is asked with the sides in
 * either role. In `example` and `fix` the first entry speaks of the side in the role `first`, the second of `second`.
 */
export interface Behaviour extends DriftClass {
  /** The request of the example: method and path, headers and body as in HTTP, with ␊ for a newline. */
  readonly request: string;
  /** Where it shows first. A class of the transport is asked where one side did not answer, and no other class then. */
  readonly facet: Facet;
  /** `api`: a setting of the whole server, one finding over all routes. `route`: of one place, a finding each. */
  readonly reach: 'api' | 'route';
  /**
   * What it explains of the exchange, as narrowly as can be said: headers by name, or a function of one divergence. Whatever else
   * differs belongs to another finding.
   */
  readonly owns: readonly string[] | Owns;
  /** There is no first and no second: the sides are asked in one order only. */
  readonly even?: boolean;
  /** The reference's header, rewritten, says the same as the candidate's: nothing of it is lost. */
  readonly proved?: boolean;
  /** Positive evidence in the request or in the answers; that they differ is none. */
  readonly find: (scene: ExchangePair) => boolean;
  /** What tells findings of this class apart, beside the roles; independent of values. */
  readonly detail?: (scene: ExchangePair) => string;
  /** Its headers are one setting: which of them differ does not tell findings apart. */
  readonly oneSetting?: true;
}
