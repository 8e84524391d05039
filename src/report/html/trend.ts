import { rungs } from '../../config/rules.ts';
import type { TrendPoint } from '../../record/trend.ts';
import { cut } from '../document/escape.ts';
import { type Html, html, nothing } from './template.ts';

const [width, height, margin] = [640, 150, 12];

interface ChartPoint {
  readonly rung: (typeof rungs)[number];
  /** The points of a polyline, and of its end. */
  readonly line: string;
  readonly end: readonly [x: number, y: number];
  readonly share: number;
}

const draw = (points: readonly TrendPoint[], rung: ChartPoint['rung']): ChartPoint => {
  const places = points.map(({ ladder, conclusive }, index) => {
    const x = margin + (index * (width - 2 * margin)) / Math.max(1, points.length - 1);
    return [x, height - margin - (ladder[rung] / conclusive) * (height - 2 * margin)] as const;
  });
  const last = points.at(-1);
  return {
    rung,
    line: places.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '),
    end: places.at(-1) ?? [0, 0],
    share: last === undefined ? 0 : Math.floor((last.ladder[rung] * 100) / last.conclusive),
  };
};

/** Widths and dashes, so that the lines differ without colour too. */
const strokes = { status: '1.5', shape: '2.5', value: '4', wire: '1.5' } as const;
const dashes = { status: '2 4', shape: '9 4', value: '', wire: '1 2' } as const;

const picture = (points: readonly TrendPoint[]): Html => {
  const lines = rungs
    .map((rung) => draw(points, rung))
    .map(
      ({ rung, line, end: [x, y] }) =>
        html`<polyline class="trend-${rung}" fill="none" stroke="currentColor" stroke-width="${strokes[rung]}" stroke-dasharray="${dashes[rung]}" points="${line}"/><circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3" fill="currentColor"/>`,
    );
  const label = rungs.map((rung) => `${rung} ${draw(points, rung).share}%`).join(', ');
  return html`<svg class="trend" viewBox="0 0 ${width} ${height}" role="img" aria-label="Cases that hold a rung, over ${points.length} runs; now ${label}"><path d="M${margin} ${margin}V${height - margin}H${width - margin}" fill="none" stroke="currentColor" stroke-opacity=".3"/>${lines}</svg>`;
};

const words = (points: readonly TrendPoint[]): Html[] =>
  rungs.map((rung) => {
    const share = ({ ladder, conclusive }: TrendPoint): number => Math.floor((ladder[rung] * 100) / conclusive);
    const [first, last] = [points[0]!, points.at(-1)!];
    return html`<li>${{ status: 'Dotted', shape: 'Dashed', value: 'Thick', wire: 'Fine' }[rung]}: ${rung} ${share(first)}% → ${share(last)}%</li>`;
  });

/** How the ladder moved over the runs of the whole library, the newest last; nothing where there is only one of them. */
export const trendSection = (trend: readonly TrendPoint[]): Html => {
  const points = trend.filter(({ selected, total, conclusive }) => selected === total && conclusive > 0);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) return nothing;
  return html`<section aria-labelledby="trend"><h2 id="trend">Trend</h2>
<p class="lead">Share of cases that hold each rung, over ${points.length} runs of the whole library since ${cut(first.startedAt.slice(0, 10), 40)}. Open findings: ${first.open} → ${last.open}, accepted: ${first.accepted} → ${last.accepted}.</p>
<figure>${picture(points)}</figure><ul class="tags">${words(points)}</ul></section>`;
};
