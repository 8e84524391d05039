import { defineClass } from '../../definition/define-class.ts';
import { anywhere, escaping } from './escapes.ts';

const rule = escaping('escape-control', {
  group: (unit) => (unit < ' ' || unit === '\x7f' ? unit : null),
  advice: ({ escaping: target, plain }) => [
    {
      target,
      text: 'Go writes \\b and \\f by their letters from 1.22 on; Python writes U+007F as \\u007f unless ensure_ascii=False',
    },
    { target: plain, text: anywhere },
  ],
});

export const escapeControl = defineClass({
  id: 'escape-control',
  title: 'the same text, with control characters spelled otherwise',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'escape',
  rank: 5,
  evidence: 'documented',
  page: {
    what: 'Strings mean the same; one side spells a control character by a letter, by digits or as it is.',
    example: [
      ['Rust, JavaScript, Go from 1.22', '"a\\bc"'],
      ['Go before 1.22', '"a\\u0008c"'],
    ],
    why: [
      ['Go', 'writes \\b and \\f by their letters from 1.22 on'],
      ['Python', 'escapes U+007F, others write it as it is'],
    ],
    breaks: 'Hashes and golden files; readers by hand that know \\n but not \\u000a.',
    fix: [
      ['Go', '1.22 or newer'],
      ['Python', 'ensure_ascii=False'],
    ],
    proof:
      'Spelling control characters as the candidate does, and nothing else otherwise, must give the candidate text, byte for byte.',
    flips: ['Go 1.22 writes \\b and \\f by their letters'],
    sources: ['https://go.dev/doc/go1.22'],
  },
  rule,
});
