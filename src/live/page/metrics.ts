import type { LiveStatus } from './status.ts';

/** A sample of a metric: its labels and its value. */
type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

type Route = LiveStatus['routes'][number];

const outcomes = ['matched', 'divergent', 'suppressed', 'inconclusive'] as const;

/** The text of `GET /metrics` (Prometheus text exposition format, 0.0.4). */
export function metricsText(status: LiveStatus): string {
  const { routes } = status;
  const of = (value: (route: Route) => number): Sample[] => routes.map((one) => [{ route: one.route }, value(one)]);
  const byOutcome = routes.flatMap((one) =>
    outcomes.map((outcome): Sample => [{ route: one.route, outcome }, one[outcome]]),
  );
  const bySkip = routes.flatMap((one) =>
    Object.entries(one.skipped).map(([reason, count]): Sample => [{ route: one.route, reason }, count]),
  );
  return [
    metric(
      'parity_requests_total',
      'counter',
      'Requests of clients.',
      of(({ requests }) => requests),
    ),
    metric(
      'parity_copied_total',
      'counter',
      'Requests that were copied to the candidate.',
      of(({ copied }) => copied),
    ),
    metric('parity_skipped_total', 'counter', 'Requests that were not copied.', bySkip),
    metric(
      'parity_lost_total',
      'counter',
      'Copies that were never compared.',
      of(({ lost }) => lost),
    ),
    metric('parity_compared_total', 'counter', 'Copies that were compared, by outcome.', byOutcome),
    metric(
      'parity_pending',
      'gauge',
      'Copies that are not compared yet.',
      of(({ pending }) => pending),
    ),
    metric(
      'parity_lower_bound',
      'gauge',
      'Lower bound of the share that answers alike, at a confidence of 0.95.',
      of(({ lowerBound }) => lowerBound),
    ),
    metric('parity_copying', 'gauge', '1 while copying is switched on.', [[{}, Number(status.copying)]]),
    metric('parity_circuit_open', 'gauge', '1 while the candidate is left alone.', [[{}, Number(status.circuitOpen)]]),
  ].join('');
}

function metric(name: string, type: 'counter' | 'gauge', help: string, samples: readonly Sample[]): string {
  const lines = samples.map(([labels, value]) => `${name}${labelsText(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** In a label a backslash, a quote and a line feed are escaped; a lone surrogate is not UTF-8. */
function escaped(value: string): string {
  return Buffer.from(value)
    .toString()
    .replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));
}
