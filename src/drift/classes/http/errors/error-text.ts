import { defineClass } from '../../../definition/define-class.ts';
import { envelopeOf } from '../../../http-kit/envelope.ts';
import { ofWords } from '../../../http-kit/owned.ts';
import { wordsDiffer } from '../../../http-kit/predicates.ts';
import { nameTheSame } from './errors.ts';

export const errorText = defineClass({
  id: 'error-text',
  title: 'both name the same fault, in other words',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'error',
  rank: 5,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'Status and form of the error are the same; the text is that of each decoder.',
    request: `POST /v1/things␊content-type: application/json␊␊{`,
    example: [
      [
        'Rust (axum)',
        `400␊content-type: text/plain; charset=utf-8␊␊Failed to parse the request body as JSON: EOF while parsing an object at line 1 column 1`,
      ],
      ['Go (encoding/json)', `400␊content-type: text/plain; charset=utf-8␊␊unexpected EOF␊`],
    ],
    why: [
      ['All', 'decoders have words of their own, and change them between versions'],
      [
        'Go, Rust, Python, Java',
        'encoding/json, serde, pydantic and Jackson each describe the decoder, not the request',
      ],
    ],
    breaks: 'Clients that look for words in the text of an error decide otherwise.',
    fix: [
      ['Rust (axum)', 'a code for machines beside the text: type of problem+json'],
      ['Go', 'a code for machines beside the text, and never err.Error() alone'],
    ],
    proof:
      'Both answer with one status of at least 400 in one form, both texts are known, and they name the same kind of fault and the same field.',
    flips: ['Go 1.27 words the errors of encoding/json anew', 'axum and serde_json word theirs anew now and then'],
    sources: ['https://www.rfc-editor.org/rfc/rfc9457#section-3.1.1'],
  },
  recognise: {
    facet: 'body',
    owns: ofWords,
    even: true,
    find: (scene) => {
      const { first, second } = scene;
      return (
        first.status === second.status &&
        wordsDiffer(scene) &&
        nameTheSame(scene) &&
        envelopeOf(first) === envelopeOf(second)
      );
    },
  },
});
