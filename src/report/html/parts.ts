import type { FindingState } from '../../findings/finding.ts';
import { digestIn, type ReportDocument } from '../document/document.ts';
import { cut } from '../document/escape.ts';
import type { Outcome, ReportCase, ReportFinding } from '../document/report-model.ts';
import { maxNamed, placeKey } from '../document/summary.ts';
import { foundIn } from '../document/wording.ts';
import { maxUnbrokenLength } from '../limits.ts';
import { type Html, html, when } from './template.ts';

const tones = {
  match: 'good',
  divergent: 'bad',
  accepted: 'plain',
  flaky: 'unsure',
  inconclusive: 'unsure',
  notRun: 'unsure',
  new: 'bad',
  reopened: 'bad',
  open: 'bad',
  fixed: 'good',
} as const satisfies Record<Outcome | FindingState, string>;

/** A state or an outcome as a badge: a word, and a colour beside it. */
export const badge = (word: Outcome | FindingState): Html =>
  html`<span class="badge ${tones[word]}">${word === 'notRun' ? 'not run' : word}</span>`;

/** A held rung as a cell with a sign; `null` for not known. */
export const tick = (held: boolean | null): Html => {
  if (held === null) return unknownCell;
  return held ? heldCell : lostCell;
};

const unknownCell = html`<td class="unknown">·</td>`;
const heldCell = html`<td class="yes">✓</td>`;
const lostCell = html`<td class="no">✗</td>`;

/** Lines of a shell that a reader may copy. */
export const commandBlock = (lines: readonly string[]): Html =>
  html`<pre class="command" data-copy="">${lines.map((line, index) => html`${index === 0 ? null : { html: '\n' }}${line}`)}</pre>`;

/** What the row and the card of a case are filtered by. */
export const caseFacets = (each: ReportCase): Html => {
  const ids = foundIn(each).ids.filter((id) => findingAnchor(id) === id);
  return html` data-outcome="${each.outcome}"${when(ids.length > 0, () => html` data-findings="${ids.join(' ')}"`)}`;
};

/** Anchor of a finding: its id, if that is the plain word it should be. */
export const findingAnchor = (id: string): string => (/^[A-Za-z][\w-]{0,60}$/.test(id) ? id : 'findings');

/** The id of a finding, in one piece where it is as short as ours are. */
export const findingName = (id: string): Html =>
  id.length <= maxUnbrokenLength ? html`<span class="id">${id}</span>` : html`<span>${cut(id, 60)}</span>`;

/** A link to a finding of this page. */
export const findingLink = (id: string): Html => html`<a href="#${findingAnchor(id)}">${findingName(id)}</a>`;

/** Anchor of the case at that index of the report. */
export const caseAnchor = (index: number): string => `case-${index}`;

/** Links to the cases of a finding, at most 40. */
export const caseLinks = (finding: ReportFinding, report: ReportDocument): Html => {
  const { places } = digestIn(report);
  const links = finding.cases.slice(0, maxNamed.finding).map((id) => {
    const place = places.get(placeKey(id, finding.candidate));
    return place === undefined
      ? html`<li><code>${cut(id, 120)}</code></li>`
      : html`<li><a href="#${caseAnchor(place.index)}"><code>${cut(id, 120)}</code></a></li>`;
  });
  const rest = finding.cases.length - links.length;
  return html`<ul class="tags">${links}${rest > 0 ? html`<li>and ${rest} more</li>` : null}</ul>`;
};
