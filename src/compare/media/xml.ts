import { below, type Place, rootPlace } from '../model/location.ts';

/** What is left of a place and of all below it: all, but for values, nothing. */
type Keep = 'value' | 'type' | 'nothing';

/** Places and shapes, each under a number that means the same for several trees. */
export interface XmlNames {
  /** What a rule for a pointer keeps there; null where there is none. */
  readonly ignored: (pointer: string) => Keep | null;
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
  readonly keep: Keep;
}

/** An XML document by its names: two documents have the same shape exactly if the numbers of their roots are equal. */
export interface XmlTree {
  readonly root: number;
  /** Places of elements and of attributes (`@name`), in document order, each once. */
  readonly places: ReadonlySet<number>;
  /** The text without what rules ignore. */
  readonly kept: string;
}

interface Open {
  readonly name: string;
  readonly place: number;
  readonly attributes: readonly string[];
  readonly children: Set<number>;
  /** Where its start tag begins. */
  readonly from: number;
}

/** An empty set of names. */
export function xmlNames(ignored: XmlNames['ignored']): XmlNames {
  return { ignored, shapeNumbers: new Map(), placeNumbers: new Map(), places: [] };
}

/** Each level around a place is a place of its own: what nests deeper was made to be costly, and is compared as text. */
const mostLevels = 100_000;

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
  readonly #omitted: Span[] = [];
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
      this.#value(at, end);
      if (tag === -1) break;
      const next = this.#markup(tag);
      if (next === null) return null;
      at = next;
    }
    if (this.#open.length > 0 || this.#root === null) return null;
    return { root: this.#root, places: this.#places, kept: without(this.#text, this.#omitted) };
  }

  /** Characters of the innermost open element. */
  #value(from: number, to: number): void {
    const inner = this.#open.at(-1);
    if (inner !== undefined && from < to && this.#keepAt(inner.place) !== 'value') this.#omitted.push([from, to]);
  }

  #keepAt(place: number): Keep {
    return this.#names.places[place]!.keep;
  }

  /** Where the markup that begins at `at` ends; null if it is malformed. */
  #markup(at: number): number | null {
    const text = this.#text;
    if (text.startsWith('<!--', at)) return behind(text, '-->', at + 4);
    if (text.startsWith('<?', at)) return behind(text, '?>', at + 2);
    if (text.startsWith('<![CDATA[', at)) return this.#quoted(at);
    if (text.startsWith('<!DOCTYPE', at)) return this.#root === null ? behindDoctype(text, at + 9) : null;
    return text[at + 1] === '/' ? this.#endTag(at + 2) : this.#startTag(at + 1);
  }

  #quoted(at: number): number | null {
    const end = this.#open.length === 0 ? null : behind(this.#text, ']]>', at + 9);
    if (end !== null) this.#value(at, end);
    return end;
  }

  #startTag(at: number): number | null {
    const name = match(elementName, this.#text, at);
    if (name === null || this.#root !== null || this.#open.length === mostLevels) return null;
    const place = this.#place(name[0], this.#open.at(-1)?.place ?? -1);
    let end = at + name[0].length;
    const attributes = new Set<string>();
    for (let found = match(attribute, this.#text, end); found !== null; found = match(attribute, this.#text, end)) {
      if (attributes.has(found[1]!)) return null;
      attributes.add(found[1]!);
      this.#attribute(found, end, this.#place(`@${found[1]}`, place));
      end += found[0].length;
    }
    const close = match(tagEnd, this.#text, end);
    if (close === null) return null;
    this.#open.push({ name: name[0], place, attributes: [...attributes].sort(), children: new Set(), from: at - 1 });
    end += close[0].length;
    if (close[1] === '/') this.#leave(end);
    return end;
  }

  #attribute([all, , value]: RegExpExecArray, at: number, place: number): void {
    const keep = this.#keepAt(place);
    if (keep === 'value') return;
    const end = at + all.length;
    this.#omitted.push([keep === 'nothing' ? at : end - value!.length, end]);
  }

  #endTag(at: number): number | null {
    const name = match(elementName, this.#text, at);
    if (name === null || this.#open.at(-1)?.name !== name[0]) return null;
    const close = match(tagEnd, this.#text, at + name[0].length);
    if (close === null || close[1] === '/') return null;
    const end = at + name[0].length + close[0].length;
    this.#leave(end);
    return end;
  }

  #place(name: string, outer: number): number {
    const { placeNumbers, places } = this.#names;
    const number = numberOf(placeNumbers, `${outer} ${name}`);
    places[number] ??= placeIn(this.#names, name, outer);
    this.#places.add(number);
    return number;
  }

  /** Repetition and order of elements do not count: the shape of an element is the set of the shapes in it. */
  #leave(end: number): void {
    const { name, place, attributes, children, from } = this.#open.pop()!;
    if (this.#keepAt(place) === 'nothing') this.#omitted.push([withBlanks(this.#text, from), end]);
    const inside = [...children].sort((a, b) => a - b).join();
    const shape = numberOf(this.#names.shapeNumbers, `${[name, ...attributes].join(' ')} ${inside}`);
    const outer = this.#open.at(-1);
    if (outer === undefined) this.#root = shape;
    else outer.children.add(shape);
  }
}

/** Of places around one another the least that a rule keeps of any of them is in force. */
function placeIn({ places, ignored }: XmlNames, name: string, outer: number): XmlPlace {
  const place = below(places[outer]?.place ?? rootPlace, name);
  const own = place.cut ? null : ignored(place.a);
  const keeps = [own, places[outer]?.keep];
  const keep = (['nothing', 'type'] as const).find((one) => keeps.includes(one)) ?? 'value';
  return { name, outer, place, keep };
}

type Span = readonly [from: number, to: number];

/** A text without these parts of it, which may hold one another. */
function without(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  const kept: string[] = [];
  let at = 0;
  for (const [from, to] of spans.toSorted(([a], [b]) => a - b)) {
    if (from > at) kept.push(text.slice(at, from));
    at = Math.max(at, to);
  }
  return [...kept, text.slice(at)].join('');
}

/** Where the blanks begin that end at `at`. */
function withBlanks(text: string, at: number): number {
  let from = at;
  while (from > 0 && /\s/.test(text[from - 1]!)) from -= 1;
  return from;
}

const elementName = /[^\s/>=<"'&!?]+/y;
const attribute = /\s+([^\s/>=<"'&]+)\s*=\s*("[^"<]*"|'[^'<]*')/y;
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

/** Reads an XML text (XML 1.0) by its names of elements and attributes; null if it is not well-formed, or nests over 100,000 levels deep. Never throws. */
export function readXml(text: string, names: XmlNames): XmlTree | null {
  return new Scanner(text, names).scan();
}
