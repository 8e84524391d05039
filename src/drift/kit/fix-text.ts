import { shorten, visibleText } from '../../compare/model/excerpt.ts';
import { someOf } from '../../config/some-of.ts';
import { maxListed, maxNameLength } from '../limits.ts';
import type { Fix, Names } from './drift-rule.ts';

/** A name out of a body, fit for a sentence: visible characters only, at most 60 of them. */
export function visibleName(name: string): string {
  return shorten(visibleText(name), maxNameLength);
}

/** The same in double quotes. */
export function quoted(name: string): string {
  return JSON.stringify(visibleName(name));
}

/** Some names in a row, and how many more there are. */
export function listNames(names: readonly string[]): string {
  return someOf(names.map(visibleName), maxListed);
}

/** A way out that does not change the side that it is said of. */
const isNoChange = /^(?:or |[^:]*: )?nothing\b|^or let\b/;

/**
 * Fixes with those of the candidate first: clients know what the reference sends, so that the candidate has to follow. The second may begin
 * with "or", which goes over to what is second then.
 */
export function candidateFirst(fixes: readonly Fix[], { candidate }: Pick<Names, 'candidate'>): readonly Fix[] {
  const own = fixes.filter(({ target }) => target === candidate);
  const ordered = [...own, ...fixes.filter(({ target }) => target !== candidate)];
  const [first, second, ...rest] = ordered;
  if (first === undefined || first === fixes[0]) return fixes;
  if (isNoChange.test(first.text)) return fixes;
  if (second === undefined || !first.text.startsWith('or ')) return ordered;
  return [{ ...first, text: first.text.slice('or '.length) }, { ...second, text: `or ${second.text}` }, ...rest];
}
