import { defineClass } from '../../../definition/define-class.ts';
import { defaultPage } from '../../../http-kit/envelope.ts';
import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { brokenEscape, escapesBrokenUtf8 } from '../../../http-kit/predicates.ts';

function escapeFault({ asked: { path } }: ExchangePair): string {
  if (brokenEscape.test(path)) return 'malformed';
  return escapesBrokenUtf8(path) ? 'not-utf8' : 'escaped';
}

export const pathPercentDecoding = defineClass({
  id: 'path-percent-decoding',
  title: 'a percent-escape in the path is read otherwise by the two routers',
  severity: 'risky',
  reach: 'api',
  pass: 'path',
  rank: 1,
  evidence: 'documented',
  page: {
    what: 'The path holds an escape that is malformed, that decodes to bytes that are not UTF-8, or that hides a slash; one side refuses it or finds no route, the other serves it.',
    request: 'GET /v1/objects/%FF',
    example: [
      ['Rust (axum)', '400␊content-type: text/plain; charset=utf-8␊␊Invalid URL: Invalid UTF-8 in `key`'],
      ['Go (net/http)', '200␊content-type: application/json␊␊{"key":"\\ufffd"}'],
    ],
    why: [
      ['Rust (axum)', 'a malformed %zz is passed on as it is written; Path<String> refuses bytes that are not UTF-8'],
      [
        'Go (net/http)',
        'url.Parse refuses %zz before any handler, with "400 Bad Request"; bytes that are not UTF-8 become U+FFFD in JSON',
      ],
      ['Go (chi)', 'routes on RawPath, so %2D stays %2D where net/http gives a hyphen'],
      ['Python (FastAPI)', 'an encoded slash divides segments, so the route is not found'],
    ],
    breaks: 'Names with odd bytes are stored by one side under another name, and not found by the other.',
    fix: [
      [
        'Rust (axum)',
        'take Path<Vec<u8>> or read the raw path from OriginalUri, and decide about odd bytes in one place',
      ],
      ['Go (net/http)', 'check utf8.ValidString and r.URL.EscapedPath() before the path is used'],
    ],
    proof:
      'The case writes such an escape in the path, the status codes differ, and one side answers 4xx (for an escape in good order: its router says 404).',
    flips: ['Go 1.22 made ServeMux match on the escaped path'],
    sources: [
      'https://datatracker.ietf.org/doc/html/rfc3986#section-2.1',
      'https://pkg.go.dev/net/url#URL.EscapedPath',
    ],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => {
      const { asked, first, second } = scene;
      if (!asked.path.includes('%') || asked.fillsEscapes || first.status === second.status) return false;
      if (escapeFault(scene) !== 'escaped') return first.status === 400 && second.status < 500;
      return first.status === 404 && defaultPage(first) !== null && second.accepts;
    },
    detail: escapeFault,
  },
});
