import type { titleOf } from './describe.ts';
import { brokenFixes, exampleOf, listLengths } from './example.ts';
import type { Finding } from './finding.ts';
import type { Identity } from './identity.ts';
import { namesOf } from './known.ts';
import type { Placed } from './place.ts';

/** What a finding is identified by. */
export type Identified = Pick<Identity, 'candidate' | 'class' | 'route' | 'facet' | 'pointer'>;

/** A divergence of a finding. */
export interface Gathered {
  readonly placed: Placed;
  /** See `divergenceKey`. */
  readonly key: string;
  /** This run alone identifies it as this finding. */
  readonly isProper: boolean;
}

/** What a report shows of a finding: it is made from one of its divergences. */
export interface Shown {
  readonly fixes: Finding['fixes'];
  readonly example: Finding['example'];
  readonly described: Omit<Parameters<typeof titleOf>[0], 'statuses'>;
  readonly isRecognised: boolean;
}

/** What this run alone explains in another way says nothing of the class of the finding. */
export function shownOf({ placed, isProper }: Gathered, identity: Identified): Shown {
  const { divergence } = placed;
  const { cause, recognised, replaced } = isProper ? placed : { cause: null, recognised: null, replaced: null };
  const own = cause?.lessons[0];
  const words = own?.rule.words?.(own.parameters) ?? null;
  return {
    fixes: cause?.fixes ?? recognised?.fixes ?? brokenFixes(placed),
    example: exampleOf({ ...placed, cause, recognised }, identity),
    described: {
      ...identity,
      names: namesOf(placed.compared),
      divergence,
      replaced,
      words,
      lengths: listLengths(placed),
    },
    isRecognised: recognised !== null,
  };
}
