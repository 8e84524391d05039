import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { brokenEscape, hasNonAscii, oneRefuses, refusedFor, textsIn } from '../../../http-kit/predicates.ts';
import type { Scene } from '../../../http-kit/scene.ts';

const common = { severity: 'risky', facet: 'status', owns: ofStatus } as const;
const json = 'content-type: application/json';
const text = 'content-type: text/plain; charset=utf-8';
const form = 'content-type: application/x-www-form-urlencoded';

/** What runtimes read otherwise in a form: a name twice, brackets, a malformed escape, a semicolon. */
function isOddForm({ asked }: Scene): boolean {
  if (asked.type.essence !== 'application/x-www-form-urlencoded') return false;
  const body = asked.body.toString('latin1', 0, 1 << 16);
  const names = body.split('&').map((part) => part.split('=', 1)[0]!);
  return new Set(names).size < names.length || brokenEscape.test(body) || /;|\[|%5B/i.test(body);
}

/** How long texts are in bytes, in UTF-16 and in characters are three numbers for one of them. */
function hasManyLengths({ asked }: Scene): boolean {
  return textsIn(asked).some((one) => hasNonAscii(one) && [...one].length < Buffer.byteLength(one));
}

const saysLength =
  /too (?:long|short)|(?:max|min)(?:imum)?[ _]?len|at (?:most|least) \d+ (?:char|byte|item)|longer than|shorter than|length (?:must|should|exceeds|is)|string_too_(?:long|short)|size must be between/i;

/** How forms are decoded, and how long a text is. */
export const formBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'form-decoding',
    reach: 'api',
    title: 'an odd form is refused on one side, and read on the other',
    what: 'The body is a form in which a name stands twice, has brackets, or an escape is malformed. One side refuses it, the other takes one value, a list or the text as it is.',
    request: `POST /login␊${form}␊␊user=a&user=b`,
    example: [
      ['Rust (axum)', `422␊${text}␊␊Failed to deserialize form body: duplicate field \`user\``],
      ['Go (net/http)', `200␊${json}␊␊{"user":"a"}␊`],
    ],
    why: [
      [
        'Rust (axum)',
        'serde_urlencoded: a struct refuses a name that is there twice, a HashMap keeps the last; brackets are part of the name',
      ],
      [
        'Go (net/http)',
        'FormValue is the first; ParseForm fails for ; and for malformed escapes, and FormValue ignores that',
      ],
      ['PHP, Ruby (Rails), Node (Express, extended)', 'the last one, and brackets make lists and maps'],
      ['Python (FastAPI)', 'the last one, a list where the parameter is one'],
    ],
    breaks: 'Check boxes and multiple selects lose values, or the form cannot be sent at all.',
    fix: [
      ['Rust (axum)', 'axum_extra::extract::Form, which reads lists (serde_html_form)'],
      ['Go (net/http)', 'r.ParseForm() with its error checked, and r.PostForm["user"] for all values'],
    ],
    proof: 'The request is a form with such an oddity, one side refuses it, the other accepts.',
    sources: [
      'https://url.spec.whatwg.org/#application/x-www-form-urlencoded',
      'https://docs.rs/axum-extra/latest/axum_extra/extract/struct.Form.html',
    ],
    find: (scene) => isOddForm(scene) && oneRefuses(scene),
  },
  {
    ...common,
    id: 'string-length-unit',
    severity: 'breaking',
    reach: 'route',
    title: 'a text beyond ASCII is too long on one side, and fits on the other',
    what: 'Both sides limit the length of a text. One counts bytes, the other UTF-16 units or characters.',
    request: `POST /v1/things␊${json}␊␊{"name":"é😀"}`,
    example: [
      ['Go (len)', `400␊${text}␊␊name is too long␊`],
      ['Python (len)', `201␊${json}␊␊{"id":1,"name":"é😀"}`],
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
    find: (scene) =>
      oneRefuses(scene) &&
      saysLength.test(scene.first.text) &&
      hasManyLengths(scene) &&
      !refusedFor(scene, 'wrong-type'),
  },
];
