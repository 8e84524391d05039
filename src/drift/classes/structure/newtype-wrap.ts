import type { JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { quoted } from '../../kit/fix-text.ts';
import { either, scalarKinds } from '../../kit/kinds.ts';
import { isLeaf, memberOf, objectOf, onlyMember } from '../../kit/node-predicates.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { isUnitTag } from '../enums/units.ts';

interface Newtype {
  readonly key: string;
}

const notNewtypes = /^(?:Ok|Err|Some|error|errors|message|msg|detail|details|title|reason|description|\$.*)$/i;

function isSameLeaf(a: JsonNode, b: JsonNode): boolean {
  return isLeaf(a) && isLeaf(b) && (a as { raw: string }).raw === (b as { raw: string }).raw;
}

const rule = twoForms<Newtype>({
  id: 'newtype-wrap',
  kinds: either(['object'], scalarKinds),
  find(rich, plain) {
    const only = onlyMember(rich);
    if (only === null || notNewtypes.test(only.key) || isUnitTag(only) || !isLeaf(plain) || plain.kind === 'null')
      return null;
    return only.value.kind === plain.kind && isSameLeaf(only.value, plain) ? { key: only.key } : null;
  },
  toPlain(rich, { key }) {
    const only = onlyMember(rich);
    return only !== null && only.key === key && isLeaf(only.value) ? only.value : rich;
  },
  toRich: (plain, { key }) => (isLeaf(plain) && plain.kind !== 'null' ? objectOf([memberOf(key, plain)]) : plain),
  terms: ({ key }) => ({ key: [key] }),
  advice: ({ key }) => ({
    rich: `send the value itself: #[serde(transparent)] in Rust, a named type or a MarshalJSON instead of a struct with ${quoted(key)} in Go, @JsonValue in Jackson`,
    plain: `or send {${quoted(key)}: …}: a struct with one named field`,
  }),
});

export const newtypeWrap = defineClass({
  id: 'newtype-wrap',
  title: 'a value stands in an object with one field',
  severity: 'breaking',
  pass: 'envelope',
  rank: 5,
  evidence: 'observed',
  observedBetween: 'axum and Fastify',
  page: {
    what: 'One side sends the value, the other {"Field": value}.',
    example: [
      ['Go', '{"Value":1}'],
      ['Rust (serde)', '1'],
    ],
    why: [
      ['Rust', 'serde writes struct N(T) as T'],
      ['Go', 'a struct with one field is an object, however small'],
      ['Java', 'a record with one component is an object without @JsonValue'],
    ],
    breaks: 'The value is read as [object Object], or a decoder refuses it.',
    fix: [
      ['Rust', '#[serde(transparent)] on a struct with one named field'],
      ['Go', 'type ID int instead of a struct, or a MarshalJSON'],
      ['Java', '@JsonValue on the component'],
      ['.NET', 'a JsonConverter<T> for the value object'],
      ['Python', 'RootModel[int] instead of BaseModel in pydantic'],
    ],
    proof:
      'The value must be spelled alike. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://serde.rs/container-attrs.html', 'https://pkg.go.dev/encoding/json'],
  },
  rule,
});
