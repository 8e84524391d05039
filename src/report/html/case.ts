import { isComparedHeader } from '../../config/header-patterns.ts';
import type { RecordedBody, RecordedCase, RecordedExchange } from '../../record/types.ts';
import { curlLine } from '../document/curl.ts';
import type { ReportDocument } from '../document/document.ts';
import { cut } from '../document/escape.ts';
import { exchangesOf } from '../document/report-cases.ts';
import type { ReportCase, ReportDivergence } from '../document/report-model.ts';
import { findingPlace, foundIn, plural, referenceName, silenceOf } from '../document/wording.ts';
import { maxCommandLength } from '../limits.ts';
import { badge, caseAnchor, caseFacets, commandBlock, findingLink, findingName } from './parts.ts';
import { sideBySide } from './side-by-side.ts';
import { type Html, html, when } from './template.ts';

const shownDivergences = 50;
const shownExchanges = 20;
const shownHeaders = 60;

const bodyText = (body: RecordedBody | null): string => {
  if (body === null) return '';
  if (body.base64 === undefined) return body.text ?? '';
  return `(binary, base64)\n${cut(body.base64, 2000)}`;
};

const bodySize = (body: RecordedBody | null): string => {
  if (body === null || body.bytes === 0) return 'no body';
  return `${plural(body.bytes, 'byte')}${body.truncated ? ', cut in the record' : ''}`;
};

const sideText = (text: string | null): Html =>
  text === null ? html`<span class="soft">absent</span>` : html`<code>${cut(text, 300)}</code>`;

const divergenceRow = (each: ReportDivergence, hasSteps: boolean): Html =>
  html`<tr><th scope="row">${when(hasSteps && each.step !== null, () => html`step ${String((each.step ?? 0) + 1)}: `)}<code>${cut(findingPlace(each), 200)}</code></th><td>${each.kind}</td><td>${each.rung ?? each.facet}</td>
<td>${sideText(each.reference)}</td><td>${sideText(each.candidate)}</td><td>${each.finding === null ? html`<span class="soft">above the level</span>` : findingLink(each.finding)}</td></tr>`;

const divergenceTable = (each: ReportCase, reference: string): Html => {
  const rest = each.divergences.length - shownDivergences;
  const hasSteps = each.divergences.some(({ step }) => step !== null && step > 0);
  return html`<h4>${plural(each.divergences.length, 'divergence')}</h4>
<div class="sheet"><table><thead><tr><th scope="col">Where</th><th scope="col">Kind</th><th scope="col">Rung</th>
<th scope="col">${cut(reference, 60)}</th><th scope="col">${cut(each.candidate, 60)}</th><th scope="col">Finding</th></tr></thead>
<tbody>${each.divergences.slice(0, shownDivergences).map((one) => divergenceRow(one, hasSteps))}</tbody></table></div>
${when(rest > 0, () => html`<p class="soft">and ${rest} more in report.json</p>`)}`;
};

/** One step on two targets. */
interface Pair {
  readonly left: RecordedExchange | undefined;
  readonly right: RecordedExchange | undefined;
  readonly reference: string;
  readonly candidate: string;
}

const statusWords = (exchange: RecordedExchange | undefined): string => {
  if (exchange === undefined) return 'not sent';
  if (exchange.response !== null) return `${exchange.response.status} ${exchange.response.statusText}`.trim();
  return exchange.failure === null ? 'no response' : `${exchange.failure.reason}: ${exchange.failure.message}`;
};

const sideTitle = (name: string, exchange: RecordedExchange | undefined): string =>
  `${name}: ${cut(statusWords(exchange), 200)}, ${bodySize(exchange?.response?.body ?? null)}`;

const headerLines = (exchange: RecordedExchange | undefined, keep: (name: string) => boolean): string =>
  (exchange?.response?.headers ?? [])
    .filter(([name]) => keep(name.toLowerCase()))
    .slice(0, shownHeaders)
    .map(([name, value]) => `${name.toLowerCase()}: ${cut(value, 400).replaceAll('\n', '\\n')}`)
    .sort()
    .join('\n');

const headersNextTo = ({ left, right, reference, candidate }: Pair, keep: (name: string) => boolean): Html => {
  const [mine, theirs] = [headerLines(left, keep), headerLines(right, keep)];
  if (mine === '' && theirs === '') return html`<p class="soft">none</p>`;
  return sideBySide({ left: { name: reference, text: mine }, right: { name: candidate, text: theirs } });
};

