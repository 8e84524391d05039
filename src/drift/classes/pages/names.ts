import type { DriftClass } from '../../kit/class-page.ts';

/** Names of keys and variants. */
export const namesPages: readonly DriftClass[] = [
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
    reach: 'api',
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
    proof:
      'A one-to-one map of names that are the same words, the same for all samples of the place, must give the candidate body; or, for one answer of a route, the style that two other routes tell must.',
    sources: ['https://pkg.go.dev/encoding/json#Marshal', 'https://serde.rs/container-attrs.html'],
  },
];
