import type { TargetReplay } from './exchange.ts';

/** The class of a status code (RFC 9110, section 15): 2 of 200 to 299. */
export function statusClass(status: number): number {
  return Math.floor(status / 100);
}

/** Of one case no more are kept. */
const mostClasses = 12;

/** The classes of the status codes that a target answered a case with, a digit each, sorted: `224`. */
export function statusClasses({ exchanges }: TargetReplay): string {
  const found = exchanges.flatMap(({ outcome }) => (outcome.kind === 'response' ? [statusClass(outcome.status)] : []));
  return found.sort().slice(0, mostClasses).join('');
}
