import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { ofRepeats } from '../../../http-kit/owned.ts';
import { headerDivergence, onlyFirstSends } from '../../../http-kit/predicates.ts';
import type { Scene } from '../../../http-kit/scene.ts';

const common = { facet: 'headers', reach: 'api', request: 'GET /v1/things' } as const;
const json = 'content-type: application/json';

/** Names of the headers whose lines are more on the first side, and say the same. */
function repeated({ first, second, divergences }: Scene): string[] | null {
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

const limits = [
  'ratelimit',
  'ratelimit-policy',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
];

/** Headers that stand twice, or carry what the other side says nowhere. */
export const moreHeaderBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'header-duplicate',
    severity: 'risky',
    owns: ofRepeats,
    title: 'a header is there twice on one side, and once on the other',
    what: 'The same value stands on two lines of one side, or a list on one line of the other stands on several.',
    example: [
      ['Go (net/http)', `200␊x-frame-options: DENY␊x-frame-options: DENY␊${json}␊␊[]`],
      ['Rust (axum)', `200␊x-frame-options: DENY␊${json}␊␊[]`],
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
    find: (scene) => repeated(scene) !== null,
    detail: (scene) => repeated(scene)?.join() ?? '',
  },
  {
    ...common,
    id: 'link-pagination',
    severity: 'breaking',
    reach: 'route',
    owns: ['link'],
    title: 'the next page is named in the header Link on one side only',
    what: 'One side sends Link with rel="next" or its like. The other sends no Link: clients that turn pages by it see one page.',
    request: 'GET /v1/things?page=2',
    example: [
      ['Ruby (Rails with Pagy)', `200␊link: </v1/things?page=3>; rel="next"␊${json}␊␊[]`],
      ['Go', `200␊${json}␊␊[]`],
    ],
    why: [
      ['Ruby (Pagy, api-pagination), Python (flask-smorest)', 'Link headers come with the library'],
      ['Go, Rust (axum)', 'a cursor in the body, or what the handler writes'],
    ],
    breaks: 'Clients that follow Link (GitHub style) stop after the first page, and take it for everything.',
    fix: [
      ['Ruby (Rails with Pagy)', 'keep it; or a cursor in the body on both sides'],
      ['Go', 'w.Header().Set("Link", fmt.Sprintf(`<%s>; rel="next"`, next))'],
    ],
    proof: 'Exactly one side sends Link, and it names a next, previous, first or last page.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8288#section-3'],
    find: (scene) =>
      headerDivergence(scene, 'link') !== null &&
      onlyFirstSends(scene, 'link') &&
      /;\s{0,4}rel="?(?:next|prev|previous|first|last)\b/i.test(scene.first.headers('link').join()),
  },
  {
    ...common,
    id: 'rate-limit-headers',
    severity: 'risky',
    owns: limits,
    title: 'how much a client may still ask is said on one side only',
    what: 'One side sends RateLimit or X-RateLimit headers, the other none.',
    example: [
      ['Node (express-rate-limit)', `200␊ratelimit-limit: 100␊ratelimit-remaining: 99␊${json}␊␊[]`],
      ['Rust (tower_governor)', `200␊${json}␊␊[]`],
    ],
    why: [
      [
        'Node (express-rate-limit, @fastify/rate-limit)',
        'sends them by default; which names depends on standardHeaders',
      ],
      ['Rust (tower_governor)', 'only with use_headers(); Go (x/time/rate) has none'],
    ],
    breaks: 'Clients that slow down by these headers run into 429.',
    fix: [
      ['Node (express-rate-limit)', 'standardHeaders: false and legacyHeaders: false, or nothing'],
      ['Rust (tower_governor)', 'GovernorConfigBuilder::use_headers()'],
    ],
    proof: 'The header is one of RateLimit or X-RateLimit, and all that differ are sent by the same side alone.',
    sources: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/'],
    find: (scene) => {
      const open = limits.filter((name) => headerDivergence(scene, name) !== null);
      return open.length > 0 && open.every((name) => onlyFirstSends(scene, name));
    },
  },
];
