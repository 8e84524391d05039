import { cut } from '../../report/document/escape.ts';
import { type Html, html, nothing } from '../../report/html/template.ts';
import type { EarlierAssessment } from './earlier.ts';

const [width, height, margin] = [640, 150, 12];

/** The share of all points that a gauntlet reached, in whole percent; null without a scorecard. */
function shareOf({ scorecard }: EarlierAssessment): number | null {
  const all = scorecard.reduce((sum, { of }) => sum + of, 0);
  return all === 0 ? null : Math.floor((scorecard.reduce((sum, { score }) => sum + score, 0) * 100) / all);
}

/** The scores of gauntlets over time, the newest last; nothing where there is only one. */
export function scoreChart(assessments: readonly EarlierAssessment[]): Html {
  const points = assessments.flatMap((one) => {
    const share = shareOf(one);
    return share === null ? [] : [{ share, folder: one.folder, verdict: one.verdict }];
  });
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) return nothing;
  const places = points.map(({ share }, index) => ({
    x: (margin + (index * (width - 2 * margin)) / (points.length - 1)).toFixed(1),
    y: (height - margin - (share / 100) * (height - 2 * margin)).toFixed(1),
  }));
  const line = places.map(({ x, y }) => `${x},${y}`).join(' ');
  const dots = places.map(({ x, y }) => html`<circle cx="${x}" cy="${y}" r="3" fill="currentColor"/>`);
  const words = points.map(({ share, folder, verdict }) => html`<li>${cut(folder, 40)}: ${share}%, ${verdict}</li>`);
  return html`<section aria-labelledby="trend"><h2 id="trend">Past gauntlets</h2>
<p class="lead">The share of all points of the scorecard, over ${points.length} gauntlets since ${cut(first.folder, 40)}.</p>
<figure><svg class="trend" viewBox="0 0 ${width} ${height}" role="img" aria-label="Score over ${points.length} gauntlets: ${first.share}% to ${last.share}%"><path d="M${margin} ${margin}V${height - margin}H${width - margin}" fill="none" stroke="currentColor" stroke-opacity=".3"/><polyline fill="none" stroke="currentColor" stroke-width="2.5" points="${line}"/>${dots}</svg></figure><ul class="tags">${words}</ul></section>`;
}
