import type { DriftClass } from '../../kit/class-page.ts';

/** Lists, maps and what stands for them. */
export const containersPages: readonly DriftClass[] = [
  {
    id: 'single-vs-array',
    title: 'one value is a list of one on one side only',
    severity: 'breaking',
    what: 'One side sends [x], the other x.',
    example: [
      ['Java (Jackson)', '{"tags":"a"}'],
      ['Go', '{"tags":["a"]}'],
    ],
    why: [
      ['Java', 'WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED writes lists of one without the list'],
      ['XML bridges', 'cannot tell one element from a list of one'],
    ],
    breaks: 'A call of tags.map fails; or a loop goes over the letters of a text.',
    fix: [
      ['Java', 'disable WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED; accept both with ACCEPT_SINGLE_VALUE_AS_ARRAY'],
      ['Rust', 'Vec<T>; accept both with serde_with::OneOrMany'],
      ['Go', '[]T'],
    ],
    proof:
      'Taking the only item out of the list (or putting the value into one) must give the candidate body in all samples of the route; one sample alone makes a hypothesis.',
    sources: [
      'https://github.com/FasterXML/jackson-databind/wiki/Serialization-Features',
      'https://docs.rs/serde_with/latest/serde_with/struct.OneOrMany.html',
    ],
  },
  {
    id: 'map-vs-entry-list',
    title: 'a map is an object on one side and a list of entries on the other',
    severity: 'breaking',
    what: 'One side writes {"K": V}, the other [{"key": K, "value": V}] or [[K, V]].',
    example: [
      ['Node', '[{"key":"A","value":"1"}]'],
      ['Go', '{"A":"1"}'],
    ],
    why: [
      ['Node', '[...map] gives pairs'],
      ['Rust', 'keys that are no strings need serde_with::Seq or a Vec of tuples'],
      ['.NET', 'DataContractJsonSerializer writes dictionaries as entries'],
    ],
    breaks: 'A lookup by key finds undefined, and a loop over the list throws on an object.',
    fix: [
      ['Rust', 'BTreeMap<String, V>, or #[serde_as(as = "Seq<(_, _)>")]'],
      ['Go', 'map[string]V, or a slice of a struct'],
      ['Node', 'Object.fromEntries(map), or [...map]'],
      ['.NET', 'System.Text.Json, or UseSimpleDictionaryFormat = true'],
    ],
    proof:
      'Keys and values must be equal, each key once. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://docs.rs/serde_with/latest/serde_with/struct.Seq.html'],
  },
  {
    id: 'set-as-object',
    title: 'a set is a list on one side and an object on the other',
    severity: 'breaking',
    what: 'One side lists the members, the other writes them as keys.',
    example: [
      ['Go', '{"admin":true,"user":true}'],
      ['Rust (serde)', '["admin","user"]'],
    ],
    why: [
      ['Go', 'has no set: map[string]bool and map[string]struct{} stand for it'],
      ['Rust', 'HashSet and BTreeSet are lists'],
    ],
    breaks: 'A call of includes fails; a loop over the list finds nothing.',
    fix: [
      ['Go', 'slices.Sorted(maps.Keys(set)) in a MarshalJSON'],
      ['Rust', 'BTreeMap<String, bool> where clients look up'],
      ['Node', '[...set]: a Set itself is written as {}'],
    ],
    proof:
      'The keys of the object must be the texts of the list, under one and the same filler, in all samples of the route; one sample alone makes a hypothesis.',
    sources: ['https://pkg.go.dev/encoding/json'],
  },
  {
    id: 'tuple-array-vs-object',
    title: 'values are told apart by position on one side and by name on the other',
    severity: 'breaking',
    what: 'One side writes [1, "x"], the other {"A": 1, "B": "x"}.',
    example: [
      ['Rust (serde)', '[1,"x"]'],
      ['Go', '{"A":1,"B":"x"}'],
    ],
    why: [
      ['Rust', 'a tuple or tuple struct is a list'],
      ['Python', 'a tuple is a list'],
      ['Go', 'has no tuple, so a port has a struct'],
    ],
    breaks: 'The first client reads undefined by name, the second by position.',
    fix: [
      ['Rust', 'a struct with named fields'],
      ['Go', 'a MarshalJSON that writes []any{v.A, v.B}'],
      ['Java', '@JsonFormat(shape = JsonFormat.Shape.ARRAY) with @JsonPropertyOrder'],
      ['Python', 'NamedTuple._asdict()'],
    ],
    proof:
      'The values must follow each other in the order of the names, at least one of them spelled alike. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://serde.rs/json.html', 'https://pkg.go.dev/encoding/json'],
  },
  {
    id: 'list-vs-index-object',
    title: 'a list is an object with indices as keys',
    severity: 'breaking',
    what: 'One side writes a list, the other {"0": …, "1": …}.',
    example: [
      ['PHP', '{"0":"a","2":"b"}'],
      ['Go', '["a","b"]'],
    ],
    why: [
      ['PHP', 'array_filter and unset keep the keys, and an array with gaps is an object'],
      ['Node', 'a typed array is written as an object'],
    ],
    breaks: 'Both map and length are undefined on an object; decoders of lists refuse it.',
    fix: [
      ['PHP', 'array_values($list) before json_encode'],
      ['Node', 'Array.from(typed)'],
    ],
    proof:
      'One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis. Where indices have gaps, the list does not say so.',
    sources: ['https://www.php.net/manual/en/function.json-encode.php'],
  },
];
