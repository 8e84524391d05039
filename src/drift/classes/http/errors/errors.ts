import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { envelopeOf } from '../../../http-kit/envelope.ts';
import { type ErrorKind, type ErrorReason, sameFault } from '../../../http-kit/error-text.ts';
import { ofForm, ofRefusal, ofStatus, ofWords } from '../../../http-kit/owned.ts';
import { bodiesDiffer, keysIn, wordsDiffer } from '../../../http-kit/predicates.ts';
import type { Scene } from '../../../http-kit/scene.ts';

const common = { severity: 'risky', facet: 'status', owns: ofStatus, reach: 'api' } as const;
const json = 'content-type: application/json';
const text = 'content-type: text/plain; charset=utf-8';

function nameTheSame({ first, second }: Scene): boolean {
  return first.error !== null && second.error !== null && sameFault(first.error, second.error);
}

/** Both name what went wrong, and it is not the same. */
function nameOther({ first, second }: Scene): boolean {
  return first.error !== null && second.error !== null && !sameFault(first.error, second.error);
}

/** Ways to refuse a value that is there. */
const valueKinds: ReadonlySet<ErrorKind> = new Set([
  'wrong-type',
  'unknown-variant',
  'out-of-range',
  'bad-number',
  'time',
]);

/** Errors that mean the same. */
export const errorBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'validation-status',
    severity: 'breaking',
    even: true,
    title: 'both refuse a request for the same reason, with another status',
    what: 'Both sides name the same fault of the request, one with 422 and the other with 400, each in its own words.',
    request: `POST /v1/things␊${json}␊␊{"name":1}`,
    example: [
      [
        'Rust (axum)',
        `422␊${text}␊␊Failed to deserialize the JSON body into the target type: name: invalid type: integer \`1\`, expected a string at line 1 column 9`,
      ],
      [
        'Go (encoding/json)',
        `400␊${text}␊x-content-type-options: nosniff␊␊json: cannot unmarshal number into Go struct field In.name of type string␊`,
      ],
    ],
    why: [
      ['Rust (axum)', '422 for JSON of the wrong shape, 400 for no JSON; actix 400 for both'],
      ['Go', 'what the handler says: mostly 400'],
      ['Python (FastAPI)', '422 for both; Django REST framework 400; Spring and Nest 400'],
    ],
    breaks: 'Clients that show field errors on 422 show "something went wrong" on 400.',
    fix: [
      ['Rust (axum)', 'WithRejection<Json<T>, ApiError> of axum-extra, with one status and one body'],
      ['Go', 'http.StatusUnprocessableEntity for errors of type, in one function that writes all errors'],
    ],
    proof:
      'Both answer 4xx with different codes, both texts are known, and they name the same kind of fault and the same field.',
    sources: [
      'https://docs.rs/axum/latest/axum/extract/rejection/enum.JsonRejection.html',
      'https://www.rfc-editor.org/rfc/rfc9457',
    ],
    find: (scene) =>
      scene.first.refuses && scene.second.refuses && scene.first.status !== scene.second.status && nameTheSame(scene),
    detail: ({ first, second }) => `${first.status} ${second.status}`,
  },
  {
    ...common,
    id: 'precedence-of-checks',
    owns: ofRefusal,
    reach: 'route',
    even: true,
    title: 'both refuse a request with two faults, each for another one',
    what: 'The request has several faults. Each side stops at the first that it finds, and names another field.',
    request: `POST /v1/parts␊${json}␊␊{"category":"hand_tool","price":"9.90"}`,
    example: [
      [
        'Rust (axum)',
        `422␊${text}␊␊Failed to deserialize the JSON body into the target type: category: unknown variant \`hand_tool\`, expected one of \`HandTool\` at line 1 column 23`,
      ],
      [
        'Go (encoding/json)',
        `400␊${text}␊␊json: cannot unmarshal string into Go struct field NewPart.price of type float64␊`,
      ],
    ],
    why: [
      ['Rust (serde)', 'stops at the first fault in the order of the text'],
      ['Go', 'reads everything, and reports the first fault of type'],
      ['Python (FastAPI)', 'reports all faults'],
    ],
    breaks: 'Users mend one field and are told of the next; the order, and the status, are others.',
    fix: [
      ['Rust (axum)', 'collect all faults, as the validator crate does'],
      ['Go', 'collect all faults under the names of their fields, as errors.Join does'],
    ],
    proof:
      'Both answer 4xx, both texts are known and name different fields, and the request bears out both: it has each field, or lacks the one that is said to be missing.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9457#section-3.1'],
    find: ({ asked, first, second }) => {
      if (!first.refuses || !second.refuses || first.error === null || second.error === null) return false;
      const keys = new Set([...keysIn(asked)].map((key) => key.toLowerCase()));
      const borneOut = ({ kind, field }: ErrorReason) =>
        field !== null && keys.has(field.toLowerCase()) === (kind !== 'missing-field');
      const apart = first.error.field?.toLowerCase() !== second.error.field?.toLowerCase();
      return apart && keys.size > 0 && borneOut(first.error) && borneOut(second.error);
    },
  },
  {
    ...common,
    id: 'refusal-reason',
    owns: ofRefusal,
    reach: 'route',
    even: true,
    title: 'both refuse one member of the request, for another reason',
    what: 'Both sides refuse the value of the same member: one for its type, the other because it is none of the allowed ones or out of range. They read the member into another type.',
    request: `POST /v1/parts␊${json}␊␊{"category":"rope"}`,
    example: [
      [
        'Rust (axum)',
        `422␊${text}␊␊Failed to deserialize the JSON body into the target type: category: unknown variant \`rope\`, expected one of \`HandTool\` at line 1 column 18`,
      ],
      [
        'Go (encoding/json, iota)',
        `400␊${text}␊␊json: cannot unmarshal string into Go struct field NewPart.category of type main.Category␊`,
      ],
    ],
    why: [
      ['Rust (serde)', 'an enum is read from the names of its variants'],
      ['Go', 'a type of int is read from a number, whatever the names of its constants'],
    ],
    breaks:
      'A value that one side takes may be of the wrong type on the other; what clients show, and the status, are others.',
    fix: [
      ['Rust (serde)', 'serde_repr, for an enum that is a number'],
      ['Go', 'UnmarshalText on the type, for an enum that is a name'],
    ],
    proof:
      'Both answer 4xx, both texts are known and name the same member, which the request has, and each refuses its value for a reason of its own.',
    sources: ['https://serde.rs/enum-representations.html', 'https://pkg.go.dev/encoding/json#Unmarshal'],
    find: ({ asked, first, second }) => {
      const [a, b] = [first.error, second.error];
      if (!first.refuses || !second.refuses || a === null || b === null || a.field === null) return false;
      const isOne = a.field.toLowerCase() === b.field?.toLowerCase() && keysIn(asked).has(a.field);
      return isOne && a.kind !== b.kind && valueKinds.has(a.kind) && valueKinds.has(b.kind);
    },
  },
  {
    ...common,
    id: 'error-envelope',
    severity: 'breaking',
    facet: 'body',
    owns: ofForm,
    even: true,
    title: 'both fail with the same status, in another envelope',
    what: 'Both sides answer with one error status, but each in the form of its own framework or code: text, {"error"}, {"code","message"}, {"detail"}, problem+json, HTML or nothing.',
    request: 'GET /v1/objects/never-stored',
    example: [
      ['Rust', `404␊${json}␊␊{"error":"object not found"}`],
      ['Go', `404␊${json}␊␊{"code":"not_found","message":"no object with this key"}␊`],
    ],
    why: [
      ['Rust (axum), Go', 'a line of text unless somebody writes more'],
      ['Python (FastAPI)', '{"detail": …}'],
      ['Node (Fastify)', '{"statusCode","code","error","message"}'],
      ['Java (Spring), .NET', 'a map with timestamp, or problem+json'],
    ],
    breaks: 'Clients find no message, or fail to read the error at all and report that instead.',
    fix: [
      ['Rust (axum)', 'one type that implements IntoResponse for all errors, in the form that clients know'],
      ['Go', 'one function that writes all errors in the form that clients know, and never http.Error'],
    ],
    proof:
      'Both status codes are the same and at least 400, both bodies have a known form of error, and the two forms differ. What the messages say must be the same kind of fault where both texts are known; else it is not compared.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9457'],
    find: (scene) => {
      const { first, second } = scene;
      if (first.status !== second.status || first.status < 400 || nameOther(scene) || !bodiesDiffer(scene))
        return false;
      const [a, b] = [envelopeOf(first), envelopeOf(second)];
      return a !== null && b !== null && a !== b;
    },
    detail: ({ first, second }) => `${envelopeOf(first)} ${envelopeOf(second)}`,
  },
  {
    ...common,
    id: 'error-text',
    severity: 'cosmetic',
    facet: 'body',
    owns: ofWords,
    even: true,
    title: 'both name the same fault, in other words',
    what: 'Status and form of the error are the same; the text is that of each decoder.',
    request: `POST /v1/things␊${json}␊␊{`,
    example: [
      [
        'Rust (axum)',
        `400␊${text}␊␊Failed to parse the request body as JSON: EOF while parsing an object at line 1 column 1`,
      ],
      ['Go (encoding/json)', `400␊${text}␊␊unexpected EOF␊`],
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
];
