const name = '[A-Za-z][A-Za-z0-9_-]{0,63}';
const nameOnly = new RegExp(`^${name}$`);
const pattern = new RegExp(`\\{\\{ ?(${name}) ?\\}\\}`, 'g');
const exact = new RegExp(`^\\{\\{ ?(${name}) ?\\}\\}$`);

/** Takes a text; returns whether it can name a variable: a letter, then letters, digits, `_` and `-`. */
export function isVariableName(text: string): boolean {
  return nameOnly.test(text);
}

/** Takes a text; returns the names of its `{{name}}` placeholders, in order. */
export function placeholderNames(text: string): string[] {
  return text.includes('{{') ? Array.from(text.matchAll(pattern), (match) => match[1]!) : [];
}

/** Takes a text; returns the name if the whole of it is one placeholder, else null. */
export function exactPlaceholder(text: string): string | null {
  return exact.exec(text)?.[1] ?? null;
}

/** Takes a text and what a name stands for; returns the text filled in once; a placeholder for which null comes back stays. */
export function fillPlaceholders(text: string, valueFor: (name: string) => string | null): string {
  return text.includes('{{') ? text.replace(pattern, (whole, key: string) => valueFor(key) ?? whole) : text;
}

// Inside a string of compact JSON, a quote has a backslash before it, and a key a colon behind it.
const inJson = new RegExp(`(?<=^|[[:,])"\\{\\{ ?(${name}) ?\\}\\}"(?!:)|\\{\\{ ?(${name}) ?\\}\\}`, 'g');

/** Takes compact JSON and what a name stands for, as a whole value (with its quotes, if it has some) or inside a string; returns the JSON filled in once. */
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
