import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { nameTheSame } from './errors.ts';

export const validationStatus = defineClass({
  id: 'validation-status',
  title: 'both refuse a request for the same reason, with another status',
  severity: 'breaking',
  reach: 'api',
  pass: 'error',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'Both sides name the same fault of the request, one with 422 and the other with 400, each in its own words.',
    request: `POST /v1/things␊content-type: application/json␊␊{"name":1}`,
    example: [
      [
        'Rust (axum)',
        `422␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize the JSON body into the target type: name: invalid type: integer \`1\`, expected a string at line 1 column 9`,
      ],
      [
        'Go (encoding/json)',
        `400␊content-type: text/plain; charset=utf-8␊x-content-type-options: nosniff␊␊json: cannot unmarshal number into Go struct field In.name of type string␊`,
      ],
    ],
    why: [
      ['Rust (axum)', '422 for JSON of the wrong shape, 400 for no JSON; actix 400 for both'],
      ['Go', 'what the handler says: mostly 400'],
      ['Python (FastAPI)', '422 for both; Django REST framework 400; Spring and Nest 400'],
    ],
    breaks: 'Clients that show field errors on 422 show "something went wrong" on 400.',
    fix: [
      ['Rust (axum)', 'WithRejection<Json<T>, ApiError> of axum-extra, with one status and one body'],
      ['Go', 'http.StatusUnprocessableEntity for errors of type, in one function that writes all errors'],
      ['Python (FastAPI)', '@app.exception_handler(RequestValidationError) that answers 400'],
      ['Node (Express)', 'res.status(422) in the error handler, for the errors of the validator'],
      ['Node (Fastify)', 'reply.code(422) in setErrorHandler where err.validation is set'],
      ['Node (Nest)', 'new ValidationPipe({ errorHttpStatusCode: HttpStatus.UNPROCESSABLE_ENTITY })'],
      [
        'Java (Spring)',
        '@ExceptionHandler(MethodArgumentNotValidException.class) with ResponseEntity.unprocessableEntity()',
      ],
      ['Rust (actix)', 'JsonConfig::default().error_handler(…) with HttpResponse::UnprocessableEntity()'],
      ['.NET', 'ApiBehaviorOptions.InvalidModelStateResponseFactory'],
    ],
    proof:
      'Both answer 4xx with different codes, both texts are known, and they name the same kind of fault and the same field.',
    sources: [
      'https://docs.rs/axum/latest/axum/extract/rejection/enum.JsonRejection.html',
      'https://www.rfc-editor.org/rfc/rfc9457',
    ],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    even: true,
    find: (scene) =>
      scene.first.refuses && scene.second.refuses && scene.first.status !== scene.second.status && nameTheSame(scene),
    detail: ({ first, second }) => `${first.status} ${second.status}`,
  },
});
