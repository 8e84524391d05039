import { defineClass } from '../../../definition/define-class.ts';
import { ofRefusal } from '../../../http-kit/owned.ts';

export const pathParamType = defineClass({
  id: 'path-param-type',
  title: 'a path parameter of the wrong type is refused in two ways',
  severity: 'risky',
  reach: 'api',
  pass: 'path-parameter',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'The route wants a number where the path has a word. Both sides refuse, but with another status or in other words.',
    request: 'GET /items/x',
    example: [
      ['Rust (axum)', '400␊content-type: text/plain; charset=utf-8␊␊Invalid URL: Cannot parse `x` to a `u64`'],
      ['Node (Express)', '404␊content-type: text/html; charset=utf-8␊␊<pre>Cannot GET /items/x</pre>'],
    ],
    why: [
      ['Rust (axum)', '400 and the text of the rejection of Path; actix answers 404'],
      ['Python (FastAPI)', '422 with a detail list; Flask, whose converter does not match, 404'],
      ['Go', 'whatever the handler does with the error of strconv'],
      ['Java (Spring)', '400; ASP.NET 404 with a route constraint, 400 without'],
    ],
    breaks: 'A client that takes 404 for "gone" and 400 for its own mistake decides otherwise.',
    fix: [
      ['Rust (axum)', 'WithRejection<Path<T>, ApiError> of axum-extra, or a Path<String> parsed by hand'],
      ['Node (Express)', 'check the parameter in the handler and answer 400'],
    ],
    proof: 'Both sides refuse, and one of them in the known words of a path parameter that cannot be read.',
    sources: ['https://docs.rs/axum/latest/axum/extract/struct.Path.html'],
  },
  recognise: {
    facet: 'status',
    owns: ofRefusal,
    find: ({ asked, first, second }) => {
      if (!first.refuses || !second.refuses || first.error === null) return false;
      const { kind, got } = first.error;
      if (kind === 'bad-param') return true;
      return kind === 'bad-number' && got !== null && got !== '' && asked.path.split('/').includes(got);
    },
  },
});
