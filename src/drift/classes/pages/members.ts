import type { DriftClass } from '../../kit/class-page.ts';

/** Members that are there twice, renamed, added or left out. */
export const membersPages: readonly DriftClass[] = [
  {
    id: 'empty-string-vs-null',
    title: 'a text that is not there is null on one side and empty on the other',
    severity: 'risky',
    what: 'One side writes null, the other "".',
    example: [
      ['Rust (serde)', '{"note":null}'],
      ['Go', '{"note":""}'],
    ],
    why: [
      ['Go', 'a string cannot be nil'],
      ['Rust', 'Option<String>'],
      ['Node', 'a Fastify response schema with type string writes null as ""'],
    ],
    breaks: 'A check for null passes for a text that is not there.',
    fix: [
      ['Go', '*string'],
      ['Rust', 'unwrap_or_default() before it is written'],
      ['Node', 'nullable: true in the schema'],
    ],
    proof:
      'Wherever the reference writes the one, the candidate must write the other; where the reference writes both, it is a hypothesis.',
    sources: ['https://pkg.go.dev/encoding/json'],
  },
  {
    id: 'duplicate-key-collapse',
    title: 'a key that is there twice is there once on the other side',
    severity: 'breaking',
    what: 'One side writes a key twice, the other only its first or its last value.',
    example: [
      ['Rust (serde, flatten)', '{"id":1,"id":2}'],
      ['Node', '{"id":2}'],
    ],
    why: [
      ['Rust', '#[serde(flatten)] writes a name of both structs twice'],
      ['Node, Python, Go', 'what they parse and write again has it once'],
    ],
    breaks: 'Which value counts depends on the reader (RFC 8259, section 4).',
    fix: [
      ['Rust', 'rename one of the fields, or #[serde(skip)] it'],
      ['All', 'refuse such bodies where they come in'],
    ],
    proof:
      'What is left must be the first or the last of the values, the same one in all samples of the route. It is recognised, but never called verified: the values that are gone are named as lost.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-4'],
  },
  {
    id: 'embed-conflict-drop',
    title: 'a name that two embedded structs have is not written at all',
    severity: 'breaking',
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
  {
    id: 'reference-metadata',
    title: 'one side numbers its objects so that others can refer to them',
    severity: 'risky',
    what: 'One side adds $id to objects, and puts lists under $values.',
    example: [
      ['.NET (ReferenceHandler.Preserve)', '{"$id":"1","name":"n"}'],
      ['Go', '{"name":"n"}'],
    ],
    why: [
      ['.NET', 'ReferenceHandler.Preserve and PreserveReferencesHandling.All keep cycles'],
      ['Java', '@JsonIdentityInfo does the like under @id'],
    ],
    breaks: 'Lists are objects, and a repeated object is a bare {"$ref": "1"}.',
    fix: [
      ['.NET', 'ReferenceHandler.IgnoreCycles; PreserveReferencesHandling.None in Newtonsoft'],
      ['Java', '@JsonManagedReference and @JsonBackReference instead of @JsonIdentityInfo'],
    ],
    proof:
      'Without $id and $values the bodies must be equal in all samples of the route. It is recognised, but never called verified: the numbers of the objects are named as lost.',
    sources: ['https://learn.microsoft.com/dotnet/standard/serialization/system-text-json/preserve-references'],
  },
  {
    id: 'hateoas-links',
    title: 'one side adds links to go on with',
    severity: 'risky',
    what: 'One side adds _links, links or OData annotations.',
    example: [
      ['Java (Spring HATEOAS)', '{"id":1,"_links":{"self":{"href":"/1"}}}'],
      ['Go', '{"id":1}'],
    ],
    why: [
      ['Java', 'RepresentationModel writes _links'],
      ['.NET', 'OData writes @odata.context'],
    ],
    breaks: 'A client that follows links has none to follow.',
    fix: [
      ['Java', 'return the plain model, or keep the links in the port'],
      ['.NET', 'Accept: application/json;odata.metadata=none'],
      ['Rust, Go', 'a field with the links'],
    ],
    proof:
      'Without the links the objects must be equal in all samples of the route. It is recognised, but never called verified: the links are named as lost.',
    sources: ['https://docs.spring.io/spring-hateoas/docs/current/reference/html/'],
  },
  {
    id: 'int-key-order',
    title: 'keys that are numbers are sorted as numbers on one side',
    severity: 'cosmetic',
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
  {
    id: 'list-order',
    title: 'a list is sorted by another law',
    severity: 'risky',
    what: 'Both sides send the same items; the candidate sorts them by value, by one of their members, or the other way round.',
    example: [
      ['Rust (Vec)', '["e","c","a","d","b"]'],
      ['Java (TreeSet)', '["a","b","c","d","e"]'],
    ],
    why: [
      ['Rust', 'BTreeSet sorts, Vec keeps the order'],
      ['Java', 'TreeSet sorts, HashSet has no order'],
      ['SQL', 'no ORDER BY, no order'],
    ],
    breaks: 'The first item is another one; pages overlap.',
    fix: [
      ['All', 'ORDER BY with a tie-breaker in the query, or one sort before the answer'],
      ['Rust', 'sort_by_key, or Vec instead of BTreeSet'],
      ['Go', 'slices.SortFunc'],
    ],
    proof:
      'One law must give the order of the candidate in all samples. It is a hypothesis until lists in any order would look so in one case of a million only: ten different items, or seven and six.',
    sources: ['https://doc.rust-lang.org/std/collections/struct.BTreeSet.html'],
  },
];
