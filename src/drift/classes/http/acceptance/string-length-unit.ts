import { defineClass } from '../../../definition/define-class.ts';
import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { hasNonAscii, oneRefuses, refusedFor, textsIn } from '../../../http-kit/predicates.ts';

/** How long texts are in bytes, in UTF-16 and in characters are three numbers for one of them. */
function hasManyLengths({ asked }: ExchangePair): boolean {
  return textsIn(asked).some((one) => hasNonAscii(one) && [...one].length < Buffer.byteLength(one));
}

const saysLength =
  /too (?:long|short)|(?:max|min)(?:imum)?[ _]?len|at (?:most|least) \d+ (?:char|byte|item)|longer than|shorter than|length (?:must|should|exceeds|is)|string_too_(?:long|short)|size must be between/i;

export const stringLengthUnit = defineClass({
  id: 'string-length-unit',
  title: 'a text beyond ASCII is too long on one side, and fits on the other',
  severity: 'breaking',
  reach: 'route',
  pass: 'body-form',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'Both sides limit the length of a text. One counts bytes, the other UTF-16 units or characters.',
    request: `POST /v1/things␊content-type: application/json␊␊{"name":"é😀"}`,
    example: [
      ['Go (len)', `400␊content-type: text/plain; charset=utf-8␊␊name is too long␊`],
      ['Python (len)', `201␊content-type: application/json␊␊{"id":1,"name":"é😀"}`],
    ],
    why: [
      ['Go, Rust', 'len is bytes: é😀 has 6'],
      ['Node, Java, .NET', 'length is UTF-16: 3; so are maxLength of ajv before 8 and @Size'],
      ['Python, Rust (chars), JSON Schema', 'characters: 2'],
    ],
    breaks: 'Names in other scripts are refused by one side, at a third of the length that the rule says.',
    fix: [
      ['Go (len)', 'utf8.RuneCountInString(name)'],
      ['Python (len)', 'keep it: JSON Schema counts characters (RFC 8259)'],
      ['Rust', 'name.chars().count(), as #[validate(length)] of validator does'],
    ],
    proof:
      'The request has a text whose bytes are more than its characters, one side refuses and speaks of a length, the other accepts.',
    sources: [
      'https://json-schema.org/draft/2020-12/json-schema-validation#section-6.3.1',
      'https://pkg.go.dev/unicode/utf8#RuneCountInString',
    ],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) =>
      oneRefuses(scene) &&
      saysLength.test(scene.first.text) &&
      hasManyLengths(scene) &&
      !refusedFor(scene, 'wrong-type'),
  },
});
