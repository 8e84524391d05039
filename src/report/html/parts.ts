import type { FindingState } from '../../findings/finding.ts';
import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import { type DiffRow, diffRows } from '../document/diff-rows.ts';
import { digestIn, type ReportDocument } from '../document/document.ts';
import { cut } from '../document/escape.ts';
import type { Outcome, ReportCase, ReportFinding } from '../document/report-model.ts';
import { maxNamed, placeKey } from '../document/summary.ts';
import { foundIn } from '../document/wording.ts';
import { maxLineLength, maxRows, maxUnbrokenLength, minFoldLength } from '../limits.ts';
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
const aroundFold = 3;

const commonEnds = (left: string, right: string): readonly [start: number, end: number] => {
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start++;
  let end = 0;
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
  return [start, end];
};

const emphasised = (text: string, other: string | null): Html => {
  const own = text.trimStart();
  const theirs = other?.trimStart() ?? '';
  const [start, end] = commonEnds(own, theirs);
  if (theirs === '' || (start + end) * 2 < Math.min(own.length, theirs.length)) return html`${text}`;
  const from = text.length - own.length + start;
  return html`${text.slice(0, from)}<mark>${text.slice(from, text.length - end)}</mark>${text.slice(text.length - end)}`;
};

const rowHtml = ({ left, right, same }: DiffRow): Html => {
  const [a, b] = [left, right].map((text) => (text === null ? null : cut(text, maxLineLength))) as [
    string | null,
    string | null,
  ];
  if (same) return html`<tr><td>${a}</td><td>${b}</td></tr>`;
  const cell = (text: string | null, other: string | null, kind: string): Html =>
    text === null ? html`<td class="none"></td>` : html`<td class="${kind}">${emphasised(text, other)}</td>`;
  return html`<tr>${cell(a, b, 'old')}${cell(b, a, 'young')}</tr>`;
};

const foldedRows = (rows: readonly DiffRow[]): readonly Html[] => {
  const pieces: Html[] = [];
  for (let index = 0; index < rows.length; ) {
    let end = index;
    while (end < rows.length && rows[end]?.same === true) end++;
    const hidden = end - index - 2 * aroundFold;
    if (end - index < minFoldLength) {
      end = Math.max(end, index + 1);
      pieces.push(...rows.slice(index, end).map(rowHtml));
    } else {
      pieces.push(...rows.slice(index, index + aroundFold).map(rowHtml));
      pieces.push(html`<tr><td class="fold" colspan="2">${hidden} equal lines</td></tr>`);
      pieces.push(...rows.slice(end - aroundFold, end).map(rowHtml));
    }
    index = end;
  }
  return pieces;
};

export interface ShownSides {
  readonly left: { readonly name: string; readonly text: string };
  readonly right: { readonly name: string; readonly text: string };
}

/** Two texts side by side, what differs marked by place and colour; at most 400 lines are shown. */
export const sideBySide = (sides: ShownSides): Html => renderedSides(JSON.stringify(sides));

/** Cases that diverge for one reason often have the same two answers. */
const renderedSides = memoizeBounded(16, (key: string): Html => {
  const { left, right } = JSON.parse(key) as ShownSides;
  const rows = diffRows(left.text, right.text);
  const rest = rows.length - maxRows;
  const more = rest > 0 ? html`<tr><td class="fold" colspan="2">${rest} more lines</td></tr>` : null;
  return html`<table class="pair"><thead><tr><th scope="col">${cut(left.name, 80)}</th><th scope="col">${cut(right.name, 80)}</th></tr></thead>
<tbody>${foldedRows(rows.slice(0, maxRows))}${more}</tbody></table>`;
});
