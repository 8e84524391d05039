import { type JsonDocument, JsonSyntaxError, Kind } from '../json/document.ts';
import { resolvePointer } from '../json/pointer.ts';
import { readJson } from '../json/read.ts';
import { stringText } from '../json/text.ts';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import { textKey } from './element.ts';
import { XmlError } from './parse.ts';
import { readXml } from './read.ts';
import { declaredCharset, looksLikeXml } from './text.ts';

/** What a body holds at a place. */
export interface PointedValue {
  /** The text of a string, the source of anything else. */
  readonly text: string;
  readonly isString: boolean;
}

/**
 * What a JSON or XML body holds at a pointer; null if it is neither or has nothing there. Of JSON the text of a string, the source (as
 * UTF-8) of anything else; of XML the text of an element that has no elements in it, or of an attribute.
 */
export function readPointer(body: Uint8Array, pointer: string): PointedValue | null {
  const document = documentIn(body);
  if (document === null || document instanceof JsonSyntaxError) return null;
  const node = resolvePointer(document, pointer);
  return node === null ? null : document.isXml ? textAt(document, node, pointer) : valueAt(document, node);
}

/** Of one body several places are asked for. */
const documentIn = memoizeBounded(4, (body: Uint8Array) => {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return looksLikeXml(bytes) ? xmlIn(bytes) : readJson(bytes);
});

function xmlIn(bytes: Buffer): JsonDocument | null {
  const text = decoded(bytes, declaredCharset(bytes) ?? 'utf-8');
  const [found] = text === null ? [] : readXml([text]);
  return found === undefined || found instanceof XmlError ? null : found;
}

function decoded(bytes: Buffer, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // An unknown charset, or bytes that are none of its text: nothing can be found in it.
    return null;
  }
}

function valueAt(document: JsonDocument, node: number): PointedValue {
  if (document.kind[node] === Kind.string) return { text: stringText(document, node), isString: true };
  return { text: document.bytes.toString('utf8', document.start[node]!, document.end[node]!), isString: false };
}

function textAt(document: JsonDocument, node: number, pointer: string): PointedValue | null {
  const inner = document.kind[node] === Kind.object ? resolvePointer(document, `${pointer}/${textKey}`) : node;
  return inner !== null && document.kind[inner] === Kind.string ? valueAt(document, inner) : null;
}
