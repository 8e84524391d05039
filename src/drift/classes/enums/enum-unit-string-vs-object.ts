import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { quoted } from '../../kit/fix-text.ts';
import { sameWords } from '../../kit/key-case.ts';
import { either } from '../../kit/kinds.ts';
import { uniteRenames } from '../../kit/map-utils.ts';
import { memberOf, objectOf, onlyMember } from '../../kit/node-predicates.ts';
import { textOf } from '../../kit/nodes.ts';
import { isSame } from '../../kit/tree-equal.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { isUnitTag } from './units.ts';

/** A variant without content: its name alone, or an object that holds nothing else. */
interface Unit {
  /** The member that holds the name; null where the name is the key. */
  readonly tag: string | null;
  /** What stands under the name where it is the key. */
  readonly filler: 'null' | '{}' | null;
  /** The name on the rich side, by the text on the plain side. */
  readonly names: ReadonlyMap<string, string>;
}

const fillers: Readonly<Record<'null' | '{}', JsonNode>> = {
  null: { kind: 'null', raw: 'null' },
  '{}': { kind: 'object', members: [] },
};

function unitOf(rich: JsonNode, plain: JsonNode): Unit | null {
  const [only, text] = [onlyMember(rich), textOf(plain)];
  if (only === null || text === null) return null;
  const inner = textOf(only.value);
  if (inner !== null)
    return sameWords(inner, text) && isUnitTag(only)
      ? { tag: only.key, filler: null, names: new Map([[text, inner]]) }
      : null;
  const filler = (['null', '{}'] as const).find((one) => isSame(only.value, fillers[one]));
  return filler !== undefined && sameWords(only.key, text)
    ? { tag: null, filler, names: new Map([[text, only.key]]) }
    : null;
}

function toText(rich: JsonNode, { tag, filler, names }: Unit): JsonNode {
  const only = onlyMember(rich);
  if (only === null) return rich;
  const name = tag === null ? only.key : only.key === tag ? textOf(only.value) : null;
  if (name === null || (filler !== null && !isSame(only.value, fillers[filler]))) return rich;
  const found = [...names].find(([, inner]) => inner === name);
  return found === undefined ? rich : stringNode(found[0]);
}

const rule = twoForms<Unit>({
  id: 'enum-unit-string-vs-object',
  kinds: either(['object'], ['string']),
  find: unitOf,
  toPlain: toText,
  toRich(plain, { tag, filler, names }) {
    const name = names.get(textOf(plain) ?? '');
    if (name === undefined) return plain;
    return objectOf([tag === null ? memberOf(name, fillers[filler ?? 'null']) : memberOf(tag, stringNode(name))]);
  },
  unite(found) {
    const { tag, filler } = found[0]!;
    const names = uniteRenames(found.map((one) => one.names));
    return names === null || found.some((one) => one.tag !== tag || one.filler !== filler)
      ? null
      : { tag, filler, names };
  },
  evidence: ({ names }) => [...names.keys()].join(),
  implies: ({ names }) => ([...names].some(([text, name]) => text !== name) ? ['enum-variant-casing'] : []),
  terms: ({ tag }) => ({ tag: [String(tag)] }),
  advice({ tag, names }) {
    const [[text, name] = ['', '']] = names;
    return {
      rich: `write ${quoted(text)}: a unit variant without #[serde(tag)] in Rust, a string type in Go, @JsonValue in Jackson`,
      plain:
        tag === null
          ? `or write an object with the key ${quoted(name)}: a variant with braces, ${name} {}, in Rust`
          : `or write {${quoted(tag)}: ${quoted(name)}}: #[serde(tag = ${quoted(tag)})] in Rust, a struct with \`json:${quoted(tag)}\` in Go`,
    };
  },
});

export const enumUnitStringVsObject = defineClass({
  id: 'enum-unit-string-vs-object',
  title: 'a variant without content is a text on one side and an object on the other',
  severity: 'breaking',
  pass: 'unit-variant',
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'One side writes the name alone, the other an object that holds nothing but the name.',
    example: [
      ['Rust (serde)', '"Open"'],
      ['Rust (serde, tag)', '{"kind":"Open"}'],
    ],
    why: [
      [
        'Rust',
        'serde writes a unit variant as a string, with #[serde(tag)] as an object; Open {} is written as {"Open":{}}',
      ],
      ['Go', 'a port with one struct for all variants writes an object always'],
    ],
    breaks: 'A decoder of a string refuses the object, and the reverse; a comparison with "Open" is never true.',
    fix: [
      ['Rust', 'add or remove #[serde(tag = "kind")]; a variant without braces'],
      ['Go', 'a type State string instead of a struct'],
      ['Java', '@JsonValue on the name, or @JsonFormat(shape = OBJECT) on the enum'],
    ],
    proof: 'The object must hold nothing else; one variant alone makes a hypothesis.',
    sources: ['https://serde.rs/enum-representations.html'],
  },
  rule,
});
