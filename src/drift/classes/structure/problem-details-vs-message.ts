import type { JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { quoted } from '../../kit/fix-text.ts';
import { alike } from '../../kit/kinds.ts';
import { memberOf, objectOf, unionOf, unknownValue } from '../../kit/node-predicates.ts';
import { member, textOf, uniqueKeys } from '../../kit/nodes.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { messageKeys } from './error-bodies.ts';

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

const rule = twoForms<Problem>({
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

export const problemDetailsVsMessage = defineClass({
  id: 'problem-details-vs-message',
  title: 'an error follows RFC 9457 on one side and holds one message on the other',
  severity: 'breaking',
  pass: 'error-body',
  rank: 1,
  evidence: 'documented',
  page: {
    what: 'One side writes problem details (type, title, status, detail), the other one member with the text.',
    example: [
      ['ASP.NET', '{"type":"about:blank","title":"Not Found","status":404,"detail":"no such user"}'],
      ['Go', '{"error":"no such user"}'],
    ],
    why: [
      ['.NET', 'controllers write ProblemDetails for errors'],
      ['Java', 'Spring 6 writes ProblemDetail if spring.mvc.problemdetails.enabled is true'],
      ['Go', 'a port writes what its engineer found handy'],
    ],
    breaks: 'A client that reads one of them shows nothing for the other.',
    fix: [
      ['Rust', 'a struct with type, title, status, detail behind IntoResponse, as application/problem+json'],
      ['Go', 'the same struct and one function that writes errors'],
      ['Java', 'spring.mvc.problemdetails.enabled=true'],
      ['.NET', 'builder.Services.AddProblemDetails()'],
      ['Node, Python', 'one error middleware that writes these members'],
    ],
    proof:
      'The message must be the detail or the title of the problem, in all samples of the route. It is recognised, but never called verified: the other members of the problem are named as lost.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9457'],
  },
  rule,
});
