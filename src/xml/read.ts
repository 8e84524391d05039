import { type JsonDocument, JsonSyntaxError } from '../json/document.ts';
import { readJson } from '../json/read.ts';
import { rawString } from '../json/text.ts';
import { ElementPath, namespaceKey, orderKey, textKey, type XmlChild, type XmlElement } from './element.ts';
import { maxPiece, maxXmlLength } from './limits.ts';

import { parseXml, XmlError } from './parse.ts';

/**
 * Reads XML texts as trees of JSON (`<a b="1"><c>x</c></a>` is `{"a":{"@b":"1","c":"x"}}`), or says why not. Texts that are compared
 * with one another are read together: what is a list in one is a list in all, and if one is too long none is read.
 */
export function readXml(texts: readonly string[]): (JsonDocument | XmlError)[] {
  if (texts.some(({ length }) => length > maxXmlLength))
    return texts.map(() => new XmlError('XML too long to be read'));
  const document = new ElementPath('');
  const parsed = texts.map((text) => {
    const hasMark = text.startsWith('\ufeff');
    return { hasMark, root: parseXml(hasMark ? text.slice(1) : text, document) };
  });
  return parsed.map(({ hasMark, root }) => (root instanceof XmlError ? root : documentOf(root, hasMark)));
}

function documentOf(root: XmlElement, bom: boolean): JsonDocument {
  const found = readJson(sourceOf(root));
  if (found instanceof JsonSyntaxError) throw new TypeError('an element written as no JSON');
  return { ...found, bom, isXml: true };
}

/** The element as JSON source. Keeps the elements that are being written in a list, so depth costs no call stack. */
function sourceOf(root: XmlElement): Buffer {
  const pieces: Buffer[] = [];
  let piece = '';
  const open = [partsOf(root)];
  while (open.length > 0) {
    const { value: next } = open.at(-1)!.next();
    if (next === undefined) open.pop();
    else if (typeof next !== 'string') open.push(partsOf(next));
    else piece += next;
    if (piece.length < maxPiece) continue;
    pieces.push(Buffer.from(piece, 'latin1'));
    piece = '';
  }
  return Buffer.concat([...pieces, Buffer.from(piece, 'latin1')]);
}

/** An element as an object: pieces of JSON source, and the elements in it that are objects. */
function* partsOf(element: XmlElement): Generator<XmlChild, undefined> {
  let separator = '{';
  for (const [key, value] of ownMembers(element)) {
    yield `${separator}${rawString(key)}:${value}`;
    separator = ',';
  }
  for (const [path, [first, ...more]] of childrenByPath(element)) {
    yield `${separator}${path.key}:`;
    separator = ',';
    if (path.isRepeated) yield '[';
    yield partOf(first!);
    for (const child of more) {
      yield ',';
      yield partOf(child);
    }
    if (path.isRepeated) yield ']';
  }
  yield separator === '{' ? '{}' : '}';
}

function partOf(child: XmlChild): XmlChild {
  if (typeof child !== 'string' && child.path.isObject) return child;
  return rawString(typeof child === 'string' ? child : child.children.join(''));
}

/** What is written before the children, as JSON source by key. */
function ownMembers({ path, namespace, attributes, children }: XmlElement): [key: string, source: string][] {
  const members: [string, string][] = attributes.map((one) => [path.attributeKey(one), rawString(one.value)]);
  members.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  if (path.hasNamespaces && namespace !== null) members.unshift([namespaceKey, rawString(namespace)]);
  if (path.hasText && !path.hasElements && children.length === 0) members.push([textKey, '""']);
  if (path.isInterleaved && children.length > 0)
    members.push([orderKey, `[${children.map((child) => pathOf(path, child).key).join()}]`]);
  return members;
}

function pathOf(outer: ElementPath, child: XmlChild): ElementPath {
  return typeof child === 'string' ? outer.below(textKey) : child.path;
}

type Group = readonly [path: ElementPath, children: XmlChild[]];

/** The children by name: as the names first appear, or sorted where their order has a member of its own. */
function childrenByPath({ path: outer, children }: XmlElement): Group[] {
  const groups = new Map<ElementPath, XmlChild[]>();
  for (const child of children) {
    const path = pathOf(outer, child);
    const group = groups.get(path);
    if (group === undefined) groups.set(path, [child]);
    else group.push(child);
  }
  const found: Group[] = [...groups];
  return outer.isInterleaved ? found.sort(([a], [b]) => (a.name < b.name ? -1 : 1)) : found;
}
