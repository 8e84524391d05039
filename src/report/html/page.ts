import { rungs } from '../../config/rules.ts';
import type { RunRecord } from '../../record/run-record.ts';
import type { RecordedCase } from '../../record/types.ts';
import { buildPhrase } from '../document/build-phrase.ts';
import { countIn } from '../document/counts.ts';
import { comparisonsOf, digestIn, listedCases, type ReportDocument, toReportDocument } from '../document/document.ts';
import { durationsPhrase } from '../document/durations.ts';
import { cut } from '../document/escape.ts';
import { evidencePhrases } from '../document/evidence.ts';
import { sharedFixes } from '../document/fixes.ts';
import { headerScope } from '../document/header-scope.ts';
import { digestsOf, ladderWithReasons } from '../document/ladder.ts';
import type { ReportCase, ReportFinding, ReportSuite } from '../document/report-model.ts';
import { isConclusive } from '../document/summary.ts';
import {
  acceptCommand,
  findingPlace,
  findingRoutes,
  foundIn,
  groupSilence,
  openFindings,
  plural,
  proofWord,
  referenceName,
  silentGroups,
  verdictLook,
  verdictReason,
} from '../document/wording.ts';
import { answers } from './answers.ts';
import { caseBlock } from './case.ts';
import { badge, caseAnchor, caseLinks, findingAnchor, findingLink, findingName, sideBySide, tick } from './parts.ts';
import { styleSheet } from './style.ts';
import { type Html, html, when } from './template.ts';
import { trendSection } from './trend.ts';

const shownFindings = 200;
const shownRows = 1000;
/** Case details stop here, in characters, so that a browser still opens the page. */
const detailRoom = 6 * 1024 * 1024;

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
  return html`<td class="rung"><span class="count">${held}/${all}</span><span class="bar" aria-hidden="true"><i style="width:${Math.floor((held * 100) / all)}%"></i></span></td>`;
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
<tbody>${report.suites.slice(0, shownRows).map((suite) => ladderRow(suite, report))}</tbody></table></div></section>`,
  );

const proof = (finding: ReportFinding): string => {
  if (finding.class === 'unexplained') return 'no known drift class explains it';
  if (finding.recognised) return 'recognised by its signs; the answers are not proved to be equivalent';
  if (finding.byTracker === true) return 'known from its tracker row; the cases of this run alone do not prove it';
  if (!finding.verified) return proofWord(finding);
  return `verified: rewriting the reference gives the candidate${finding.verifiedAt === null ? '' : ` at the rung ${finding.verifiedAt}`}`;
};

const fixList = (finding: ReportFinding): Html =>
  when(
    finding.fixes.length > 0,
    () =>
      html`<h4>Fix it on either side</h4><dl class="fixes">${sharedFixes(finding).map((fix) => html`<dt>${cut(fix.target, 60)}</dt><dd>${cut(fix.text, 2000)}</dd>`)}</dl>`,
  );

const commandBlock = (command: string | null): Html =>
  when(command !== null, () => html`<pre class="command">${cut(command ?? '', 400)}</pre>`);

/** Of a finding about status codes: the code on a line of its own, before the body. */
const statusApart = ({ facet }: ReportFinding, text: string): string =>
  facet === 'status' ? text.replace(/^(\d{3}) /, '$1\n') : text;

const findingBlock = (finding: ReportFinding, report: ReportDocument, open: boolean): Html => {
  const { example, candidate } = finding;
  const side = (name: string, text: string | null): { name: string; text: string } =>
    text === null ? { name: `${name}: absent`, text: '' } : { name, text: statusApart(finding, text) };
  return html`<details id="${findingAnchor(finding.id)}"${open ? { html: ' open' } : null}><summary><div><h3>${cut(finding.title, 300)}</h3>
<div class="line">${badge(finding.state)}${findingName(finding.id)}<span>${finding.severity}</span><span>${plural(finding.cases.length, 'case')}</span><code>${cut(findingRoutes(finding), 300)}</code><code>${cut(findingPlace(finding), 200)}</code></div></div></summary>
<div class="inside"><p><code>${[finding.class, ...finding.also].map((each) => cut(each, 80)).join(' + ')}</code> <span class="soft">${proof(finding)}</span></p>
<p>${cut(finding.impact, 1000)}</p>
${when(finding.decision !== null && finding.decision !== '', () => html`<p><strong>Decision</strong> ${cut(finding.decision ?? '', 2000)}</p>`)}
<h4>Example: <code>${cut(example.case, 200)}</code></h4>
${sideBySide({ left: side(referenceName(report), example.reference), right: side(candidate, example.candidate) })}
${fixList(finding)}<h4>Cases that show it</h4>${caseLinks(finding, report)}
<h4>Next</h4><pre class="command">parity replay ${cut(finding.id, 60)}</pre>${when(finding.class !== 'unexplained', () => html`<pre class="command">parity explain ${cut(finding.class, 80)}</pre>`)}${commandBlock(acceptCommand(finding, report))}</div></details>`;
};

const findingsSection = (report: ReportDocument): Html => {
  const known = report.findings.filter(({ state }) => state === 'accepted' || state === 'fixed');
  const all = [...openFindings(report), ...known];
  const rest = all.length - shownFindings;
  const lead =
    all.length === 0
      ? 'None.'
      : 'Each finding is one cause, with all cases that show it. New findings come first, then the most severe.';
  return html`<section aria-labelledby="findings"><h2 id="findings">Findings</h2><p class="lead">${lead}</p>
