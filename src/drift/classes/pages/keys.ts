import type { DriftClass } from '../../kit/class-page.ts';

/** Members that are there twice, renamed, added or left out. */
export const keysPages: readonly DriftClass[] = [
  {
    id: 'key-acronym',
    title: 'an acronym in a key is spelled in capitals on one side',
    severity: 'breaking',
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
  {
    id: 'key-split-acronym',
    title: 'an acronym in a key is split into its letters',
    severity: 'breaking',
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
  {
    id: 'key-renamed',
    title: 'a member has another name',
    severity: 'breaking',
    what: 'One key is there on one side only, another, unlike it, on the other, and what they hold is the same.',
    example: [
      ['Rust (serde)', '{"id":1,"name":"Eva Sommer"}'],
      ['Go', '{"id":1,"fullName":"Eva Sommer"}'],
    ],
    why: [
      ['Go', 'the struct of the port was named after the domain or the database, not after the answer'],
      ['Rust', '#[serde(rename = "…")] on the field was overlooked when the type was carried over'],
    ],
    breaks: 'The member is undefined for every client that asks for the old name.',
    fix: [
      ['Go', 'a `json:"name"` tag on the field'],
      ['Rust', '#[serde(rename = "fullName")] on the field'],
      ['Java', '@JsonProperty("name")'],
      ['.NET', '[JsonPropertyName("name")]'],
    ],
    proof:
      'Nothing else on either side may hold the same, and in no answer may a side have the name of the other. If the new one holds another text or number in one answer of four, it is a hypothesis; if in more, it is not claimed. What the answers hold must be too much for chance: a name and a number of five digits, say, or four words that could be one of a few. As long as they all hold one and the same it is a hypothesis.',
    sources: ['https://serde.rs/field-attrs.html', 'https://pkg.go.dev/encoding/json#Marshal'],
  },
  {
    id: 'key-underscore',
    title: 'underscores around a key are there on one side only',
    severity: 'breaking',
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
  {
    id: 'key-accessor-prefix',
    title: 'the prefix of a getter is part of the key on one side',
    severity: 'breaking',
    what: 'One side writes isActive or getUrl, the other active or url.',
    example: [
      ['Go', '{"isActive":true}'],
      ['Java (Jackson)', '{"active":true}'],
    ],
    why: [
      ['Java', 'Jackson takes isActive() and getUrl() for properties active and url'],
      ['Kotlin', 'val isActive becomes active without the Kotlin module'],
    ],
    breaks: 'A client that reads active finds undefined where isActive came, which reads as false.',
    fix: [
      ['Java', '@JsonProperty("isActive") on the getter'],
      ['Kotlin', 'jackson-module-kotlin, or @get:JsonProperty("isActive")'],
      ['Rust', '#[serde(rename = "active")]'],
      ['Go', '`json:"active"`'],
    ],
    proof:
      'The values must be of one kind. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://github.com/FasterXML/jackson-annotations'],
  },
  {
    id: 'empty-array-vs-absent',
    title: 'an empty list is left out on one side',
    severity: 'risky',
    what: 'One side writes [], the other nothing.',
    example: [
      ['Rust (serde)', '{"id":1,"tags":[]}'],
      ['Go (omitempty)', '{"id":1}'],
    ],
    why: [
      ['Go', 'omitempty drops empty slices'],
      ['Rust', '#[serde(skip_serializing_if = "Vec::is_empty")] does the same'],
      ['Java', '@JsonInclude(NON_EMPTY) does the same'],
    ],
    breaks: 'Reading tags.length throws; a decoder without a default reports a missing field.',
    fix: [
      ['Go', 'no omitempty, and a slice that is not nil'],
      ['Rust', 'no skip_serializing_if; #[serde(default)] to read it'],
      ['Java', '@JsonInclude(ALWAYS)'],
    ],
    proof:
      'Every list that is left out must be empty. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://pkg.go.dev/encoding/json', 'https://serde.rs/field-attrs.html'],
  },
  {
    id: 'empty-object-vs-absent',
    title: 'an empty map is left out on one side',
    severity: 'risky',
    what: 'One side writes {}, the other nothing.',
    example: [
      ['Rust (serde)', '{"id":1,"meta":{}}'],
      ['Go (omitempty)', '{"id":1}'],
    ],
    why: [
      ['Go', 'omitempty drops empty maps, but never structs'],
      ['Java', '@JsonInclude(NON_EMPTY) drops empty maps'],
    ],
    breaks: 'Object.keys(meta) throws; a decoder without a default reports a missing field.',
    fix: [
      ['Go', 'no omitempty, and a map that is not nil'],
      ['Rust', 'no skip_serializing_if = "HashMap::is_empty"'],
      ['Java', '@JsonInclude(ALWAYS)'],
    ],
    proof:
      'Every map that is left out must be empty. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://pkg.go.dev/encoding/json', 'https://serde.rs/field-attrs.html'],
  },
  {
    id: 'default-value-omitted',
    title: 'a member is left out where it holds its default',
    severity: 'risky',
    what: 'One side leaves a member out exactly where it holds one certain value.',
    example: [
      ['Rust (serde)', '[{"id":1,"retries":3},{"id":2,"retries":5}]'],
      ['Kotlin (kotlinx)', '[{"id":1},{"id":2,"retries":5}]'],
    ],
    why: [
      ['Kotlin', 'encodeDefaults is false by default'],
      ['.NET', 'JsonIgnoreCondition.WhenWritingDefault'],
      ['Python', 'model_dump(exclude_defaults=True)'],
    ],
    breaks: 'A client that does not know the default reads undefined.',
    fix: [
      ['Kotlin', 'Json { encodeDefaults = true }'],
      ['.NET', 'JsonIgnoreCondition.Never'],
      ['Python', 'no exclude_defaults'],
      ['Rust', 'no skip_serializing_if'],
    ],
    proof:
      'The member must hold one and the same value wherever it is left out, and both sides must write it with another value somewhere.',
    sources: ['https://kotlinlang.org/api/kotlinx.serialization/'],
  },
];
