import type { DriftClass } from '../../kit/class-page.ts';

/** What is empty, and what kind a value has. */
export const valuesPages: readonly DriftClass[] = [
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
    flips: [
      'Go 1.24 added omitzero',
      'Go with encoding/json/v2 leaves out what is empty in JSON only: 0 and false stay',
    ],
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
    why: [
      ['Go', 'a slice that was never appended to is nil, and encoding/json writes nil as null'],
      ['Rust (serde)', 'a Vec is never null: an empty one is []'],
    ],
    breaks: 'Code that reads items.length throws; serde says "invalid type: null, expected a sequence".',
    fix: [
      ['Go', 'items := make([]T, 0), or encoding/json/v2, which writes []'],
      ['Rust', 'Option<Vec<T>> or #[serde(default)] with a deserializer that takes null, in clients'],
    ],
    proof:
      'Writing null for [] (or [] for null) at this place in all samples must give the candidate body; a list that is filled on one side and null on the other refutes it.',
    flips: ['Go with encoding/json/v2 writes []; FormatNilSliceAsNull(true) brings null back'],
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
    why: [
      ['Go', 'a map that was never made is nil, and encoding/json writes nil as null'],
      ['Rust (serde)', 'a HashMap or BTreeMap is never null: an empty one is {}'],
    ],
    breaks: 'Reading a key of null throws; a strict decoder refuses null for a map.',
    fix: [
      ['Go', 'labels := make(map[K]V), or encoding/json/v2, which writes {}'],
      ['Rust', 'Option<BTreeMap<K, V>> or #[serde(default)] with a deserializer that takes null, in clients'],
    ],
    proof: 'Writing null for {} (or {} for null) at this place in all samples must give the candidate body.',
    flips: ['Go with encoding/json/v2 writes {}; FormatNilMapAsNull(true) brings null back'],
    sources: ['https://pkg.go.dev/encoding/json#Marshal'],
  },
];
