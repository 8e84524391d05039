import { isRepeatable } from '../cases/every-step.ts';
import { shorten, visibleText } from '../compare/excerpt.ts';
import { formatOf } from '../compare/format.ts';
import type { Finished } from './compared.ts';

const mostNamed = 3;
const longestPlace = 60;

/**
 * Takes what came of a case; returns a sentence on the places in bodies where each side shows an identifier or a time of its own, if
 * noise could not be told because the case may not be sent again; null if there are none.
 */
export function madeAnew({ testCase, comparisons, outcomes }: Finished): string | null {
  if (isRepeatable(testCase)) return null;
  const divergences = comparisons.flatMap((one, at) => (outcomes[at] === 'divergent' ? one.divergences : []));
  const found = divergences.filter(({ facet, kind, reference, candidate }) => {
    const format = facet === 'body' && kind === 'value' && reference !== null ? formatOf(reference) : null;
    return format !== null && candidate !== null && formatOf(candidate) === format;
  });
  const places = [...new Set(found.map(({ pointer }) => shorten(visibleText(pointer), longestPlace)))];
  if (places.length === 0) return null;
  const rest = places.length > mostNamed ? ` and ${places.length - mostNamed} more` : '';
  return `${testCase.id} was not sent again to tell noise at ${places.slice(0, mostNamed).join(', ')}${rest}, which may be made anew for each answer: say safe: true if it may be, or capture or ignore them`;
}
