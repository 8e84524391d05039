import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import { type DiffRow, diffRows } from '../document/diff-rows.ts';
import { cut } from '../document/escape.ts';
import { maxLineLength, maxRows, minFoldLength } from '../limits.ts';
import { type Html, html } from './template.ts';

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
