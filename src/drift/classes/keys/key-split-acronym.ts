import { defineClass } from '../../definition/define-class.ts';

export const keySplitAcronym = defineClass({
  id: 'key-split-acronym',
  title: 'an acronym in a key is split into its letters',
  severity: 'breaking',
  shownBy: 'key-casing',
  evidence: 'documented',
  page: {
    what: 'One side separates every capital letter of an acronym.',
    example: [
      ['Rust (serde, snake_case of a variant)', '{"h_t_t_p_error":1}'],
      ['Go', '{"http_error":1}'],
    ],
    why: [
      ['Rust', 'serde splits a variant at every capital'],
      ['Python', 'a home-made snake case does the same'],
      ['.NET', 'JsonNamingPolicy.SnakeCaseLower does not'],
    ],
    breaks:
      'A client that reads http_error finds undefined where h_t_t_p_error came; strict decoders say that a field is missing.',
    fix: [
      ['Rust', '#[serde(rename = "http_error")] on the variant'],
      ['Python', 'pydantic.alias_generators.to_snake'],
      ['Java', 'PropertyNamingStrategies.SNAKE_CASE, and @JsonProperty where it splits'],
    ],
    proof:
      'A one-to-one map of names, of which one side has single letters for words, the same for all samples of the place, must give the candidate body.',
    sources: ['https://serde.rs/variant-attrs.html'],
  },
});
