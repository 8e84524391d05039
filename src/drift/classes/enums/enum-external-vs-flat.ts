import { rawString } from '../../../json/text.ts';
import { type JsonMember, type JsonNode, stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import type { DriftRule, Fix, Names } from '../../kit/drift-rule.ts';
import { quoted } from '../../kit/fix-text.ts';
import { commonStyle, plainName, sameWords } from '../../kit/key-case.ts';
import { alike } from '../../kit/kinds.ts';
import { pushTo, uniteRenames } from '../../kit/map-utils.ts';
import { member, type ObjectNode, textOf, uniqueKeys } from '../../kit/nodes.ts';

interface Hoist {
  /** The member that names the variant on the flat side. */
  readonly tag: string;
  /** Which side has the wrapper object. */
  readonly form: 'external-to-flat' | 'flat-to-external';
  /** The tag's value on the flat side, by the variant's name on the external side. */
  readonly variants: ReadonlyMap<string, string>;
  /** The other way round. */
  readonly names: ReadonlyMap<string, string>;
  /** The keys of the variants' members on the flat side, by their name on the external side. */
  readonly fields: ReadonlyMap<string, string>;
}

function wrapper(node: JsonNode): { name: string; content: ObjectNode } | null {
  if (node.kind !== 'object' || node.members.length !== 1) return null;
  const { key, value } = node.members[0]!;
  return value.kind === 'object' ? { name: key, content: value } : null;
}

/** The member of the flat side whose text names the variant, and that the variant itself does not have. */
function tagOf(flat: ObjectNode, name: string, content: ObjectNode): JsonMember | null {
  const own = new Set(content.members.map((one) => plainName(one.key)));
  const found = flat.members.filter((one) => {
    const text = own.has(plainName(one.key)) ? null : textOf(one.value);
    return text !== null && sameWords(text, name);
  });
  return found.length === 1 ? found[0]! : null;
}

/** Every member of the variant stands in the flat object, under the same words; the flat one may have more (its zero values). */
function fieldsOf(flat: ObjectNode, tag: string, content: ObjectNode): Map<string, string> | null {
  const byWords = new Map<string, string[]>();
  for (const { key } of flat.members) if (key !== tag) pushTo(byWords, plainName(key), key);
  const fields = new Map<string, string>();
  for (const { key } of content.members) {
    const found = byWords.get(plainName(key)) ?? [];
    if (found.length !== 1) return null;
    fields.set(key, found[0]!);
  }
  return fields;
}

function locateOneWay(external: JsonNode, flat: JsonNode, form: Hoist['form']): Hoist | null {
  const wrapped = wrapper(external);
  if (wrapped === null || flat.kind !== 'object' || uniqueKeys(flat) === null || uniqueKeys(wrapped.content) === null)
    return null;
  const tag = tagOf(flat, wrapped.name, wrapped.content);
  const fields = tag === null ? null : fieldsOf(flat, tag.key, wrapped.content);
  if (tag === null || fields === null) return null;
  const [name, tagged] = [wrapped.name, textOf(tag.value)!];
  return { tag: tag.key, form, variants: new Map([[name, tagged]]), names: new Map([[tagged, name]]), fields };
}

/** The wrapper's name as the first member; its spelling is left to `enum-variant-casing`. */
function hoist(node: JsonNode, { tag, variants }: Hoist): JsonNode {
  const wrapped = wrapper(node);
  if (wrapped === null || !variants.has(wrapped.name)) return node;
  if (wrapped.content.members.some((one) => sameWords(one.key, tag))) return node;
  const head = { key: tag, raw: rawString(tag), value: stringNode(wrapped.name) };
  return { kind: 'object', members: [head, ...wrapped.content.members] };
}

function wrap(node: JsonNode, { tag, names }: Hoist): JsonNode {
  const value = node.kind === 'object' ? member(node, tag)?.value : undefined;
  const name = value === undefined ? undefined : names.get(textOf(value) ?? '');
  if (node.kind !== 'object' || name === undefined) return node;
  const content = node.members.filter((one) => one.key !== tag);
  const only = { key: name, raw: rawString(name), value: { kind: 'object', members: content } } as const;
  return { kind: 'object', members: [only] };
}

/** The fields are for the advice alone: `key-casing` learns them for itself, and checks them. */
function uniteHoists(found: readonly Hoist[]): Hoist | null {
  const { tag, form } = found[0]!;
  const variants = uniteRenames(found.map((one) => one.variants));
  if (variants === null || found.some((one) => one.tag !== tag || one.form !== form)) return null;
  const names = new Map([...variants].map(([name, tagged]) => [tagged, name]));
  return { tag, form, variants, names, fields: new Map(found.flatMap((one) => [...one.fields])) };
}

/** ` , name = "style"` if names change and one style changes them all. */
function attribute(name: string, renames: ReadonlyMap<string, string>): string {
  const style = isRenaming(renames) ? commonStyle([...renames]) : null;
  return style === null ? '' : `, ${name} = "${style}"`;
}

function isRenaming(renames: ReadonlyMap<string, string>): boolean {
  return [...renames].some(([from, to]) => from !== to);
}

const maxFields = 4;

function hoistFixes(parameters: Hoist, names: Names): Fix[] {
  const { tag, variants, fields, form } = parameters;
  const [external, flat] =
    form === 'external-to-flat' ? [names.reference, names.candidate] : [names.candidate, names.reference];
  const serde = `#[serde(tag = ${quoted(tag)}${attribute('rename_all', variants)}${attribute('rename_all_fields', fields)})]`;
  const [[variant, tagged] = ['Variant', 'Variant']] = variants;
  const shown = [...fields.keys()].slice(0, maxFields).map((key) => `\`json:${quoted(key)}\``);
  const tags = shown.length === 0 ? '' : `, with ${shown.join(', ')} on the fields inside`;
  return [
    { target: external, text: `in Rust ${serde} on the enum: it writes the tag beside the fields` },
    {
      target: flat,
      text: `in Go a MarshalJSON that writes {${quoted(variant)}:{…}} for ${quoted(tag)}:${quoted(tagged)}${tags}`,
    },
  ];
}

const rule: DriftRule<Hoist> = {
  id: 'enum-external-vs-flat',
  kinds: alike('object'),
  form: true,
  learns: true,
  locate: (a, b) => locateOneWay(a, b, 'external-to-flat') ?? locateOneWay(b, a, 'flat-to-external'),
  rewrite: (a, parameters) => (parameters.form === 'external-to-flat' ? hoist(a, parameters) : wrap(a, parameters)),
  unite: uniteHoists,
  // The same variant again says nothing new about how the next one is tagged.
  evidence: ({ variants }) => [...variants.keys()].join(),
  folds(rewritten, { form, variants }) {
    const wrapped = form === 'flat-to-external' ? wrapper(rewritten) : null;
    return wrapped !== null && variants.has(wrapped.name);
  },
  implies: ({ form, variants }) => (form === 'flat-to-external' && isRenaming(variants) ? ['enum-variant-casing'] : []),
  owns: () => 'place',
  terms: ({ form, tag }) => ({ form: [form], tag: [tag] }),
  fixes: hoistFixes,
};

export const enumExternalVsFlat = defineClass({
  id: 'enum-external-vs-flat',
  title: 'an enum with data is a wrapper object on one side and a flat object with a tag on the other',
  severity: 'breaking',
  pass: 'enum-hoist',
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'One side names the variant with the only key of an outer object, the other with a member of a flat object.',
    example: [
      ['Rust (serde)', '{"Schema":{"field":"x","reason":"y"}}'],
      ['Go (encoding/json)', '{"Kind":"schema","Field":"x","Reason":"y"}␊'],
    ],
    why: [
      ['Rust', 'serde tags enums externally unless #[serde(tag = "…")] says otherwise'],
      ['Go', 'has no sum type, so a port uses one struct with a kind; fields without json tags keep their Go names'],
    ],
    breaks:
      'A client of the flat form reads an empty kind; a client of the wrapped form fails with "unknown variant" or "missing field".',
    fix: [
      ['Rust', '#[serde(tag = "Kind", rename_all = "snake_case", rename_all_fields = "PascalCase")] on the enum'],
      ['Go', 'a MarshalJSON that writes the wrapper object, or json tags and an agreed kind member'],
    ],
    proof:
      'The reference body is rewritten (tag hoisted, keys renamed, zero values added or dropped) with one set of parameters for all samples of the route, and must equal the candidate body. As long as one variant alone was seen it is called a hypothesis.',
    sources: ['https://serde.rs/enum-representations.html', 'https://pkg.go.dev/encoding/json'],
  },
  rule,
});
