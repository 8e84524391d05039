import type { JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { either } from '../../kit/kinds.ts';
import { objectOf, unknownText } from '../../kit/node-predicates.ts';

/** A member that holds an error, by its name. */
const errorMember = /\/[^/]*(?:err|exception|fault|fail|cause|reason|problem)[^/]*(?:\/\*)*$/i;
/** Two words: `undefined` and the like are what a runtime writes in the place of a value. */
const sentence = /^"\p{L}\S* +\S/u;

function isText(node: JsonNode): boolean {
  return node.kind === 'string' && sentence.test(node.raw);
}

function isEmpty(node: JsonNode): boolean {
  return node.kind === 'object' && node.members.length === 0;
}

/** A Go `error` or a JavaScript `Error` has no exported member: it is written as `{}`. */
const rule: DriftRule<{ readonly to: 'text' | 'nothing' }> = {
  id: 'error-value-empty-object',
  kinds: either(['object'], ['string']),
  at: errorMember,
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

export const errorValueEmptyObject = defineClass({
  id: 'error-value-empty-object',
  title: 'an error is written as an empty object',
  severity: 'breaking',
  pass: 'error-body',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'Express 4 and Express 5',
  page: {
    what: 'One side says what went wrong, the other writes {}.',
    example: [
      ['Rust', '{"error":"no such user"}'],
      ['Go', '{"error":{}}'],
    ],
    why: [
      ['Go', 'a value of type error has no exported fields'],
      ['Node', 'the members of an Error are not enumerable'],
    ],
    breaks: 'The reason is lost; people read {} or [object Object].',
    fix: [
      ['Go', 'err.Error() instead of err'],
      ['Node', 'error.message, or a toJSON on the class'],
    ],
    proof:
      'A text of two words or more on one side and {} on the other, in all samples of the route, in a member whose name says that it is an error. It is recognised, but never called verified: the text is named as lost.',
    sources: ['https://pkg.go.dev/encoding/json'],
  },
  rule,
});
