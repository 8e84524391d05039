import { defineClass } from '../../definition/define-class.ts';
import { emptyRule } from './empties.ts';

export const emptyObjectVsArray = defineClass({
  id: 'empty-object-vs-array',
  title: 'an empty map is an empty list',
  severity: 'breaking',
  pass: 'empty-value',
  rank: 4,
  evidence: 'documented',
  page: {
    what: 'One side writes {}, the other [].',
    example: [
      ['PHP', '{"meta":[]}'],
      ['Go', '{"meta":{}}'],
    ],
    why: [
      ['PHP', 'array() is a list when it is empty, and json_decode with true forgets which it was'],
      ['Rust, Go, Python, Node', 'lists and maps are two types, also when they are empty'],
    ],
    breaks: 'A typed decoder refuses a list where it expects a map, and only where the map is empty.',
    fix: [
      ['PHP', '(object) $map, new ArrayObject or JSON_FORCE_OBJECT'],
      ['Rust', 'a deserialize_with that reads [] as an empty map, where the other side cannot change'],
    ],
    proof:
      'Writing [] for {} (or {} for []) must give the candidate body in all samples of the route, and be right where it is filled; one sample alone makes a hypothesis.',
    sources: ['https://www.php.net/manual/en/function.json-encode.php'],
  },
  rule: emptyRule('empty-object-vs-array', {
    usual: '{}',
    odd: '[]',
    learns: true,
    advice: {
      odd: 'write an object where a map is empty: (object) $map or new ArrayObject in PHP, which writes an empty array() as []',
      usual: 'or nothing: {} is what an empty map is everywhere else',
    },
  }),
});