${all.slice(0, shownFindings).map((finding, index) => findingBlock(finding, report, index === 0 && finding.state !== 'fixed'))}
${when(rest > 0, () => html`<p class="soft">and ${plural(rest, 'more finding')} in report.json</p>`)}</section>`;
};

const silentSection = (report: ReportDocument): Html => {
  const rows = silentGroups(report).map(
    (group) =>
      html`<tr><th scope="row"><code>${cut(group.reason, 80)}</code></th><td>${plural(group.count, 'case')}</td><td>${cut(groupSilence(group), 800)}</td></tr>`,
  );
  return when(
    rows.length > 0,
    () => html`<section aria-labelledby="silent"><h2 id="silent">Not judged</h2><p class="lead">These cases are no evidence for or against the candidate.</p>
<div class="sheet"><table><thead><tr><th scope="col">Reason</th><th scope="col">How many</th><th scope="col">What happened</th></tr></thead><tbody>${rows}</tbody></table></div></section>`,
  );
};

const matrixRow = (each: ReportCase, index: number): Html => {
  const known = isConclusive(each);
  const ticks = [...rungs.map((rung) => each.ladder[rung]), each.headers].map(
    (held) => html`<td>${tick(known ? held : null)}</td>`,
  );
  const { ids, more } = foundIn(each);
  const name = html`<code>${cut(each.id, 160)}</code>`;
  return html`<tr><th scope="row">${each.outcome === 'match' ? name : html`<a href="#${caseAnchor(index)}">${name}</a>`}<span class="words">${cut(each.title ?? '', 160)}</span></th><td>${cut(each.candidate, 60)}</td><td>${badge(each.outcome)}</td>${ticks}<td>${ids.map((id) => html`${findingLink(id)} `)}${more}</td></tr>`;
};

/** A case as the report lists it, with its index there. */
interface Indexed {
  readonly each: ReportCase;
  readonly index: number;
  readonly runCase: RecordedCase;
}

function* indexedCases(record: RunRecord, isWanted: (each: ReportCase) => boolean): Generator<Indexed> {
  let index = 0;
  for (const { runCase, perCandidate } of listedCases(record))
    for (const each of perCandidate) {
      if (isWanted(each)) yield { each, index, runCase };
      index += 1;
    }
}

const isOther = ({ outcome }: ReportCase): boolean => outcome !== 'match';

const matrixSection = (report: ReportDocument, record: RunRecord): Html => {
  const total = comparisonsOf(report);
  const shown: Indexed[] = [];
  for (const one of indexedCases(record, total <= shownRows ? () => true : isOther))
    if (shown.push(one) === shownRows) break;
  const rest = total - shown.length;
  return when(
    total > 0,
    () => html`<section aria-labelledby="matrix"><h2 id="matrix">Case by case</h2><p class="lead">✓ the rung holds, ✗ it does not.</p>
<div class="sheet"><table><thead><tr><th scope="col">Case</th><th scope="col">Candidate</th><th scope="col">Outcome</th><th scope="col">Status</th><th scope="col">Shape</th><th scope="col">Value</th><th scope="col">Bytes</th><th scope="col">Headers</th><th scope="col">Findings</th></tr></thead>
<tbody>${shown.map(({ each, index }) => matrixRow(each, index))}</tbody></table></div>${when(rest > 0, () => html`<p class="soft">and ${plural(rest, 'more case')} in report.json</p>`)}</section>`,
  );
};

const detailBlocks = (report: ReportDocument, record: RunRecord): readonly Html[] => {
  const blocks: Html[] = [];
  let room = detailRoom;
  for (const { each, index, runCase } of indexedCases(record, isOther)) {
    const block = caseBlock(each, report, { index, runCase });
    room -= block.html.length;
    if (room < 0) break;
    blocks.push(block);
    if (room === 0) break;
  }
  const { suites } = digestIn(report);
  const others = countIn(suites, 'divergent', 'accepted', 'flaky', 'inconclusive', 'notRun');
  const rest = others - blocks.length;
  return rest > 0
    ? [...blocks, html`<p class="soft">and ${plural(rest, 'more case')} in report.json and run.jsonl</p>`]
    : blocks;
};

const detailSection = (report: ReportDocument, record: RunRecord): Html => {
  const blocks = detailBlocks(report, record);
  return when(
    blocks.length > 0,
    () =>
      html`<section aria-labelledby="evidence"><h2 id="evidence">Evidence</h2><p class="lead">The request and both answers of every case that did not match.</p>${blocks}</section>`,
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

/** A run as one HTML page that needs nothing else: no script, no address, all foreign text as text. */
export const renderHtml = (record: RunRecord): string => {
  const report = toReportDocument(record);
  const { run } = report;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${report.verdict} · ${cut(run.targets.map(({ name }) => name).join(' and '), 120)} · parity report</title>
<style>${{ html: styleSheet }}</style></head>
<body><a class="skip" href="#findings">Go to the findings</a>${pageHead(report)}
<main>${answers(report)}${ladderSection(report)}${trendSection(record.footer?.trend ?? [])}${findingsSection(report)}${silentSection(report)}${matrixSection(report, record)}${detailSection(report, record)}${scopeSection(report)}</main>
<footer>${cut(run.tool.name, 60)} ${cut(run.tool.version, 40)}, run ${cut(run.id, 80)}${when(run.finishedAt !== null, () => html`, finished ${cut(run.finishedAt ?? '', 40)}`)}. Exit code ${report.exitCode}.</footer></body></html>
`;
  return page.html;
};
