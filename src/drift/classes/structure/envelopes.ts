import { type JsonMember, type JsonNode, rawString } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { listed, quoted } from '../../kit/fix-text.ts';
import { plainName } from '../../kit/key-case.ts';
import { alike, anyKind, either, scalarKinds } from '../../kit/kinds.ts';
import {
  isAlike,
  isLeaf,
  memberOf,
  objectOf,
  onlyMember,
  plainNames,
  unionOf,
  unknownValue,
} from '../../kit/node-predicates.ts';
import { hasInnerObject, member, uniqueKeys } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { isUnitTag } from '../enums/units.ts';

interface Arms {
  readonly arms: readonly string[];
}

const resultArms = new Set(['Ok', 'Err']);

/** `{"Ok":…}` and `{"Err":…}`: a serde `Result` inside a body. */
const resultWrapper = twoForms<Arms>({
  id: 'result-wrapper',
  kinds: either(['object'], anyKind),
  find(rich, plain) {
    const only = onlyMember(rich);
    if (only === null || !resultArms.has(only.key)) return null;
    return isAlike(only.value, plain) ? { arms: [only.key] } : null;
  },
  toPlain(rich, { arms }) {
    const only = onlyMember(rich);
    return only !== null && arms.includes(only.key) ? only.value : rich;
  },
  toRich: (plain, { arms }) => objectOf([memberOf(arms[0]!, plain)]),
  // From the bare content nobody can tell the two arms apart.
  unite(found, to) {
    const arms = unionOf(found.map((one) => one.arms));
    return to === 'rich' && arms.length > 1 ? null : { arms };
  },
  advice: ({ arms }) => ({
    rich: `send what is inside ${quoted(arms.join('" and "'))}: in Rust return the Result as IntoResponse instead of putting it into Json(…)`,
    plain: `or wrap the content in ${quoted(arms[0]!)}, as serde writes a Result`,
  }),
});

interface Envelope {
  readonly key: string;
  readonly rest: readonly string[];
}

const envelopeKeys = new Set(
  'data result results response payload content body d root attributes item resource object value'.split(' '),
);

/** The member that holds what the plain side is, beside members that the plain side has not. */
function envelopeOf(rich: JsonNode, plain: JsonNode): Envelope | null {
  if (rich.kind !== 'object' || plain.kind !== 'object' || !hasInnerObject(rich)) return null;
  if (uniqueKeys(rich) === null || resultArms.has(rich.members[0]?.key ?? '')) return null;
  const names = plainNames(plain);
  if (rich.members.some((one) => names.has(plainName(one.key)))) return null;
  const found = rich.members.filter((one) => one.value.kind === 'object' && isAlike(one.value, plain));
  const rest = rich.members.filter((one) => one !== found[0]).map((one) => one.key);
  if (found.length !== 1 || (rest.length > 0 && !envelopeKeys.has(plainName(found[0]!.key)))) return null;
  return plain.members.length === 0 ? null : { key: found[0]!.key, rest };
}

function holdSeats(rest: readonly string[]): JsonMember[] {
  return rest.map((key) => memberOf(key, unknownValue));
}

const envelopeDataWrapper = twoForms<Envelope>({
  id: 'envelope-data-wrapper',
  kinds: alike('object'),
  find: envelopeOf,
  toPlain(rich, { key }) {
    const found = rich.kind === 'object' ? member(rich, key) : null;
    return found?.value.kind === 'object' ? found.value : rich;
  },
  toRich: (plain, { key, rest }) =>
    plain.kind === 'object' ? objectOf([memberOf(key, plain), ...holdSeats(rest)]) : plain,
  unite(found) {
    const { key } = found[0]!;
    return found.some((one) => one.key !== key) ? null : { key, rest: unionOf(found.map((one) => one.rest)) };
  },
  rest: (by) => by.rest,
  terms: ({ key, rest }) => ({ key: [key], beside: rest }),
  advice: ({ key }) => ({
    rich: `send what is inside ${quoted(key)} itself: Json(value) instead of Json(json!({${quoted(key)}: value})) in Rust, Encode(v) in Go, no WRAP_ROOT_VALUE in Jackson`,
    plain: `or put the object under ${quoted(key)}: a struct with that one field in Rust and Go, {${quoted(key)}: value} in Node and Python`,
  }),
});

