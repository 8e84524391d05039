import { defineClass } from '../../definition/define-class.ts';
import { emptyRule } from './empties.ts';

export const emptyStringVsNull = defineClass({
  id: 'empty-string-vs-null',
  title: 'a text that is not there is null on one side and empty on the other',
  severity: 'risky',
  pass: 'empty-value',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'axum and Fastify',
  page: {
    what: 'One side writes null, the other "".',
    example: [
      ['Rust (serde)', '{"note":null}'],
      ['Go', '{"note":""}'],
    ],
    why: [
      ['Go', 'a string cannot be nil'],
      ['Rust', 'Option<String>'],
      ['Node', 'a Fastify response schema with type string writes null as ""'],
    ],
    breaks: 'A check for null passes for a text that is not there.',
    fix: [
      ['Go', '*string'],
      ['Rust', 'unwrap_or_default() before it is written'],
      ['Node', 'nullable: true in the schema'],
    ],
    proof:
      'Wherever the reference writes the one, the candidate must write the other; where the reference writes both, it is a hypothesis.',
    sources: ['https://pkg.go.dev/encoding/json'],
  },
  rule: emptyRule('empty-string-vs-null', {
    usual: 'null',
    odd: '""',
    learns: true,
    advice: {
      odd: 'write null where there is no text: Option<String> in Rust, *string instead of string in Go, null instead of "" in Java and .NET',
      usual: 'or write "" there: unwrap_or_default() in Rust, a plain string in Go',
    },
  }),
});
