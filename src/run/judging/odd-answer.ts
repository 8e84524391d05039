import { compareCase } from '../../compare/compare-case.ts';
import type { Divergence } from '../../compare/model/divergence.ts';
import type { Config } from '../../config/config.ts';
import type { ComparedCase } from '../../findings/kept-case.ts';
import type { TargetReplay } from '../../http/exchange.ts';
import { foldedAt, keyOf, type Sampled } from '../../noise/evidence/self-diff.ts';
import { minFurtherAnswers } from '../limits.ts';
import { sampledSide } from './compare-answers.ts';

interface Answers {
  /** The first answers, and further ones. */
  readonly answers: readonly (readonly TargetReplay[])[];
  readonly config: Config;
}

/**
 * For each candidate a sentence where the first answer of one side is odd: it alone diverges at some place, and in all further answers
 * both sides agree there. One answer of many is not a finding, and no parity. Null where there is none, or where the further answers are few.
 */
export function oddAnswers(compared: readonly ComparedCase[], { answers, config }: Answers): (string | null)[] {
  const further = answers.length - 1;
  const side = (name: string) => sampledSide(name, answers, config);
  return compared.map(({ reference, candidate, comparison, options }) => {
    const varying = comparison.divergences.filter(({ noisy }) => noisy !== undefined);
    if (further < minFurtherAnswers || comparison.inconclusive !== null || varying.length === 0) return null;
    const again = placesLater([side(reference.target), side(candidate.target)], options);
    const odd = varying.find((one) => !again.has(keyOf(foldedAt(one))));
    return odd === undefined ? null : sentence(odd, { further, names: [reference.target, candidate.target] });
  });
}

/** Where the sides diverge in their further answers, taken in pairs. */
function placesLater([reference, candidate]: readonly [Sampled, Sampled], options: ComparedCase['options']) {
  const later = reference.more.flatMap((one, at) => compareCase(one, candidate.more[at]!, options).divergences);
  return new Set(later.map((one) => keyOf(foldedAt(one))));
}

interface Told {
  readonly further: number;
  readonly names: readonly [reference: string, candidate: string];
}

function sentence({ noisy, pointer, facet }: Divergence, { further, names }: Told): string {
  const target = noisy === 'reference' ? names[0] : names[1];
  const place = facet === 'body' ? pointer || '/' : `${facet} ${pointer.slice(1)}`.trim();
  return `${target} answered otherwise at ${place} the first time than in ${further} further answers, in which both sides agree there`;
}
