import type { RunRecord } from '../../record/run-record.ts';
import type { RecordedCase } from '../../record/types.ts';
import { listedCases, type ReportDocument } from '../document/document.ts';
import type { ReportFinding } from '../document/report-model.ts';
import { openFindings, plural, topFindings } from '../document/wording.ts';
import type { Blocks } from './blocks.ts';
import type { RouteNumbers } from './routes.ts';
import { type Html, html, nothing, when } from './template.ts';

const shownFindings = 200;

const examplesOf = (findings: readonly ReportFinding[], record: RunRecord): ReadonlyMap<string, RecordedCase> => {
  const wanted = new Set(findings.map(({ example }) => example.case));
  const found = new Map<string, RecordedCase>();
  if (wanted.size === 0) return found;
  for (const { runCase } of listedCases(record)) {
    if (wanted.has(runCase.id)) found.set(runCase.id, runCase);
    if (found.size === wanted.size) break;
  }
  return found;
};

/** Numbers of the routes, and what draws the cards; null where nothing diverges. */
interface Parts {
  readonly numbers: RouteNumbers;
  readonly blocks: Blocks | null;
}

/** All findings as cards, the open ones first; the first card is open. */
export const findingsSection = (report: ReportDocument, record: RunRecord, { numbers, blocks }: Parts): Html => {
  const known = report.findings.filter(({ state }) => state === 'accepted' || state === 'fixed');
  const all = [...openFindings(report), ...known];
  const findings = topFindings(all, shownFindings);
  const rest = all.length - shownFindings;
  const shown = { report, numbers, examples: examplesOf(findings, record) };
  const lead =
    all.length === 0 ? 'None.' : 'Each finding is one cause, with all cases that show it. The most severe come first.';
  return html`<section aria-labelledby="findings"><h2 id="findings">Findings</h2><p class="lead">${lead}</p>
${findings.map((finding, index) => blocks?.finding(finding, shown, index === 0 && finding.state !== 'fixed') ?? nothing)}
${when(rest > 0, () => html`<p class="soft">and ${plural(rest, 'more finding')} in report.json</p>`)}</section>`;
};
