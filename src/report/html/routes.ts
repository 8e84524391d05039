import type { ReportDocument } from '../document/document.ts';
import { cut } from '../document/escape.ts';
import type { ReportFinding } from '../document/report-model.ts';
import { plural } from '../document/wording.ts';
import { maxRouteRows, maxStatusColumns } from '../limits.ts';
import { findingLink } from './parts.ts';
import { type Html, html, when } from './template.ts';

/** The number that a route has on the page. */
export type RouteNumbers = ReadonlyMap<string, number>;

interface RouteRow {
  readonly route: string;
  readonly cases: number;
  /** Status codes that both sides gave to one request. */
  readonly statuses: readonly number[];
  readonly findings: readonly ReportFinding[];
}

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Each route that both sides answered or that a finding is about. */
const routeRows = ({ evidence, findings }: ReportDocument): readonly RouteRow[] => {
  const covered = new Map((evidence?.coverage.routes ?? []).map((one) => [one.route, one]));
  const found = new Map<string, ReportFinding[]>();
  for (const finding of findings.filter(({ state }) => state !== 'fixed'))
    for (const route of finding.routes) found.set(route, [...(found.get(route) ?? []), finding]);
  return [...new Set([...covered.keys(), ...found.keys()])].sort(compareText).map((route) => ({
    route,
    cases: covered.get(route)?.cases ?? 0,
    statuses: covered.get(route)?.statuses ?? [],
    findings: found.get(route) ?? [],
  }));
};

/** The routes of a report by name. */
export const routeNumbers = (report: ReportDocument): RouteNumbers =>
  new Map(
    routeRows(report)
      .slice(0, maxRouteRows)
      .map(({ route }, at) => [route, at]),
  );

const shownIds = 5;

const rowOf = ({ route, cases, statuses, findings }: RouteRow, at: number, columns: readonly number[]): Html => {
  const cells = columns.map((status) => (statuses.includes(status) ? html`<td class="yes">✓</td>` : html`<td></td>`));
  const links = findings.slice(0, shownIds).map(({ id }) => html`${findingLink(id)} `);
  const rest = findings.length - links.length;
  return html`<tr><th scope="row" id="route-${at}">${cut(route, 200)}</th><td>${cases}</td>${cells}<td>${links}${when(rest > 0, () => html`and ${rest} more`)}</td></tr>`;
};

/** Which status codes each route gave on both sides, and what was found there. */
export const routesSection = (report: ReportDocument): Html => {
  const rows = routeRows(report);
  const statuses = [...new Set(rows.flatMap((row) => row.statuses))].sort((a, b) => a - b);
  const columns = statuses.slice(0, maxStatusColumns);
  const rest = rows.length - maxRouteRows;
  const heads = columns.map((status) => html`<th scope="col">${status}</th>`);
  return when(
    rows.length > 0,
    () => html`<section aria-labelledby="routes"><h2 id="routes">Routes and status codes</h2><p class="lead">✓ both sides gave this status code to one request of the route. What no ✓ shows was not exercised.</p>
<div class="sheet"><table><thead><tr><th scope="col">Route</th><th scope="col">Cases</th>${heads}<th scope="col">Findings</th></tr></thead>
<tbody>${rows.slice(0, maxRouteRows).map((row, at) => rowOf(row, at, columns))}</tbody></table></div>${when(rest > 0, () => html`<p class="soft">and ${plural(rest, 'more route')} in report.json</p>`)}</section>`,
  );
};
