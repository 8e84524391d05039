import { defineClass } from '../../definition/define-class.ts';
import { emptyRule } from './empties.ts';

export const emptyListVsText = defineClass({
  id: 'empty-list-vs-text',
  title: 'nothing is an empty list on one side and an empty text on the other',
  severity: 'breaking',
  pass: 'empty-sequence',
  evidence: 'observed',
  observedBetween: 'axum and chi',
  page: {
    what: 'One side writes [], the other "". Mostly these are not bytes: a list of numbers on one side, base64 on the other. As no byte was ever seen there, this remains a hypothesis.',
    example: [
      ['Rust (Vec<u8>)', '{"preview":[]}'],
      ['Go ([]byte)', '{"preview":""}'],
    ],
    why: [
      ['Rust (serde)', 'Vec<u8> is a list of numbers like any other'],
      ['Go', 'encoding/json writes []byte as base64, and [N]byte as a list'],
    ],
    breaks:
      'A typed decoder refuses a text where it expects a list; and where there are bytes, they are written in two ways.',
    fix: [
      ['Rust', '#[serde_as(as = "Base64")] of serde_with on the field'],
      ['Go', 'a slice of a type of its own, that MarshalJSON writes as a list'],
    ],
    proof:
      'The empty value of one side, put in the place of that of the other, gives the candidate body; always a hypothesis, until a case with bytes shows bytes-repr.',
    sources: [
      'https://pkg.go.dev/encoding/json#Marshal',
      'https://docs.rs/serde_with/latest/serde_with/base64/index.html',
    ],
  },
  rule: emptyRule('empty-list-vs-text', {
    usual: '[]',
    odd: '""',
    learns: true,
    doubted: true,
    advice: {
      odd: 'if these are bytes, a list of numbers: [N]byte instead of []byte in Go, Vec<u8> without serde_with in Rust',
      usual: 'if these are bytes, base64 text: #[serde_as(as = "Base64")] of serde_with in Rust, []byte in Go',
    },
  }),
});
