import { type JsonMember, type JsonNode, stringNode } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { quoted, shown } from '../../kit/fix-text.ts';
import { plainName, sameWords } from '../../kit/key-case.ts';
import { alike } from '../../kit/kinds.ts';
import { uniteMaps, uniteRenames } from '../../kit/map-utils.ts';
import { isAlike, memberOf, objectOf, onlyMember } from '../../kit/node-predicates.ts';
import { member, type ObjectNode, textOf, uniqueKeys } from '../../kit/nodes.ts';
import { type Form, twoForms } from '../../kit/two-way-form.ts';

/** Tags that a serializer writes by itself. */
const runtimeTags = new Set(['@class', '@type', '@c', '$type', '__typename', '_type', '_class', '$kind', '__type']);
/** Tags that people choose. */
const chosenTags = new Set('type kind tag variant event op object objecttype t category discriminator'.split(' '));

/** A key that serializers or people use for the name of a type or variant. */
export function isTag(key: string): boolean {
  return runtimeTags.has(key) || chosenTags.has(plainName(key));
}

/** A tag whose value follows from which keys stand beside it, or varies. */
interface Tag {
  readonly key: string;
  /** The tag's value by the names beside it. */
  readonly values: ReadonlyMap<string, string>;
  readonly varies: boolean;
  readonly isFirst: boolean;
}

/** The names of an object's keys but one, as one text. */
function signature(node: ObjectNode, without: string): string {
  return node.members
    .filter((one) => one.key !== without)
    .map((one) => plainName(one.key))
    .sort()
    .join('\0');
}

function tagAdded(rich: JsonNode, plain: JsonNode): Tag | null {
  if (rich.kind !== 'object' || plain.kind !== 'object' || rich.members.length !== plain.members.length + 1)
    return null;
  if (plain.members.length === 0 || uniqueKeys(rich) === null || uniqueKeys(plain) === null) return null;
  const names = new Set(plain.members.map((one) => plainName(one.key)));
  const found = rich.members.filter((one) => !names.has(plainName(one.key)));
  const tag = found[0];
  const text = found.length === 1 && tag !== undefined && isTag(tag.key) ? textOf(tag.value) : null;
  if (tag === undefined || text === null || signature(rich, tag.key) !== signature(plain, tag.key)) return null;
  const values = new Map([[signature(rich, tag.key), text]]);
  return { key: tag.key, values, varies: false, isFirst: rich.members[0] === tag };
}

function uniteTags(found: readonly Tag[], to: Form): Tag | null {
  const { key } = found[0]!;
  if (found.some((one) => one.key !== key)) return null;
  const values = uniteMaps(found.map((one) => one.values));
  const all = new Set(found.flatMap((one) => [...one.values.values()]));
  // One value alone under a name that people choose is a member like any other.
  if (all.size < 2 && !runtimeTags.has(key)) return null;
  if (values === null && to === 'rich') return null;
  return { key, values: values ?? new Map(), varies: values === null, isFirst: found.every((one) => one.isFirst) };
}

const tagRule = twoForms<Tag>({
  id: 'type-tag-added',
  kinds: alike('object'),
  classes: ['enum-untagged-vs-tagged'],
  classOf: ({ key }) => (runtimeTags.has(key) ? 'type-tag-added' : 'enum-untagged-vs-tagged'),
  find: tagAdded,
  toPlain: (rich, { key }) => (rich.kind === 'object' ? objectOf(rich.members.filter((one) => one.key !== key)) : rich),
  toRich(plain, { key, values, isFirst }) {
    const text = plain.kind === 'object' ? values.get(signature(plain, key)) : undefined;
    if (plain.kind !== 'object' || text === undefined || member(plain, key) !== null) return plain;
    const tag = memberOf(key, stringNode(text));
    return objectOf(isFirst ? [tag, ...plain.members] : [...plain.members, tag]);
  },
  unite: uniteTags,
  keys: ({ key }) => [key],
  terms: ({ key }) => ({ tag: [key] }),
  rest: ({ key, varies }) => (varies ? [key] : []),
  advice: ({ key }) => ({
    rich: `do not write ${quoted(key)}: #[serde(untagged)] in Rust, no field for it in Go, no @JsonTypeInfo in Jackson, TypeNameHandling.None in Newtonsoft, no JsonPolymorphic in System.Text.Json`,
    plain: `or write it: #[serde(tag = ${quoted(key)})] in Rust, a field \`json:${quoted(key)}\` in Go, @JsonTypeInfo(use = NAME, property = ${quoted(key)}) in Jackson, [JsonPolymorphic(TypeDiscriminatorPropertyName = ${quoted(key)})] in .NET`,
  }),
});

