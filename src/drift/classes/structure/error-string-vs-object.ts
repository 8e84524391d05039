import type { JsonMember, JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { quoted } from '../../kit/fix-text.ts';
import { either } from '../../kit/kinds.ts';
import { memberOf, objectOf, unionOf, unknownValue } from '../../kit/node-predicates.ts';
import { member, type ObjectNode, textOf, uniqueKeys } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { messageKeys } from './error-bodies.ts';

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

const rule = twoForms<Message>({
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

export const errorStringVsObject = defineClass({
  id: 'error-string-vs-object',
  title: 'an error is a text on one side and an object on the other',
  severity: 'breaking',
  pass: 'error-body',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'One side sends the text of the error, the other an object with the text under a known name.',
    example: [
      ['Node (Express)', '{"error":"no such user"}'],
      ['Rust', '"no such user"'],
    ],
    why: [
      ['Rust', 'Json(error.to_string()) writes a string'],
      ['Node', 'res.json({ error: message }) is the custom'],
      ['Python', 'FastAPI writes {"detail": …}'],
    ],
    breaks: 'A client that shows error.message shows undefined.',
    fix: [
      ['Rust', 'Json(json!({"error": error.to_string()}))'],
      ['Go', 'map[string]string{"error": err.Error()}'],
      ['Python', 'an exception_handler that writes the agreed member'],
      ['Java', 'a @RestControllerAdvice that returns ProblemDetail'],
    ],
    proof:
      'The text must be equal. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis. Members beside it are named as lost.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9457'],
  },
  rule,
});
