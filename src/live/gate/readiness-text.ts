import { someOf } from '../../config/some-of.ts';
import { terminalText } from '../../json/printable.ts';
import { type CountsByReason, type LiveState, totalsOver } from '../counts/live-state.ts';
import { maxNamedRoutes } from '../limits.ts';
import type { Gate, Readiness, RouteReadiness, RouteStanding } from './readiness.ts';

const words: Readonly<Record<RouteStanding, string>> = {
  ready: 'ready',
  divergent: 'diverges',
  below: 'below the gate',
  'too-few': 'too few',
  absent: 'no route of the reference',
  'left-out': 'left out',
};

/** `99.9431%`, never rounded up. */
export function percentText(share: number): string {
  return `${(Math.floor(share * 1e6) / 1e4).toFixed(4).replace(/0{1,3}$/, '')}%`;
}

const number = (count: number): string => count.toLocaleString('en-US');

/** `8,000 max-pending, 12 method`, the greatest first. */
function reasonsText(counts: CountsByReason): string {
  const sorted = Object.entries(counts).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return sorted.map(([reason, count]) => `${number(count)} ${reason}`).join(', ');
}

/** One line for each route: what was counted, the bound, and what is missing. */
export function readinessLines(readiness: Readiness): string[] {
  const { routes, unseen } = readiness;
  const width = Math.max(0, ...routes.map(({ route }) => terminalText(route).length));
  return [
    ...routes.map((one) => routeLine(one, width)),
    ...unseen.map((route) => `${terminalText(route).padEnd(width)}  not seen: no request came to it`),
  ];
}

function routeLine(one: RouteReadiness, width: number): string {
  const parts = [
    `${number(one.requests)} requests`,
    `${number(one.compared)} compared`,
    `${number(one.divergent)} divergent`,
    `${number(one.accepted)} accepted`,
    ...(one.suppressed > 0 ? [`${number(one.suppressed)} suppressed`] : []),
    ...(one.refused > 0 ? [`${number(one.refused)} refused alike`] : []),
    ...(one.inconclusive > 0 ? [`${number(one.inconclusive)} inconclusive`] : []),
    ...(one.lost > 0 ? [`${number(one.lost)} lost`] : []),
    `skipped: ${Object.keys(one.skipped).length === 0 ? 'none' : reasonsText(one.skipped)}`,
    `at least ${percentText(one.lowerBound)} alike`,
  ];
  const isShort = (one.standing === 'too-few' || one.standing === 'below') && (one.missing ?? 0) > 0;
  const missing = isShort ? `; ${number(one.missing ?? 0)} more without a divergence are needed` : '';
  return `${terminalText(one.route).padEnd(width)}  ${words[one.standing]}: ${parts.join(', ')}${missing}`;
}

/** The sentence for a decision record: what was seen, what was found, and first of all what was not observed. */
export function readinessSentence(
  state: Pick<LiveState, 'routes' | 'run' | 'startedAt' | 'updatedAt' | 'reference' | 'candidate'>,
  readiness: Readiness,
  { min, parity, confidence }: Gate,
): string {
  const { routes, unseen, verdict } = readiness;
  const totals = totalsOver(state.routes);
  const judged = routes.filter(({ standing }) => standing !== 'absent' && standing !== 'left-out');
  const lowest = judged.reduce<RouteReadiness | null>(
    (found, one) => (found === null || one.lowerBound < found.lowerBound ? one : found),
    null,
  );
  const divergent = judged.reduce((sum, one) => sum + one.divergent, 0);
  const accepted = judged.reduce((sum, one) => sum + one.accepted, 0);
  const heads = {
    ready: `${state.candidate} is ready to replace ${state.reference}`,
    'not-ready': `${state.candidate} is not ready to replace ${state.reference}`,
    'too-little-evidence': `There is too little evidence that ${state.candidate} can replace ${state.reference}`,
  };
  const sentences = [
    `Not observed: ${unobservedText(readiness, totals.requests - totals.compared, unseen)}.`,
    `From ${minute(state.startedAt)} to ${minute(state.updatedAt)}, run ${state.run} saw ${number(totals.requests)} requests on ${count(judged.length, 'route')} and compared ${number(totals.compared)} of them.`,
    `${number(divergent)} show a divergence that nobody accepted, ${number(accepted)} one that was accepted.`,
    lowest === null
      ? ''
      : `With a confidence of ${percentText(confidence)} at least ${percentText(lowest.lowerBound)} of the requests of each route are answered alike (lowest: ${lowest.route}).`,
    `${heads[verdict]} by the gate of ${number(min)} requests a route and a parity of ${percentText(parity)}.`,
  ];
  return terminalText(sentences.filter((one) => one !== '').join(' '));
}

function count(total: number, noun: string): string {
  return `${number(total)} ${noun}${total === 1 ? '' : 's'}`;
}

function unobservedText({ routes }: Readiness, notCompared: number, unseen: readonly string[]): string {
  const named = (standing: RouteStanding) =>
    routes.filter((one) => one.standing === standing).map(({ route }) => route);
  const [few, out] = [named('too-few'), named('left-out')];
  const parts = [
    `${count(notCompared, 'request')} not compared`,
    ...(unseen.length > 0 ? [`routes that no request came to (${someOf(unseen, maxNamedRoutes)})`] : []),
    ...(few.length > 0 ? [`routes with too few requests (${someOf(few, maxNamedRoutes)})`] : []),
    ...(out.length > 0 ? [`routes that were left out (${someOf(out, maxNamedRoutes)})`] : []),
  ];
  return parts.join('; ');
}

/** `2026-11-25 14:03 UTC`. */
function minute(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
