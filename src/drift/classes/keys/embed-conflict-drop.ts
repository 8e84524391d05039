import { defineClass } from '../../definition/define-class.ts';

export const embedConflictDrop = defineClass({
  id: 'embed-conflict-drop',
  title: 'a name that two embedded structs have is not written at all',
  severity: 'breaking',
  shownBy: 'duplicate-key-collapse',
  evidence: 'documented',
  page: {
    what: 'One side writes a key twice, the other not at all.',
    example: [
      ['Rust (serde, flatten)', '{"id":1,"id":2,"z":3}'],
      ['Go', '{"z":3}'],
    ],
    why: [
      ['Go', 'two embedded structs with one name at the same depth annul each other, silently'],
      ['Rust', '#[serde(flatten)] writes both'],
    ],
    breaks: 'The field is undefined, and no error says why.',
    fix: [
      ['Go', 'a field of that name in the outer struct, which wins'],
      ['Rust', 'rename one of the fields'],
      ['Rust (serde)', '#[serde(rename = "outer_id")] on one of the two'],
    ],
    proof:
      'The rest of the object must be equal, and the key is there twice on one side in all samples of the route. It is recognised, but never called verified: the key is named as lost.',
    sources: ['https://pkg.go.dev/encoding/json'],
  },
});
