import type { JsonMember, JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { listNames, quoted, visibleName } from '../../kit/fix-text.ts';
import { plainName } from '../../kit/key-case.ts';
import { alike } from '../../kit/kinds.ts';
import { memberOf, objectOf } from '../../kit/node-predicates.ts';
import { hasInnerObject, hasSameKeys, member, type ObjectNode, uniqueKeys } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { adjacentForm } from '../enums/tags.ts';

/** A node is in adjacent form: a known name of a tag, and one object. */
function isAdjacent(node: JsonNode): boolean {
  return adjacentForm(node) !== null;
}

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

const rule = twoForms<Embed>({
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
    rich: `write ${listNames(inner)} beside the other fields: #[serde(flatten)] on ${visibleName(key)} in Rust, an embedded struct without a json tag in Go, @JsonUnwrapped in Jackson`,
    plain: `or put ${listNames(inner)} under ${quoted(key)}: no #[serde(flatten)] in Rust, a tag \`json:${quoted(key)}\` on the embedded field in Go`,
  }),
});

export const embedFlattenVsNested = defineClass({
  id: 'embed-flatten-vs-nested',
  title: 'fields of an inner struct stand one level higher on one side',
  severity: 'breaking',
  pass: 'embed',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'One side writes an object under a key, the other its members beside the outer ones.',
    example: [
      ['Rust (serde)', '{"X":1,"common":{"ID":2}}'],
      ['Go', '{"X":1,"ID":2}'],
    ],
    why: [
      ['Go', 'an embedded struct without a json tag is flattened'],
      ['Rust', 'a field is nested unless #[serde(flatten)] stands on it'],
      ['Java', '@JsonUnwrapped flattens'],
    ],
    breaks: 'Fields are undefined, one level too high or too deep.',
    fix: [
      ['Rust', '#[serde(flatten)] on the field'],
      ['Go', 'a json tag on the embedded field nests it: Common `json:"common"`'],
      ['Java', '@JsonUnwrapped'],
      ['Python', 'model_dump() merged into the outer dictionary'],
    ],
    proof:
      'All members of the inner object must be there, under names that are not taken. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://serde.rs/field-attrs.html', 'https://pkg.go.dev/encoding/json'],
  },
  rule,
});
