import { stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike } from '../../kit/kinds.ts';
import { textOf } from '../../kit/nodes.ts';
import { type Normaliser, normalising } from '../../kit/normalising.ts';

const maxUrlLength = 4000;

const asUrl: Normaliser = (node) => {
  const text = textOf(node);
  if (text === null || text.length > maxUrlLength || !/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return null;
  const url = URL.canParse(text) ? new URL(text).href : text;
  return url === text ? null : stringNode(url);
};

/** `HTTP://Example.com` and `http://example.com/`. */
const rule = normalising('url-normalisation', {
  kinds: alike('string'),
  lossy: 'the original URL',
  ways: { whatwg: asUrl },
  advice: ({ normaliser, keeper }, { key }) => [
    {
      target: normaliser,
      text: `keep the text that was given: ${fieldOf(key).rust('String')} in Rust instead of Url, str instead of HttpUrl in pydantic`,
    },
    {
      target: keeper,
      text: 'or store what the URL standard makes of it: Url::parse(…) in Rust, new URL(…).href in JavaScript',
    },
  ],
});

export const urlNormalisation = defineClass({
  id: 'url-normalisation',
  title: 'a URL is as it was given on one side, and as the URL standard has it on the other',
  severity: 'risky',
  pass: 'identifier',
  rank: 3,
  evidence: 'documented',
  page: {
    what: "One side writes what new URL(text).href makes of the other side's text.",
    example: [
      ['Go (url.String), Java (URI)', '{"u":"HTTP://Example.com"}'],
      ['Rust (Url), JavaScript (URL), pydantic (HttpUrl)', '{"u":"http://example.com/"}'],
    ],
    why: [
      [
        'Rust, JavaScript, Python',
        'the types of the URL standard lower the host, add a slash, encode characters and drop default ports',
      ],
      ['Go', 'keeps what it does not have to change'],
    ],
    breaks: 'Text comparison, signatures and redirect allow lists fail.',
    fix: [
      ['Rust', 'String instead of Url'],
      ['Python', 'str instead of HttpUrl'],
      ['Go', 'no url.Parse for what is only passed on'],
    ],
    proof: 'Normalising one text by the URL standard must give the other one exactly.',
    lossy: 'The original text of the URL.',
    sources: ['https://url.spec.whatwg.org/'],
  },
  rule,
});
