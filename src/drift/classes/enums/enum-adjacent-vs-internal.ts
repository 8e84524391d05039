import { defineClass } from '../../definition/define-class.ts';
import { quoted, visibleName } from '../../kit/fix-text.ts';
import { alike } from '../../kit/kinds.ts';
import { areAlike, memberOf, objectOf } from '../../kit/node-predicates.ts';
import { member, type ObjectNode, textOf } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { adjacentForm } from './tags.ts';

interface Nest {
  readonly tag: string;
  readonly content: string;
}

const rule = twoForms<Nest & { readonly variant: string }>({
  id: 'enum-adjacent-vs-internal',
  kinds: alike('object'),
  find(rich, plain) {
    const found = adjacentForm(rich);
    const text = plain.kind === 'object' && found !== null ? member(plain, found.tag.key)?.value : undefined;
    if (found === null || text === undefined || plain.kind !== 'object') return null;
    if (textOf(text) !== textOf(found.tag.value) || member(plain, found.content.key) !== null) return null;
    const inner = objectOf(plain.members.filter((one) => one.key !== found.tag.key));
    if (inner.members.length === 0 || !areAlike(found.content.value, inner)) return null;
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
    plain: `or put the fields under ${quoted(content)}: #[serde(tag = ${quoted(tag)}, content = ${quoted(content)})] in Rust, a field \`json:"${visibleName(content)},omitempty"\` in Go, As.EXTERNAL_PROPERTY in Jackson`,
  }),
});

export const enumAdjacentVsInternal = defineClass({
  id: 'enum-adjacent-vs-internal',
  title: 'the fields of a variant are beside the tag on one side, and under a key on the other',
  severity: 'breaking',
  pass: 'enum-tag',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'actix and chi',
  page: {
    what: 'Both sides have the same tag; one of them puts the fields into an object beside it.',
    example: [
      ['Rust (serde, tag and content)', '{"t":"Schema","c":{"field":"x"}}'],
      ['Rust (serde, tag)', '{"t":"Schema","field":"x"}'],
    ],
    why: [
      ['Rust', '#[serde(tag = "t")] is internal, and with content = "c" it is adjacent'],
      ['Go', 'an embedded struct is flattened, a struct field with a tag is nested'],
    ],
    breaks: 'Fields are read as undefined, or a decoder reports a missing field.',
    fix: [
      ['Rust', 'add content = "c" to #[serde(tag = "t")], or take it away'],
      ['Go', 'a field `json:"c,omitempty"`, or embedding without a tag'],
      ['Java', '@JsonTypeInfo(include = As.PROPERTY) instead of As.EXTERNAL_PROPERTY around a wrapper class'],
    ],
    proof: 'Tag and fields must be equal for all variants that were seen; one variant alone makes a hypothesis.',
    sources: ['https://serde.rs/enum-representations.html'],
  },
  rule,
});
