import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { isUnrouted } from './paths.ts';

export const pathCase = defineClass({
  id: 'path-case',
  title: 'the case of letters in the path counts on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'path',
  rank: 4,
  evidence: 'documented',
  page: {
    what: 'A path in capitals finds its route on one side, while the router of the other says 404.',
    request: 'GET /HEALTH',
    example: [
      ['Node (Express)', '200␊content-type: application/json; charset=utf-8␊␊{"ok":true}'],
      ['Go (net/http)', '404␊content-type: text/plain; charset=utf-8␊␊404 page not found␊'],
    ],
    why: [
      ['Node (Express)', 'routes ignore case unless "case sensitive routing" is on; ASP.NET ignores it too'],
      ['Go, Rust, Fastify', 'routes match byte for byte'],
    ],
    breaks: 'Links with capitals that have always worked are dead after the cutover.',
    fix: [
      ['Node (Express)', 'app.enable("case sensitive routing"), or express.Router({ caseSensitive: true })'],
      ['Go (net/http)', 'a handler around ServeMux that lowers the case of the path'],
    ],
    proof: 'The path is all capitals, one side serves it, the other answers 404 with the page of its router.',
    sources: ['https://expressjs.com/en/api.html#app.set'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) =>
      /[A-Z]/.test(scene.asked.path) && !/[a-z]/.test(scene.asked.path) && scene.first.accepts && isUnrouted(scene),
  },
});
