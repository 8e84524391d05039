import { defineClass } from '../../definition/define-class.ts';
import { anywhere, escaping } from './escapes.ts';

const rule = escaping('escape-line-separators', {
  group: (unit) => (unit === '\u2028' || unit === '\u2029' ? 'separators' : null),
  advice: ({ escaping: target, plain }) => [
    { target, text: 'in Go nothing turns it off before encoding/json/v2; JSON_UNESCAPED_LINE_TERMINATORS in PHP' },
    { target: plain, text: anywhere },
  ],
});

export const escapeLineSeparators = defineClass({
  id: 'escape-line-separators',
  title: 'the same text, with U+2028 and U+2029 escaped on one side',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'escape',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'Strings mean the same; one side spells the line and the paragraph separator as \\u escapes.',
    example: [
      ['Rust, JavaScript', '"a\u2028b"'],
      ['Go, PHP, Gson', '"a\\u2028b"'],
    ],
    why: [
      ['Go', 'escapes them even with SetEscapeHTML(false): they once broke JavaScript'],
      ['PHP', 'escapes them even with JSON_UNESCAPED_UNICODE'],
    ],
    breaks:
      'Hashes and golden files; and JSONP or script elements in browsers before ES2019, where U+2028 ends a line.',
    fix: [
      ['PHP', 'JSON_UNESCAPED_LINE_TERMINATORS'],
      ['Go', 'encoding/json/v2'],
    ],
    proof:
      'Spelling U+2028 and U+2029 as the candidate does, and nothing else otherwise, must give the candidate text, byte for byte.',
    sources: ['https://pkg.go.dev/encoding/json#Encoder.SetEscapeHTML'],
  },
  rule,
});
