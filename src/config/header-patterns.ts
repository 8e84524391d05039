/**
 * Whether a header, by its name in lower case, is one of those that `compare.headers` lists: by its whole name, or by a pattern that
 * ends in `*` and matches every name with that prefix.
 */
export function isComparedHeader(name: string, listed: readonly string[]): boolean {
  return listed.includes(name) || listed.some((one) => isPattern(one) && name.startsWith(one.slice(0, -1)));
}

/** The names to compare in answers that have the headers `present`: the listed names, and the present ones that a pattern matches. */
export function comparedNames(listed: readonly string[], present: readonly string[]): readonly string[] {
  const names = listed.filter((one) => !isPattern(one));
  return [...new Set([...names, ...present.filter((name) => isComparedHeader(name, listed))])];
}

function isPattern(listed: string): boolean {
  return listed.endsWith('*');
}

/** What is wrong with a name or a pattern in `compare.headers`, or null. */
export function patternFault(listed: string): string | null {
  if (listed === '*') return '`*` alone would compare the headers of each connection too';
  return listed.slice(0, -1).includes('*') ? '`*` is allowed only at the end of a header name' : null;
}
