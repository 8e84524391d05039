import { type JsonNode, stringNode } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike } from '../../kit/kinds.ts';
import { textOf } from '../../kit/nodes.ts';
import { type Normaliser, normalising } from '../../kit/normalising.ts';

/** Longer texts are compared, but not looked into. */
const longestText = 100_000;

/** Gives another text for a string that is not ASCII alone; null where it stays the same. */
function changing(change: (text: string) => string): Normaliser {
  return (node: JsonNode) => {
    const text = textOf(node);
    if (text === null || text.length > longestText || /^[\x00-\x7f]*$/.test(text)) return null;
    const changed = change(text);
    return changed === text ? null : stringNode(changed);
  };
}

/** `é` as one character, and as e with an accent. */
const unicodeNormalisation = normalising('unicode-normalisation', {
  kinds: alike('string'),
  lossy: 'the form of the text',
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

/** How the tree shows a byte that is no UTF-8: see `stringText`. */
const broken = /\uFFFE[\u0180-\u01FF]/g;
const loneSurrogate = /\p{Cs}/gu;
const replacement = '\uFFFD';
/** What is no text, or stands for it already: two sides that both accept it may say so in two ways. */
const bad = /\uFFFE[\u0180-\u01FF]|\p{Cs}|\uFFFD/gu;
const severalReplaced = /\uFFFD{2,}/g;

/** Bytes that are no UTF-8, and halves of surrogate pairs, replaced by U+FFFD; a run of them by one, or one by one; or left out. */
const unicodeReplacement = normalising('unicode-replacement', {
  kinds: alike('string'),
  lossy: 'bytes that are no text',
  ways: {
    'one by one': changing((text) => text.replace(broken, replacement).replace(loneSurrogate, replacement)),
    'a run at once': changing((text) =>
      text.replace(/(?:\uFFFE[\u0180-\u01FF])+/g, replacement).replace(loneSurrogate, replacement),
    ),
    'as a question mark': changing((text) => text.replace(bad, '?')),
    'several as one': changing((text) => text.replace(severalReplaced, replacement)),
    'left out': changing((text) => text.replace(bad, '')),
  },
  advice: ({ normaliser, keeper }, { key }) => [
    {
      target: normaliser,
      text: `refuse text that is no UTF-8 before it is stored: utf8.Valid for ${fieldOf(key).go('string')} in Go, new TextDecoder("utf-8", { fatal: true }) in Node`,
    },
    {
      target: keeper,
      text: `or replace it likewise: String::from_utf8_lossy for ${fieldOf(key).rust('String')} in Rust`,
    },
  ],
});

/** Letter for letter, as Go changes case: what takes two letters in Unicode stays as it is. */
function isSimpleUpper(text: string): boolean {
  return [...text].every((letter) => letter.toUpperCase() === letter || [...letter.toUpperCase()].length > 1);
}

/**
 * `STRASSE` and `STRAßE`: both sides changed the case of one text, one of them letter for letter. A text that nobody put
 * into upper or lower case is none of ours.
 */
const caseMapping = normalising('case-mapping', {
  kinds: alike('string'),
  lossy: 'letters that two were made of',
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

/** Texts that one side changed on the way. */
export const stringRules: readonly DriftRule[] = [unicodeReplacement, unicodeNormalisation, caseMapping];
