import { defineClass } from '../../definition/define-class.ts';

export const enumUntaggedVsTagged = defineClass({
  id: 'enum-untagged-vs-tagged',
  title: 'one side names the variant, the other leaves it to the fields',
  severity: 'breaking',
  shownBy: 'type-tag-added',
  evidence: 'observed',
  observedBetween: 'actix and Javalin',
  page: {
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
});
