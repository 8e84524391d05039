import { createHash } from 'node:crypto';
import { items, type JsonDocument, JsonSyntaxError, Kind, members } from '../../json/document.ts';
import { pointerToken } from '../../json/pointer.ts';
import { readJson } from '../../json/read.ts';
import { sourceText, stringText } from '../../json/text.ts';
import { maxMembers, maxOfAKind } from '../limits.ts';

/** A value of the body. */
export interface BodyPlace {
  readonly node: number;
  /** JSON Pointer (RFC 6901), printable ASCII, at most 80 characters: for titles. */
  readonly pointer: string;
  /** The same in the letters of an id. */
  readonly slug: string;
}

/** A member of an object of the body. */
export interface MemberPlace extends BodyPlace {
  /** The node of its key, and that of the object. */
  readonly key: number;
  readonly object: number;
}

/** A JSON body and the places in it that probes change: breadth first, of an array only the first item, each list bounded. */
export interface JsonBody {
  readonly document: JsonDocument;
  /** The source, one character for each byte. */
  readonly text: string;
  readonly members: readonly MemberPlace[];
  readonly objects: readonly BodyPlace[];
  readonly arrays: readonly BodyPlace[];
  readonly numbers: readonly BodyPlace[];
  readonly strings: readonly BodyPlace[];
  /** How many members were found beyond `mostMembers`; nothing is derived from them. */
  readonly left: number;
}

/** Takes the bytes of a body; returns its places, or null if it is not JSON (RFC 8259). */
export function readBodyPlaces(bytes: Uint8Array): JsonBody | null {
  const document = readJson(Buffer.from(bytes));
  if (document instanceof JsonSyntaxError) return null;
  return { document, text: document.bytes.toString('latin1'), ...placesOf(document) };
}

type Found = Omit<JsonBody, 'document' | 'text'>;

function placesOf(document: JsonDocument): Found {
  const queue: BodyPlace[] = [{ node: 0, pointer: '', slug: 'root' }];
  const found: MemberPlace[] = [];
  for (let at = 0; at < queue.length && found.length < maxMembers * 2; at += 1) {
    const place = queue[at]!;
    const inner = childrenOf(document, place);
    found.push(...inner.filter((one): one is MemberPlace => 'key' in one));
    queue.push(...inner);
  }
  const kept = new Set<BodyPlace>(found.slice(0, maxMembers));
  const reached = queue.filter((place) => !('key' in place) || kept.has(place));
  const ofKind = (kind: number) => reached.filter(({ node }) => document.kind[node] === kind).slice(0, maxOfAKind);
  return {
    members: found.slice(0, maxMembers),
    objects: ofKind(Kind.object),
    arrays: ofKind(Kind.array),
    numbers: ofKind(Kind.number),
    strings: ofKind(Kind.string),
    left: Math.max(0, found.length - maxMembers),
  };
}

/** The members of an object, or the first item of an array: the others are like it. */
function childrenOf(document: JsonDocument, place: BodyPlace): (BodyPlace | MemberPlace)[] {
  const { node } = place;
  if (document.kind[node] === Kind.array) {
    const first = document.next[node]! > node + 1 ? items(document, node)[0] : undefined;
    return first === undefined ? [] : [below(place, '0', first)];
  }
  if (document.kind[node] !== Kind.object) return [];
  return members(document, node).map(([key, value]) => ({
    ...below(place, stringText(document, key), value),
    key,
    object: node,
  }));
}

function below(parent: BodyPlace, token: string, node: number): BodyPlace {
  const pointer = `${parent.pointer}/${printable(pointerToken(token))}`;
  const base = parent.slug === 'root' ? '' : `${parent.slug}.`;
  return { node, pointer: pointer.length > 80 ? `${pointer.slice(0, 77)}...` : pointer, slug: base + slugOf(token) };
}

/** A key in the letters of an id; where letters are lost or many, a few digits of its hash tell it from its like. */
function slugOf(token: string): string {
  const plain = token.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, 40);
  if (plain === token && plain !== '') return plain;
  return `${plain}-${createHash('sha256').update(token, 'utf16le').digest('hex').slice(0, 6)}`;
}

function printable(text: string): string {
  return text.replace(/[^ -~]/gu, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
}

/** The source of a node, one character for each byte. */
export function sourceOf(body: JsonBody, node: number): string {
  return sourceText(body.document, node);
}

/** The bytes of text with one character for each byte. */
export function latin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** The body with other bytes from `from` to `to`; everything else is spelled as it was. */
function splice({ text }: JsonBody, [from, to]: readonly [number, number], inserted: string): Uint8Array {
  return latin1(text.slice(0, from) + inserted + text.slice(to));
}

/** The body with `source` in the place of a node. */
export function replaceNode(body: JsonBody, node: number, source: string): Uint8Array {
  const { start, end } = body.document;
  return splice(body, [start[node]!, end[node]!], source);
}

/** The body with `source` before a node. */
export function insertBefore(body: JsonBody, node: number, source: string): Uint8Array {
  const at = body.document.start[node]!;
  return splice(body, [at, at], source);
}

/** The body without a member and without the comma that goes with it. */
export function dropMember(body: JsonBody, member: MemberPlace): Uint8Array {
  const { start, end } = body.document;
  const all = members(body.document, member.object);
  const at = all.findIndex(([key]) => key === member.key);
  const [before, after] = [all[at - 1], all[at + 1]];
  const from = before === undefined ? start[member.key]! : end[before[1]]!;
  const to = before === undefined && after !== undefined ? start[after[0]]! : end[member.node]!;
  return splice(body, [from, to], '');
}

/** The body with a further member, given as source, behind the last one of an object. */
export function appendMember(body: JsonBody, object: number, source: string): Uint8Array {
  const { start, end } = body.document;
  const last = members(body.document, object).at(-1);
  const at = last === undefined ? start[object]! + 1 : end[last[1]]!;
  return splice(body, [at, at], last === undefined ? source : `,${source}`);
}
