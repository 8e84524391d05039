import type { JsonMember, JsonNode } from '../../../json/tree.ts';
import { plainName } from '../../kit/key-case.ts';
import { uniqueKeys } from '../../kit/nodes.ts';

/** Tags that a serializer writes by itself. */
export const runtimeTags = new Set([
  '@class',
  '@type',
  '@c',
  '$type',
  '__typename',
  '_type',
  '_class',
  '$kind',
  '__type',
]);

/** Tags that people choose. */
const chosenTags = new Set('type kind tag variant event op object objecttype t category discriminator'.split(' '));

/** A key that serializers or people use for the name of a type or variant. */
export function isTag(key: string): boolean {
  return runtimeTags.has(key) || chosenTags.has(plainName(key));
}

interface TaggedContent {
  readonly tag: JsonMember;
  readonly content: JsonMember;
}

/** The two members of an object if one of them is a tag. */
export function taggedContent(node: JsonNode): TaggedContent[] {
  if (node.kind !== 'object' || node.members.length !== 2 || uniqueKeys(node) === null) return [];
  const [x, y] = node.members as [JsonMember, JsonMember];
  return [
    { tag: x, content: y },
    { tag: y, content: x },
  ].filter(({ tag }) => tag.value.kind === 'string');
}

/** `{"t":"V","c":{…}}`: a tag, and an object beside it. */
export function adjacentForm(node: JsonNode): TaggedContent | null {
  const found = taggedContent(node).filter(({ tag, content }) => isTag(tag.key) && content.value.kind === 'object');
  return found.length === 1 ? found[0]! : null;
}
