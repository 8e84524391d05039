import { defineClass } from '../../../definition/define-class.ts';
import type { ErrorKind } from '../../../http-kit/error-words.ts';
import { ofRefusal } from '../../../http-kit/owned.ts';
import { keysIn } from '../../../http-kit/predicates.ts';

/** Ways to refuse a value that is there. */
const valueKinds: ReadonlySet<ErrorKind> = new Set([
  'wrong-type',
  'unknown-variant',
  'out-of-range',
  'bad-number',
  'time',
]);

export const refusalReason = defineClass({
  id: 'refusal-reason',
  title: 'both refuse one member of the request, for another reason',
  severity: 'risky',
  reach: 'route',
  pass: 'error',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'axum and chi',
  page: {
    what: 'Both sides refuse the value of the same member: one for its type, the other because it is none of the allowed ones or out of range. They read the member into another type.',
    request: `POST /v1/parts␊content-type: application/json␊␊{"category":"rope"}`,
    example: [
      [
        'Rust (axum)',
        `422␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize the JSON body into the target type: category: unknown variant \`rope\`, expected one of \`HandTool\` at line 1 column 18`,
      ],
      [
        'Go (encoding/json, iota)',
        `400␊content-type: text/plain; charset=utf-8␊␊json: cannot unmarshal string into Go struct field NewPart.category of type main.Category␊`,
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
  },
  recognise: {
    facet: 'status',
    owns: ofRefusal,
    even: true,
    find: ({ asked, first, second }) => {
      const [a, b] = [first.error, second.error];
      if (!first.refuses || !second.refuses || a === null || b === null || a.field === null) return false;
      const isOne = a.field.toLowerCase() === b.field?.toLowerCase() && keysIn(asked).has(a.field);
      return isOne && a.kind !== b.kind && valueKinds.has(a.kind) && valueKinds.has(b.kind);
    },
  },
});
