import { pointerTokens } from '../../../../json/pointer.ts';
import { defineClass } from '../../../definition/define-class.ts';
import type { Asked, ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { anyOf, type Owns, ofStatus } from '../../../http-kit/owned.ts';
import { keysIn, oneRefuses } from '../../../http-kit/predicates.ts';

interface Bracketed {
  /** The name with its brackets, and what comes before them. */
  readonly whole: string;
  readonly base: string;
}

/** Parameters whose names end with brackets. */
function bracketedIn({ pairs }: Asked): Bracketed[] {
  return pairs.flatMap(({ name }) => {
    const whole = name.replace(/%5B/gi, '[').replace(/%5D/gi, ']');
    const base = /^([^[]{1,200})\[.{0,80}\]$/.exec(whole)?.[1];
    return base === undefined ? [] : [{ whole, base }];
  });
}

/** The first side shows the name without the brackets, the second the whole name. */
function isNestedByOne({ asked, first, second }: ExchangePair): boolean {
  if (!first.accepts || !second.accepts) return false;
  const [a, b] = [keysIn(first), keysIn(second)];
  return bracketedIn(asked).some(({ whole, base }) => a.has(base) && !a.has(whole) && b.has(whole));
}

/** The members of either name. */
const ofNames: Owns = (scene, { facet, pointer }) => {
  if (facet !== 'body' || !scene.first.accepts || !scene.second.accepts) return false;
  const tokens = pointerTokens(pointer) ?? [];
  return bracketedIn(scene.asked).some(({ whole, base }) => tokens.includes(whole) || tokens.includes(base));
};

export const queryBrackets = defineClass({
  id: 'query-brackets',
  title: 'brackets in a parameter name make a list on one side, and are part of the name on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'query',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'One side reads a[]=1 or a[b]=1 as a list or an object, the other one as a parameter with this very name.',
    request: 'GET /items?id[]=1',
    example: [
      [
        'Rust (axum)',
        '400␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize query string: missing field `id`',
      ],
      ['Node (Express 4)', '200␊content-type: application/json; charset=utf-8␊␊{"id":["1"]}'],
    ],
    why: [
      ['Node (Express 4), PHP, Rails', 'brackets nest'],
      ['Rust, Go, Fastify, Express 5', 'brackets are letters like any other'],
    ],
    breaks: 'Filters sent as lists are ignored or refused.',
    fix: [
      ['Rust (axum)', 'serde_qs::axum::QsQuery instead of Query'],
      ['Node (Express)', 'app.set("query parser", "simple")'],
    ],
    proof:
      'A parameter name holds brackets, and one side refuses while the other accepts, or one side answers with a member of the whole name and the other with one of the name before the brackets.',
    flips: ['Express 5 made the simple parser the default'],
    sources: ['https://expressjs.com/en/guide/migrating-5.html'],
  },
  recognise: {
    facet: 'status',
    owns: anyOf(ofStatus, ofNames),
    find: (scene) => (bracketedIn(scene.asked).length > 0 && oneRefuses(scene)) || isNestedByOne(scene),
  },
});
