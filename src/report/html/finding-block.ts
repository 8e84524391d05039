import type { RecordedCase } from '../../record/types.ts';
import type { ReportDocument } from '../document/document.ts';
import { cut } from '../document/escape.ts';
import { sharedFixes } from '../document/fixes.ts';
import type { ReportFinding } from '../document/report-model.ts';
import { reproduceLines } from '../document/reproduce.ts';
import { acceptCommand, findingPlace, findingRoutes, plural, proofWord, referenceName } from '../document/wording.ts';
import { maxCommandLength } from '../limits.ts';
import { badge, caseLinks, commandBlock, findingAnchor, findingName } from './parts.ts';
import type { RouteNumbers } from './routes.ts';
import { sideBySide } from './side-by-side.ts';
import { type Html, html, when } from './template.ts';

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

/** Of a finding about status codes: the code on a line of its own, before the body. */
const statusApart = ({ facet }: ReportFinding, text: string): string =>
  facet === 'status' ? text.replace(/^(\d{3}) /, '$1\n') : text;

/** What a finding is filtered by. */
const facetsOf = ({ id, state, severity, class: name, routes }: ReportFinding, numbers: RouteNumbers): Html => {
  const known = routes.flatMap((route) => numbers.get(route) ?? []).join(' ');
  return html` data-id="${findingAnchor(id)}" data-state="${state}" data-severity="${severity}" data-class="${cut(name, 80)}" data-routes="${known}"`;
};

/** What the blocks of findings show beside the report. */
export interface FindingContext {
  readonly report: ReportDocument;
  readonly numbers: RouteNumbers;
  /** The cases that the findings show as an example, by id. */
  readonly examples: ReadonlyMap<string, RecordedCase>;
}

/** The requests of the example, as commands for a shell: one target after the other. */
const reproduceBlock = ({ example, candidate }: ReportFinding, { report, examples }: FindingContext): Html => {
  const runCase = examples.get(example.case);
  if (runCase === undefined) return html``;
  const blocks = report.run.targets
    .filter(({ name, role }) => role === 'reference' || name === candidate)
    .map((target) => ({ name: target.name, text: reproduceLines(runCase, target) }))
    .filter(({ text }) => text.length > 0 && text.every((line) => line.length <= maxCommandLength));
  const shown = blocks.map(({ name, text }) => html`<p class="meta">${cut(name, 60)}</p>${commandBlock(text)}`);
  return when(blocks.length > 0, () => html`<h4>Send it again</h4>${shown}`);
};

const summaryOf = (finding: ReportFinding): Html => html`<summary><div><h3>${cut(finding.title, 300)}</h3>
<div class="line">${badge(finding.state)}${findingName(finding.id)}<span>${finding.severity}</span><span>${plural(finding.cases.length, 'case')}</span><code>${cut(findingRoutes(finding), 300)}</code><code>${cut(findingPlace(finding), 200)}</code></div></div></summary>`;

const nextBlock = (finding: ReportFinding, report: ReportDocument): Html => {
  const commands = [
    `parity replay ${cut(finding.id, 60)}`,
    ...(finding.class === 'unexplained' ? [] : [`parity explain ${cut(finding.class, 80)}`]),
    ...[acceptCommand(finding, report) ?? []].flat(),
  ];
  return html`<h4>Next</h4>${commands.map((command) => commandBlock([cut(command, 400)]))}`;
};

/** A finding as a card. */
export const findingBlock = (finding: ReportFinding, shown: FindingContext, open: boolean): Html => {
  const { report, numbers } = shown;
  const { example, candidate, decision } = finding;
  const side = (name: string, text: string | null): { name: string; text: string } =>
    text === null ? { name: `${name}: absent`, text: '' } : { name, text: statusApart(finding, text) };
  return html`<details${facetsOf(finding, numbers)}${open ? { html: ' open' } : null}>${summaryOf(finding)}
<div class="inside" id="${findingAnchor(finding.id)}"><p><code>${[finding.class, ...finding.also].map((each) => cut(each, 80)).join(' + ')}</code> <span class="soft">${proof(finding)}</span></p>
<p>${cut(finding.impact, 1000)}</p>
${when(decision !== null && decision !== '', () => html`<p><strong>Decision</strong> ${cut(decision ?? '', 2000)}</p>`)}
<h4>Example: <code>${cut(example.case, 200)}</code></h4>
${sideBySide({ left: side(referenceName(report), example.reference), right: side(candidate, example.candidate) })}
${fixList(finding)}<h4>Cases that show it</h4>${caseLinks(finding, report)}
${reproduceBlock(finding, shown)}${nextBlock(finding, report)}</div></details>`;
};
