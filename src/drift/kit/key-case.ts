/** The words of an identifier, lower case: `userID`, `user_id`, `User-Id` and `UserId` are all `user id`. */
export function words(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^A-Za-z\d_\-. ]+/g) ?? []).map((word) => word.toLowerCase());
}

/** A name without case and separators: what all spellings of the same words share. Empty if there is no word in it. */
export function plainName(name: string): string {
  return name.replace(/[_\-. ]/g, '').toLowerCase();
}

/** Two names are the same but for case and separators. */
export function sameWords(a: string, b: string): boolean {
  const plain = plainName(a);
  return plain !== '' && plain === plainName(b);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Ways to spell the words of a name, by the names that serde gives them (`rename_all`). */
export const styles: Readonly<Record<string, (words: readonly string[]) => string>> = {
  snake_case: (list) => list.join('_'),
  camelCase: (list) => list.map((word, i) => (i === 0 ? word : capital(word))).join(''),
  PascalCase: (list) => list.map(capital).join(''),
  lowercase: (list) => list.join(''),
  UPPERCASE: (list) => list.join('').toUpperCase(),
  SCREAMING_SNAKE_CASE: (list) => list.join('_').toUpperCase(),
  'kebab-case': (list) => list.join('-'),
};

const styleNames = Object.keys(styles);

/** The styles that turn `from` into `to`. */
export function stylesBetween(from: string, to: string): string[] {
  const list = words(from);
  return styleNames.filter((name) => styles[name]!(list) === to);
}

/** The one style that turns `from` into `to`, whatever it makes of acronyms; null where several do, as for a name of one word. */
export function styleBetween(from: string, to: string): string | null {
  const fit = stylesBetween(from, to);
  if (fit.length > 0) return fit.length === 1 ? fit[0]! : null;
  const isCamel = !/[_\-. ]/.test(to) && words(to).join() === words(from).join();
  return isCamel ? (/^[a-z]/.test(to) ? 'camelCase' : 'PascalCase') : 'no known style';
}

/** The styles that are in all of the lists. */
export function sharedStyles(lists: readonly (readonly string[])[]): string[] {
  return styleNames.filter((name) => lists.every((list) => list.includes(name)));
}

/** The one style that all of these renames follow, or null. */
export function commonStyle(renames: readonly (readonly [from: string, to: string])[]): string | null {
  if (renames.length === 0) return null;
  return sharedStyles(renames.map(([from, to]) => stylesBetween(from, to)))[0] ?? null;
}
