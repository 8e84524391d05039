/** A known cause of divergence between runtimes: what `parity explain` shows, and what a finding takes its words from. */
export interface DriftClass {
  readonly id: string;
  /** One sentence, without a full stop. */
  readonly title: string;
  readonly severity: 'breaking' | 'risky' | 'cosmetic';
  readonly what: string;
  /** Bytes as two runtimes send them; a final newline is written as ␊. */
  readonly example: readonly (readonly [runtime: string, bytes: string])[];
  readonly why: readonly (readonly [runtime: string, text: string])[];
  readonly breaks: string;
  readonly fix: readonly (readonly [runtime: string, text: string])[];
  /** What must hold before the class is claimed. */
  readonly proof: string;
  readonly sources: readonly string[];
}

const classes: readonly DriftClass[] = [
  {
    id: 'enum-external-vs-flat',
    title: 'an enum with data is a wrapper object on one side and a flat object with a tag on the other',
    severity: 'breaking',
    what: 'One side names the variant with the only key of an outer object, the other with a member of a flat object.',
    example: [
      ['Rust (serde)', '{"Schema":{"field":"x","reason":"y"}}'],
      ['Go (encoding/json)', '{"Kind":"schema","Field":"x","Reason":"y"}␊'],
    ],
    why: [
      ['Rust', 'serde tags enums externally unless #[serde(tag = "…")] says otherwise'],
      ['Go', 'has no sum type, so a port uses one struct with a kind; fields without json tags keep their Go names'],
    ],
    breaks:
      'A client of the flat form reads an empty kind; a client of the wrapped form fails with "unknown variant" or "missing field".',
    fix: [
      ['Rust', '#[serde(tag = "Kind", rename_all = "snake_case", rename_all_fields = "PascalCase")] on the enum'],
      ['Go', 'a MarshalJSON that writes the wrapper object, or json tags and an agreed kind member'],
    ],
    proof:
      'The reference body is rewritten (tag hoisted, keys renamed, zero values added or dropped) with one set of parameters for all samples of the route, and must equal the candidate body. As long as one variant alone was seen it is called a hypothesis.',
    sources: ['https://serde.rs/enum-representations.html', 'https://pkg.go.dev/encoding/json'],
  },
  {
    id: 'enum-variant-casing',
    title: 'the same names as values, spelled in another case',
    severity: 'breaking',
    what: 'A string value holds the same words on both sides, in another case or with other separators.',
    example: [
      ['Rust (serde)', '"TooManyRequests"'],
      ['Go', '"too_many_requests"'],
    ],
    why: [
      ['Rust', 'a unit variant is written under its own name unless rename_all is given'],
      ['Go', 'the constants are whatever the engineer wrote, mostly lower case'],
    ],
    breaks: 'A switch on the string falls through; an enum decoder refuses the value.',
    fix: [
      [
        'Rust',
        '#[serde(rename_all = "snake_case")] on the enum (serde splits at every capital: HTTPError is h_t_t_p_error)',
      ],
      ['Go', 'constants in the spelling that the reference uses'],
    ],
    proof:
      'One style must turn every value of the place on one side into the value on the other; one value alone makes a hypothesis.',
    sources: ['https://serde.rs/container-attrs.html'],
  },
  {
    id: 'key-casing',
    title: 'the same keys, spelled in another case',
    severity: 'breaking',
    what: 'Keys of an object hold the same words on both sides, in another case or with other separators.',
    example: [
      ['Rust (serde)', '{"id":1,"user_name":"n"}'],
      ['Go (encoding/json)', '{"ID":1,"UserName":"n"}␊'],
    ],
    why: [
      ['Go', 'a field without a json tag is written under its exported name'],
      ['Rust', 'serde writes fields as they are declared, in snake_case'],
    ],
    breaks:
      'Clients in most languages find nothing under the old name. Clients in Go hide the divergence: their decoder ignores case.',
    fix: [
      ['Go', 'a `json:"user_name"` tag on every exported field'],
      ['Rust', '#[serde(rename_all = "PascalCase")] on the struct, or rename on single fields (acronyms need it)'],
    ],
    proof: 'A one-to-one map of names, the same for all samples of the place, must give the candidate body.',
    sources: ['https://pkg.go.dev/encoding/json#Marshal', 'https://serde.rs/container-attrs.html'],
  },
  {
    id: 'null-vs-absent',
    title: 'a member that has no value is null on one side and absent on the other',
    severity: 'risky',
    what: 'One side writes a key with null where the other leaves the key out.',
    example: [
      ['Rust (serde)', '{"a":null,"b":1}'],
      ['Go (encoding/json)', '{"b":1}␊'],
    ],
    why: [
      ['Rust', 'Option::None is written as null unless skip_serializing_if says otherwise'],
      ['Go', 'a nil pointer is null, and absent with omitempty'],
    ],
    breaks: 'Code that asks whether the key is there decides otherwise; in a JSON Merge Patch null means delete.',
    fix: [
      ['Rust', '#[serde(skip_serializing_if = "Option::is_none")] to leave it out'],
      ['Go', 'a pointer without omitempty to write null'],
    ],
    proof:
      'Adding or dropping exactly these null members, at the same keys in all samples, must give the candidate body.',
    sources: ['https://serde.rs/field-attrs.html', 'https://pkg.go.dev/encoding/json#Marshal'],
  },
  {
    id: 'zero-value-omitted',
    title: 'a member that is zero, false or empty is written on one side and left out on the other',
    severity: 'breaking',
    what: 'One side leaves out members whose value is 0, false, "", [] or {}.',
    example: [
      ['Rust (serde)', '{"n":0,"ok":false,"s":""}'],
      ['Go (encoding/json, omitempty)', '{}␊'],
    ],
    why: [
      ['Go', 'omitempty drops zero numbers, false, empty strings, slices and maps, but no structs'],
      ['Go', 'one struct for several variants writes the fields that a variant does not have as zero values'],
    ],
    breaks:
      'A missing number becomes undefined or NaN, a missing false becomes unknown, a required field fails to decode.',
    fix: [
      ['Go', 'remove omitempty, or use a pointer where absent and zero differ'],
      ['Rust', '#[serde(default)] where it reads, skip_serializing_if where it should be left out too'],
    ],
    proof:
      'Adding or dropping exactly these zero values, at the same keys in all samples, must give the candidate body.',
    sources: ['https://pkg.go.dev/encoding/json#Marshal'],
  },
  {
    id: 'nil-slice-null',
    title: 'an empty list is [] on one side and null on the other',
    severity: 'breaking',
    what: 'A list without items is written as [] by one side and as null by the other.',
    example: [
      ['Rust (serde)', '{"items":[]}'],
      ['Go (encoding/json)', '{"items":null}␊'],
    ],
    why: [['Go', 'a slice that was never appended to is nil, and encoding/json writes nil as null']],
    breaks: 'items.length throws; serde says "invalid type: null, expected a sequence".',
    fix: [
      ['Go', 'items := make([]T, 0), or encoding/json/v2, which writes []'],
      ['Rust', 'Option<Vec<T>> or #[serde(default)] with a deserializer that takes null, in clients'],
    ],
    proof: 'Writing null for [] (or [] for null) at this place in all samples must give the candidate body.',
    sources: ['https://github.com/golang/go/issues/37711', 'https://github.com/golang/go/issues/27589'],
  },
  {
    id: 'nil-map-null',
    title: 'an empty map is {} on one side and null on the other',
    severity: 'breaking',
    what: 'A map without entries is written as {} by one side and as null by the other.',
    example: [
      ['Rust (serde)', '{"labels":{}}'],
      ['Go (encoding/json)', '{"labels":null}␊'],
    ],
    why: [['Go', 'a map that was never made is nil, and encoding/json writes nil as null']],
    breaks: 'Reading a key of null throws; a strict decoder refuses null for a map.',
    fix: [['Go', 'labels := make(map[K]V), or encoding/json/v2, which writes {}']],
    proof: 'Writing null for {} (or {} for null) at this place in all samples must give the candidate body.',
    sources: ['https://pkg.go.dev/encoding/json#Marshal'],
  },
  {
    id: 'bigint-as-string',
    title: 'an integer is a number on one side and a string on the other',
    severity: 'breaking',
    what: 'The same digits, in quotes on one side only.',
    example: [
      ['Rust (serde)', '{"id":9007199254740993}'],
      ['Go (`json:",string"`, protojson)', '{"id":"9007199254740993"}'],
    ],
    why: [
      ['Go', 'protojson writes 64-bit integers as strings; encoding/json does so with the string option'],
      ['JavaScript', 'numbers above 2^53 lose digits, so many APIs quote them'],
    ],
    breaks: 'Typed decoders refuse the other kind; untyped ones compare "1" with 1.',
    fix: [
      ['Go', '`json:"id,string"` to quote, or no string option'],
      ['Rust', 'serde_with::DisplayFromStr to quote'],
    ],
    proof: 'Quoting or unquoting the exact digits must give the candidate value.',
    sources: ['https://protobuf.dev/programming-guides/json/'],
  },
  {
    id: 'float-integral-suffix',
    title: 'a whole number is spelled with .0 on one side and without on the other',
    severity: 'cosmetic',
    what: 'The same number, spelled 1.0 by one side and 1 by the other.',
    example: [
      ['Rust (f64), Python, Java', '1.0'],
      ['Go (float64), JavaScript', '1'],
    ],
    why: [['Go', 'encoding/json writes the shortest spelling; serde_json always writes a fraction for floats']],
    breaks: 'A strict integer decoder refuses 1.0; everything else reads the same number.',
    fix: [['both', 'use an integer type where the value is always whole']],
    proof: 'Adding or dropping ".0" must give the candidate spelling, byte for byte.',
    sources: ['https://pkg.go.dev/encoding/json#Marshal'],
  },
  {
    id: 'escape-html',
    title: 'the same text, with <, > and & escaped on one side',
    severity: 'cosmetic',
    what: 'Strings mean the same; one side spells <, >, &, U+2028 and U+2029 as \\u escapes.',
    example: [
      ['Rust (serde)', '"<a>&"'],
      ['Go (encoding/json)', '"\\u003ca\\u003e\\u0026"'],
    ],
    why: [['Go', 'encoding/json escapes for safe use inside HTML unless SetEscapeHTML(false)']],
    breaks: 'Only clients that look at bytes: signatures, caches, golden files.',
    fix: [['Go', 'encoder.SetEscapeHTML(false); U+2028 and U+2029 stay escaped']],
    proof: 'Escaping these characters and no others must give the candidate spelling, byte for byte.',
    sources: ['https://pkg.go.dev/encoding/json#Encoder.SetEscapeHTML'],
  },
  {
    id: 'key-order',
    title: 'the same members, in another order',
    severity: 'cosmetic',
    what: 'Both objects have the same members, written in another order.',
    example: [
      ['Rust (struct)', '{"name":"n","id":1}'],
      ['Go (map)', '{"id":1,"name":"n"}'],
    ],
    why: [
      ['Go', 'maps are written sorted by key, structs in order of declaration'],
      ['Rust', 'structs in order of declaration, serde_json::Map sorted unless preserve_order is on'],
    ],
    breaks: 'Only clients that look at bytes: signatures, caches, golden files.',
    fix: [['both', 'declare the fields in one order, or sign a canonical form (RFC 8785)']],
    proof: 'One order of keys that fits all samples must give the candidate body.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259', 'https://www.rfc-editor.org/rfc/rfc8785'],
  },
  {
    id: 'trailing-newline',
    title: 'one side ends the body with a newline',
    severity: 'cosmetic',
    what: 'The bodies are the same but for one final newline.',
    example: [
      ['Rust (serde)', '{"ok":true}'],
      ['Go (json.Encoder)', '{"ok":true}␊'],
    ],
    why: [['Go', 'Encoder.Encode appends a newline; Marshal does not']],
    breaks: 'Only clients that look at bytes; Content-Length differs by one.',
    fix: [['Go', 'json.Marshal and Write instead of Encoder.Encode']],
    proof: 'The reference body and one newline must be the candidate body, byte for byte.',
    sources: ['https://pkg.go.dev/encoding/json#Encoder.Encode'],
  },
];

/** The drift classes that this version knows, by id, in the order in which they are worth reading. */
export const driftClasses: ReadonlyMap<string, DriftClass> = new Map(classes.map((entry) => [entry.id, entry]));
