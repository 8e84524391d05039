import { rawString } from '../../../json/text.ts';
import type { JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { quoted } from '../../kit/fix-text.ts';
import { anyKind, either } from '../../kit/kinds.ts';
import { isLeaf, memberOf, objectOf } from '../../kit/node-predicates.ts';
import { member } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';

interface Nullable {
  readonly key: string;
}

/** The zero value of each wrapper of Go's `database/sql`, which is beside `"Valid":false`. */
const nullables: ReadonlyMap<string, JsonNode> = new Map([
  ['String', { kind: 'string', raw: '""' }],
  ['Int64', { kind: 'number', raw: '0' }],
  ['Int32', { kind: 'number', raw: '0' }],
  ['Int16', { kind: 'number', raw: '0' }],
  ['Byte', { kind: 'number', raw: '0' }],
  ['Float64', { kind: 'number', raw: '0' }],
  ['Bool', { kind: 'boolean', raw: 'false' }],
  ['Time', { kind: 'string', raw: rawString('0001-01-01T00:00:00Z') }],
]);

function nullableOf(rich: JsonNode): { key: string; value: JsonNode; isValid: boolean } | null {
  if (rich.kind !== 'object' || rich.members.length !== 2) return null;
  const valid = member(rich, 'Valid')?.value;
  const found = rich.members.find((one) => one.key !== 'Valid');
  if (valid?.kind !== 'boolean' || found === undefined || !nullables.has(found.key)) return null;
  return { key: found.key, value: found.value, isValid: valid.raw === 'true' };
}

const rule = twoForms<Nullable>({
  id: 'nullable-wrapper-object',
  kinds: either(['object'], anyKind),
  find(rich, plain) {
    const found = nullableOf(rich);
    if (found === null || (found.isValid ? found.value.kind !== plain.kind : plain.kind !== 'null')) return null;
    return { key: found.key };
  },
  toPlain(rich, { key }) {
    const found = nullableOf(rich);
    if (found === null || found.key !== key) return rich;
    return found.isValid ? found.value : { kind: 'null', raw: 'null' };
  },
  toRich(plain, { key }) {
    if (!isLeaf(plain)) return plain;
    const isValid = plain.kind !== 'null';
    const valid: JsonNode = { kind: 'boolean', raw: `${isValid}` };
    return objectOf([memberOf(key, isValid ? plain : nullables.get(key)!), memberOf('Valid', valid)]);
  },
  terms: ({ key }) => ({ key: [key] }),
  advice: ({ key }) => ({
    rich: `in Go a pointer (or sql.Null[T] with a MarshalJSON) instead of sql.Null${key}: it writes the value or null`,
    plain: `or let the clients read {${quoted(key)}: …, "Valid": …}`,
  }),
});

export const nullableWrapperObject = defineClass({
  id: 'nullable-wrapper-object',
  title: 'a column that may be null is an object with a Valid flag',
  severity: 'breaking',
  pass: 'envelope',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'One side sends the value or null, the other an object with the value and whether it is there.',
    example: [
      ['Go (database/sql)', '{"String":"x","Valid":true}'],
      ['Rust (serde)', '"x"'],
    ],
    why: [
      ['Go', 'sql.NullString and its kin have no MarshalJSON'],
      ['Rust (serde)', 'Option<String> is the text or null'],
    ],
    breaks: 'The object is never null, so a check for null passes always, and the text is [object Object].',
    fix: [
      ['Go', 'a pointer (*string), or a type of its own with a MarshalJSON, as in guregu/null'],
      ['Rust', 'nothing: Option<String> is what clients expect'],
    ],
    proof:
      'Valid must say whether the other side has a value, and the value must be equal. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://pkg.go.dev/database/sql#NullString'],
  },
  rule,
});