interface ListWrap {
  readonly key: string;
  /** Keys that hold the length of the list. */
  readonly counts: readonly string[];
  readonly rest: readonly string[];
}

const pageWords =
  /^(?:page|perpage|pagesize|pagenumber|totalpages|next|previous|prev|cursor|nextcursor|nextpage(?:token)?|pagetoken|limit|offset|hasmore|hasnext|links|meta|pagination|size|number)$/;

function listWrapOf(rich: JsonNode, plain: JsonNode): ListWrap | null {
  if (rich.kind !== 'object' || plain.kind !== 'array' || uniqueKeys(rich) === null) return null;
  const found = rich.members.filter((one) => one.value.kind === 'array');
  const list = found[0]?.value;
  if (found[0]?.key.startsWith('$')) return null;
  if (found.length !== 1 || list?.kind !== 'array') return null;
  if (list.items.length !== plain.items.length || !list.items.every((one, i) => isAlike(one, plain.items[i]!)))
    return null;
  const others = rich.members.filter((one) => one !== found[0]);
  const counts = others.filter((one) => one.value.kind === 'number' && one.value.raw === `${plain.items.length}`);
  return {
    key: found[0]!.key,
    counts: counts.map((one) => one.key),
    rest: others.filter((one) => !counts.includes(one)).map((one) => one.key),
  };
}

function wrapList(plain: JsonNode, { key, counts, rest }: ListWrap): JsonNode {
  if (plain.kind !== 'array') return plain;
  const length: JsonNode = { kind: 'number', raw: `${plain.items.length}` };
  return objectOf([memberOf(key, plain), ...counts.map((one) => memberOf(one, length)), ...holdSeats(rest)]);
}

const wrappedList = twoForms<ListWrap>({
  id: 'array-vs-wrapped-list',
  kinds: either(['object'], ['array']),
  classes: ['pagination-envelope'],
  classOf: ({ rest }) =>
    rest.some((key) => pageWords.test(plainName(key))) ? 'pagination-envelope' : 'array-vs-wrapped-list',
  find: listWrapOf,
  toPlain(rich, { key }) {
    const found = rich.kind === 'object' ? member(rich, key) : null;
    return found?.value.kind === 'array' ? found.value : rich;
  },
  toRich: wrapList,
  // A member that holds the length by chance holds it in one sample only.
  unite(found) {
    const { key } = found[0]!;
    if (found.some((one) => one.key !== key)) return null;
    const rest = unionOf(found.map((one) => one.rest));
    return { key, rest, counts: unionOf(found.map((one) => one.counts)).filter((one) => !rest.includes(one)) };
  },
  rest: (by) => by.rest,
  terms: ({ key, counts, rest }) => ({ key: [key], beside: [...counts, ...rest].sort() }),
  advice({ key, counts, rest }) {
    const more = [...counts, ...rest];
    const beside = more.length === 0 ? '' : ` (${listed(more)} would go into headers, as Link and X-Total-Count)`;
    return {
      rich: `send the list under ${quoted(key)} itself${beside}: Json(list) in Rust, Encode(list) in Go, pagination_class = None in Django REST`,
      plain: `or send {${quoted(key)}: […]}: a struct with a field ${quoted(key)} in Rust, Go, Java and .NET`,
    };
  },
});

interface Newtype {
  readonly key: string;
}

const notNewtypes = /^(?:Ok|Err|Some|error|errors|message|msg|detail|details|title|reason|description|\$.*)$/i;

const newtypeWrap = twoForms<Newtype>({
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

function isSameLeaf(a: JsonNode, b: JsonNode): boolean {
  return isLeaf(a) && isLeaf(b) && (a as { raw: string }).raw === (b as { raw: string }).raw;
}

interface Nullable {
  readonly key: string;
}

/** The zero value of each wrapper of Go's `database/sql`, which stands beside `"Valid":false`. */
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

const nullableWrapperObject = twoForms<Nullable>({
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

/** Rules for what stands around a value: result, envelope, list with its page, newtype, nullable. */
export const envelopeRules: readonly DriftRule[] = [
  resultWrapper,
  nullableWrapperObject,
  wrappedList,
  envelopeDataWrapper,
  newtypeWrap,
];
