import { defineClass } from '../../definition/define-class.ts';
import { quoted } from '../../kit/fix-text.ts';
import { anyKind, either } from '../../kit/kinds.ts';
import { areAlike, memberOf, objectOf, onlyMember, unionOf } from '../../kit/node-predicates.ts';
import { twoForms } from '../../kit/two-way-form.ts';
import { resultArms } from './envelopes.ts';

interface Arms {
  readonly arms: readonly string[];
}

/** `{"Ok":…}` and `{"Err":…}`: a serde `Result` inside a body. */
const rule = twoForms<Arms>({
  id: 'result-wrapper',
  kinds: either(['object'], anyKind),
  find(rich, plain) {
    const only = onlyMember(rich);
    if (only === null || !resultArms.has(only.key)) return null;
    return areAlike(only.value, plain) ? { arms: [only.key] } : null;
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

export const resultWrapper = defineClass({
  id: 'result-wrapper',
  title: 'a result stands in an object that says whether it went well',
  severity: 'breaking',
  pass: 'envelope',
  rank: 1,
  evidence: 'documented',
  page: {
    what: 'One side wraps the content in {"Ok": …} or {"Err": …}.',
    example: [
      ['Rust (serde)', '{"Ok":{"id":1}}'],
      ['Go', '{"id":1}'],
    ],
    why: [
      ['Rust', 'Json(result) serializes the Result itself, as an enum'],
      ['Go', 'has no such type: a handler writes the value, or an error'],
    ],
    breaks: 'Every field is one level deeper than the client looks.',
    fix: [
      ['Rust', 'return Result<Json<T>, E> with IntoResponse for E, not Json<Result<T, E>>'],
      ['Go', 'nothing, unless clients already read Ok and Err'],
    ],
    proof:
      'One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis. From the bare content the arm cannot be told, so there one arm alone can be verified.',
    sources: ['https://docs.rs/axum/latest/axum/error_handling/'],
  },
  rule,
});
