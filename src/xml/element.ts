import { rawString } from '../json/text.ts';

/** An element, a processing instruction (`?target`) or the document type (`!DOCTYPE`). */
export interface XmlElement {
  readonly path: ElementPath;
  /** The namespace, where it is not that of the element around it; null where it is. */
  readonly namespace: string | null;
  readonly attributes: readonly XmlAttribute[];
  /** Elements, and the texts between them: two texts never follow each other. */
  readonly children: readonly XmlChild[];
}

export type XmlChild = XmlElement | string;

export interface XmlAttribute {
  /** Empty for none. */
  readonly namespace: string;
  readonly name: string;
  readonly value: string;
}

/** The member that holds the namespace of an element, where namespaces differ. */
export const namespaceKey = '@xmlns';
/** The member that holds the text of an element that has attributes or elements too. */
export const textKey = '#text';
/** The member that holds the names of the children in their order, where those of one name do not follow each other. */
export const orderKey = '#order';

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

/**
 * All elements with the same names from the root down to them, in all documents that are read together. What one of them has decides
 * for all how they are written: otherwise one item more or an attribute more would change the type of a value.
 */
export class ElementPath {
  readonly name: string;
  /** Some element has two children of this path. */
  isRepeated = false;
  /** In some element children of one name do not follow each other. */
  isInterleaved = false;
  hasElements = false;
  hasText = false;
  #hasAttributes = false;
  #namespace: string | null | undefined;
  #hasNamespaces = false;
  #key: string | null = null;
  #below: Map<string, ElementPath> | null = null;
  /** By local name the namespace; null for two. */
  #attributes: Map<string, string | null> | null = null;
  /** The last element that has a child of this path. */
  #lastParent: XmlElement | null = null;
  #empty: XmlElement | null = null;

  constructor(name: string) {
    this.name = name;
  }

  below(name: string): ElementPath {
    this.#below ??= new Map();
    const path = this.#below.get(name) ?? new ElementPath(name);
    this.#below.set(name, path);
    return path;
  }

  /** The name as a JSON key, one character for each byte. */
  get key(): string {
    this.#key ??= rawString(this.name);
    return this.#key;
  }

  /** Elements are written as objects, not as their text alone. */
  get isObject(): boolean {
    return this.hasElements || this.#hasAttributes || this.#hasNamespaces;
  }

  /** Elements have different namespaces. */
  get hasNamespaces(): boolean {
    return this.#hasNamespaces;
  }

  /** `@name`; with the namespace where attributes of one local name have two. */
  attributeKey({ name, namespace }: XmlAttribute): string {
    if (namespace === xmlNamespace) return `@xml:${name}`;
    const isAmbiguous = namespace !== '' && this.#attributes?.get(name) === null;
    return isAmbiguous ? `@{${namespace}}${name}` : `@${name}`;
  }

  /** The element of this path that has no content, attributes or namespace of its own. One for all of them: a document may have millions. */
  get empty(): XmlElement {
    this.#empty ??= this.add({ path: this, namespace: null, attributes: [], children: [] });
    return this.#empty;
  }

  /** Takes an element of this path, complete with its children, and returns it. */
  add(element: XmlElement): XmlElement {
    this.#addNamespace(element.namespace);
    for (const attribute of element.attributes) this.#addAttribute(attribute);
    let previous: ElementPath | null = null;
    for (const child of element.children) {
      const isText = typeof child === 'string';
      const path: ElementPath = isText ? this.below(textKey) : child.path;
      if (isText) this.hasText = true;
      else this.hasElements = true;
      if (path.#isSecondIn(element) && path !== previous) this.isInterleaved = true;
      previous = path;
    }
    return element;
  }

  #isSecondIn(parent: XmlElement): boolean {
    const isSecond = this.#lastParent === parent;
    if (isSecond) this.isRepeated = true;
    this.#lastParent = parent;
    return isSecond;
  }

  #addNamespace(namespace: string | null): void {
    if (this.#namespace === undefined) this.#namespace = namespace;
    else if (this.#namespace !== namespace) this.#hasNamespaces = true;
  }

  #addAttribute({ name, namespace }: XmlAttribute): void {
    this.#hasAttributes = true;
    if (namespace === xmlNamespace) return;
    this.#attributes ??= new Map();
    const known = this.#attributes.get(name);
    this.#attributes.set(name, known === undefined || known === namespace ? namespace : null);
  }
}
