import type { DriftClass } from '../../kit/class-page.ts';

/** Texts that one side changed. */
export const stringsPages: readonly DriftClass[] = [
  {
    id: 'unicode-replacement',
    title: 'text that is no Unicode was replaced on one side',
    severity: 'breaking',
    what: 'One side sends bytes that are no UTF-8, or half a surrogate pair; the other U+FFFD or a question mark instead.',
    example: [
      ['Python, JavaScript', '{"c":"a\\ud800"}'],
      ['Go', '{"c":"a�"}'],
    ],
    why: [
      ['Go', 'replaces each invalid byte by U+FFFD'],
      ['JavaScript', 'JSON.stringify keeps a lone surrogate as an escape; encoding it as UTF-8 replaces it'],
      ['Java', 'writes a question mark'],
      ['Rust', 'has no such strings'],
    ],
    breaks: 'What was stored cannot be found again; names change silently.',
    fix: [
      ['Go', 'utf8.Valid before storing'],
      ['Node', 'new TextDecoder("utf-8", { fatal: true })'],
      ['any', 'refuse the request with 400'],
    ],
    proof: 'Replacing what is no Unicode, one by one or a run at once, must give the text of the other side.',
    lossy: 'The bytes that were replaced.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-8.2'],
  },
  {
    id: 'unicode-normalisation',
    title: 'the same text, composed on one side and decomposed on the other',
    severity: 'risky',
    what: 'One text is a normalisation form of the other: é as one character, or as e and an accent.',
    example: [
      ['most systems (NFC)', '{"name":"é"}'],
      ['macOS file names, some databases (NFD)', '{"name":"é"}'],
    ],
    why: [
      ['any', 'file systems and databases that normalise, or libraries that compare so'],
      ['Rust, Go, Node', 'texts stay as they came; only a library or a database normalises'],
    ],
    breaks: 'Text comparison fails, lengths differ, files are not found.',
    fix: [
      ['Rust', 'unicode-normalization: .nfc()'],
      ['Go', 'norm.NFC of golang.org/x/text'],
      ['JavaScript', 'normalize("NFC")'],
      ['Python', 'unicodedata.normalize'],
    ],
    proof: 'Normalising one text must give the other exactly, in one form for all samples.',
    lossy: 'Which of the forms the text had.',
    sources: ['https://www.unicode.org/reports/tr15/'],
  },
  {
    id: 'case-mapping',
    title: 'letters without a simple upper or lower case stayed on one side',
    severity: 'risky',
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
    lossy: 'The letters that two were made of.',
    sources: ['https://www.unicode.org/faq/casemap_charprop.html', 'https://pkg.go.dev/strings#ToUpper'],
  },
];
