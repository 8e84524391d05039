import { rawString } from '../../json/text.ts';
import type { JsonMember, JsonNode } from '../../json/tree.ts';
import { plainName } from './key-case.ts';
import type { ObjectNode } from './nodes.ts';

/** Two nodes may be two spellings of one thing: of one kind, and objects with at least one name in common (or none at all). */
export function areAlike(a: JsonNode, b: JsonNode): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind !== 'object' || b.kind !== 'object') return true;
  if (a.members.length === 0 || b.members.length === 0) return a.members.length === b.members.length;
  const names = plainNames(a);
  return b.members.some((one) => names.has(plainName(one.key)));
}

/** The plain names of an object's keys. */
export function plainNames(node: ObjectNode): Set<string> {
  return new Set(node.members.map((one) => plainName(one.key)));
}

/** A member with this key, spelled with the escapes that JSON demands. */
export function memberOf(key: string, value: JsonNode): JsonMember {
  return { key, raw: rawString(key), value };
}

/** An object with these members. */
export function objectOf(members: readonly JsonMember[]): ObjectNode {
  return { kind: 'object', members };
}

/** The only member of an object, or null. */
export function onlyMember(node: JsonNode): JsonMember | null {
  return node.kind === 'object' && node.members.length === 1 ? node.members[0]! : null;
}

/** A string, number, boolean or null. */
export function isLeaf(node: JsonNode): boolean {
  return node.kind !== 'object' && node.kind !== 'array';
}

/** Stands where a rewriting cannot know the value: `null`, or a text. */
export const unknownValue: JsonNode = { kind: 'null', raw: 'null' };
export const unknownText: JsonNode = { kind: 'string', raw: '""' };

/** All of these, each once, in the order of their first place. */
export function unionOf(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}
