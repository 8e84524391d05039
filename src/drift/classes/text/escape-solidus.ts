import { defineClass } from '../../definition/define-class.ts';
import { anywhere, escaping } from './escapes.ts';

const rule = escaping('escape-solidus', {
  group: (unit) => (unit === '/' ? 'solidus' : null),
  advice: ({ escaping: target, plain }) => [
    { target, text: 'JSON_UNESCAPED_SLASHES in PHP, script_safe: false in Ruby' },
    { target: plain, text: anywhere },
  ],
});

export const escapeSolidus = defineClass({
  id: 'escape-solidus',
  title: 'the same text, with / escaped on one side',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'escape',
  rank: 4,
  evidence: 'documented',
  page: {
    what: 'Strings mean the same; one side spells / as \\/.',
    example: [
      ['Rust, Go, JavaScript', '"a/b"'],
      ['PHP', '"a\\/b"'],
    ],
    why: [
      ['PHP', 'json_encode escapes / for safe use inside script elements'],
      ['Rust, Go, Node, Python', '/ needs no escape in JSON (RFC 8259, section 7), and gets none'],
    ],
    breaks: 'Hashes and golden files; a search of the raw body for a URL finds none.',
    fix: [
      ['PHP', 'JSON_UNESCAPED_SLASHES'],
      ['Ruby', 'script_safe: false'],
    ],
    proof: 'Spelling / as the candidate does, and nothing else otherwise, must give the candidate text, byte for byte.',
    sources: ['https://www.php.net/manual/en/json.constants.php'],
  },
  rule,
});
