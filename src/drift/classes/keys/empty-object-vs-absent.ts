import { defineClass } from '../../definition/define-class.ts';

export const emptyObjectVsAbsent = defineClass({
  id: 'empty-object-vs-absent',
  title: 'an empty map is left out on one side',
  severity: 'risky',
  shownBy: 'zero-value-omitted',
  evidence: 'observed',
  observedBetween: 'Express 4 and Express 5',
  page: {
    what: 'One side writes {}, the other nothing.',
    example: [
      ['Rust (serde)', '{"id":1,"meta":{}}'],
      ['Go (omitempty)', '{"id":1}'],
    ],
    why: [
      ['Go', 'omitempty drops empty maps, but never structs'],
      ['Java', '@JsonInclude(NON_EMPTY) drops empty maps'],
    ],
    breaks: 'Object.keys(meta) throws; a decoder without a default reports a missing field.',
    fix: [
      ['Go', 'no omitempty, and a map that is not nil'],
      ['Rust', 'no skip_serializing_if = "HashMap::is_empty"'],
      ['Java', '@JsonInclude(ALWAYS)'],
    ],
    proof:
      'Every map that is left out must be empty. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://pkg.go.dev/encoding/json', 'https://serde.rs/field-attrs.html'],
  },
});
