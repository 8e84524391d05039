import { defineClass } from '../../definition/define-class.ts';

export const emptyArrayVsAbsent = defineClass({
  id: 'empty-array-vs-absent',
  title: 'an empty list is left out on one side',
  severity: 'risky',
  shownBy: 'zero-value-omitted',
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'One side writes [], the other nothing.',
    example: [
      ['Rust (serde)', '{"id":1,"tags":[]}'],
      ['Go (omitempty)', '{"id":1}'],
    ],
    why: [
      ['Go', 'omitempty drops empty slices'],
      ['Rust', '#[serde(skip_serializing_if = "Vec::is_empty")] does the same'],
      ['Java', '@JsonInclude(NON_EMPTY) does the same'],
    ],
    breaks: 'Reading tags.length throws; a decoder without a default reports a missing field.',
    fix: [
      ['Go', 'no omitempty, and a slice that is not nil'],
      ['Rust', 'no skip_serializing_if; #[serde(default)] to read it'],
      ['Java', '@JsonInclude(ALWAYS)'],
    ],
    proof:
      'Every list that is left out must be empty. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://pkg.go.dev/encoding/json', 'https://serde.rs/field-attrs.html'],
  },
});
