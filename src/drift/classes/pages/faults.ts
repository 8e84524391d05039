import type { DriftClass } from '../../kit/class-page.ts';

/** What stands around a value. */
export const faultsPages: readonly DriftClass[] = [
  {
    id: 'nullable-wrapper-object',
    title: 'a column that may be null is an object with a Valid flag',
    severity: 'breaking',
    what: 'One side sends the value or null, the other an object with the value and whether it is there.',
    example: [
      ['Go (database/sql)', '{"String":"x","Valid":true}'],
      ['Rust (serde)', '"x"'],
    ],
    why: [
      ['Go', 'sql.NullString and its kin have no MarshalJSON'],
      ['Rust (serde)', 'Option<String> is the text or null'],
    ],
    breaks: 'The object is never null, so a check for null passes always, and the text is [object Object].',
    fix: [
      ['Go', 'a pointer (*string), or a type of its own with a MarshalJSON, as in guregu/null'],
      ['Rust', 'nothing: Option<String> is what clients expect'],
    ],
    proof:
      'Valid must say whether the other side has a value, and the value must be equal. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis.',
    sources: ['https://pkg.go.dev/database/sql#NullString'],
  },
  {
    id: 'error-string-vs-object',
    title: 'an error is a text on one side and an object on the other',
    severity: 'breaking',
    what: 'One side sends the text of the error, the other an object with the text under a known name.',
    example: [
      ['Node (Express)', '{"error":"no such user"}'],
      ['Rust', '"no such user"'],
    ],
    why: [
      ['Rust', 'Json(error.to_string()) writes a string'],
      ['Node', 'res.json({ error: message }) is the custom'],
      ['Python', 'FastAPI writes {"detail": …}'],
    ],
    breaks: 'A client that shows error.message shows undefined.',
    fix: [
      ['Rust', 'Json(json!({"error": error.to_string()}))'],
      ['Go', 'map[string]string{"error": err.Error()}'],
      ['Python', 'an exception_handler that writes the agreed member'],
      ['Java', 'a @RestControllerAdvice that returns ProblemDetail'],
    ],
    proof:
      'The text must be equal. One set of parameters for all samples of the route must give the candidate body; one sample alone makes a hypothesis. Members beside it are named as lost.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9457'],
  },
  {
    id: 'error-value-empty-object',
    title: 'an error is written as an empty object',
    severity: 'breaking',
    what: 'One side says what went wrong, the other writes {}.',
    example: [
      ['Rust', '{"error":"no such user"}'],
      ['Go', '{"error":{}}'],
    ],
    why: [
      ['Go', 'a value of type error has no exported fields'],
      ['Node', 'the members of an Error are not enumerable'],
    ],
    breaks: 'The reason is lost; people read {} or [object Object].',
    fix: [
      ['Go', 'err.Error() instead of err'],
      ['Node', 'error.message, or a toJSON on the class'],
    ],
    proof:
      'A text on one side and {} on the other, in all samples of the route. It is recognised, but never called verified: the text is named as lost.',
    sources: ['https://pkg.go.dev/encoding/json'],
  },
  {
    id: 'problem-details-vs-message',
    title: 'an error follows RFC 9457 on one side and holds one message on the other',
    severity: 'breaking',
    what: 'One side writes problem details (type, title, status, detail), the other one member with the text.',
    example: [
      ['ASP.NET', '{"type":"about:blank","title":"Not Found","status":404,"detail":"no such user"}'],
      ['Go', '{"error":"no such user"}'],
    ],
    why: [
      ['.NET', 'controllers write ProblemDetails for errors'],
      ['Java', 'Spring 6 writes ProblemDetail if spring.mvc.problemdetails.enabled is true'],
      ['Go', 'a port writes what its engineer found handy'],
    ],
    breaks: 'A client that reads one of them shows nothing for the other.',
    fix: [
      ['Rust', 'a struct with type, title, status, detail behind IntoResponse, as application/problem+json'],
      ['Go', 'the same struct and one function that writes errors'],
      ['Java', 'spring.mvc.problemdetails.enabled=true'],
      ['.NET', 'builder.Services.AddProblemDetails()'],
      ['Node, Python', 'one error middleware that writes these members'],
    ],
    proof:
      'The message must be the detail or the title of the problem, in all samples of the route. It is recognised, but never called verified: the other members of the problem are named as lost.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9457'],
  },
];
