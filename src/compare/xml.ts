import { below, type Place, rootPlace } from './place.ts';

/** Places and shapes, each under a number that means the same for several trees. */
export interface XmlNames {
  readonly shapeNumbers: Map<string, number>;
  readonly placeNumbers: Map<string, number>;
  /** Every place that was seen, by its number. */
  readonly places: XmlPlace[];
}

/** Where an element or an attribute (`@name`) stands: `outer` is the number of the place around it, -1 for none. */
export interface XmlPlace {
  readonly name: string;
  readonly outer: number;
  readonly place: Place;
}

/** An XML document by its names: two documents have the same shape exactly if the numbers of their roots are equal. */
export interface XmlTree {
  readonly root: number;
  /** Places of elements and of attributes (`@name`), in document order, each once. */
  readonly places: ReadonlySet<number>;
}

interface Open {
  readonly name: string;
  readonly place: number;
  readonly attributes: readonly string[];
  readonly children: Set<number>;
}

/** An empty set of names. */
export function xmlNames(): XmlNames {
  return { shapeNumbers: new Map(), placeNumbers: new Map(), places: [] };
}

function numberOf(numbers: Map<string, number>, key: string): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}

/**
 * Holds the open elements while one text is scanned. No recursion, so depth costs no call stack. Nothing is expanded or fetched:
 * entities, the document type and processing instructions are passed over.
 */
class Scanner {
  readonly #text: string;
  readonly #names: XmlNames;
  readonly #open: Open[] = [];
  readonly #places = new Set<number>();
  #root: number | null = null;

  constructor(text: string, names: XmlNames) {
    this.#text = text;
    this.#names = names;
  }

  scan(): XmlTree | null {
    let at = this.#text.startsWith('\ufeff') ? 1 : 0;
    while (at < this.#text.length) {
      const tag = this.#text.indexOf('<', at);
      const end = tag === -1 ? this.#text.length : tag;
      if (this.#open.length === 0 && !isBlank(this.#text, at, end)) return null;
      if (tag === -1) break;
      const next = this.#markup(tag);
      if (next === null) return null;
      at = next;
    }
    return this.#open.length > 0 || this.#root === null ? null : { root: this.#root, places: this.#places };
  }

  /** Where the markup that begins at `at` ends; null if it is malformed. */
  #markup(at: number): number | null {
    const text = this.#text;
    if (text.startsWith('<!--', at)) return behind(text, '-->', at + 4);
    if (text.startsWith('<?', at)) return behind(text, '?>', at + 2);
    if (text.startsWith('<![CDATA[', at)) return this.#open.length === 0 ? null : behind(text, ']]>', at + 9);
    if (text.startsWith('<!DOCTYPE', at)) return this.#root === null ? behindDoctype(text, at + 9) : null;
    return text[at + 1] === '/' ? this.#endTag(at + 2) : this.#startTag(at + 1);
  }

  #startTag(at: number): number | null {
    const name = match(elementName, this.#text, at);
    if (name === null || this.#root !== null) return null;
    let end = at + name[0].length;
    const attributes = new Set<string>();
    for (let found = match(attribute, this.#text, end); found !== null; found = match(attribute, this.#text, end)) {
      if (attributes.has(found[1]!)) return null;
      attributes.add(found[1]!);
      end += found[0].length;
    }
    const close = match(tagEnd, this.#text, end);
    if (close === null) return null;
    this.#enter(name[0], [...attributes]);
    if (close[1] === '/') this.#leave();
    return end + close[0].length;
  }

  #endTag(at: number): number | null {
    const name = match(elementName, this.#text, at);
    if (name === null || this.#open.at(-1)?.name !== name[0]) return null;
    const close = match(tagEnd, this.#text, at + name[0].length);
    if (close === null || close[1] === '/') return null;
    this.#leave();
    return at + name[0].length + close[0].length;
  }

  #enter(name: string, attributes: readonly string[]): void {
    const place = this.#place(name, this.#open.at(-1)?.place ?? -1);
    for (const each of attributes) this.#place(`@${each}`, place);
    this.#open.push({ name, place, attributes: [...attributes].sort(), children: new Set() });
  }

  #place(name: string, outer: number): number {
    const { placeNumbers, places } = this.#names;
    const place = numberOf(placeNumbers, `${outer} ${name}`);
    places[place] ??= { name, outer, place: below(places[outer]?.place ?? rootPlace, name) };
    this.#places.add(place);
    return place;
  }

  /** Repetition and order of elements do not count: the shape of an element is the set of the shapes in it. */
  #leave(): void {
    const { name, attributes, children } = this.#open.pop()!;
    const inside = [...children].sort((a, b) => a - b).join();
    const shape = numberOf(this.#names.shapeNumbers, `${[name, ...attributes].join(' ')} ${inside}`);
    const outer = this.#open.at(-1);
    if (outer === undefined) this.#root = shape;
    else outer.children.add(shape);
  }
}

const elementName = /[^\s/>=<"'&!?]+/y;
const attribute = /\s+([^\s/>=<"'&]+)\s*=\s*(?:"[^"<]*"|'[^'<]*')/y;
const tagEnd = /\s*(\/?)>/y;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function isBlank(text: string, from: number, to: number): boolean {
  return /^\s*$/.test(text.slice(from, to));
}

function behind(text: string, end: string, from: number): number | null {
  const at = text.indexOf(end, from);
  return at === -1 ? null : at + end.length;
}

/** Where a document type declaration ends; quotes, comments and the part in brackets are passed over. */
function behindDoctype(text: string, from: number): number | null {
  let depth = 0;
  for (let at: number | null = from; at !== null && at < text.length; ) {
    const character = text[at]!;
    if (character === '>' && depth === 0) return at + 1;
    if (character === '[') depth += 1;
    if (character === ']') depth -= 1;
    if (character === '"' || character === "'") at = behind(text, character, at + 1);
    else if (text.startsWith('<!--', at)) at = behind(text, '-->', at + 4);
    else if (text.startsWith('<?', at)) at = behind(text, '?>', at + 2);
    else at += 1;
  }
  return null;
}

/** Reads an XML text (XML 1.0) by its names of elements and attributes; null if it is not well-formed. Never throws. */
export function readXml(text: string, names: XmlNames): XmlTree | null {
  return new Scanner(text, names).scan();
}
