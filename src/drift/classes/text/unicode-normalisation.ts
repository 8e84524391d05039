import { defineClass } from '../../definition/define-class.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike } from '../../kit/kinds.ts';
import { normalising } from '../../kit/normalising.ts';
import { changing } from './strings.ts';

/** `é` as one character, and as e with an accent. */
const rule = normalising('unicode-normalisation', {
  kinds: alike('string'),
  lossy: 'the Unicode form of the text',
  ways: {
    NFC: changing((text) => text.normalize('NFC')),
    NFD: changing((text) => text.normalize('NFD')),
    NFKC: changing((text) => text.normalize('NFKC')),
    NFKD: changing((text) => text.normalize('NFKD')),
  },
  advice: ({ normaliser, keeper, way }, { key }) => [
    { target: normaliser, text: `keep the text as it came, or say in the contract that ${way} is applied` },
    {
      target: keeper,
      text: `normalise before storing ${fieldOf(key).rust('String')}: unicode-normalization (.${way.toLowerCase()}()) in Rust, norm.${way} of golang.org/x/text in Go, unicodedata.normalize("${way}", …) in Python`,
    },
  ],
});

export const unicodeNormalisation = defineClass({
  id: 'unicode-normalisation',
  title: 'the same text, composed on one side and decomposed on the other',
  severity: 'risky',
  pass: 'string',
  rank: 2,
  evidence: 'documented',
  page: {
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
    lossy: 'The Unicode form that the text had.',
    sources: ['https://www.unicode.org/reports/tr15/'],
  },
  rule,
});
