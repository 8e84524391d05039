import { rungs } from '../../config/rules.ts';
import type { RunRecord } from '../../record/run-record.ts';
import type { RecordedCase } from '../../record/types.ts';
import { countIn } from '../document/counts.ts';
import { comparisonsOf, digestIn, findingsOf, listedCases, type ReportDocument } from '../document/document.ts';
import { cut } from '../document/escape.ts';
import { type ReportedCase, reportedCases } from '../document/report-cases.ts';
import type { ReportCase } from '../document/report-model.ts';
import { isConclusive } from '../document/summary.ts';
import { foundIn, plural } from '../document/wording.ts';
import { maxCaseRows, maxDetailLength, maxMatchingRows, maxOpenRows } from '../limits.ts';
import type { Blocks } from './blocks.ts';
import { badge, caseAnchor, caseFacets, findingLink, tick } from './parts.ts';
import { type Html, html, when } from './template.ts';

const matrixRow = ({ each, index }: Pick<Indexed, 'each' | 'index'>): Html => {
  const known = isConclusive(each);
  const ticks = [...rungs.map((rung) => each.ladder[rung]), each.headers].map((held) => tick(known ? held : null));
  const { ids, more } = foundIn(each);
  const name = html`<code>${cut(each.id, 160)}</code>`;
  const title = when(each.title !== null, () => html`<span class="words">${cut(each.title ?? '', 160)}</span>`);
  return html`<tr${caseFacets(each)}><th scope="row">${each.outcome === 'match' ? name : html`<a href="#${caseAnchor(index)}">${name}</a>`}${title}</th><td>${cut(each.candidate, 60)}</td><td>${badge(each.outcome)}</td>${ticks}<td>${ids.map((id) => html`${findingLink(id)} `)}${more}</td></tr>`;
};

/** A case as the report lists it, with its index there. */
interface Indexed {
  readonly each: ReportCase;
  readonly index: number;
  readonly runCase: RecordedCase;
}

function* indexed(cases: Iterable<ReportedCase>, isWanted: (each: ReportCase) => boolean): Generator<Indexed> {
  let index = 0;
  for (const { runCase, perCandidate } of cases)
    for (const each of perCandidate) {
      if (isWanted(each)) yield { each, index, runCase };
      index += 1;
    }
}

const isOther = ({ outcome }: ReportCase): boolean => outcome !== 'match';
const isMatch = ({ outcome }: ReportCase): boolean => outcome === 'match';

/** The rows of at most `limit` of them; no more are read, and nothing is kept of a case but its row. */
const firstOf = (all: Iterable<Indexed>, limit: number): Html[] => {
  const found: Html[] = [];
  if (limit > 0) for (const one of all) if (found.push(matrixRow(one)) >= limit) break;
  return found;
};

/** The rows of the table. Where not all have room, cases that did not match come first, and some that matched behind them. */
const shownCases = (record: RunRecord, total: number): readonly Html[] => {
  if (total <= maxCaseRows)
    return firstOf(
      indexed(listedCases(record), () => true),
      maxCaseRows,
    );
  const others = firstOf(indexed(listedCases(record), isOther), maxCaseRows);
  const all = record.stored === undefined ? listedCases(record) : reportedCases(record.stored.all, findingsOf(record));
  return [...others, ...firstOf(indexed(all, isMatch), Math.min(maxMatchingRows, maxCaseRows - others.length))];
};

const columns = ['Case', 'Candidate', 'Outcome', 'Status', 'Shape', 'Value', 'Bytes', 'Headers', 'Findings'];
const tableHead = html`<thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>`;

const caseTable = (rows: readonly Html[]): Html =>
  html`<div class="sheet"><table class="matrix">${tableHead}<tbody>${rows}</tbody></table></div>`;

/** Rows behind the first ones, closed: a browser lays out what is open. The script puts all rows into the first table. */
const furtherTables = (shown: readonly Html[]): Html[] => {
  const blocks: Html[] = [];
  for (let from = maxOpenRows; from < shown.length; from += maxOpenRows) {
    const rows = shown.slice(from, from + maxOpenRows);
    blocks.push(
      html`<details class="further"><summary><div>Cases ${from + 1} to ${from + rows.length}</div></summary>${caseTable(rows)}</details>`,
    );
  }
  return blocks;
};

/** The table of all cases, one row for each case and candidate. */
export const matrixSection = (report: ReportDocument, record: RunRecord): Html => {
  const total = comparisonsOf(report);
  const shown = shownCases(record, total);
  const rest = total - shown.length;
  return when(
    total > 0,
    () => html`<section aria-labelledby="matrix"><h2 id="matrix">Case by case</h2><p class="lead">✓ the rung holds, ✗ it does not, · not judged.</p>
${caseTable(shown.slice(0, maxOpenRows))}${furtherTables(shown)}${when(rest > 0, () => html`<p class="soft">and ${plural(rest, 'more case')} in report.json</p>`)}</section>`,
  );
};

const detailBlocks = (report: ReportDocument, record: RunRecord, draw: Blocks['case']): readonly Html[] => {
  const blocks: Html[] = [];
  let room = maxDetailLength;
  for (const { each, index, runCase } of indexed(listedCases(record), isOther)) {
    const block = draw(each, report, { index, runCase });
    room -= block.html.length;
    if (room < 0) break;
    blocks.push(block);
    if (room === 0) break;
  }
  return blocks;
};

/** Both answers of each case that did not match, as cards. */
export const detailSection = (report: ReportDocument, record: RunRecord, draw: Blocks | null): Html => {
  const blocks = draw === null ? [] : detailBlocks(report, record, draw.case);
  const { suites } = digestIn(report);
  const rest = countIn(suites, 'divergent', 'accepted', 'flaky', 'inconclusive', 'notRun') - blocks.length;
  return when(
    blocks.length > 0 || rest > 0,
    () =>
      html`<section class="evidence" aria-labelledby="evidence"><h2 id="evidence">Evidence</h2><p class="lead">The request and both answers of every case that did not match.</p><div class="cards">${blocks}</div>
${when(rest > 0, () => html`<p class="soft">and ${plural(rest, 'more case')} in report.json and run.jsonl</p>`)}</section>`,
  );
};
