import type { DriftClass } from '../../kit/class-page.ts';

/** Values of which one side has less than the other. */
export const lostPages: readonly DriftClass[] = [
  {
    id: 'embed-marshaler-hijack',
    title: 'an embedded field writes the whole struct, and the other fields are gone',
    severity: 'breaking',
    what: 'One side writes an object; the other only the value of one of its members: a time, a UUID, an address.',
    example: [
      ['Rust (serde)', '{"event":{"at":"2023-11-14T22:13:20Z","name":"n"}}'],
      ['Go (struct { time.Time; Name string })', '{"event":"2023-11-14T22:13:20Z"}'],
    ],
    why: [
      [
        'Go',
        'an embedded type lends its methods: MarshalJSON of time.Time, uuid.UUID or netip.Addr becomes that of the outer struct',
      ],
      [
        'Rust (serde)',
        'a field is a field; #[serde(transparent)] and a Serialize by hand are the only ways to such an answer',
      ],
    ],
    breaks: 'A decoder that expects an object finds a text; all other fields are lost without an error.',
    fix: [
      ['Go', 'a named field in place of the embedded one (`At time.Time`), or a MarshalJSON on the outer struct'],
      ['Rust', 'nothing; no #[serde(transparent)] where there is more than one field'],
    ],
    proof:
      'The text is a time, a UUID, an address or another value that writes itself, it is the value of exactly one member, and that member is the same one in every sample.',
    lossy: 'The other members are on one side only.',
    sources: ['https://go.dev/ref/spec#Struct_types', 'https://github.com/golang/go/issues/10024'],
  },
  {
    id: 'collection-erased',
    title: 'a collection is an empty object',
    severity: 'breaking',
    what: 'One side writes what a set, a map or an object holds, the other always writes {}.',
    example: [
      ['Rust (HashSet)', '[{"tags":["a"]},{"tags":["b","c"]}]'],
      ['Node (Set)', '[{"tags":{}},{"tags":{}}]'],
    ],
    why: [
      [
        'Node',
        'JSON.stringify sees own enumerable properties: Map, Set, RegExp, Error and classes with #private state have none',
      ],
      [
        'Go',
        'unexported fields are not written; a MarshalJSON with a pointer receiver is not called for a value that has no address',
      ],
      ['Java (Jackson)', 'a class without getters is {} where FAIL_ON_EMPTY_BEANS is off'],
    ],
    breaks: 'Clients find nothing, and no error says so.',
    fix: [
      ['Node', '[...set], Object.fromEntries(map), or a toJSON method on the class'],
      ['Go', 'exported fields with json tags; MarshalJSON with a value receiver'],
      ['Java', 'getters or @JsonProperty, and FAIL_ON_EMPTY_BEANS on'],
    ],
    proof:
      'At least two different contents of one side are {} on the other, and {} is all that the other side has there in any sample.',
    lossy: 'What the collection holds is on one side only.',
    flips: ['Go with encoding/json/v2 calls pointer methods of values without an address, too'],
    sources: [
      'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/JSON/stringify',
      'https://go.dev/doc/jsonv2-migration',
    ],
  },
  {
    id: 'internal-struct-dump',
    title: 'a time shows the fields of its type',
    severity: 'breaking',
    what: 'One side writes a time as text, the other as the fields that its type happens to have.',
    example: [
      ['Rust (std::time::SystemTime)', '{"at":{"secs_since_epoch":1700000000,"nanos_since_epoch":0}}'],
      ['Go', '{"at":"2023-11-14T22:13:20Z"}'],
    ],
    why: [
      ['Rust (serde)', 'SystemTime is written as secs_since_epoch and nanos_since_epoch'],
      ['PHP', 'json_encode shows date, timezone_type and timezone of a DateTime'],
      ['Go', 'encoding/json shows seconds and nanos of a protobuf Timestamp; protojson writes RFC 3339'],
    ],
    breaks: 'A decoder of times refuses an object; what the fields mean is known to one runtime only.',
    fix: [
      ['Rust', 'DateTime<Utc> of chrono, or OffsetDateTime with #[serde(with = "time::serde::rfc3339")]'],
      ['PHP', '$time->format(DATE_RFC3339_EXTENDED), or the JsonSerializable interface'],
      ['Go', 'protojson.Marshal for messages of protobuf'],
    ],
    proof: 'The fields are exactly those of one of these types, and the instant that they say is that of the text.',
    sources: [
      'https://docs.rs/serde/latest/src/serde/ser/impls.rs.html',
      'https://www.php.net/manual/en/class.datetime.php',
      'https://protobuf.dev/programming-guides/json/',
    ],
  },
  {
    id: 'int-overflow',
    title: 'an integer ran out of bits on one side',
    severity: 'breaking',
    what: 'One side writes an integer, the other what is left of it in a type of 32 or 64 bits, with or without a sign.',
    example: [
      ['Python', '{"bytes":3000000000}'],
      ['Go (int32)', '{"bytes":-1294967296}'],
    ],
    why: [
      ['Go, Java, C#', 'arithmetic wraps around without a word'],
      ['Rust', 'panics in debug builds, wraps in release builds; as always wraps, and saturates from floats'],
      ['JavaScript', '| 0, << and >>> 0 cut numbers to 32 bits; PHP goes over to a float'],
      ['Python, Ruby', 'integers have no width'],
    ],
    breaks: 'Sizes, counters and amounts turn negative, or small; nothing fails.',
    fix: [
      ['Go', 'int64, and math/bits or a check before the sum'],
      ['Rust', 'i64 or u64 with checked_add; overflow-checks = true in the release profile'],
      ['Java', 'long and Math.addExact'],
    ],
    proof: 'The bits of one integer, cut to 32 or to 64 bits, are the other one, in every sample that differs.',
    lossy: 'The bits that do not fit are on one side only.',
    sources: [
      'https://doc.rust-lang.org/book/ch03-02-data-types.html#integer-overflow',
      'https://go.dev/ref/spec#Integer_overflow',
    ],
  },
  {
    id: 'raw-json-passthrough',
    title: 'a document is handed on as it came on one side, and read and written again on the other',
    severity: 'cosmetic',
    what: 'One side keeps order and numbers of a document as a client sent it. The other reads it into a generic value, so that keys come out sorted and numbers spelled its own way.',
    example: [
      ['Go (json.RawMessage)', '{"doc":{"z":1.50,"a":"\\u003cb\\u003e"}}'],
      ['Rust (serde_json::Value)', '{"doc":{"a":"<b>","z":1.5}}'],
    ],
    why: [
      ['Go', 'json.RawMessage keeps keys and numbers, drops white space and escapes <, > and &'],
      [
        'Rust (serde_json)',
        'Value is a sorted map unless preserve_order is on, and a double unless arbitrary_precision is; RawValue keeps every byte',
      ],
      ['Node', 'JSON.parse and JSON.stringify keep the order of keys but not numbers, and put integer keys first'],
    ],
    breaks: 'Signatures and hashes over the document no longer fit; numbers beyond a double change their value.',
    fix: [
      ['Rust', 'Box<serde_json::value::RawValue>, with the feature raw_value'],
      ['Go', 'json.RawMessage on this side too, or any on both'],
    ],
    proof:
      'One side, read into a generic value and written with sorted keys, is the other side, letter by letter, and a number in it is spelled as no runtime prints it.',
    flips: [
      'serde_json 1.0.147 prints exponents with a plus sign',
      'Go with encoding/json/v2 does not escape <, > and &',
    ],
    sources: [
      'https://docs.rs/serde_json/latest/serde_json/value/struct.RawValue.html',
      'https://pkg.go.dev/encoding/json#RawMessage',
    ],
  },
  {
    id: 'number-keys',
    title: 'keys of a map are numbers, spelled in two ways',
    severity: 'breaking',
    what: 'Both sides write a map that is keyed by numbers; one writes 1 where the other writes 1.0 or 01.',
    example: [
      ['Rust (BTreeMap<u32, _>)', '{"prices":{"1":10,"2":20}}'],
      ['Python (dict of floats)', '{"prices":{"1.0":10,"2.0":20}}'],
    ],
    why: [
      ['Python', 'json.dumps writes a float key as repr: 1.0'],
      ['Rust (serde_json), Go', 'integers as they are; float keys only in newer serde_json, never in Go'],
      ['JavaScript, Lua', 'a number is a number: 1.0 is the key 1; keys that come from text keep their zeros'],
    ],
    breaks: 'A lookup by "1" finds nothing where the key is "1.0", and no error says so.',
    fix: [
      ['Rust', 'keys of an integer type, or a String that is made in one place'],
      ['Python', 'int keys: {int(k): v for k, v in prices.items()}'],
    ],
    proof: 'Keys are paired by their exact value, never two with one, and each pair is the same in every sample.',
    sources: [
      'https://docs.python.org/3/library/json.html#json.dumps',
      'https://docs.rs/serde_json/latest/serde_json/',
    ],
  },
];
