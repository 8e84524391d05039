import { defineClass } from '../../definition/define-class.ts';

export const nondeterministic = defineClass({
  id: 'nondeterministic',
  title: 'one side does not answer the same each time, the other one does',
  severity: 'risky',
  evidence: 'documented',
  page: {
    what: 'Asked again with the same request, one side differs from its own first answer at this place; the other side does not.',
    example: [
      ['Rust (BTreeMap, sorted)', '["a","b","c"]'],
      ['Go (map iteration)', '["b","c","a"] and, asked again, ["c","a","b"]'],
    ],
    why: [
      ['Go', 'ranges over maps in random order; sort.Slice is not stable'],
      ['Rust', 'HashMap and HashSet iterate in an order that differs from process to process'],
      ['any', 'an id or a clock that only one side puts into its answer'],
    ],
    breaks: 'Clients that rely on the order or on the value see it change; caches and ETags never hit.',
    fix: [
      ['Go', 'sort the keys before writing, or sort.SliceStable'],
      ['Rust', 'BTreeMap or BTreeSet, or sort before writing'],
    ],
    proof:
      'The case is sent again to each side, --noise N times and four times more over a second, ten times where it varies between a few things; only one of them differs from itself at this place.',
    sources: ['https://go.dev/ref/spec#For_range', 'https://doc.rust-lang.org/std/collections/struct.HashMap.html'],
  },
});
