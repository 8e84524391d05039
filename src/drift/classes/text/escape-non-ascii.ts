import { defineClass } from '../../definition/define-class.ts';
import { anywhere, escaping } from './escapes.ts';

const rule = escaping('escape-non-ascii', {
  group: (unit) => (unit >= '\x80' && unit !== '\u2028' && unit !== '\u2029' ? 'non-ascii' : null),
  advice: ({ escaping: target, plain }) => [
    {
      target,
      text: 'ensure_ascii=False in Python (app.json.ensure_ascii in Flask), JSON_UNESCAPED_UNICODE in PHP, JavaScriptEncoder.Create(UnicodeRanges.All) in .NET',
    },
    { target: plain, text: anywhere },
  ],
});

export const escapeNonAscii = defineClass({
  id: 'escape-non-ascii',
  title: 'the same text, with everything beyond ASCII escaped on one side',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'escape',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'axum and chi',
  page: {
    what: 'Strings mean the same; one side spells characters beyond ASCII as \\u escapes.',
    example: [
      ['Rust, Go, JavaScript', '"é"'],
      ['Python, PHP, .NET', '"\\u00e9"'],
    ],
    why: [
      ['Python', 'json.dumps has ensure_ascii on; so have Flask and Django'],
      ['PHP', 'json_encode escapes unless told otherwise'],
      ['.NET', 'the default encoder escapes all but Basic Latin'],
    ],
    breaks:
      'Hashes and golden files; clients that cannot read UTF-8 depend on the escapes, and logs search for the letters.',
    fix: [
      ['Python', 'ensure_ascii=False, app.json.ensure_ascii = False in Flask'],
      ['PHP', 'JSON_UNESCAPED_UNICODE'],
      ['.NET', 'JavaScriptEncoder.Create(UnicodeRanges.All)'],
    ],
    proof:
      'Spelling what is beyond ASCII as the candidate does, and nothing else otherwise, must give the candidate text, byte for byte.',
    sources: [
      'https://docs.python.org/3/library/json.html#json.dumps',
      'https://www.php.net/manual/en/json.constants.php',
    ],
  },
  rule,
});
