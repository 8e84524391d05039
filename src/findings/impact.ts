import { maxReadLength } from '../compare/limits.ts';
import { bodyOf, jsonOf } from '../compare/media/body-content.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import { driftClasses } from '../drift/classes/catalogue.ts';
import { reportsFailure } from '../drift/http-kit/outcome.ts';
import type { Response } from '../http/exchange.ts';
import { sameNumber } from '../json/number.ts';
import { toTree } from '../json/tree.ts';
import type { Finding } from './finding.ts';
import { valueKind } from './identity.ts';
import type { Placed } from './place.ts';

type Severity = Finding['severity'];

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

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Headers that every client reads. */
const vitalHeaders = new Set(['/content-type', '/location']);

type Met = readonly [severity: Severity, impact: string];

/** Ends as the pointer of an item of a list does, or of an entry whose key is a number: no decoder asks for any of them. */
const item = /\/(?:0|[1-9]\d*|\*)$/;

/** What a strict decoder, made for the reference, does with a divergence in a body. */
function decode({ kind, pointer, rung, reference, candidate }: Divergence): Met {
  if (rung === 'wire') return ['cosmetic', 'Only clients that compare raw bytes notice.'];
  if (pointer === '' && kind === 'missing') return ['breaking', 'A client that reads the body gets none.'];
  if (pointer === '' && kind === 'extra') return ['breaking', 'A client that expects no body gets one.'];
  if (kind === 'missing' && item.test(pointer))
    return ['risky', 'Decoders accept it, but clients get a list with fewer items.'];
  if (kind === 'extra' && item.test(pointer))
    return ['risky', 'Decoders accept it, but clients get a list with more items.'];
  if (kind === 'missing') return ['breaking', 'A strict decoder fails: a member that it requires is missing.'];
  if (kind === 'extra') return ['risky', 'Most decoders ignore an unknown member; strict decoders reject it.'];
  if (kind === 'type') return ['breaking', typeImpact(valueKind(reference), valueKind(candidate))];
  if (kind === 'encoding') return ['breaking', 'Decoders that require UTF-8 reject the body; others change the text.'];
  if (kind === 'order') return ['risky', 'Clients that select items by position get a different item.'];
  if (kind === 'value' && losesPrecision(reference, candidate))
    return ['breaking', 'The number lost precision: both sides are equal as doubles, but not exactly.'];
  return ['risky', 'Every decoder accepts it, and clients work with a different value.'];
}

function typeImpact(from: string, to: string): string {
  if (to === 'null')
    return `A strict decoder fails: it gets null instead of ${from === 'array' ? 'a list' : 'a value'}.`;
  if (from === 'number' && to === 'string')
    return 'A strict decoder fails: it gets a string instead of a number. In lenient languages, adding becomes concatenating.';
  if (from === 'string' && to === 'number')
    return 'A strict decoder fails: it gets a number instead of a string. Other decoders lose digits above 2^53.';
  return 'A strict decoder fails: it gets a value of an unexpected type.';
}

function statusImpact(from: number, to: number): string {
  if (from >= 400)
    return to >= 400 ? 'Clients handle this failure differently.' : 'Clients get a success instead of a failure.';
  return to >= 400
    ? 'Clients get a failure instead of a success.'
    : 'Clients that decide by the status code behave differently.';
}

const integer = /^-?\d{16,300}$/;

/** Two integers that are different, and one and the same double. */
function losesPrecision(a: string | null, b: string | null): boolean {
  if (a === null || b === null || !integer.test(a) || !integer.test(b)) return false;
  return Number(a) === Number(b) && !sameNumber(a, b);
}

function meet({ divergence, replaced }: Placed): Met {
  const { facet, pointer, reference, candidate } = divergence;
  if (facet === 'transport') return ['breaking', 'Clients cannot read the answer at all.'];
  if (facet === 'headers') {
    const vital = vitalHeaders.has(pointer);
    return [
      vital ? 'breaking' : 'risky',
      vital ? 'Clients decide by this header what to do.' : 'Clients that read this header may behave differently.',
    ];
  }
  if (facet === 'status') {
    const both = [reference, candidate].every((status) => status !== null && isSuccess(Number(status)));
    return both
      ? ['risky', `Clients that check for exactly ${reference} will treat this as a failure.`]
      : ['breaking', statusImpact(Number(reference), Number(candidate))];
  }
  return replaced === null
    ? decode(divergence)
    : ['breaking', 'A strict decoder fails: members that it requires are missing.'];
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
 * decoder of the reference does with the worst of its divergences, if that is worse. To accept a write that the reference refuses is breaking whatever it is: nobody sees it until the row is read.
 */
export function impactTally(name: string): ImpactTally {
  const known = driftClasses.get(name);
  const directions = new Set<Turn['direction']>();
  let silent = false;
  let worst: Met | null = null;
  return {
    add(placed) {
      const turn = turnOf(placed);
      if (turn !== null) directions.add(turn.direction);
      silent ||= turn !== null && turn.direction === 'over-accepts' && turn.writes;
      if (known !== undefined && !isSupposed(placed)) return;
      const met = meet(placed);
      if (worst === null || order.indexOf(met[0]) < order.indexOf(worst[0])) worst = met;
    },
    told() {
      const [severity, impact] = graver(known === undefined ? null : [known.severity, known.breaks], worst);
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
