import { maxReadLength } from '../compare/limits.ts';
import { bodyOf, jsonOf } from '../compare/media/body-content.ts';
import { driftClasses } from '../drift/classes/catalogue.ts';
import { reportsFailure } from '../drift/http-kit/outcome.ts';
import type { Response } from '../http/exchange.ts';
import { isSuccess } from '../http/status-class.ts';
import { toTree } from '../json/tree.ts';
import type { Finding } from './finding.ts';
import type { Placed } from './place.ts';
import { type Met, meet, type Severity, unreadPart } from './severity.ts';

/** What a client of the reference meets on the candidate, and how bad that is. */
export type Impact = Pick<Finding, 'severity' | 'direction' | 'impact'>;

const writing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

interface Turn {
  readonly direction: 'over-accepts' | 'over-refuses';
  readonly writes: boolean;
}

/** Who takes a request that the other one refuses, where a divergence belongs to the status of its exchange. */
function turnOf({ compared, divergence: { exchange, facet } }: Placed): Turn | null {
  if (facet !== 'status') return null;
  const [a, b] = [compared.reference.exchanges[exchange], compared.candidate.exchanges[exchange]];
  if (a?.outcome.kind !== 'response' || b?.outcome.kind !== 'response') return null;
  const [wanted, got] = [a.outcome.status, b.outcome.status];
  const writes = writing.has(a.request.method);
  if (wanted >= 400 && wanted < 500 && isAccepted(b.outcome)) return { direction: 'over-accepts', writes };
  return isAccepted(a.outcome) && got >= 300 ? { direction: 'over-refuses', writes } : null;
}

/** A status 2xx, and no body that reports a failure: `errors` without data is none. */
function isAccepted({ status, headers, body }: Response): boolean {
  if (!isSuccess(status)) return false;
  const content = bodyOf(headers, body);
  const document = content.bytes.length > maxReadLength ? null : jsonOf(content);
  return document === null || !reportsFailure(toTree(document));
}

const order: readonly Severity[] = ['breaking', 'risky', 'cosmetic'];

/** Gathers what a finding means for clients from its divergences, one by one. */
export interface ImpactTally {
  add(placed: Placed): void;
  told(): Impact;
}

/** What is only supposed of a rewrite makes nothing less bad. */
function isSupposed({ cause }: Placed): boolean {
  return cause?.hypothesis === true;
}

function graver(known: Met | null, met: Met | null): Met {
  if (known === null || met === null) return known ?? met!;
  return order.indexOf(met[0]) < order.indexOf(known[0]) ? met : known;
}

/**
 * The impact of a finding: of a known class what its page says; of an unknown one, and of one that is not more than supposed, what a strict
 * decoder of the reference does with the worst of its divergences, if that is worse. What no client reads is cosmetic, whatever the class. To accept a write that the reference refuses is breaking whatever it is: nobody sees it until the row is read.
 */
export function impactTally(name: string): ImpactTally {
  const known = driftClasses.get(name);
  const directions = new Set<Turn['direction']>();
  let silent = false;
  let worst: Met | null = null;
  let unread: Met | null = null;
  let isRead = false;
  return {
    add(placed) {
      unread = unreadPart(placed) ?? unread;
      isRead ||= unreadPart(placed) === null;
      const turn = turnOf(placed);
      if (turn !== null) directions.add(turn.direction);
      silent ||= turn !== null && turn.direction === 'over-accepts' && turn.writes;
      if (known !== undefined && !isSupposed(placed)) return;
      const met = meet(placed);
      if (worst === null || order.indexOf(met[0]) < order.indexOf(worst[0])) worst = met;
    },
    told() {
      const read = graver(known === undefined ? null : [known.severity, known.breaks], worst);
      const [severity, impact] = isRead || unread === null ? read : unread;
      const [direction = null, other] = directions;
      const warning = silent ? ' The candidate accepts writes that the reference refuses.' : '';
      return {
        severity: silent ? 'breaking' : severity,
        direction: other === undefined ? direction : 'both',
        impact: `${impact}${warning}`,
      };
    },
  };
}
