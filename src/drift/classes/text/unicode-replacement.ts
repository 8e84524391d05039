import { defineClass } from '../../definition/define-class.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike } from '../../kit/kinds.ts';
import { normalising } from '../../kit/normalising.ts';
import { changing } from './strings.ts';

/** How the tree shows a byte that is not UTF-8: see `stringText`. */
const broken = /\uFFFE[\u0180-\u01FF]/g;

const loneSurrogate = /\p{Cs}/gu;

const replacement = '\uFFFD';

/** What is not text, or stands for it already: two sides that both accept it may say so in two ways. */
const bad = /\uFFFE[\u0180-\u01FF]|\p{Cs}|\uFFFD/gu;

const severalReplaced = /\uFFFD{2,}/g;

/** Bytes that are not UTF-8, and halves of surrogate pairs, replaced by U+FFFD; a run of them by one, or one by one; or left out. */
const rule = normalising('unicode-replacement', {
  kinds: alike('string'),
  lossy: 'the invalid bytes',
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
      text: `refuse text that is not UTF-8 before it is stored: utf8.Valid for ${fieldOf(key).go('string')} in Go, new TextDecoder("utf-8", { fatal: true }) in Node`,
    },
    {
      target: keeper,
      text: `or replace it likewise: String::from_utf8_lossy for ${fieldOf(key).rust('String')} in Rust`,
    },
  ],
});

export const unicodeReplacement = defineClass({
  id: 'unicode-replacement',
  title: 'text that is not Unicode was replaced on one side',
  severity: 'breaking',
  pass: 'string',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'chi and Express',
  page: {
    what: 'One side sends bytes that are not UTF-8, or half a surrogate pair; the other U+FFFD or a question mark instead.',
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
    proof: 'Replacing what is not Unicode, one by one or a run at once, must give the text of the other side.',
    lossy: 'The bytes that were replaced.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-8.2'],
  },
  rule,
});
