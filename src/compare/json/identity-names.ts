import { items, type JsonDocument, Kind } from '../../json/document.ts';
import { numberKey } from '../../json/number.ts';
import { hasText, sourceText, stringText } from '../../json/text.ts';

/** The first member `name` of an object, or null. */
export function memberNamed(document: JsonDocument, node: number, name: string): number | null {
  if (document.kind[node] !== Kind.object) return null;
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!)
    if (hasText(document, key, name)) return key + 1;
  return null;
}

/** The name at these tokens below a node; null if there is none. */
export function nameAt(document: JsonDocument, item: number, tokens: readonly string[]): string | null {
  let node: number | null = item;
  for (const token of tokens) node = node === null ? null : childAt(document, node, token);
  return node === null ? null : identityName(document, node);
}

/** A string or a number as a name: the same for all spellings, for a number and its text; null for other values. */
export function identityName(document: JsonDocument, node: number): string | null {
  const isNumber = document.kind[node] === Kind.number;
  if (!isNumber && document.kind[node] !== Kind.string) return null;
  const text = isNumber ? sourceText(document, node) : stringText(document, node);
  return isNumber || /^(?:0|-?[1-9]\d{0,99})$/.test(text) ? `#${numberKey(text)}` : `"${text}`;
}

/** The member or item (RFC 6901, section 4: its index without zeros in front) below a node; of a key that is there twice the last one. */
function childAt(document: JsonDocument, node: number, token: string): number | null {
  if (document.kind[node] === Kind.array)
    return items(document, node)[/^(?:0|[1-9]\d{0,8})$/.test(token) ? Number(token) : -1] ?? null;
  let found: number | null = null;
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!)
    if (stringText(document, key) === token) found = key + 1;
  return found;
}
