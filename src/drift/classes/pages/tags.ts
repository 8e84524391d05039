import type { DriftClass } from '../../kit/class-page.ts';

/** How a variant or a type is named in a body. */
export const tagsPages: readonly DriftClass[] = [
  {
    id: 'enum-external-vs-adjacent',
    title: 'the name of a variant is a key on one side, and stands beside its content on the other',
    severity: 'breaking',
    what: 'One side writes {"Variant": content}, the other two members: a tag and the content.',
    example: [
      ['Rust (serde, tag and content)', '{"t":"Schema","c":{"field":"x"}}'],
      ['Rust (serde)', '{"Schema":{"field":"x"}}'],
    ],
    why: [
      ['Rust', 'serde tags externally by default, adjacently with #[serde(tag = "t", content = "c")]'],
      ['Go', 'a port that has to carry any content uses a kind and a payload field'],
      [
        'Java',
        'Jackson writes @JsonTypeInfo(include = As.WRAPPER_OBJECT) externally and As.EXTERNAL_PROPERTY adjacently',
      ],
    ],
    breaks: 'A client that switches on the tag finds none; a decoder of the wrapped form meets an unknown variant.',
    fix: [
      ['Rust', '#[serde(tag = "t", content = "c")] on the enum, or neither'],
      [
        'Go',
        'type E struct { T string `json:"t"`; C json.RawMessage `json:"c,omitempty"` }, or a MarshalJSON that writes the wrapper',
      ],
      ['Java', '@JsonTypeInfo(use = Id.NAME, include = As.WRAPPER_OBJECT)'],
    ],
    proof:
      'The tag must name the variant, and the content must be equal. As long as one variant alone was seen it is a hypothesis.',
    sources: ['https://serde.rs/enum-representations.html'],
  },
  {
    id: 'enum-adjacent-vs-internal',
    title: 'the fields of a variant stand beside the tag on one side, and under a key on the other',
    severity: 'breaking',
    what: 'Both sides have the same tag; one of them puts the fields into an object beside it.',
    example: [
      ['Rust (serde, tag and content)', '{"t":"Schema","c":{"field":"x"}}'],
      ['Rust (serde, tag)', '{"t":"Schema","field":"x"}'],
    ],
    why: [
      ['Rust', '#[serde(tag = "t")] is internal, and with content = "c" it is adjacent'],
      ['Go', 'an embedded struct is flattened, a struct field with a tag is nested'],
    ],
    breaks: 'Fields are read as undefined, or a decoder reports a missing field.',
    fix: [
      ['Rust', 'add content = "c" to #[serde(tag = "t")], or take it away'],
      ['Go', 'a field `json:"c,omitempty"`, or embedding without a tag'],
      ['Java', '@JsonTypeInfo(include = As.PROPERTY) instead of As.EXTERNAL_PROPERTY around a wrapper class'],
    ],
    proof: 'Tag and fields must be equal for all variants that were seen; one variant alone makes a hypothesis.',
    sources: ['https://serde.rs/enum-representations.html'],
  },
  {
    id: 'enum-untagged-vs-tagged',
    title: 'one side names the variant, the other leaves it to the fields',
    severity: 'breaking',
    what: 'One side has one more member, whose text names the variant.',
    example: [
      ['Rust (serde, tag)', '[{"kind":"schema","field":"x"},{"kind":"policy","code":1}]'],
      ['Rust (serde, untagged)', '[{"field":"x"},{"code":1}]'],
    ],
    why: [
      ['Rust', '#[serde(untagged)] writes no tag'],
      ['Node', 'a union type exists at compile time only'],
    ],
    breaks: 'A client that switches on the tag falls through to its default.',
    fix: [
      ['Rust', '#[serde(tag = "kind")] instead of #[serde(untagged)]'],
      ['Go', 'a field Kind string `json:"kind"`'],
      ['Python', 'kind: Literal["schema"] in each pydantic model, with Field(discriminator="kind")'],
    ],
    proof:
      'The tag must follow from which fields are there, over two or more values; where it does not, it is named as lost.',
    sources: ['https://serde.rs/enum-representations.html'],
  },
  {
    id: 'type-tag-added',
    title: 'one side adds the type of each object',
    severity: 'risky',
    what: 'One side has one more member, under a name that its serializer gives to the type of an object.',
    example: [
      ['Java (Jackson)', '{"@class":"com.example.User","name":"n"}'],
      ['Go', '{"name":"n"}'],
    ],
    why: [
      ['Java', '@JsonTypeInfo(use = Id.CLASS) writes @class, Id.NAME writes @type'],
      ['.NET', 'System.Text.Json writes $type for [JsonPolymorphic] types, Newtonsoft for TypeNameHandling'],
      ['GraphQL', 'clients that ask for __typename get it'],
    ],
    breaks:
      'A client that needs the tag cannot choose a type; a strict one refuses the unknown member; and a class name tells how the server is built.',
    fix: [
      ['Java', 'no @JsonTypeInfo, or use = Id.NAME with a property that both sides know'],
      ['.NET', 'no [JsonPolymorphic], or TypeDiscriminatorPropertyName; TypeNameHandling.None in Newtonsoft'],
      ['Rust', '#[serde(tag = "@type")] on the struct'],
      ['Go', 'a field `json:"@type"`'],
    ],
    proof:
      'The tag must follow from the other members. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: [
      'https://learn.microsoft.com/dotnet/standard/serialization/system-text-json/polymorphism',
      'https://github.com/FasterXML/jackson-annotations',
    ],
  },
  {
    id: 'discriminator-name',
    title: 'the type of an object is named under another key',
    severity: 'breaking',
    what: 'Both sides name the type with the same text, under two different keys.',
    example: [
      ['Java (Jackson)', '{"@type":"card","x":1}'],
      ['Rust (serde)', '{"kind":"card","x":1}'],
    ],
    why: [
      ['Java', '@JsonTypeInfo(use = Id.NAME) writes @type unless property is given'],
      ['.NET', 'System.Text.Json and Newtonsoft write $type'],
      ['Rust', 'the name stands in #[serde(tag = "…")]'],
    ],
    breaks: 'A client that switches on the key finds nothing under it.',
    fix: [
      ['Java', '@JsonTypeInfo(use = Id.NAME, property = "kind")'],
      ['.NET', '[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]'],
      ['Rust', '#[serde(tag = "kind")]'],
      ['Go', 'a field Kind string `json:"kind"`'],
    ],
    proof:
      'Both keys must be known names of tags, with the same text. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: [
      'https://learn.microsoft.com/dotnet/standard/serialization/system-text-json/polymorphism',
      'https://serde.rs/enum-representations.html',
    ],
  },
  {
    id: 'enum-unit-string-vs-object',
    title: 'a variant without content is a text on one side and an object on the other',
    severity: 'breaking',
    what: 'One side writes the name alone, the other an object that holds nothing but the name.',
    example: [
      ['Rust (serde)', '"Open"'],
      ['Rust (serde, tag)', '{"kind":"Open"}'],
    ],
    why: [
      [
        'Rust',
        'serde writes a unit variant as a string, with #[serde(tag)] as an object; Open {} is written as {"Open":{}}',
      ],
      ['Go', 'a port with one struct for all variants writes an object always'],
    ],
    breaks: 'A decoder of a string refuses the object, and the reverse; a comparison with "Open" is never true.',
    fix: [
      ['Rust', 'add or remove #[serde(tag = "kind")]; a variant without braces'],
      ['Go', 'a type State string instead of a struct'],
      ['Java', '@JsonValue on the name, or @JsonFormat(shape = OBJECT) on the enum'],
    ],
    proof: 'The object must hold nothing else; one variant alone makes a hypothesis.',
    sources: ['https://serde.rs/enum-representations.html'],
  },
];
