import { shorten, visibleText } from '../compare/excerpt.ts';

const mostListed = 6;
const longestName = 60;

/** A name out of a body, fit for a sentence: visible characters only, at most 60 of them. */
export function shown(name: string): string {
  return shorten(visibleText(name), longestName);
}

/** The same in double quotes. */
export function quoted(name: string): string {
  return JSON.stringify(shown(name));
}

/** Some names in a row, and how many more there are. */
export function listed(names: readonly string[]): string {
  const rest = names.length - mostListed;
  return `${names.slice(0, mostListed).map(shown).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
