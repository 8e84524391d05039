import { defineClass } from '../../definition/define-class.ts';
import { alike } from '../../kit/kinds.ts';
import { translating } from '../../kit/notation.ts';
import { hexes } from './binary.ts';

/** Hex digits that are no word in another case. */
function isNoWord(bytes: Buffer): boolean {
  return bytes.length > 3 && /\d/.test(bytes.toString('hex'));
}

/** `"01ff00aa"`, `"01FF00AA"`, `"0x01ff00aa"`. */
const rule = translating('hex-spelling', {
  notations: hexes,
  learns: false,
  kinds: alike('string'),
  telling: isNoWord,
});

export const hexSpelling = defineClass({
  id: 'hex-spelling',
  title: 'the same bytes, in another spelling of hex',
  severity: 'risky',
  pass: 'binary',
  rank: 3,
  evidence: 'documented',
  page: {
    what: 'Both sides write hex: lower case, upper case, after 0x or after \\x.',
    example: [
      ['Rust (hex::encode), Go', '{"b":"01ff00aa"}'],
      ['.NET (ToHexString)', '{"b":"01FF00AA"}'],
    ],
    why: [
      ['.NET', 'Convert.ToHexString writes upper case'],
      ['Go, Rust, Python', 'write lower case'],
    ],
    breaks: 'Text comparison fails: of digests, tokens and ids.',
    fix: [
      ['Rust', 'hex::encode, hex::encode_upper'],
      ['.NET', 'Convert.ToHexStringLower from .NET 9 on'],
      ['Go', 'hex.EncodeToString'],
    ],
    proof:
      'Decoding one spelling and encoding the other must give the candidate text; at least four bytes, one digit among them, since words have cases, too.',
    sources: ['https://learn.microsoft.com/dotnet/api/system.convert.tohexstring'],
  },
  rule,
});
