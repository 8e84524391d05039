import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { locationPath, redirects3xx } from '../../../http-kit/predicates.ts';
import { isUnrouted } from './paths.ts';

function otherSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
}

export const trailingSlash = defineClass({
  id: 'trailing-slash',
  title: 'a slash at the end of the path is another route on one side, and the same one on the other',
  severity: 'breaking',
  reach: 'api',
  pass: 'path',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and chi',
  page: {
    what: 'One side redirects to the path with (or without) the slash, or serves both; the other one finds no route, or no such method.',
    request: 'GET /dir',
    example: [
      [
        'Go (net/http, pattern /dir/)',
        '301␊location: /dir/␊content-type: text/html; charset=utf-8␊␊<a href="/dir/">Moved Permanently</a>.␊␊',
      ],
      ['Rust (axum)', '404␊content-length: 0'],
    ],
    why: [
      ['Go (net/http)', 'a pattern that ends in a slash redirects the path without it'],
      ['Rust (axum)', 'routes match exactly since 0.6'],
      ['Python (FastAPI)', 'redirects both ways with 307 and an absolute URL; Flask and Django with 308 and 301'],
      ['Node (Express)', 'serves both unless strict routing is on'],
      ['Java (Spring)', 'matched both before version 6, answers 404 since'],
    ],
    breaks: 'A client that follows 301 turns POST into GET and drops the body; one that does not follow gets nothing.',
    fix: [
      ['Go (net/http)', 'register "/dir" beside "/dir/", or "/dir/{$}" alone'],
      ['Rust (axum)', 'tower_http::normalize_path::NormalizePathLayer around the router, or both routes'],
      ['Python (FastAPI)', 'FastAPI(redirect_slashes=False)'],
      ['Node (Express)', 'express.Router({ strict: true }) to tell both paths apart'],
      ['Rust (actix)', 'middleware::NormalizePath::trim()'],
      ['Python (Django)', 'APPEND_SLASH = False'],
      ['Java (Spring)', 'UrlHandlerFilter.trailingSlashHandler("/**").wrapRequest()'],
    ],
    proof:
      'One side redirects to the very path of the request but for its last slash, the other does not; or the path ends in a slash, one side serves it and the router of the other says 404.',
    flips: ['Go 1.26 redirects with 307, before with 301', 'axum 0.6 stopped redirecting', 'Spring 6 stopped matching'],
    sources: ['https://pkg.go.dev/net/http#ServeMux', 'https://github.com/tokio-rs/axum/blob/main/axum/CHANGELOG.md'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => {
      const { asked, first, second } = scene;
      if (redirects3xx(first))
        return !redirects3xx(second) && asked.path !== '/' && locationPath(first) === otherSlash(asked.path);
      return asked.path.length > 1 && asked.path.endsWith('/') && first.accepts && isUnrouted(scene);
    },
  },
});
