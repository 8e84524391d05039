import { defineClass } from '../../../definition/define-class.ts';
import type { Answered } from '../../../http-kit/exchange-pair.ts';
import { headerDivergence, withoutEscapes } from '../../../http-kit/predicates.ts';

function escapesIn(answer: Answered): number {
  return answer.header('location')?.match(/%[0-9a-f]{2}/gi)?.length ?? 0;
}

export const locationEncoding = defineClass({
  id: 'location-encoding',
  title: 'the same address in Location, with other characters percent-encoded',
  severity: 'risky',
  reach: 'api',
  pass: 'header-value',
  rank: 8,
  evidence: 'documented',
  page: {
    what: 'Both sides name the same place. One percent-encodes characters that the other sends as they are: letters beyond ASCII, brackets, a bar, a space; or one writes a space in the query as a plus sign.',
    request: 'GET /search?tag=a%7Cb',
    example: [
      ['Java (Spring)', '302␊location: /tags/a%7Cb?f%5Bx%5D=1'],
      ['Node (Express 4)', '302␊location: /tags/a|b?f[x]=1'],
    ],
    why: [
      ['Java (Spring)', 'UriComponentsBuilder encodes whatever RFC 3986 does not allow'],
      ['Node (Express)', 'encodeurl keeps | and [ ], which the URL Standard allows in a query'],
      ['Go', 'http.Redirect encodes letters beyond ASCII and nothing else'],
      ['Rust (axum)', 'Redirect::to sends the text that it is given'],
      ['PHP, Ruby', 'header() and redirect_to send the text that they are given'],
    ],
    breaks:
      'Strict clients refuse what RFC 3986 does not allow: java.net.URI throws URISyntaxException. Raw UTF-8 in a header is read as Latin-1 by some.',
    fix: [
      ['Java (Spring)', 'UriComponentsBuilder.fromUriString(text).build(true) for what is encoded already'],
      ['Node (Express)', 'res.redirect(encodeURI(address)), and %5B %5D for brackets'],
      ['Go', '(&url.URL{Path: path, RawQuery: values.Encode()}).String()'],
      ['Rust (axum)', 'percent_encoding::utf8_percent_encode on each segment'],
      ['Python (FastAPI)', 'RedirectResponse quotes by itself; urllib.parse.quote(path) elsewhere'],
    ],
    proof:
      'Without the escapes of characters that need one, or need none, both values are equal. Escapes of reserved characters such as %2F count.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc3986#section-2',
      'https://url.spec.whatwg.org/#percent-encoded-bytes',
      'https://github.com/pillarjs/encodeurl',
    ],
  },
  recognise: {
    facet: 'headers',
    owns: ['location'],
    find: (scene) => {
      const { first, second } = scene;
      const [a, b] = [first.header('location'), second.header('location')];
      if (a === null || b === null || headerDivergence(scene, 'location') === null) return false;
      return withoutEscapes(a) === withoutEscapes(b) && escapesIn(first) >= escapesIn(second);
    },
  },
});
