import { defineClass } from '../../../definition/define-class.ts';
import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { ofRepeats } from '../../../http-kit/owned.ts';

/** Names of the headers whose lines are more on the first side, and say the same. */
function repeated({ first, second, divergences }: ExchangePair): string[] | null {
  const names = divergences.filter((one) => one.facet === 'headers' && one.kind === 'duplicate');
  const found = names.map(({ pointer }) => {
    const name = pointer.slice(1);
    const [more, once] = [first.headers(name), second.headers(name)].map((list) => list.map((value) => value.trim()));
    const isMore = more!.length > once!.length;
    const isSame = new Set(more).size === new Set(once).size && more!.every((value) => once!.includes(value));
    return isMore && (isSame || (once!.length === 1 && more!.join(', ') === once![0])) ? name : null;
  });
  return found.length === 0 || found.includes(null) ? null : found.filter((name) => name !== null).sort();
}

export const headerDuplicate = defineClass({
  id: 'header-duplicate',
  title: 'a header is there twice on one side, and once on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'repeated-header',
  rank: 1,
  evidence: 'documented',
  page: {
    request: 'GET /v1/things',
    what: 'The same value stands on two lines of one side, or a list on one line of the other stands on several.',
    example: [
      ['Go (net/http)', `200␊x-frame-options: DENY␊x-frame-options: DENY␊content-type: application/json␊␊[]`],
      ['Rust (axum)', `200␊x-frame-options: DENY␊content-type: application/json␊␊[]`],
    ],
    why: [
      [
        'Go (net/http)',
        'Header.Add appends where Set replaces; w.Header()["etag"] and Set("Etag") are two headers; a proxy and the handler both add one',
      ],
      [
        'Rust (axum)',
        'HeaderMap::append adds a line, insert replaces; SetResponseHeaderLayer::appending where if_not_present was meant',
      ],
      ['All behind a proxy', 'nginx and Envoy add headers that the server has sent already'],
    ],
    breaks:
      'Browsers refuse Access-Control-Allow-Origin that is there twice, and join X-Frame-Options into a value that means nothing; clients that take the first or the last line differ.',
    fix: [
      ['Go (net/http)', 'w.Header().Set in place of Add, and one layer that sets it'],
      ['Rust (axum)', 'HeaderMap::insert, or one line for each value as the other side has them'],
    ],
    proof:
      'Of each header that is there a different number of times one side repeats the same values, or writes the list of the other in several lines.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-5.3', 'https://pkg.go.dev/net/http#Header.Add'],
  },
  recognise: {
    facet: 'headers',
    owns: ofRepeats,
    find: (scene) => repeated(scene) !== null,
    detail: (scene) => repeated(scene)?.join() ?? '',
  },
});
