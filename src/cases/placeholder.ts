const name = '[A-Za-z][A-Za-z0-9_-]{0,63}';
const nameOnly = new RegExp(`^${name}$`);
// A quote or a backslash would end a JSON string, so no filter holds one.
const filterPart = '(?: ?\\|([^{}"\\\\\\r\\n]{0,64}))?';
const inside = `${name}${filterPart} ?`;
const pattern = new RegExp(`\\{\\{ ?(?:(${name})${filterPart} ?|('\\{') ?)\\}\\}`, 'g');
const leading = new RegExp(`^\\{\\{ ?(${name})${filterPart} ?\\}\\}`);
const exact = new RegExp(`^\\{\\{ ?(${name})(?: ?\\| ?raw)? ?\\}\\}$`);

/** The filters of a placeholder. `raw`: the value is not encoded. */
export const filters: readonly string[] = ['raw'];

/** Names that every target gives a value to: nothing else may be named so. */
export const reservedNames: readonly string[] = ['origin', 'host'];

/** Says that a reserved name cannot name anything else. */
export function reservedFault(text: string): { readonly message: string; readonly hint: string } | null {
  if (!reservedNames.includes(text)) return null;
  return {
    message: `\`${text}\` is a reserved name: {{${text}}} is the ${text} of the target`,
    hint: 'use another name',
  };
}

/** A `{{name}}` or `{{name|filter}}`. */
export interface Placeholder {
  readonly name: string;
  readonly filter: string | null;
  /** As it is written. */
  readonly written: string;
}

/** What a placeholder holds that stands for one brace, and no name. */
export const braceName = "'{'";

/** In a template it stands for one brace. */
const brace = `{{${braceName}}}`;

/** Takes a text; returns whether it can name a variable: a letter, then letters, digits, `_` and `-`. */
export function isVariableName(text: string): boolean {
  return nameOnly.test(text);
}

/** Takes a text; returns its placeholders, in order. */
export function placeholdersIn(text: string): Placeholder[] {
  if (!text.includes('{{')) return [];
  return Array.from(text.matchAll(pattern)).flatMap(([written, key, filter]) =>
    key === undefined ? [] : [{ name: key, filter: filter?.trim() ?? null, written }],
  );
}

/** Takes a text; returns the names of its placeholders, in order. */
export function placeholderNames(text: string): string[] {
  return placeholdersIn(text).map((one) => one.name);
}

/** Takes a text; returns the placeholder that it begins with, or null. */
export function leadingPlaceholder(text: string): Placeholder | null {
  const match = leading.exec(text);
  return match === null ? null : { name: match[1]!, filter: match[2]?.trim() ?? null, written: match[0] };
}

/** Takes any text; returns a template that stands for just that, also between other pieces of a template. */
export function templateOf(text: string): string {
  return text.includes('{') ? text.replace(/^\{|\{(?=\{|$)/g, brace) : text;
}

/** Takes a text that data holds; returns a template that stands for just that, in which `${NAME}` is not an environment variable either. */
export function dataTemplateOf(text: string): string {
  return templateOf(text).replace(/(?<=\$)\{(?!\{)/g, brace);
}

/** Takes a template; returns it with the braces outside of its placeholders kept from becoming one with what is filled in beside them. */
export function settledTemplate(text: string): string {
  return text.includes('{{') ? encodeAround(text, (piece) => piece.replace(/\{(?=\{)/g, brace)) : text;
}

/** Takes a template in which nothing is left to be filled in, and how a brace is written; returns the text that it stands for. */
export function plainText(text: string, open = '{'): string {
  return text.includes(brace) ? text.replaceAll(brace, open) : text;
}

/** Takes a text; returns the name if the whole of it is one placeholder, else null. */
export function exactPlaceholder(text: string): string | null {
  return exact.exec(text)?.[1] ?? null;
}

/** The value of a name, or of `braceName`, with the filter of its placeholder. */
type ValueFor = (name: string, filter: string | null) => string | null;

/** Takes a text and its values; returns the text filled in once; a placeholder for which null comes back stays. */
export function fillPlaceholders(text: string, valueFor: ValueFor): string {
  if (!text.includes('{{')) return text;
  return text.replace(
    pattern,
    (whole, key?: string, filter?: string) => valueFor(key ?? braceName, filter?.trim() ?? null) ?? whole,
  );
}

// Inside a string of compact JSON, a quote has a backslash before it, and a key a colon behind it.
const inJson = new RegExp(`(?<=^|[[:,])"(\\{\\{ ?${inside}\\}\\})"(?!:)|\\{\\{ ?(?:${inside}|'\\{' ?)\\}\\}`, 'g');

/** Takes compact JSON and the values of its placeholders, as a whole value (with its quotes, if it has some) or inside a string; returns the JSON filled in once. */
export function fillJsonPlaceholders(
  text: string,
  valueFor: (name: string, filter: string | null, isWhole: boolean) => string,
): string {
  if (!text.includes('{{')) return text;
  return text.replace(inJson, (match: string, ...groups: (string | undefined)[]) => {
    const whole = groups[0];
    const isWhole = whole?.startsWith('{{') === true;
    return fillPlaceholders(isWhole ? whole : match, (key, filter) => valueFor(key, filter, isWhole));
  });
}

/** Takes a text and an encoder; returns the text with everything but its placeholders encoded. */
export function encodeAround(text: string, encode: (piece: string) => string): string {
  let end = 0;
  let out = '';
  for (const match of text.matchAll(pattern)) {
    out += encode(text.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return out + encode(text.slice(end));
}
