/** What a Content-Type says (RFC 9110, section 8.3.1): lower case, parameters sorted by name. */
export interface MediaType {
  /** `application/json`; empty if there is none or it cannot be read. */
  readonly essence: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** Two tokens (RFC 9110, section 5.6.2) in lower case. */
const essenceForm = /^[!#$%&'*+.^_`|~0-9a-z-]+\/[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** A parameter, `name=value` or `name="value"` (RFC 9110, section 5.6.6): the name in lower case, the value without quotes. */
export function parameterOf(text: string): readonly [name: string, value: string | null] {
  const at = text.indexOf('=');
  if (at < 0) return [text.trim().toLowerCase(), null];
  const value = text.slice(at + 1).trim();
  const bare =
    value.startsWith('"') && value.endsWith('"') && value.length > 1
      ? value.slice(1, -1).replace(/\\(.)/g, '$1')
      : value;
  return [text.slice(0, at).trim().toLowerCase(), bare];
}

/** The parts of a header value between separators that do not stand inside double quotes (RFC 9110, section 5.6.4). */
export function splitUnquoted(text: string, separator: ';' | ','): [...string[], string] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (character === '\\' && quoted) at += 1;
    else if (character === separator && !quoted) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** The order of two texts by their UTF-16 units, as a sort asks for it. */
export function textOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Reads a Content-Type value; what cannot be read gives an empty essence. Not whatwg-mimetype: of two parameters of one name it drops the second. */
export function mediaType(value: string | null): MediaType {
  const [head, ...rest] = splitUnquoted(value ?? '', ';');
  const essence = head.trim().toLowerCase();
  const parameters = rest.map(parameterOf).filter((entry): entry is readonly [string, string] => entry[1] !== null);
  const known = essenceForm.test(essence);
  return { essence: known ? essence : '', parameters: parameters.sort(([a], [b]) => textOrder(a, b)) };
}

/** JSON by name: `application/json`, `text/json` and everything `+json` (RFC 6839). */
export function isJsonType(type: MediaType): boolean {
  return /^(?:application|text)\/json$|\+json$/.test(type.essence);
}

/** Text by name. */
export function isTextType(type: MediaType): boolean {
  return (
    type.essence.startsWith('text/') ||
    isLinesType(type) ||
    /(?:\/|\+)(?:xml|javascript|x-www-form-urlencoded|yaml|x-yaml|toml|graphql|sql)$/.test(type.essence)
  );
}

/** The name of the charset, lower case, or null if none is given. */
export function charsetOf(type: MediaType): string | null {
  return type.parameters.find(([name]) => name === 'charset')?.[1].toLowerCase() ?? null;
}

/** JSON, one value a line, by name. */
export function isLinesType(type: MediaType): boolean {
  return /^application\/(?:(?:x-)?ndjson|(?:x-)?jsonl|(?:x-)?json-?lines|x-json-stream|stream\+json)$/.test(
    type.essence,
  );
}

/** Server-sent events by name (WHATWG HTML, section 9.2). */
export function isEventsType(type: MediaType): boolean {
  return type.essence === 'text/event-stream';
}

/** XML by name, XHTML too: `application/xml`, `text/xml` and everything `+xml` (RFC 7303). */
export function isXmlType(type: MediaType): boolean {
  return /^(?:application|text)\/xml$|\+xml$/.test(type.essence);
}

/** Form fields by name (WHATWG URL, section 5). */
export function isFormType(type: MediaType): boolean {
  return type.essence === 'application/x-www-form-urlencoded';
}

/** Multipart by name (RFC 2046, section 5.1). */
export function isMultipartType(type: MediaType): boolean {
  return type.essence.startsWith('multipart/');
}

/** What goes by this name is never JSON. Plain text, octets, scripts and YAML may be, and so may names that nobody knows. */
export function neverJson(type: MediaType): boolean {
  return (
    /^(?:image|audio|video|font)\/|^text\/(?:html|css|csv)$|^application\/(?:pdf|zip|gzip)$/.test(type.essence) ||
    [isXmlType, isEventsType, isFormType, isMultipartType].some((is) => is(type))
  );
}
