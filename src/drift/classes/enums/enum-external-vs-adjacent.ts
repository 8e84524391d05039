import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { quoted, visibleName } from '../../kit/fix-text.ts';
import { sameWords } from '../../kit/key-case.ts';
import { alike } from '../../kit/kinds.ts';
import { uniteRenames } from '../../kit/map-utils.ts';
import { areAlike, memberOf, objectOf, onlyMember } from '../../kit/node-predicates.ts';
import { member, textOf } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { taggedContent } from './tags.ts';

/** A tag beside the content of its variant, against the name of the variant around it. */
interface Adjacent {
  readonly tag: string;
  readonly content: string;
  /** The tag's value by the variant's name in the external form. */
  readonly variants: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

function adjacentOf(rich: JsonNode, plain: JsonNode): Adjacent | null {
  const only = onlyMember(plain);
  if (only === null) return null;
  for (const { tag, content } of taggedContent(rich)) {
    const text = textOf(tag.value)!;
    if (!sameWords(text, only.key) || !areAlike(content.value, only.value)) continue;
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

const rule = twoForms<Adjacent>({
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
      plain: `write {${quoted(tag)}: ${quoted(text)}, ${quoted(content)}: …}: #[serde(tag = ${quoted(tag)}, content = ${quoted(content)})] in Rust, fields \`json:${quoted(tag)}\` and \`json:"${visibleName(content)},omitempty"\` in Go`,
    };
  },
});

export const enumExternalVsAdjacent = defineClass({
  id: 'enum-external-vs-adjacent',
  title: 'the name of a variant is a key on one side, and is beside its content on the other',
  severity: 'breaking',
  pass: 'enum-tag',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'One side writes {"Variant": content}, the other two members: a tag and the content.',
    example: [
      ['Rust (serde, tag and content)', '{"t":"Schema","c":{"field":"x"}}'],
      ['Rust (serde)', '{"Schema":{"field":"x"}}'],
    ],
    why: [
      ['Rust', 'serde tags externally by default, adjacently with #[serde(tag = "t", content = "c")]'],
      ['Go', 'a port that has to carry any content uses a kind and a payload field'],
      [
        'Java',
        'Jackson writes @JsonTypeInfo(include = As.WRAPPER_OBJECT) externally and As.EXTERNAL_PROPERTY adjacently',
      ],
    ],
    breaks: 'A client that switches on the tag finds none; a decoder of the wrapped form meets an unknown variant.',
    fix: [
      ['Rust', '#[serde(tag = "t", content = "c")] on the enum, or neither'],
      [
        'Go',
        'type E struct { T string `json:"t"`; C json.RawMessage `json:"c,omitempty"` }, or a MarshalJSON that writes the wrapper',
      ],
      ['Java', '@JsonTypeInfo(use = Id.NAME, include = As.WRAPPER_OBJECT)'],
    ],
    proof:
      'The tag must name the variant, and the content must be equal. As long as one variant alone was seen it is a hypothesis.',
    sources: ['https://serde.rs/enum-representations.html'],
  },
  rule,
});
