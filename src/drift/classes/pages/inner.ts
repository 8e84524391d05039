import type { DriftClass } from '../../kit/class-page.ts';

/** Lists, maps and what stands for them. */
export const innerPages: readonly DriftClass[] = [
  {
    id: 'empty-object-vs-array',
    title: 'an empty map is an empty list',
    severity: 'breaking',
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
  {
    id: 'empty-list-vs-text',
    title: 'nothing is an empty list on one side and an empty text on the other',
    severity: 'breaking',
    what: 'One side writes [], the other "". Mostly these are no bytes: a list of numbers on one side, base64 on the other. As no byte was ever seen there, this remains a hypothesis.',
    example: [
      ['Rust (Vec<u8>)', '{"preview":[]}'],
      ['Go ([]byte)', '{"preview":""}'],
    ],
    why: [
      ['Rust (serde)', 'Vec<u8> is a list of numbers like any other'],
      ['Go', 'encoding/json writes []byte as base64, and [N]byte as a list'],
    ],
    breaks:
      'A typed decoder refuses a text where it expects a list; and where there are bytes, they are written in two ways.',
    fix: [
      ['Rust', '#[serde_as(as = "Base64")] of serde_with on the field'],
      ['Go', 'a slice of a type of its own, that MarshalJSON writes as a list'],
    ],
    proof:
      'The empty value of one side, put in the place of that of the other, gives the candidate body; always a hypothesis, until a case with bytes shows bytes-repr.',
    sources: [
      'https://pkg.go.dev/encoding/json#Marshal',
      'https://docs.rs/serde_with/latest/serde_with/base64/index.html',
    ],
  },
  {
    id: 'embed-flatten-vs-nested',
    title: 'fields of an inner struct stand one level higher on one side',
    severity: 'breaking',
    what: 'One side writes an object under a key, the other its members beside the outer ones.',
    example: [
      ['Rust (serde)', '{"X":1,"common":{"ID":2}}'],
      ['Go', '{"X":1,"ID":2}'],
    ],
    why: [
      ['Go', 'an embedded struct without a json tag is flattened'],
      ['Rust', 'a field is nested unless #[serde(flatten)] stands on it'],
      ['Java', '@JsonUnwrapped flattens'],
    ],
    breaks: 'Fields are undefined, one level too high or too deep.',
    fix: [
      ['Rust', '#[serde(flatten)] on the field'],
      ['Go', 'a json tag on the embedded field nests it: Common `json:"common"`'],
      ['Java', '@JsonUnwrapped'],
      ['Python', 'model_dump() merged into the outer dictionary'],
    ],
    proof:
      'All members of the inner object must be there, under names that are not taken. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://serde.rs/field-attrs.html', 'https://pkg.go.dev/encoding/json'],
  },
  {
    id: 'json-in-string',
    title: 'a document is written as text inside of the document',
    severity: 'breaking',
    what: 'One side writes an object or a list, the other the same as an escaped string.',
    example: [
      ['PHP', '{"meta":"{\\"a\\":1}"}'],
      ['Go', '{"meta":{"a":1}}'],
    ],
    why: [
      ['All', 'a JSON column is read as text, and encoded once more'],
      ['Go', 'string instead of json.RawMessage'],
      ['Java', 'String without @JsonRawValue'],
    ],
    breaks: 'The member meta.a is undefined until the client parses a second time.',
    fix: [
      ['Rust', 'Box<serde_json::value::RawValue>, or serde_with::json::JsonString for the text'],
      ['Go', 'json.RawMessage'],
      ['Java', '@JsonRawValue'],
      ['Node', 'JSON.parse(row.meta)'],
      ['PHP', "'array' in $casts of an Eloquent model"],
    ],
    proof:
      'The text must hold the same document, white space and escapes included. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://docs.rs/serde_json/latest/serde_json/value/struct.RawValue.html'],
  },
  {
    id: 'extended-json',
    title: 'a database value carries its type around it',
    severity: 'breaking',
    what: 'One side writes MongoDB Extended JSON, {"$oid": …} and the like, the other the bare value.',
    example: [
      ['Rust (bson)', '{"id":{"$oid":"64b7"}}'],
      ['Go (mongo driver)', '{"id":"64b7"}'],
    ],
    why: [
      ['Rust', 'bson types serialize as Extended JSON'],
      ['Go', 'primitive.ObjectID has a MarshalJSON that writes hex'],
    ],
    breaks: 'The id is [object Object] in every link that is made from it.',
    fix: [
      ['Rust', '#[serde(serialize_with = "bson::serde_helpers::serialize_object_id_as_hex_string")]'],
      ['Go', 'bson.MarshalExtJSON where clients want types'],
      ['Node', 'id.toHexString(), or EJSON.stringify'],
    ],
    proof:
      'The text inside must be the value, digit by digit. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/'],
  },
];