/** A tag beside the content of its variant, against the name of the variant around it. */
interface Adjacent {
  readonly tag: string;
  readonly content: string;
  /** The tag's value by the variant's name in the external form. */
  readonly variants: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

interface TaggedContent {
  readonly tag: JsonMember;
  readonly content: JsonMember;
}

/** The two members of an object if one of them is a tag. */
function taggedContent(node: JsonNode): TaggedContent[] {
  if (node.kind !== 'object' || node.members.length !== 2 || uniqueKeys(node) === null) return [];
  const [x, y] = node.members as [JsonMember, JsonMember];
  return [
    { tag: x, content: y },
    { tag: y, content: x },
  ].filter(({ tag }) => tag.value.kind === 'string');
}

function adjacentOf(rich: JsonNode, plain: JsonNode): Adjacent | null {
  const only = onlyMember(plain);
  if (only === null) return null;
  for (const { tag, content } of taggedContent(rich)) {
    const text = textOf(tag.value)!;
    if (!sameWords(text, only.key) || !isAlike(content.value, only.value)) continue;
    const [variants, names] = [new Map([[only.key, text]]), new Map([[text, only.key]])];
    return { tag: tag.key, content: content.key, variants, names };
  }
  return null;
}

function toExternal(rich: JsonNode, { tag, content, names }: Adjacent): JsonNode {
  const text = rich.kind === 'object' ? member(rich, tag)?.value : undefined;
  const name = text === undefined ? undefined : names.get(textOf(text) ?? '');
  if (rich.kind !== 'object' || name === undefined) return rich;
  if (rich.members.length === 1) return stringNode(name);
  const found = rich.members.length === 2 ? member(rich, content) : null;
  return found === null ? rich : objectOf([memberOf(name, found.value)]);
}

function toAdjacent(plain: JsonNode, { tag, content, variants }: Adjacent): JsonNode {
  const only = onlyMember(plain);
  const text = variants.get(only?.key ?? textOf(plain) ?? '');
  if (text === undefined) return plain;
  const head = memberOf(tag, stringNode(text));
  return objectOf(only === null ? [head] : [head, memberOf(content, only.value)]);
}

const externalVsAdjacent = twoForms<Adjacent>({
  id: 'enum-external-vs-adjacent',
  kinds: alike('object'),
  find: adjacentOf,
  toPlain: toExternal,
  toRich: toAdjacent,
  unite(found) {
    const { tag, content } = found[0]!;
    const variants = uniteRenames(found.map((one) => one.variants));
    if (variants === null || found.some((one) => one.tag !== tag || one.content !== content)) return null;
    return { tag, content, variants, names: new Map([...variants].map(([name, text]) => [text, name])) };
  },
  evidence: ({ variants }) => [...variants.keys()].join(),
  implies: ({ variants }) => ([...variants].some(([name, text]) => name !== text) ? ['enum-variant-casing'] : []),
  terms: ({ tag, content }) => ({ tag: [tag], content: [content] }),
  folds: (rewritten, { to, by }) => to === 'plain' && by.variants.has(onlyMember(rewritten)?.key ?? ''),
  advice({ tag, content, variants }) {
    const [[name, text] = ['', '']] = variants;
    return {
      rich: `write {${quoted(name)}: …}: no #[serde(tag, content)] in Rust, a MarshalJSON in Go, include = As.WRAPPER_OBJECT in Jackson`,
      plain: `write {${quoted(tag)}: ${quoted(text)}, ${quoted(content)}: …}: #[serde(tag = ${quoted(tag)}, content = ${quoted(content)})] in Rust, fields \`json:${quoted(tag)}\` and \`json:"${shown(content)},omitempty"\` in Go`,
    };
  },
});

interface Nest {
  readonly tag: string;
  readonly content: string;
}

/** `{"t":"V","c":{…}}`: a tag, and an object beside it. */
function adjacentForm(node: JsonNode): TaggedContent | null {
  const found = taggedContent(node).filter(({ tag, content }) => isTag(tag.key) && content.value.kind === 'object');
  return found.length === 1 ? found[0]! : null;
}

/** A node is in adjacent form: a known name of a tag, and one object. */
export function isAdjacent(node: JsonNode): boolean {
  return adjacentForm(node) !== null;
}

const adjacentVsInternal = twoForms<Nest & { readonly variant: string }>({
  id: 'enum-adjacent-vs-internal',
  kinds: alike('object'),
  find(rich, plain) {
    const found = adjacentForm(rich);
    const text = plain.kind === 'object' && found !== null ? member(plain, found.tag.key)?.value : undefined;
    if (found === null || text === undefined || plain.kind !== 'object') return null;
    if (textOf(text) !== textOf(found.tag.value) || member(plain, found.content.key) !== null) return null;
    const inner = objectOf(plain.members.filter((one) => one.key !== found.tag.key));
    if (inner.members.length === 0 || !isAlike(found.content.value, inner)) return null;
    return { tag: found.tag.key, content: found.content.key, variant: textOf(text)! };
  },
  toPlain(rich, { tag, content }) {
    const found = adjacentForm(rich);
    if (found === null || found.tag.key !== tag || found.content.key !== content) return rich;
    const inner = found.content.value as ObjectNode;
    return inner.members.some((one) => one.key === tag) ? rich : objectOf([found.tag, ...inner.members]);
  },
  toRich(plain, { tag, content }) {
    const found = plain.kind === 'object' ? member(plain, tag) : null;
    if (plain.kind !== 'object' || found === null || plain.members.length === 1) return plain;
    return objectOf([found, memberOf(content, objectOf(plain.members.filter((one) => one !== found)))]);
  },
  unite(found) {
    const [{ tag, content }] = [found[0]!];
    return found.some((one) => one.tag !== tag || one.content !== content) ? null : found[0]!;
  },
  evidence: ({ variant }) => variant,
  terms: ({ tag, content }) => ({ tag: [tag], content: [content] }),
  advice: ({ tag, content }) => ({
    rich: `write the fields beside ${quoted(tag)}: #[serde(tag = ${quoted(tag)})] without content in Rust, an embedded struct without a tag in Go, include = As.PROPERTY in Jackson`,
    plain: `or put the fields under ${quoted(content)}: #[serde(tag = ${quoted(tag)}, content = ${quoted(content)})] in Rust, a field \`json:"${shown(content)},omitempty"\` in Go, As.EXTERNAL_PROPERTY in Jackson`,
  }),
});

/** Rules for members that name a type or a variant. */
export const tagRules: readonly DriftRule[] = [externalVsAdjacent, adjacentVsInternal, tagRule];
