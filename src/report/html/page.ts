import { createHash } from 'node:crypto';
import { rungs } from '../../config/rules.ts';
import type { RunRecord } from '../../record/run-record.ts';
import { buildPhrase } from '../document/build-phrase.ts';
import { digestIn, type ReportDocument, toReportDocument } from '../document/document.ts';
import { durationsPhrase } from '../document/durations.ts';
import { cut } from '../document/escape.ts';
import { evidencePhrases } from '../document/evidence.ts';
import { headerScope } from '../document/header-scope.ts';
import { digestsOf, ladderWithReasons } from '../document/ladder.ts';
import type { ReportSuite } from '../document/report-model.ts';
import { groupSilence, plural, silentGroups, verdictLook, verdictReason } from '../document/wording.ts';
import { answers } from './answers.ts';
import type { Blocks } from './blocks.ts';
import { detailSection, matrixSection } from './cases.ts';
import { documentedSection } from './documented.ts';
import { findingsSection } from './findings.ts';
import { pageScript } from './page-script.ts';
import { routeNumbers, routesSection } from './routes.ts';
import { styleSheet } from './style.ts';
import { type Html, html, when } from './template.ts';
import { trendSection } from './trend.ts';

const shownSuites = 1000;

const verdictBar = (report: ReportDocument): Html => {
  const look = verdictLook(report);
  const sign = { parity: '✓', divergent: '✗', accepted: '≈', inconclusive: '?' }[look];
  const word = { parity: 'Parity', divergent: 'Divergent', inconclusive: 'Inconclusive' }[report.verdict];
  return html`<div class="verdict ${look}"><span class="sign" aria-hidden="true">${sign}</span><h1>${word}</h1><p>${cut(verdictReason(report), 400)}.</p></div>`;
};

const pageHead = (report: ReportDocument): Html => {
  const { run } = report;
  const targets = run.targets.map((target) => {
    const build = buildPhrase(target);
    const shown = when(build !== null, () => html` <span class="soft">${cut(build ?? '', 400)}</span>`);
    return html`<li><strong>${cut(target.name, 60)}</strong> ${target.role} <code>${cut(target.url, 200)}</code>${shown}</li>`;
  });
  return html`<header class="top"><p class="run"><span>Run ${cut(run.id, 80)}</span><span>${cut(run.startedAt, 40)}</span><span>${report.counts.selected} of ${plural(report.counts.total, 'case')}</span><span>level ${cut(run.level, 20)}</span><span>seed ${run.seed}</span></p>
${verdictBar(report)}<ul class="targets">${targets}</ul></header>`;
};

const rungCell = (held: number, all: number): Html => {
  if (all === 0) return html`<td class="rung"><span class="unknown">not judged</span></td>`;
  return html`<td class="rung"><span class="count">${held}/${all}</span><span class="bar" aria-hidden="true"><i class="w${Math.floor((held * 20) / all) * 5}"></i></span></td>`;
};

const ladderRow = (suite: ReportSuite, report: ReportDocument): Html => {
  const cells = rungs.map((rung) => rungCell(suite.ladder[rung], suite.conclusive));
  const words = ladderWithReasons(suite, digestsOf(suite, digestIn(report).suites));
  return html`<tr><th scope="row">${cut(suite.name, 80)}<span class="words">${cut(suite.candidate, 60)}: ${words}</span></th>${cells}${rungCell(suite.headers, suite.conclusive)}</tr>`;
};

const ladderSection = (report: ReportDocument): Html =>
  when(
    report.suites.length > 0,
    () => html`<section aria-labelledby="ladder"><h2 id="ladder">The parity ladder</h2>
<p class="lead">A rung holds for a case only if every rung to its left holds. Headers are counted separately. The hatched part diverges.</p>
<div class="sheet"><table><thead><tr><th scope="col">Suite</th><th scope="col">Status code</th><th scope="col">Body shape</th><th scope="col">Body value</th><th scope="col">Body bytes</th><th scope="col">Headers</th></tr></thead>
<tbody>${report.suites.slice(0, shownSuites).map((suite) => ladderRow(suite, report))}</tbody></table></div></section>`,
  );

