import { defineClass } from '../../definition/define-class.ts';

export const intKeyOrder = defineClass({
  id: 'int-key-order',
  title: 'keys that are numbers are sorted as numbers on one side',
  severity: 'cosmetic',
  shownBy: 'key-order',
  evidence: 'observed',
  observedBetween: 'axum and FastAPI',
  page: {
    what: 'The members are the same, but keys that are whole numbers come by size.',
    example: [
      ['Rust (serde_json::Map)', '{"10":1,"9":2}'],
      ['Node', '{"9":2,"10":1}'],
    ],
    why: [
      ['Node', 'integer keys of an object come first, by size (ECMA-262)'],
      ['Go, Rust', 'maps are sorted by bytes: "10" before "9"'],
      ['PHP', 'keeps the order of insertion'],
    ],
    breaks: 'Only clients that compare bytes or trust the order notice.',
    fix: [
      ['Node', 'a Map, and a list of entries in the body'],
      ['All', 'a list where the order means something'],
      ['Go', 'a map[int]T is sorted by the text of its keys: write a slice of entries, sorted by number'],
    ],
    proof: 'The order of the candidate must be that of the numbers at every sample.',
    sources: ['https://tc39.es/ecma262/#sec-ordinaryownpropertykeys'],
  },
});
