import { stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { alike } from '../../kit/kinds.ts';
import { textOf } from '../../kit/nodes.ts';
import { type Notation, translating } from '../../kit/notation.ts';

function hyphened(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const uuidForms: Readonly<Record<string, readonly [print: (hex: string) => string, recipe: string]>> = {
  hyphened: [hyphened, 'lower case with hyphens (RFC 9562): Uuid in Rust, uuid.UUID in Go and Python'],
  upper: [(hex) => hyphened(hex).toUpperCase(), 'upper case: UUID in Swift, ToString("D").ToUpper() in .NET'],
  simple: [(hex) => hex, 'no hyphens: uuid::serde::simple in Rust, uuid4().hex in Python, ToString("N") in .NET'],
  'simple, upper': [(hex) => hex.toUpperCase(), 'no hyphens, upper case: HEX(id) in SQL'],
  braces: [(hex) => `{${hyphened(hex)}}`, 'braces: uuid::serde::braced in Rust, ToString("B") in .NET'],
  'braces, upper': [(hex) => `{${hyphened(hex).toUpperCase()}}`, 'braces and upper case: GUIDs of Windows'],
  urn: [(hex) => `urn:uuid:${hyphened(hex)}`, 'a URN: uuid::serde::urn in Rust, UUID.urn in Python, URN() in Go'],
};

const uuidWays = Object.entries(uuidForms).map(
  ([name, [print, recipe]]): Notation<string> => ({
    name,
    read(node) {
      const text = textOf(node);
      if (text === null || text.length < 32 || text.length > 45) return null;
      const hex = text
        .toLowerCase()
        .replace(/^urn:uuid:/, '')
        .replace(/[-{}]/g, '');
      return /^[0-9a-f]{32}$/.test(hex) && print(hex) === text ? hex : null;
    },
    writers: { '': (hex) => stringNode(print(hex)) },
    recipe: () => recipe,
  }),
);

/** `6fa459ea-ee8a-3ca4-894e-db77e160355e`, upper case, without hyphens, in braces, as a URN. */
const rule = translating('uuid-notation', { notations: uuidWays, learns: false, kinds: alike('string') });

export const uuidNotation = defineClass({
  id: 'uuid-notation',
  title: 'the same UUID, spelled otherwise',
  severity: 'risky',
  pass: 'identifier',
  rank: 1,
  evidence: 'documented',
  page: {
    what: 'The same 128 bits: in another case, without hyphens, in braces, as a URN.',
    example: [
      ['Rust, Go, Java', '{"id":"6fa459ea-ee8a-3ca4-894e-db77e160355e"}'],
      ['Swift, .NET (ToUpper)', '{"id":"6FA459EA-EE8A-3CA4-894E-DB77E160355E"}'],
    ],
    why: [
      ['Rust', 'uuid::serde::simple, braced and urn'],
      ['Swift', 'UUID writes upper case'],
      ['Python', 'uuid.hex has no hyphens'],
    ],
    breaks: 'Text comparison and map keys fail; strict readers refuse braces.',
    fix: [
      ['Rust', 'Uuid without an attribute'],
      ['Python', 'str(id)'],
      ['any', 'lower case with hyphens, RFC 9562'],
    ],
    proof: 'Writing the same bits in the other spelling must give the candidate text.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9562', 'https://docs.rs/uuid/latest/uuid/serde/index.html'],
  },
  rule,
});