const silentSection = (report: ReportDocument): Html => {
  const rows = silentGroups(report).map(
    (group) =>
      html`<tr><th scope="row"><code>${cut(group.reason, 80)}</code></th><td>${plural(group.count, 'case')}</td><td>${cut(groupSilence(group), 800)}</td></tr>`,
  );
  return when(
    rows.length > 0,
    () => html`<section aria-labelledby="silent"><h2 id="silent">Not judged</h2><p class="lead">These cases are not evidence for or against the candidate.</p>
<div class="sheet"><table><thead><tr><th scope="col">Reason</th><th scope="col">How many</th><th scope="col">What happened</th></tr></thead><tbody>${rows}</tbody></table></div></section>`,
  );
};

const headerTags = (names: readonly string[]): Html =>
  html`<ul class="tags">${names.slice(0, 100).map((name) => html`<li><code>${cut(name, 80)}</code></li>`)}</ul>`;

const scopeSection = (report: ReportDocument): Html => {
  const { run, notes, tracker, durations } = report;
  const took = durationsPhrase(durations, run.schedule);
  const { compared, partly, uncompared } = headerScope(report);
  const phrases = evidencePhrases(report).map((phrase) => html`<li>${cut(phrase, 1000)}</li>`);
  return html`<section aria-labelledby="scope"><h2 id="scope">What was compared, and what was not</h2>
<p>A case matches if it holds the rung <strong>${cut(run.level, 20)}</strong>, or the rung that the case itself names. Of the headers only these were compared:</p>${headerTags(compared)}
${when(partly.length > 0, () => html`<p>These were compared in some cases only:</p>${headerTags(partly)}`)}
${when(uncompared.length > 0, () => html`<p>These were sent too, but not compared:</p>${headerTags(uncompared)}`)}
${when(phrases.length > 0, () => html`<h3>Self-check, coverage and rules</h3><ul>${phrases}</ul>`)}
${when(took !== null, () => html`<p>${cut(took ?? '', 1000)}.</p>`)}
${when(notes.length > 0, () => html`<h3>Notes of the run</h3><ul>${notes.slice(0, 100).map((note) => html`<li>${cut(note, 1000)}</li>`)}</ul>`)}
${when(tracker !== null, () => html`<p class="soft">Tracker ${cut(tracker?.file ?? '', 200)}: ${tracker?.written === true ? 'written' : 'read only'}.</p>`)}</section>`;
};

const hashOf = (text: string): Html => ({ html: createHash('sha256').update(text).digest('base64') });
const policy = html`default-src 'none'; style-src 'sha256-${hashOf(styleSheet)}'; script-src 'sha256-${hashOf(pageScript)}'; base-uri 'none'; form-action 'none'`;

/**
 * A run as one HTML page that needs nothing else: no address, all foreign text as text. Its one script is the same on every page; what it
 * works on is what the page shows, and without it all of that is there. `blocks` is null where all cases match and there is no finding.
 */
export const renderHtml = (record: RunRecord, blocks: Blocks | null): string => {
  const report = toReportDocument(record);
  const { run } = report;
  const numbers = routeNumbers(report);
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${report.verdict} · ${cut(run.targets.map(({ name }) => name).join(' and '), 120)} · parity report</title>
<style>${{ html: styleSheet }}</style></head>
<body><a class="skip" href="#findings">Go to the findings</a>${pageHead(report)}
<main>${answers(report)}${ladderSection(report)}${trendSection(record.footer?.trend ?? [])}${findingsSection(report, record, { numbers, blocks })}${silentSection(report)}${routesSection(report)}${documentedSection(report)}${matrixSection(report, record)}${detailSection(report, record, blocks)}${scopeSection(report)}</main>
<footer>${cut(run.tool.name, 60)} ${cut(run.tool.version, 40)}, run ${cut(run.id, 80)}${when(run.finishedAt !== null, () => html`, finished ${cut(run.finishedAt ?? '', 40)}`)}. Exit code ${report.exitCode}.</footer><script>${{ html: pageScript }}</script></body></html>
`;
  return page.html;
};
