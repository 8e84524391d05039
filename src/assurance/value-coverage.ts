import { isSameButForEnd } from '../compare/compare-body.ts';
import { headerValue } from '../compare/headers/compare-headers.ts';
import { isJsonType, isXmlType, mediaType } from '../compare/headers/media-type.ts';
import { maxReadLength } from '../compare/limits.ts';
import { type Body, bodyOf, typeOf as mediaTypeOf, treeOf } from '../compare/media/body-content.ts';
import type { Response } from '../http/exchange.ts';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import { type BodyPlaces, bodyPlaces, type Empties, type OwnKeys, type Sides } from './body-places.ts';
import { maxKnown, maxKnownLength, maxPlaces, maxTypeLength, maxTypes } from './limits.ts';

/** What both sides answered to the requests of one route. */
export interface RouteCoverage {
  /** `GET /v1/objects/{key...}` */
  readonly route: string;
  /** Status codes that both sides gave to one request, ascending. */
  readonly statuses: readonly number[];
  /** Content types that both sides gave to one request, without parameters, sorted; `none` where neither names one. */
  readonly contentTypes: readonly string[];
  /** Cases with a request that both sides answered. */
  readonly cases: number;
}

/** What a run really exercised on both sides: where nothing was exercised, "equal" is not evidence. */
export interface ValueCoverage {
  /** Sorted by route. */
  readonly routes: readonly RouteCoverage[];
  /** Arrays that both sides showed, and that were empty in every body of their route. */
  readonly emptyArrays: Empties;
  /** Members that both sides showed, and that were null in every body of their route. */
  readonly emptyFields: Empties;
  /** Pairs of answers with a body that is over 1 MiB or cannot be decoded: not looked into for empty places. */
  readonly bodiesSkipped: number;
}

/** What both sides answered to one request. Those of one case come one after the other. */
export interface Exercised {
  readonly case: string;
  readonly route: string;
  readonly reference: Response;
  readonly candidate: Response;
  readonly own?: OwnKeys | null;
}

/** Gathers coverage as a run goes. */
export interface ValueObserver {
  /** Takes one pair of answers. O(bytes). */
  add(answered: Exercised): void;
  /** As `seen` of `BodyPlaces`. */
  readonly seen: BodyPlaces['seen'];
  /** The same of XML bodies, read as trees. */
  readonly seenInXml: BodyPlaces['seen'];
  coverage(): ValueCoverage;
}

interface Gathered {
  readonly statuses: Set<number>;
  readonly contentTypes: Set<string>;
  cases: number;
  /** A case comes as a whole, and may ask for one route several times. */
  lastCase: string | null;
  /** The bodies of some sides that were looked into last: the same one again tells nothing new. */
  readonly known: readonly [reference: Buffer[], candidate: Buffer[], both: Buffer[]];
}

/** An empty coverage, to be added to. Memory is bounded by the number of cases, whatever the servers answer. */
export function exerciseOf(): ValueObserver {
  const routes = new Map<string, Gathered>();
  const [places, markup] = [bodyPlaces(), bodyPlaces()];
  let bodiesSkipped = 0;
  return {
    add({ case: caseId, route, reference, candidate, own = null }) {
      const gathered = routes.get(route) ?? newGathered();
      if (gathered.lastCase === null) routes.set(route, gathered);
      if (gathered.lastCase !== caseId) gathered.cases += 1;
      gathered.lastCase = caseId;
      gatherPair(gathered, reference, candidate);
      const [a, b] = [bodyWithin(reference), bodyWithin(candidate)];
      const look = (sides: Sides, body: Body) => {
        if (isKnown(gathered.known[sides - 1]!, body.bytes)) return;
        const tree = isXmlType(body.type) ? treeOf(body) : null;
        if (tree?.isXml) markup.add(route, sides, tree.bytes, own);
        else places.add(route, sides, body.bytes, own);
      };
      if (a === null || b === null) {
        bodiesSkipped += 1;
        if (isJsonType(mediaTypeOf(reference.headers))) places.add(route, 3, null);
        if (isXmlType(mediaTypeOf(reference.headers))) markup.add(route, 3, null);
      } else if (isSameButForEnd(a.bytes, b.bytes)) look(3, a);
      else {
        look(1, a);
        look(2, b);
      }
    },
    seen: places.seen,
    seenInXml: markup.seen,
    coverage: () => ({
      routes: [...routes].map(([route, gathered]) => summary(route, gathered)).sort(byRoute),
      ...places.empties(maxPlaces),
      bodiesSkipped,
    }),
  };
}

function newGathered(): Gathered {
  return { statuses: new Set(), contentTypes: new Set(), cases: 0, lastCase: null, known: [[], [], []] };
}

/** Whether a body is among those that were looked into last; from now on it is. */
function isKnown(known: Buffer[], body: Buffer): boolean {
  if (known.some((one) => one.equals(body))) return true;
  if (body.length > maxKnownLength) return false;
  if (known.length === maxKnown) known.shift();
  known.push(body);
  return false;
}

function gatherPair({ statuses, contentTypes }: Gathered, reference: Response, candidate: Response): void {
  if (reference.status === candidate.status) statuses.add(reference.status);
  const [type, other] = [typeOf(reference.headers), typeOf(candidate.headers)];
  if (type === other && contentTypes.size < maxTypes) contentTypes.add(type);
}

/** A readable type is made of token characters alone (RFC 9110, section 5.6.2), so it can be shown as it is. */
const typeOf = memoizeBounded(256, (headers: Response['headers']) => {
  const value = headerValue(headers, 'content-type');
  if (value === null) return 'none';
  return mediaType(value).essence.slice(0, maxTypeLength) || 'unreadable';
});

/** The decoded body, or null if it is over 1 MiB or cannot be decoded. */
function bodyWithin({ headers, body }: Response): Body | null {
  if (body.length > maxReadLength) return null;
  const decoded = bodyOf(headers, body);
  return decoded.problem !== null || decoded.bytes.length > maxReadLength ? null : decoded;
}

function summary(route: string, { statuses, contentTypes, cases }: Gathered): RouteCoverage {
  return {
    route,
    statuses: [...statuses].sort((a, b) => a - b),
    contentTypes: [...contentTypes].sort(),
    cases,
  };
}

function byRoute(a: RouteCoverage, b: RouteCoverage): number {
  return a.route < b.route ? -1 : Number(a.route > b.route);
}
