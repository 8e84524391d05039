import { defineClass } from '../../definition/define-class.ts';
import { nil } from './empties.ts';

export const nilSliceNull = defineClass({
  id: 'nil-slice-null',
  title: 'an empty list is [] on one side and null on the other',
  severity: 'breaking',
  pass: 'empty-value',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'A list without items is written as [] by one side and as null by the other.',
    example: [
      ['Rust (serde)', '{"items":[]}'],
      ['Go (encoding/json)', '{"items":null}␊'],
    ],
    why: [
      ['Go', 'a slice that was never appended to is nil, and encoding/json writes nil as null'],
      ['Rust (serde)', 'a Vec is never null: an empty one is []'],
    ],
    breaks: 'Code that reads items.length throws; serde says "invalid type: null, expected a sequence".',
    fix: [
      ['Go', 'items := make([]T, 0), or encoding/json/v2, which writes []'],
      ['Rust', 'Option<Vec<T>> or #[serde(default)] with a deserializer that takes null, in clients'],
      ['Java', 'new ArrayList<>() in the field, or @JsonSetter(nulls = Nulls.AS_EMPTY)'],
      ['Node', 'rows ?? [] before res.json()'],
      ['Python', 'Field(default_factory=list)'],
    ],
    proof:
      'Writing null for [] (or [] for null) at this place in all samples must give the candidate body; a list that is filled on one side and null on the other refutes it.',
    flips: ['Go with encoding/json/v2 writes []; FormatNilSliceAsNull(true) brings null back'],
    sources: ['https://github.com/golang/go/issues/37711', 'https://github.com/golang/go/issues/27589'],
  },
  rule: nil('nil-slice-null', '[]', 'make([]T, 0)'),
});
