import { defineClass } from '../../definition/define-class.ts';

export const keyAcronym = defineClass({
  id: 'key-acronym',
  title: 'an acronym in a key is spelled in capitals on one side',
  severity: 'breaking',
  shownBy: 'key-casing',
  evidence: 'documented',
  page: {
    what: 'The keys have the same letters, but capitals or the borders of words differ as acronyms go.',
    example: [
      ['Rust (serde, camelCase)', '{"userId":1}'],
      ['Go', '{"userID":1}'],
    ],
    why: [
      ['Go', 'style asks for userID and apiURL'],
      ['Rust', 'rename_all knows no acronyms'],
      ['Java', 'a bean getter getURL gives url, a record component apiURL stays'],
    ],
    breaks: 'The key is undefined for every client that is not written in Go.',
    fix: [
      ['Go', 'a `json:"userId"` tag'],
      ['Rust', '#[serde(rename = "userID")] on the field'],
      ['Java', '@JsonProperty("userID")'],
      ['.NET', '[JsonPropertyName("userID")]'],
    ],
    proof:
      'A one-to-one map of names that differ in the case of an acronym alone, the same for all samples of the place, must give the candidate body.',
    sources: ['https://pkg.go.dev/encoding/json', 'https://serde.rs/field-attrs.html'],
  },
});
