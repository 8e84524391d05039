import type { DriftClass } from '../../kit/class-page.ts';

/** What stands around a value. */
export const envelopesPages: readonly DriftClass[] = [
  {
    id: 'result-wrapper',
    title: 'a result stands in an object that says whether it went well',
    severity: 'breaking',
    what: 'One side wraps the content in {"Ok": …} or {"Err": …}.',
    example: [
      ['Rust (serde)', '{"Ok":{"id":1}}'],
      ['Go', '{"id":1}'],
    ],
    why: [
      ['Rust', 'Json(result) serializes the Result itself, as an enum'],
      ['Go', 'has no such type: a handler writes the value, or an error'],
    ],
    breaks: 'Every field is one level deeper than the client looks.',
    fix: [
      ['Rust', 'return Result<Json<T>, E> with IntoResponse for E, not Json<Result<T, E>>'],
      ['Go', 'nothing, unless clients already read Ok and Err'],
    ],
    proof:
      'One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis. From the bare content the arm cannot be told, so there one arm alone can be verified.',
    sources: ['https://docs.rs/axum/latest/axum/error_handling/'],
  },
  {
    id: 'envelope-data-wrapper',
    title: 'an object stands in another object that only carries it',
    severity: 'breaking',
    what: 'One side sends the object, the other an envelope with the object under one key.',
    example: [
      ['Node (JSON:API style)', '{"data":{"id":1}}'],
      ['Go', '{"id":1}'],
    ],
    why: [
      ['Java', 'SerializationFeature.WRAP_ROOT_VALUE, or a generic Response<T> class'],
      ['Ruby', 'ActiveModel::Serializers with include_root_in_json'],
      ['PHP', 'Laravel API resources wrap in data'],
    ],
    breaks: 'Every field is undefined, one level too high or too deep.',
    fix: [
      ['Rust', 'Json(value) or Json(json!({"data": value})), the same on both sides'],
      ['Go', 'Encode(v) or Encode(map[string]any{"data": v})'],
      ['Java', 'mapper.disable(SerializationFeature.WRAP_ROOT_VALUE)'],
      ['PHP', 'JsonResource::withoutWrapping()'],
      ['Python', 'return the model, or {"data": model}'],
    ],
    proof:
      'One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis. Members beside the content are named as lost.',
    sources: ['https://github.com/FasterXML/jackson-databind/wiki/Serialization-Features'],
  },
  {
    id: 'array-vs-wrapped-list',
    title: 'a list stands alone on one side and in an object on the other',
    severity: 'breaking',
    what: 'One side sends the list, the other an object with the list under one key, and perhaps its length.',
    example: [
      ['Rust', '{"items":[1,2],"count":2}'],
      ['Go', '[1,2]'],
    ],
    why: [
      ['Rust', 'a response struct with one Vec field'],
      ['Go', 'Encode(list) writes the bare list'],
      ['Python', 'Flask returned dictionaries alone before version 2.2, so many APIs wrap'],
    ],
    breaks: 'A call of response.map fails; a decoder of a list meets an object.',
    fix: [
      ['Rust', 'Json(items) or Json(Page { items })'],
      ['Go', 'Encode(items) or Encode(Page{Items: items})'],
      ['Java', 'List<T> or a record with one List<T>'],
      ['Python', 'response_model=list[Item] or a model with items'],
    ],
    proof:
      'One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis. A length is counted; other members are named as lost.',
    sources: ['https://docs.rs/axum/latest/axum/struct.Json.html'],
  },
  {
    id: 'pagination-envelope',
    title: 'a page of a list carries its cursor or total in the body on one side only',
    severity: 'breaking',
    what: 'One side sends the list, the other an object with the list and what leads to the next page.',
    example: [
      ['Django REST framework', '{"count":9,"next":"/?page=2","previous":null,"results":[1]}'],
      ['Go', '[1]'],
    ],
    why: [
      ['Python', 'PageNumberPagination writes count, next, previous and results'],
      ['Java', 'Spring Data writes a Page with content, totalElements and more'],
      ['Go', 'ports often put the same into a Link header'],
    ],
    breaks:
      'A client without the cursor reads the first page and takes it for all; one that expects it fails on a list.',
    fix: [
      ['Python', 'pagination_class = None, or the same members in the port'],
      ['Java', 'return page.getContent(), or @EnableSpringDataWebSupport(pageSerializationMode = VIA_DTO)'],
      ['Rust, Go', 'a struct with the list and the same members, or Link headers (RFC 8288) on both sides'],
    ],
    proof:
      'The list must be equal under one set of parameters for all samples of the route. It is recognised, but never called verified: cursors and totals that only one side sends are named as lost.',
    sources: ['https://www.django-rest-framework.org/api-guide/pagination/', 'https://www.rfc-editor.org/rfc/rfc8288'],
  },
  {
    id: 'newtype-wrap',
    title: 'a value stands in an object with one field',
    severity: 'breaking',
    what: 'One side sends the value, the other {"Field": value}.',
    example: [
      ['Go', '{"Value":1}'],
      ['Rust (serde)', '1'],
    ],
    why: [
      ['Rust', 'serde writes struct N(T) as T'],
      ['Go', 'a struct with one field is an object, however small'],
      ['Java', 'a record with one component is an object without @JsonValue'],
    ],
    breaks: 'The value is read as [object Object], or a decoder refuses it.',
    fix: [
      ['Rust', '#[serde(transparent)] on a struct with one named field'],
      ['Go', 'type ID int instead of a struct, or a MarshalJSON'],
      ['Java', '@JsonValue on the component'],
      ['.NET', 'a JsonConverter<T> for the value object'],
      ['Python', 'RootModel[int] instead of BaseModel in pydantic'],
    ],
    proof:
      'The value must be spelled alike. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://serde.rs/container-attrs.html', 'https://pkg.go.dev/encoding/json'],
  },
];
