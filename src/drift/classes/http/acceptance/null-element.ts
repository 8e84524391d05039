import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { someNode } from '../../../http-kit/predicates.ts';
import { refusesNull } from './acceptance-fields.ts';

export const nullElement = defineClass({
  id: 'null-element',
  title: 'null in a list is refused on one side, and accepted on the other',
  severity: 'breaking',
  reach: 'route',
  pass: 'field',
  rank: 4,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'A list in the request holds null. One side refuses it, the other one reads it as a zero or empty item.',
    request: `POST /v1/things␊content-type: application/json␊␊{"tags":["a",null]}`,
    example: [
      [
        'Rust (axum)',
        `422␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize the JSON body into the target type: tags[1]: invalid type: null, expected a string at line 1 column 17`,
      ],
      ['Go (encoding/json)', `201␊content-type: application/json␊␊{"tags":["a",""]}␊`],
    ],
    why: [
      ['Rust (serde)', 'an item of Vec<T> must be a T'],
      ['Go', 'null leaves the item at its zero value'],
    ],
    breaks: 'The lenient side stores items that are empty, and that the strict one would never have written.',
    fix: [
      ['Rust (serde)', 'Vec<Option<T>>, or a newtype for lists as Go reads them'],
      ['Go', 'a slice of pointers and a check for nil'],
      ['Go', '[]*string and a check for nil'],
      ['Rust (serde)', 'Vec<Option<String>>, or #[serde(deserialize_with)] that drops null'],
    ],
    proof: 'A list of the request holds null, one side refuses null by name, the other accepts.',
    sources: ['https://pkg.go.dev/encoding/json#Unmarshal'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) =>
      refusesNull(scene) &&
      someNode(scene.asked, (node) => node.kind === 'array' && node.items.some((item) => item.kind === 'null')),
  },
});
