import { createRequire } from 'node:module';
import type { SaxesParser, SaxesTagPlain } from 'saxes';
import type { ElementPath, XmlAttribute, XmlChild, XmlElement } from './element.ts';
import { maxXmlDepth } from './limits.ts';
import { declaredPrefix, NamespaceScope } from './namespaces.ts';

/** Why a text is not read as XML, as the end of the sentence `the body is …`. */
export class XmlError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'XmlError';
  }
}

/** Most elements have none. */
const noAttributes: readonly XmlAttribute[] = [];

const load = createRequire(import.meta.url);

/** saxes is loaded with the first document: most runs read no XML. */
function createParser(): SaxesParser<{ xmlns: false }> {
  const saxes: typeof import('saxes') = load('saxes');
  return new saxes.SaxesParser({ xmlns: false });
}

/** An element whose end was not read yet. */
interface OpenElement {
  readonly path: ElementPath;
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: XmlChild[];
  /** White space between elements counts (`xml:space`). */
  readonly keepsSpace: boolean;
}

/**
 * Builds the elements of one document. An open element is an entry of a list, so depth costs no call stack. Nothing is expanded or
 * fetched: a document type that declares anything is refused.
 */
class Builder {
  readonly #parser = createParser();
  readonly #scope = new NamespaceScope();
  /** The document, and the open elements from the root down. */
  readonly #open: OpenElement[];

  /** Takes the path of the document, which is above that of the root element. */
  constructor(path: ElementPath) {
    this.#open = [{ path, namespace: '', attributes: noAttributes, children: [], keepsSpace: false }];
    this.#parser.on('error', () => {
      throw new XmlError('not well-formed XML');
    });
    this.#parser.on('doctype', (text) => this.#doctype(text));
    this.#parser.on('processinginstruction', ({ target, body }) => this.#leaf(`?${target}`, body));
    this.#parser.on('text', (text) => this.#text(text));
    this.#parser.on('cdata', (text) => this.#text(text));
    this.#parser.on('opentag', (tag) => this.#enter(tag));
    this.#parser.on('closetag', () => this.#leave());
  }

  build(text: string): XmlElement {
    this.#parser.write(text).close();
    const [{ path, attributes, children }] = this.#open as [OpenElement];
    return path.add({ path, namespace: null, attributes, children });
  }

  #doctype(text: string): void {
    if (text.includes('[')) throw new XmlError('XML with declarations in its document type, which are not read');
    this.#leaf('!DOCTYPE', text.trim().replace(/\s+/g, ' '));
  }

  #leaf(name: string, text: string): void {
    const outer = this.#open.at(-1)!;
    const path = outer.path.below(name);
    const children = text === '' ? [] : [text];
    outer.children.push(path.add({ path, namespace: null, attributes: noAttributes, children }));
  }

  #text(text: string): void {
    const { children } = this.#open.at(-1)!;
    if (this.#open.length === 1 || text === '') return;
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + text;
    else children.push(text);
  }

  #enter({ name, attributes }: SaxesTagPlain): void {
    if (this.#open.length > maxXmlDepth) throw new XmlError('XML nested too deeply to be read');
    this.#scope.enter(attributes);
    const outer = this.#open.at(-1)!;
    const [namespace, local] = this.#resolve(name);
    const space = attributes['xml:space'];
    this.#open.push({
      path: outer.path.below(local),
      namespace,
      attributes: this.#attributesOf(attributes),
      children: [],
      keepsSpace: space === undefined ? outer.keepsSpace : space === 'preserve',
    });
  }

  #leave(): void {
    const { path, namespace, attributes, children, keepsSpace } = this.#open.pop()!;
    this.#scope.leave();
    const outer = this.#open.at(-1)!;
    const isEmpty = children.length + attributes.length === 0 && namespace === outer.namespace;
    const element = {
      path,
      namespace: namespace === outer.namespace ? null : namespace,
      attributes,
      children: keepsSpace ? children : withoutLayout(children),
    };
    outer.children.push(isEmpty ? path.empty : path.add(element));
  }

  #attributesOf(attributes: Readonly<Record<string, string>>): readonly XmlAttribute[] {
    const found: XmlAttribute[] = [];
    for (const full in attributes) {
      if (declaredPrefix(full) !== null) continue;
      const [namespace, name] = full.includes(':') ? this.#resolve(full) : ['', full];
      found.push({ namespace, name, value: attributes[full]! });
    }
    if (found.length < 2) return found.length === 0 ? noAttributes : found;
    const names = new Set(found.map(({ namespace, name }) => `${namespace} ${name}`));
    if (names.size !== found.length) throw new XmlError('not well-formed XML');
    return found;
  }

  #resolve(name: string): readonly [namespace: string, local: string] {
    const found = this.#scope.resolve(name);
    if (found === null) throw new XmlError('not well-formed XML');
    return found;
  }
}

/** The children without the white space between them, where there are elements and nothing else. A text alone is no such white space. */
function withoutLayout(children: readonly XmlChild[]): readonly XmlChild[] {
  if (children.length < 2) return children;
  const isLayoutOnly = children.every((child) => typeof child !== 'string' || isBlank(child));
  return isLayoutOnly ? children.filter((child) => typeof child !== 'string') : children;
}

function isBlank(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text);
}

/** The elements of an XML text (XML 1.0, with namespaces) below the path of a document, or why it is not read. Never throws. */
export function parseXml(text: string, document: ElementPath): XmlElement | XmlError {
  try {
    return new Builder(document).build(text);
  } catch (error) {
    if (error instanceof XmlError) return error;
    throw error;
  }
}
