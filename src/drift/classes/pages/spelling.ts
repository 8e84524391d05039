import type { DriftClass } from '../../kit/class-page.ts';

/** The same value in other bytes, and answers that change. */
export const spellingPages: readonly DriftClass[] = [
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
    breaks:
      'Hashes, signatures and golden files over the bytes; and readers that stop at the first member they look for.',
    fix: [
      ['both', 'declare the fields in one order, or sign a canonical form (RFC 8785)'],
      ['Go', 'a struct in place of a map, its fields in the order of the other side'],
      ['Rust', 'a struct, or serde_json with the feature preserve_order'],
    ],
    proof: 'One order of keys that fits all samples must give the candidate body.',
    flips: [
      'serde_json with the feature preserve_order keeps the order of insertion',
      'Go with encoding/json/v2 writes maps in random order unless Deterministic(true)',
      'Jackson 3 sorts properties by name',
    ],
    sources: ['https://www.rfc-editor.org/rfc/rfc8259', 'https://www.rfc-editor.org/rfc/rfc8785'],
  },
  {
    id: 'trailing-newline',
    title: 'one side ends the body with a newline',
    severity: 'cosmetic',
    reach: 'api',
    what: 'The bodies are the same but for one final newline.',
    example: [
      ['Rust (serde)', '{"ok":true}'],
      ['Go (json.Encoder)', '{"ok":true}␊'],
    ],
    why: [
      ['Go', 'Encoder.Encode appends a newline; Marshal does not'],
      [
        'Rust (axum), Node, Python',
        'the body is the value, and nothing behind it; jsonify of Flask adds a newline, too',
      ],
    ],
    breaks: 'Only clients that look at bytes; Content-Length differs by one.',
    fix: [
      ['Go', 'json.Marshal and Write instead of Encoder.Encode'],
      ['Rust (axum)', 'nothing; or append "\\n" to serde_json::to_vec where a client counts on it'],
    ],
    proof: 'The reference body and one newline must be the candidate body, byte for byte.',
    sources: ['https://pkg.go.dev/encoding/json#Encoder.Encode'],
  },
  {
    id: 'nondeterministic',
    title: 'one side does not answer the same each time, the other one does',
    severity: 'risky',
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
];
