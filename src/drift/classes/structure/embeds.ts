import type { JsonMember, JsonNode } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { listed, quoted, shown } from '../../kit/fix-text.ts';
import { plainName } from '../../kit/key-case.ts';
import { alike, either } from '../../kit/kinds.ts';
import { isLeaf, memberOf, objectOf, unknownValue } from '../../kit/node-predicates.ts';
import { hasInnerObject, hasSameKeys, member, type ObjectNode, uniqueKeys } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { isAdjacent } from '../enums/tags.ts';

interface Embed {
  readonly key: string;
  /** The plain side's keys for what stands inside. */
  readonly inner: readonly string[];
}

/** An object-valued member whose members all stand one level higher on the other side. */
function embedOf(rich: JsonNode, plain: JsonNode): Embed | null {
  if (rich.kind !== 'object' || plain.kind !== 'object' || !hasInnerObject(rich) || hasSameKeys(rich, plain))
    return null;
  if (isAdjacent(rich)) return null;
  if (uniqueKeys(rich) === null || uniqueKeys(plain) === null || rich.members.length < 2) return null;
  const byName = new Map(plain.members.map((one) => [plainName(one.key), one.key]));
  const outer = new Set(rich.members.map((one) => plainName(one.key)));
  const found = rich.members.filter((one) => !byName.has(plainName(one.key)) && one.value.kind === 'object');
  const only = found.length === 1 ? found[0]! : null;
  if (only === null || !rich.members.some((one) => byName.has(plainName(one.key)))) return null;
  const inner = (only.value as ObjectNode).members.map((one) => plainName(one.key));
  const isLifted = inner.every((name) => byName.has(name) && !outer.has(name));
  return inner.length === 0 || !isLifted ? null : { key: only.key, inner: inner.map((name) => byName.get(name)!) };
}

const embedFlattenVsNested = twoForms<Embed>({
  id: 'embed-flatten-vs-nested',
  kinds: alike('object'),
  find: embedOf,
  toPlain(rich, { key, inner }) {
    const found = rich.kind === 'object' ? member(rich, key) : null;
    if (rich.kind !== 'object' || found?.value.kind !== 'object') return rich;
    const lifted = found.value.members;
    const taken = new Set(rich.members.map((one) => one.key));
    const known = new Set(inner.map(plainName));
    // Nobody knows yet where another member went.
    if (lifted.length === 0 || lifted.some((one) => taken.has(one.key) || !known.has(plainName(one.key)))) return rich;
    return objectOf(rich.members.flatMap((one) => (one === found ? lifted : [one])));
  },
  toRich(plain, { key, inner }) {
    if (plain.kind !== 'object' || member(plain, key) !== null) return plain;
    const isInner = (one: JsonMember) => inner.includes(one.key);
    const at = plain.members.findIndex(isInner);
    if (at < 0) return plain;
    const nested = memberOf(key, objectOf(plain.members.filter(isInner)));
    return objectOf([...plain.members.slice(0, at), nested, ...plain.members.slice(at).filter((one) => !isInner(one))]);
  },
  unite(found) {
    const { key } = found[0]!;
    if (found.some((one) => one.key !== key)) return null;
    return { key, inner: [...new Set(found.flatMap((one) => one.inner))] };
  },
  keys: ({ key, inner }) => [key, ...inner],
  terms: ({ key }) => ({ key: [key] }),
  advice: ({ key, inner }) => ({
    rich: `write ${listed(inner)} beside the other fields: #[serde(flatten)] on ${shown(key)} in Rust, an embedded struct without a json tag in Go, @JsonUnwrapped in Jackson`,
    plain: `or put ${listed(inner)} under ${quoted(key)}: no #[serde(flatten)] in Rust, a tag \`json:${quoted(key)}\` on the embedded field in Go`,
  }),
});

interface Metadata {
  readonly key: string;
  /** The list stands under this member. */
  readonly list: string | null;
}

/** `$id`, and `$values` around lists: reference preservation in .NET. */
const referenceMetadata = twoForms<Metadata>({
  id: 'reference-metadata',
  kinds: either(['object'], ['object', 'array']),
  find(rich, plain) {
    if (rich.kind !== 'object' || member(rich, '$id')?.value.kind !== 'string') return null;
    const list = member(rich, '$values');
    if (list !== null)
      return rich.members.length === 2 && plain.kind === 'array' ? { key: '$id', list: '$values' } : null;
    return plain.kind === 'object' && member(plain, '$id') === null ? { key: '$id', list: null } : null;
  },
  toPlain(rich, { key, list }) {
    if (rich.kind !== 'object') return rich;
    const found = list === null ? null : member(rich, list);
    if (found !== null) return found.value;
    return list === null ? objectOf(rich.members.filter((one) => one.key !== key)) : rich;
  },
  toRich(plain, { key, list }) {
    const id = memberOf(key, unknownValue);
    if (list !== null) return plain.kind === 'array' ? objectOf([id, memberOf(list, plain)]) : plain;
    return plain.kind === 'object' ? objectOf([id, ...plain.members]) : plain;
  },
  rest: ({ key }) => [key],
  terms: ({ key }) => ({ key: [key] }),
  advice: () => ({
    rich: 'write no references: ReferenceHandler.IgnoreCycles instead of Preserve in System.Text.Json, PreserveReferencesHandling.None in Newtonsoft',
    plain: 'or nothing: $id is made by the serializer of the other side',
  }),
});

interface Links {
  readonly key: string;
}

function isFilled(one: JsonMember | null): boolean {
  return one !== null && (!isLeaf(one.value) || one.key.startsWith('@'));
}

const linkKeys = ['_links', 'links', '_embedded', '@odata.context', '@odata.etag', '@id'];

const hateoasLinks = twoForms<Links>({
  id: 'hateoas-links',
  kinds: alike('object'),
  find(rich, plain) {
    if (rich.kind !== 'object' || plain.kind !== 'object' || plain.members.length === 0) return null;
    if (hasSameKeys(rich, plain)) return null;
    const key = linkKeys.find((one) => isFilled(member(rich, one)) && !plain.members.some((two) => two.key === one));
    return key === undefined ? null : { key };
  },
  toPlain: (rich, { key }) => (rich.kind === 'object' ? objectOf(rich.members.filter((one) => one.key !== key)) : rich),
  toRich: (plain, { key }) =>
    plain.kind === 'object' && plain.members.length > 0 && member(plain, key) === null
      ? objectOf([...plain.members, memberOf(key, unknownValue)])
      : plain,
  keys: ({ key }) => [key],
  rest: ({ key }) => [key],
  terms: ({ key }) => ({ key: [key] }),
  advice: ({ key }) => ({
    rich: `leave ${quoted(key)} out: plain models instead of RepresentationModel in Spring HATEOAS, odata.metadata=none in ASP.NET OData`,
    plain: `or write ${quoted(key)}, where clients follow it: a field for it in Rust and Go`,
  }),
});

/** Rules for members that stand a level higher, and for members that frameworks add. */
export const embedRules: readonly DriftRule[] = [embedFlattenVsNested, referenceMetadata, hateoasLinks];
