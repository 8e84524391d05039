import { defineClass } from '../../definition/define-class.ts';
import { alike } from '../../kit/kinds.ts';
import { translating } from '../../kit/notation.ts';
import { variants } from './binary.ts';

/** `"+/8="` and `"-_8"`. */
const rule = translating('base64-variant', { notations: variants, learns: false, kinds: alike('string') });

export const base64Variant = defineClass({
  id: 'base64-variant',
  title: 'the same bytes, in another alphabet or padding of base64',
  severity: 'breaking',
  pass: 'binary',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'Go net/http and FastAPI',
  page: {
    what: 'Both sides write base64: with + and / or with - and _, with = at the end or without.',
    example: [
      ['Go (StdEncoding), Rust (STANDARD)', '{"b":"+/8="}'],
      ['JWT, Rust (URL_SAFE_NO_PAD)', '{"b":"-_8"}'],
    ],
    why: [
      ['any', 'RFC 4648 has two alphabets, and padding is a matter of taste'],
      [
        'Go, Rust, Python',
        'the padded standard alphabet unless the code says URLEncoding, URL_SAFE_NO_PAD or urlsafe_b64encode; tokens of JOSE are URL-safe',
      ],
    ],
    breaks: 'Strict decoders (Go, Rust) refuse the other variant; Node takes all of them.',
    fix: [
      ['Go', 'base64.StdEncoding, RawStdEncoding, URLEncoding, RawURLEncoding'],
      ['Rust', 'general_purpose::STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD'],
    ],
    proof: 'Decoding one variant and encoding the other must give the candidate text in all samples.',
    sources: ['https://www.rfc-editor.org/rfc/rfc4648'],
  },
  rule,
});
