import { defineClass } from '../../../definition/define-class.ts';
import { envelopeOf } from '../../../http-kit/envelope.ts';
import { sameFault } from '../../../http-kit/error-text.ts';
import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { ofForm } from '../../../http-kit/owned.ts';
import { bodiesDiffer } from '../../../http-kit/predicates.ts';

/** Both name what went wrong, and it is not the same. */
function nameOther({ first, second }: ExchangePair): boolean {
  return first.error !== null && second.error !== null && !sameFault(first.error, second.error);
}

export const errorEnvelope = defineClass({
  id: 'error-envelope',
  title: 'both sides fail, with different error formats',
  severity: 'breaking',
  reach: 'api',
  pass: 'error',
  rank: 4,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'Both sides answer with an error status, but each in the form of its own framework or code: text, {"error"}, {"code","message"}, {"detail"}, problem+json, HTML or nothing.',
    request: 'GET /v1/objects/never-stored',
    example: [
      ['Rust', `404␊content-type: application/json␊␊{"error":"object not found"}`],
      ['Go', `404␊content-type: application/json␊␊{"code":"not_found","message":"no object with this key"}␊`],
    ],
    why: [
      ['Rust (axum), Go', 'a line of text unless somebody writes more'],
      ['Python (FastAPI)', '{"detail": …}'],
      ['Node (Fastify)', '{"statusCode","code","error","message"}'],
      ['Java (Spring), .NET', 'a map with timestamp, or problem+json'],
    ],
    breaks: 'Clients find no message, or fail to read the error at all and report that instead.',
    fix: [
      ['Rust (axum)', 'one type that implements IntoResponse for all errors, in the form that clients know'],
      ['Go', 'one function that writes all errors in the form that clients know, and never http.Error'],
      [
        'Node (Express)',
        'an error handler app.use((err, req, res, next) => res.status(err.status ?? 500).json({ error: err.message })) after all routes',
      ],
      [
        'Node (Fastify)',
        'app.setErrorHandler((err, req, reply) => reply.code(err.statusCode ?? 500).send({ error: err.message }))',
      ],
      ['Rust (actix)', 'impl ResponseError for the error type, and JsonConfig::default().error_handler(…)'],
      ['Python (FastAPI)', '@app.exception_handler(HTTPException) and @app.exception_handler(RequestValidationError)'],
      ['Java (Spring)', '@RestControllerAdvice with @ExceptionHandler'],
      ['.NET', 'app.UseExceptionHandler(…) with Results.Problem(…)'],
      ['PHP', 'withExceptions(…)->render(…) in bootstrap/app.php of Laravel'],
      ['Ruby', 'rescue_from in ApplicationController'],
    ],
    proof:
      'Both status codes are at least 400, both bodies have a known form of error, and the two forms differ. Where the codes are the same and both texts are known, they must name the same kind of fault.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9457'],
  },
  recognise: {
    facet: 'body',
    owns: ofForm,
    even: true,
    find: (scene) => {
      const { first, second } = scene;
      if (first.status < 400 || second.status < 400 || !bodiesDiffer(scene)) return false;
      // Of one status the forms are compared where the fault is the same; of two statuses the faults may differ, too.
      if (first.status === second.status && nameOther(scene)) return false;
      const [a, b] = [envelopeOf(first), envelopeOf(second)];
      return a !== null && b !== null && a !== b;
    },
    detail: ({ first, second }) => `${envelopeOf(first)} ${envelopeOf(second)}`,
  },
});
