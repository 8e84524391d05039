import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor, someNode } from '../../../http-kit/predicates.ts';

export const numberRange = defineClass({
  id: 'number-range',
  title: 'a number that is out of range is refused on one side only',
  severity: 'breaking',
  reach: 'api',
  pass: 'lexeme',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and chi',
  page: {
    what: 'The request holds a number that the type of one side cannot hold.',
    request: `POST /v1/things␊content-type: application/json␊␊{"age":300}`,
    example: [
      [
        'Rust (axum, u8)',
        `422␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize the JSON body into the target type: age: invalid value: integer \`300\`, expected u8 at line 1 column 10`,
      ],
      ['Go (int)', `201␊content-type: application/json␊␊{"id":1,"age":300}␊`],
    ],
    why: [
      ['Rust, Go', 'each integer type has its range, and both refuse beyond it: the types differ'],
      ['Node, Python, Ruby', 'no range, or that of a double'],
    ],
    breaks: 'The lenient side stores numbers that the strict one cannot read back.',
    fix: [
      ['Rust', 'a wider integer type'],
      ['Go', 'a narrower integer type, or a check'],
      ['Go', 'json.Number, and strconv.ParseUint(n.String(), 10, 8)'],
      ['Rust (serde)', "u64 in place of u8, and a check of one's own"],
    ],
    proof: 'One side refuses a number of the request as out of range, the other accepts.',
    sources: ['https://pkg.go.dev/encoding/json#Unmarshal'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => refusedFor(scene, 'out-of-range') && someNode(scene.asked, ({ kind }) => kind === 'number'),
  },
});
