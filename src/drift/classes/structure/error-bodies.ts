import type { JsonMember, JsonNode } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { quoted } from '../../kit/fix-text.ts';
import { alike, either } from '../../kit/kinds.ts';
import { memberOf, objectOf, unionOf, unknownText, unknownValue } from '../../kit/node-predicates.ts';
import { member, type ObjectNode, textOf, uniqueKeys } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';

const messageKeys =
  'error message msg detail title reason description errorMessage error_message error_description'.split(' ');

interface Message {
  /** Keys from the outside to the text. */
  readonly path: readonly string[];
  readonly rest: readonly string[];
}

/** The member that says what went wrong, in words. */
function messageOf(node: ObjectNode): JsonMember | null {
  for (const key of messageKeys) {
    const found = member(node, key);
    if (found !== null && textOf(found.value) !== null) return found;
  }
  return null;
}

function pathTo(rich: JsonNode, text: string): Message | null {
  if (rich.kind !== 'object' || uniqueKeys(rich) === null) return null;
  const found = messageOf(rich);
  const others = (one: JsonMember) => rich.members.filter((other) => other !== one).map((other) => other.key);
  if (found !== null) return textOf(found.value) === text ? { path: [found.key], rest: others(found) } : null;
  const outer = member(rich, 'error');
  const inner = outer?.value.kind === 'object' ? messageOf(outer.value) : null;
  if (outer === null || inner === null || textOf(inner.value) !== text) return null;
  if (outer.value.kind !== 'object' || outer.value.members.length > 1) return null;
  return { path: [outer.key, inner.key], rest: others(outer) };
}

function follow(node: JsonNode, path: readonly string[]): JsonNode | null {
  return path.reduce<JsonNode | null>(
    (at, key) => (at?.kind === 'object' ? (member(at, key)?.value ?? null) : null),
    node,
  );
}

const errorStringVsObject = twoForms<Message>({
  id: 'error-string-vs-object',
  kinds: either(['object'], ['string']),
  find(rich, plain) {
    const text = textOf(plain);
    return text === null || text === '' ? null : pathTo(rich, text);
  },
  toPlain: (rich, { path }) => follow(rich, path) ?? rich,
  toRich(plain, { path, rest }) {
    if (plain.kind !== 'string') return plain;
    const [inner, ...outer] = [...path].reverse();
    const core = outer.reduce((node, key) => objectOf([memberOf(key, node)]), objectOf([memberOf(inner!, plain)]));
    return objectOf([...core.members, ...rest.map((key) => memberOf(key, unknownValue))]);
  },
  unite(found) {
    const { path } = found[0]!;
    if (found.some((one) => one.path.join('\0') !== path.join('\0'))) return null;
    return { path, rest: unionOf(found.map((one) => one.rest)) };
  },
  rest: (by) => by.rest,
  terms: ({ path }) => ({ path: [path.join('.')] }),
  advice: ({ path }) => ({
    rich: `send the text alone: Json(error.to_string()) in Rust, json.NewEncoder(w).Encode(err.Error()) in Go`,
    plain: `or send an object with the text under ${quoted(path.join('.'))}, better still problem details (RFC 9457): Json(json!({${quoted(path[0]!)}: error.to_string()})) in Rust, map[string]string{${quoted(path[0]!)}: err.Error()} in Go`,
  }),
});

/** A Go `error` or a JavaScript `Error` has no exported member: it is written as `{}`. */
const errorValueEmptyObject: DriftRule<{ readonly to: 'text' | 'nothing' }> = {
  id: 'error-value-empty-object',
  kinds: either(['object'], ['string']),
  form: true,
  learns: true,
  locate(a, b) {
    if (isText(a) && isEmpty(b)) return { to: 'nothing' };
    return isEmpty(a) && isText(b) ? { to: 'text' } : null;
  },
  rewrite(a, { to }) {
    if (to === 'nothing') return isText(a) ? objectOf([]) : a;
    return isEmpty(a) ? unknownText : a;
  },
  unite: (found) => (found.every((one) => one.to === found[0]!.to) ? found[0]! : null),
  owns: () => 'place',
  terms: ({ to }) => ({ form: [to] }),
  loss: ({ to }) => ({ named: ['the text'], waived: to === 'text' ? [null] : [] }),
  fixes({ to }, names) {
    const [empty, text] = to === 'nothing' ? [names.candidate, names.reference] : [names.reference, names.candidate];
    return [
      { target: empty, text: 'write the text: err.Error() in Go, error.message (or a toJSON) in Node' },
      { target: text, text: 'nothing: this side says what went wrong' },
    ];
  },
};

function isText(node: JsonNode): boolean {
  return node.kind === 'string' && node.raw !== '""';
}

function isEmpty(node: JsonNode): boolean {
  return node.kind === 'object' && node.members.length === 0;
}

interface Problem {
  /** The member of the problem that the other side has, under its own name. */
  readonly from: string;
  readonly to: string;
  readonly rest: readonly string[];
}

const problemKeys = new Set(['type', 'title', 'status', 'detail', 'instance']);

function problemOf(rich: JsonNode, plain: JsonNode): Problem | null {
  if (rich.kind !== 'object' || plain.kind !== 'object' || plain.members.length !== 1) return null;
  if (uniqueKeys(rich) === null || rich.members.filter((one) => problemKeys.has(one.key)).length < 3) return null;
  const [{ key: to, value }] = [plain.members[0]!];
  const text = messageKeys.includes(to) ? textOf(value) : null;
  if (text === null) return null;
  const from = ['detail', 'title'].find((key) => textOf(member(rich, key)?.value ?? unknownValue) === text);
  return from === undefined
    ? null
    : { from, to, rest: rich.members.map((one) => one.key).filter((key) => key !== from) };
}

const problemDetails = twoForms<Problem>({
  id: 'problem-details-vs-message',
  kinds: alike('object'),
  find: problemOf,
  toPlain(rich, { from, to }) {
    const found = rich.kind === 'object' ? member(rich, from) : null;
    return found === null ? rich : objectOf([memberOf(to, found.value)]);
  },
  toRich(plain, { from, to, rest }) {
    const found = plain.kind === 'object' && plain.members.length === 1 ? member(plain, to) : null;
    if (found === null) return plain;
    return objectOf([memberOf(from, found.value), ...rest.map((key) => memberOf(key, unknownValue))]);
  },
  unite(found) {
    const { from, to } = found[0]!;
    if (found.some((one) => one.from !== from || one.to !== to)) return null;
    return { from, to, rest: unionOf(found.map((one) => one.rest)) };
  },
  rest: (by) => by.rest,
  terms: ({ from, to }) => ({ from: [from], to: [to] }),
  advice: ({ from, to }) => ({
    rich: `write {${quoted(to)}: …} as the other side does, or better let it write problem details`,
    plain: `write application/problem+json with ${quoted(from)} for ${quoted(to)}: the problem_details crate in Rust, spring.mvc.problemdetails.enabled in Spring, AddProblemDetails() in ASP.NET, an error writer of one's own in Go`,
  }),
});

/** Rules for how an error is put into words. */
export const faultRules: readonly DriftRule[] = [problemDetails, errorStringVsObject, errorValueEmptyObject];
