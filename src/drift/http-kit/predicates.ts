import { isUtf8 } from 'node:buffer';
import type { Divergence } from '../../compare/model/divergence.ts';
import type { JsonNode } from '../../json/tree.ts';
import { textOf } from '../kit/nodes.ts';
import type { ErrorKind } from './error-words.ts';
import type { Answered, Asked, ExchangePair } from './exchange-pair.ts';

/** The first side refuses and says why in known words, the second accepts. */
export function refusedFor({ first, second }: ExchangePair, ...kinds: readonly ErrorKind[]): boolean {
  return first.refuses && second.accepts && first.error !== null && kinds.includes(first.error.kind);
}

/** Client errors that say nothing of what the request holds: no such place, no credentials, another method or host, too often. */
const otherRefusals: ReadonlySet<number> = new Set([401, 403, 404, 405, 407, 410, 421, 429]);

/** The first side refuses what the request holds with a client error, the second accepts. */
export function oneRefuses({ first, second }: ExchangePair): boolean {
  return first.refuses && second.accepts && !otherRefusals.has(first.status);
}

/** Every node of a tree, the root first. */
export function* nodesIn(root: JsonNode | null): Generator<JsonNode> {
  const open = root === null ? [] : [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    if (node.kind === 'object') for (const { value } of node.members) open.push(value);
    if (node.kind === 'array') open.push(...node.items.slice(0, 100_000));
  }
}

/** A node of the request's body has it. */
export function someNode({ json }: Asked, has: (node: JsonNode) => boolean): boolean {
  for (const node of nodesIn(json)) if (has(node)) return true;
  return false;
}

/** Keys of all objects in a body. */
export function keysIn({ json }: Pick<Asked, 'json'>): Set<string> {
  const keys = new Set<string>();
  for (const node of nodesIn(json)) if (node.kind === 'object') for (const { key } of node.members) keys.add(key);
  return keys;
}

/** An object in which a key stands twice. */
export function hasDuplicate(node: JsonNode): boolean {
  return node.kind === 'object' && new Set(node.members.map(({ key }) => key)).size < node.members.length;
}

/** A string in the request's body that holds this. */
export function requestHasText(asked: Asked, pattern: RegExp): boolean {
  return someNode(asked, (node) => pattern.test(textOf(node)?.slice(0, 200) ?? ''));
}

/** All texts in the request's body. */
export function textsIn({ json }: Asked): string[] {
  return [...nodesIn(json)].flatMap((node) => textOf(node) ?? []);
}

/** A text with letters beyond ASCII. */
export function hasNonAscii(text: string): boolean {
  return /[^\x00-\x7f]/.test(text);
}

/** How deep brackets nest, strings not read: enough to see that a body was made to be deep. */
export function nesting(body: Buffer): number {
  let [depth, deepest] = [0, 0];
  for (const byte of body.subarray(0, 1 << 20)) {
    if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return deepest;
}

/** The open divergence of a header, by its name in lower case. */
export function headerDivergence({ divergences }: ExchangePair, name: string): Divergence | null {
  return divergences.find((one) => one.facet === 'headers' && one.pointer === `/${name}`) ?? null;
}

/** Something of the bodies is still open. */
export function bodiesDiffer({ divergences }: ExchangePair): boolean {
  return divergences.some(({ facet }) => facet === 'body');
}

/** Something of what the bodies say is still open, and not of how they spell it alone. */
export function wordsDiffer({ divergences }: ExchangePair): boolean {
  return divergences.some(({ facet, rung }) => facet === 'body' && rung !== 'wire');
}

/** The first side sends the header, the second does not. */
export function onlyFirstSends({ first, second }: ExchangePair, name: string): boolean {
  return first.header(name) !== null && second.header(name) === null;
}

const redirects = new Set([301, 302, 303, 307, 308]);

/** A redirect with a place to go (RFC 9110, section 15.4). */
export function redirects3xx(answer: Answered): boolean {
  return redirects.has(answer.status) && answer.header('location') !== null;
}

/** The path of a Location as written: without scheme, authority, query and fragment, dots and slashes as they are. */
export function locationPath(answer: Answered): string {
  const location = answer.header('location') ?? '';
  return location.replace(/^[a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '') || '/';
}

/** Characters that a URI has only as escapes in its path and query, or as well with as without (RFC 3986, sections 2.2 and 2.3). */
const plainOctet = /[A-Za-z0-9\-._~[\]|^`{}"<>\\ ]|[^!-~]/;

/** A URI reference in which characters that need an escape, or need none, have none; a plus in the query is a space. */
export function withoutEscapes(reference: string): string {
  const [, path = '', query = ''] = /^([^?]*)(.*)$/s.exec(reference) ?? [];
  const plain = (text: string) =>
    text.replace(/%([0-9a-f]{2})/gi, (escaped, digits: string) => {
      const octet = String.fromCharCode(Number.parseInt(digits, 16));
      return plainOctet.test(octet) ? octet : escaped.toUpperCase();
    });
  return plain(path) + plain(query.replaceAll('+', ' '));
}

/** A path without empty, `.` and `..` segments, a slash at the end kept (Go, path.Clean). */
export function cleanedPath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const ends = /\/\.{0,2}$/.test(path) && kept.length > 0;
  return `/${kept.join('/')}${ends ? '/' : ''}`;
}

/** A percent sign that no two hex digits follow (RFC 3986, section 2.1). */
export const brokenEscape = /%(?![0-9A-Fa-f]{2})/;

/** Percent-escapes of a path or query that decode to something that is not UTF-8. */
export function escapesBrokenUtf8(text: string): boolean {
  const bytes = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return text.includes('%') && !isUtf8(Buffer.from(bytes, 'latin1'));
}

/** The first side answers with one text of the request, the second with another. */
export function echoes({ first, second }: ExchangePair, a: string, b: string): boolean {
  if (a === '' || b === '' || !first.accepts || !second.accepts) return false;
  return first.text.includes(a) && !first.text.includes(b) && second.text.includes(b) && !second.text.includes(a);
}
