const name = '[A-Za-z][A-Za-z0-9_-]{0,63}';
const nameOnly = new RegExp(`^${name}$`);
const pattern = new RegExp(`\\{\\{ ?(${name}|'\\{') ?\\}\\}`, 'g');
const exact = new RegExp(`^\\{\\{ ?(${name}) ?\\}\\}$`);

/** What a placeholder holds that stands for one brace, and no name. */
export const braceName = "'{'";

/** In a template it stands for one brace. */
const brace = `{{${braceName}}}`;

/** Takes a text; returns whether it can name a variable: a letter, then letters, digits, `_` and `-`. */
export function isVariableName(text: string): boolean {
  return nameOnly.test(text);
}

/** Takes a text; returns the names of its `{{name}}` placeholders, in order. */
export function placeholderNames(text: string): string[] {
  if (!text.includes('{{')) return [];
  return Array.from(text.matchAll(pattern), (match) => match[1]!).filter((one) => one !== braceName);
}

/** Takes any text; returns a template that stands for just that, also between other pieces of a template. */
export function templateOf(text: string): string {
  return text.includes('{') ? text.replace(/^\{|\{(?=\{|$)/g, brace) : text;
}

/** Takes a text that data holds; returns a template that stands for just that, in which `${NAME}` is no environment variable either. */
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

/** Takes a text and what a name, or `braceName`, stands for; returns the text filled in once; a placeholder for which null comes back stays. */
export function fillPlaceholders(text: string, valueFor: (name: string) => string | null): string {
  return text.includes('{{') ? text.replace(pattern, (whole, key: string) => valueFor(key) ?? whole) : text;
}

// Inside a string of compact JSON, a quote has a backslash before it, and a key a colon behind it.
const inJson = new RegExp(`(?<=^|[[:,])"\\{\\{ ?(${name}) ?\\}\\}"(?!:)|\\{\\{ ?(${name}|'\\{') ?\\}\\}`, 'g');

/** Takes compact JSON and what a name, or `braceName`, stands for, as a whole value (with its quotes, if it has some) or inside a string; returns the JSON filled in once. */
export function fillJsonPlaceholders(text: string, valueFor: (name: string, isWhole: boolean) => string): string {
  if (!text.includes('{{')) return text;
  return text.replace(inJson, (_, whole?: string, inside?: string) =>
    valueFor((whole ?? inside)!, whole !== undefined),
  );
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
