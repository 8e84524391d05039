import type { TargetReplay } from './exchange.ts';

/** The class of a status code (RFC 9110, section 15): 2 of 200 to 299. */
export function statusClass(status: number): number {
  return Math.floor(status / 100);
}

/** A status 2xx. */
export function isSuccess(status: number): boolean {
  return statusClass(status) === 2;
}

/**
 * How many steps of a case a target answered with each class of status codes: `2`, or `2x3,4` for three with 2xx and one with 4xx. A step
 * that is sent several times at once may be answered with several classes, each of which counts once. Empty where nothing was answered.
 */
export function statusClasses({ exchanges }: TargetReplay): string {
  const [first] = exchanges;
  if (first === undefined) return '';
  if (exchanges.length === 1) return first.outcome.kind === 'response' ? String(statusClass(first.outcome.status)) : '';
  const seen = new Set(
    exchanges.flatMap(({ step, outcome }) =>
      outcome.kind === 'response' ? [`${statusClass(outcome.status)} ${step}`] : [],
    ),
  );
  const counts = new Map<string, number>();
  for (const one of seen) counts.set(one[0]!, (counts.get(one[0]!) ?? 0) + 1);
  return [...counts]
    .sort()
    .map(([name, count]) => (count === 1 ? name : `${name}x${count}`))
    .join();
}

/** What `statusClasses` says, by class; one that cannot be read counts as none. */
export function readStatusClasses(text: string): ReadonlyMap<string, number> {
  const found = [...text.matchAll(/(\d)(?:x(\d{1,6}))?(?:,|$)/g)];
  return new Map(found.map(([, name = '', count = '1']) => [name, Number(count)]));
}