const headerBlock = (pair: Pair, compared: readonly string[]): Html =>
  html`<h4>Headers that were compared</h4>${headersNextTo(pair, (name) => isComparedHeader(name, compared))}
<h4>Headers that were not compared</h4>${headersNextTo(pair, (name) => !isComparedHeader(name, compared))}`;

const requestText = ({ headers, body }: RecordedExchange['request']): string =>
  [
    ...headers.slice(0, shownHeaders).map(([name, value]) => `${name}: ${value.replaceAll('\n', '\\n')}`),
    ...(body === null ? [] : ['', ...bodyText(body).split('\n').slice(0, 100)]),
  ].join('\n');

const requestLines = (request: RecordedExchange['request']): Html =>
  html`<pre class="command">${requestText(request)
    .split('\n')
    .map((line, index) => html`${index === 0 ? null : { html: '\n' }}${cut(line, 600)}`)}</pre>`;

const reproduce = (name: string, exchange: RecordedExchange | undefined, report: ReportDocument): Html => {
  const target = report.run.targets.find((one) => one.name === name);
  if (exchange === undefined || target === undefined) return html``;
  const line = curlLine(target, exchange.request);
  if (line.length > maxCommandLength)
    return html`<p class="soft">${cut(name, 60)}: the request is too long for one line; parity replay sends it.</p>`;
  const partial = exchange.request.body?.truncated === true;
  return html`<p class="meta">${cut(name, 60)}${when(partial, () => html` (the record has only a part of this body)`)}</p>${commandBlock([line])}`;
};

const pairBlock = (pair: Pair, report: ReportDocument, compared: readonly string[]): Html => {
  const { left, right, reference, candidate } = pair;
  const request = (left ?? right)?.request;
  if (request === undefined) return html``;
  const texts = [left, right].map((one) => bodyText(one?.response?.body ?? null));
  return html`<h4><code>${cut(request.method, 40)} ${cut(request.path, 300)}</code></h4>
${sideBySide({ left: { name: sideTitle(reference, left), text: texts[0] ?? '' }, right: { name: sideTitle(candidate, right), text: texts[1] ?? '' } })}
${headerBlock(pair, compared)}
<h4>The request</h4>${requestLines(request)}
<h4>Send it again</h4>${reproduce(reference, left, report)}${reproduce(candidate, right, report)}`;
};

const pairsOf = (each: ReportCase, runCase: RecordedCase, reference: string): readonly Pair[] => {
  const [left, right] = [exchangesOf(runCase, reference), exchangesOf(runCase, each.candidate)];
  const count = Math.min(shownExchanges, Math.max(left.length, right.length));
  return Array.from({ length: count }, (_, index) => ({
    left: left[index],
    right: right[index],
    reference,
    candidate: each.candidate,
  }));
};

const summaryOf = (each: ReportCase): Html => {
  const { ids, more } = foundIn(each);
  return html`<summary><div><h3><code>${cut(each.id, 200)}</code></h3><div class="line">${badge(each.outcome)}
<span>${cut(each.title ?? '', 200)}</span>${ids.map(findingName)}${more === '' ? null : html`<span>${more}</span>`}</div></div></summary>`;
};

/** Where a case is in the report, and what the record holds of it. */
export interface CasePlace {
  readonly index: number;
  readonly runCase: RecordedCase | undefined;
}

/** One case that did not simply match: its divergences, both answers side by side, headers, the request, and how to repeat it. */
export const caseBlock = (each: ReportCase, report: ReportDocument, { index, runCase }: CasePlace): Html => {
  const reference = referenceName(report);
  const names = runCase?.comparedHeaders ?? report.run.comparedHeaders;
  const compared = names.map((name) => name.toLowerCase());
  const pairs = runCase === undefined ? [] : pairsOf(each, runCase, reference);
  const why = each.message ?? each.reason;
  return html`<details${caseFacets(each)}>${summaryOf(each)}<div class="inside" id="${caseAnchor(index)}">
<p class="meta">${cut(reference, 60)} against ${cut(each.candidate, 60)}, from <code>${cut(each.source, 300)}</code></p>
${when(why !== null, () => html`<p><strong>${cut(each.reason ?? '', 80)}</strong> ${cut(silenceOf(each), 1200)}</p>`)}
${when(each.divergences.length > 0, () => divergenceTable(each, reference))}
${pairs.map((pair) => pairBlock(pair, report, compared))}
${when(pairs.length === 0, () => html`<p class="soft">The record has no exchange of this case.</p>`)}
</div></details>`;
};
