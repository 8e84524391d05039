import { defineClass } from '../../definition/define-class.ts';

export const keyUnderscore = defineClass({
  id: 'key-underscore',
  title: 'underscores around a key are there on one side only',
  severity: 'breaking',
  shownBy: 'key-casing',
  evidence: 'documented',
  page: {
    what: 'A key begins or ends with an underscore on one side, and is the same otherwise.',
    example: [
      ['Python', '{"type_":"a"}'],
      ['Go', '{"type":"a"}'],
    ],
    why: [
      ['Python', 'type_ and class_ avoid built-in names, and need an alias'],
      ['Node', 'Mongo documents have _id'],
      ['Rust', 'r#type is written as type; camelCase drops a leading underscore'],
    ],
    breaks: 'A client that reads type finds undefined where type_ came; strict decoders say that a field is missing.',
    fix: [
      ['Python', 'Field(alias="type") and by_alias=True'],
      ['Node', 'a toJSON transform that writes id'],
      ['Rust', '#[serde(rename = "_id")]'],
      ['Go', '`json:"_id"`'],
    ],
    proof:
      'A one-to-one map of names that differ in underscores at either end alone, the same for all samples of the place, must give the candidate body.',
    sources: ['https://docs.pydantic.dev/latest/concepts/alias/'],
  },
});
