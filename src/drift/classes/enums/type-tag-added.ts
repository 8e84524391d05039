import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { quoted } from '../../kit/fix-text.ts';
import { plainName } from '../../kit/key-case.ts';
import { alike } from '../../kit/kinds.ts';
import { uniteMaps } from '../../kit/map-utils.ts';
import { memberOf, objectOf } from '../../kit/node-predicates.ts';
import { member, type ObjectNode, textOf, uniqueKeys } from '../../kit/nodes.ts';
import { type Form, twoForms } from '../../kit/two-way-form.ts';
import { isTag, runtimeTags } from './tags.ts';

/** A tag whose value follows from which keys are beside it, or varies. */
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

const rule = twoForms<Tag>({
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

export const typeTagAdded = defineClass({
  id: 'type-tag-added',
  title: 'one side adds the type of each object',
  severity: 'risky',
  pass: 'enum-tag',
  rank: 3,
  evidence: 'documented',
  page: {
    what: 'One side has one more member, under a name that its serializer gives to the type of an object.',
    example: [
      ['Java (Jackson)', '{"@class":"com.example.User","name":"n"}'],
      ['Go', '{"name":"n"}'],
    ],
    why: [
      ['Java', '@JsonTypeInfo(use = Id.CLASS) writes @class, Id.NAME writes @type'],
      ['.NET', 'System.Text.Json writes $type for [JsonPolymorphic] types, Newtonsoft for TypeNameHandling'],
      ['GraphQL', 'clients that ask for __typename get it'],
    ],
    breaks:
      'A client that needs the tag cannot choose a type; a strict one refuses the unknown member; and a class name tells how the server is built.',
    fix: [
      ['Java', 'no @JsonTypeInfo, or use = Id.NAME with a property that both sides know'],
      ['.NET', 'no [JsonPolymorphic], or TypeDiscriminatorPropertyName; TypeNameHandling.None in Newtonsoft'],
      ['Rust', '#[serde(tag = "@type")] on the struct'],
      ['Go', 'a field `json:"@type"`'],
    ],
    proof:
      'The tag must follow from the other members. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: [
      'https://learn.microsoft.com/dotnet/standard/serialization/system-text-json/polymorphism',
      'https://github.com/FasterXML/jackson-annotations',
    ],
  },
  rule,
});
