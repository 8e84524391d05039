import { defineClass } from '../../definition/define-class.ts';
import { alike } from '../../kit/kinds.ts';
import { normalising } from '../../kit/normalising.ts';
import { changing } from './strings.ts';

/** Letter for letter, as Go changes case: what takes two letters in Unicode stays as it is. */
function isSimpleUpper(text: string): boolean {
  return [...text].every((letter) => letter.toUpperCase() === letter || [...letter.toUpperCase()].length > 1);
}

/**
 * `STRASSE` and `STRAßE`: both sides changed the case of one text, one of them letter for letter. A text that nobody put
 * into upper or lower case is none of ours.
 */
const rule = normalising('case-mapping', {
  kinds: alike('string'),
  lossy: 'the letters before the mapping',
  ways: {
    upper: changing((text) => (isSimpleUpper(text) ? text.toUpperCase() : text)),
    'final sigma': changing((text) =>
      text.toLowerCase() === text ? text.replace(/(?<=\p{L})\u03c3(?!\p{L})/gu, '\u03c2') : text,
    ),
    'plain i': changing((text) => (text.toLowerCase() === text ? text.replaceAll('i\u0307', 'i') : text)),
  },
  advice: ({ normaliser, keeper, way }) => {
    const [full, simple] = way === 'plain i' ? [keeper, normaliser] : [normaliser, keeper];
    return [
      { target: full, text: 'Rust, JavaScript, Java and Python map case in full: ß becomes SS, a last Σ becomes ς' },
      {
        target: simple,
        text: 'in Go use cases.Upper and cases.Lower of golang.org/x/text instead of strings.ToUpper and ToLower, which go letter for letter',
      },
    ];
  },
});

export const caseMapping = defineClass({
  id: 'case-mapping',
  title: 'letters without a simple upper or lower case stayed on one side',
  severity: 'risky',
  pass: 'string',
  rank: 3,
  evidence: 'documented',
  page: {
    what: 'Both sides changed the case of one text; one of them letter for letter, the other as Unicode has it in full.',
    example: [
      ['Go (strings.ToUpper)', '{"name":"STRAßE"}'],
      ['Rust, JavaScript, Python, Java', '{"name":"STRASSE"}'],
    ],
    why: [
      ['Go', 'maps letter for letter: ß stays, a last Σ becomes σ'],
      ['others', 'map in full: ß becomes SS, a last Σ becomes ς'],
    ],
    breaks: 'Keys and logins made from names do not match.',
    fix: [
      ['Go', 'cases.Upper(language.Und) of golang.org/x/text'],
      ['any', 'fold case for comparing, and keep the text as it is'],
    ],
    proof: 'Mapping one text in full must give the other exactly, and the text must be in that case already.',
    lossy: 'The letters before the mapping.',
    sources: ['https://www.unicode.org/faq/casemap_charprop.html', 'https://pkg.go.dev/strings#ToUpper'],
  },
  rule,
});
