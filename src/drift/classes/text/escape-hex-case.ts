import { defineClass } from '../../definition/define-class.ts';
import { anywhere, escaping } from './escapes.ts';

/** `\u001F` and `\u001f`. */
const rule = escaping('escape-hex-case', {
  digits: true,
  group: (_, source) => (source.length === 6 ? 'hex' : null),
  advice: ({ escaping: target, plain }) => [
    {
      target,
      text: 'Jackson, .NET and Symfony write hex digits in upper case, most others in lower case; nothing turns it',
    },
    { target: plain, text: anywhere },
  ],
});

export const escapeHexCase = defineClass({
  id: 'escape-hex-case',
  title: 'the same escapes, with hex digits in the other case',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'escape',
  rank: 6,
  evidence: 'observed',
  observedBetween: 'axum and Javalin',
  page: {
    what: 'Strings mean the same, and the same characters are escaped; the hex digits are upper case on one side.',
    example: [
      ['Rust, Go, Python, JavaScript', '"\\u001f"'],
      ['Java (Jackson), .NET, Symfony', '"\\u001F"'],
    ],
    why: [
      ['Java, .NET', 'write hex digits in upper case'],
      ['others', 'in lower case'],
    ],
    breaks: 'Hashes and golden files, and nothing that decodes.',
    fix: [
      ['Java', 'JsonWriteFeature.WRITE_HEX_UPPER_CASE off in Jackson'],
      ['any', 'or nothing: every JSON reader gives the same text'],
    ],
    proof: 'The same escapes with their hex digits in the other case must give the candidate text, byte for byte.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-7'],
  },
  rule,
});
