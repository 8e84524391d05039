import type { ReportDocument } from '../document/document.ts';
import { cut } from '../document/escape.ts';
import { plural } from '../document/wording.ts';
import { maxRouteRows } from '../limits.ts';
import { type Html, html, when } from './template.ts';

/** Documented operations and answers that no case exercised, the largest gap first; nothing where no description is named. */
export const documentedSection = ({ evidence }: ReportDocument): Html => {
  const documented = evidence?.coverage.documented;
  if (documented === undefined) return html``;
  const { operations, exercised, answers, answered, gaps, furtherGaps, beyond } = documented;
  const shown = gaps.slice(0, maxRouteRows);
  const rest = gaps.length - shown.length + furtherGaps;
  const rows = shown.map(
    (gap) =>
      html`<tr><th scope="row">${cut(gap.operation, 200)}</th><td>${gap.isExercised ? 'yes' : 'no'}</td><td>${cut(gap.statuses.join(', '), 200)}</td></tr>`,
  );
  return html`<section aria-labelledby="documented"><h2 id="documented">Against the OpenAPI description</h2>
<p>Both sides answered ${exercised} of ${plural(operations, 'operation')}, and gave ${answered} of ${plural(answers, 'documented answer')}.</p>
${when(rows.length > 0, () => html`<div class="sheet"><table><thead><tr><th scope="col">Operation</th><th scope="col">Exercised</th><th scope="col">Answers that were not seen</th></tr></thead><tbody>${rows}</tbody></table></div>`)}
${when(rest > 0, () => html`<p class="soft">and ${plural(rest, 'more operation')}</p>`)}
${when(beyond.length > 0, () => html`<p>Requests to paths that the description does not have:</p><ul class="tags">${beyond.map((path) => html`<li><code>${cut(path, 200)}</code></li>`)}</ul>`)}</section>`;
};
