import { join } from 'node:path';
import { someOf } from '../config/some-of.ts';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { readToRender } from '../record/read.ts';
import { findRun } from '../record/run-folder.ts';
import type { RunRecord } from '../record/run-record.ts';
import type { RecordedExchange } from '../record/types.ts';
import { type ReportDocument, toReportDocument } from '../report/document/document.ts';
import type { ReportFinding } from '../report/document/report-model.ts';
import { plural } from '../report/document/wording.ts';
import { listRuns } from '../report/history.ts';
import { print } from './console.ts';
import { refuseUnsafe, warnOfConnections } from './harmless.ts';
import { type Options, textOption } from './options.ts';
import { askProtected } from './protected.ts';
import { openSession, readConfig, runSession } from './session.ts';

/** A finding's cases, and by id those of all findings of the run that recorded it. */
interface Before {
  readonly cases: readonly string[];
  /** By case with what statuses the reference answered. */
  readonly statuses: ReadonlyMap<string, string>;
  readonly known: ReadonlyMap<string, readonly string[]>;
}

/** So many of the newest runs are looked at: a filtered run, or a replay that found it fixed, does not know a finding any more. */
const maxRuns = 20;

/**
 * What the run that is named recorded of a finding; else the newest run of the whole library that has it, since a run of a part, as a replay
 * is, knows some of its cases only; else the newest that has it. Throws ParityError PX2603 if none has it.
 */
async function recordedFinding(id: string, out: string, name: string | null): Promise<Before> {
  const first = await readReport(findRun(out, name ?? 'latest'));
  const earlier = name === null ? listRuns(out).slice(0, maxRuns) : [];
  let inPart: Before | null = null;
  for (const at of [null, ...earlier]) {
    const report = at === null ? first : await readReport(join(out, at)).catch(orNull);
    const found = report?.findings.find((finding) => finding.id === id.toUpperCase());
    if (report == null || found === undefined) continue;
    const { statuses } = report;
    const before = { cases: found.cases, statuses, known: new Map(report.findings.map((one) => [one.id, one.cases])) };
    if (name !== null || report.counts.selected === report.counts.total) return before;
    inPart ??= before;
  }
  if (inPart !== null) return inPart;
  throw name === null ? nowhere(id, out, Math.max(1, earlier.length)) : unknownFinding(id, first);
}

/** One broken folder must not hide all others. */
function orNull(error: unknown): null {
  if (error instanceof ParityError) return null;
  throw error;
}

type ReadReport = ReportDocument & Pick<Before, 'statuses'>;

async function readReport(dir: string): Promise<ReadReport> {
  const record = await readToRender(dir);
  return { ...toReportDocument(record), statuses: referenceStatuses(record) };
}

/** By case the status of each answer of the reference. */
function referenceStatuses({ header, cases }: RunRecord): Map<string, string> {
  const reference = header.targets.find(({ role }) => role === 'reference')?.name ?? '';
  const statusesOf = (exchanges: readonly RecordedExchange[]) =>
    exchanges.map(({ response }) => response?.status ?? '-');
  return new Map(
    cases.flatMap(({ id, exchanges }) =>
      exchanges?.[reference] === undefined ? [] : [[id, statusesOf(exchanges[reference]).join(' ')]],
    ),
  );
}

/**
 * Cases that count as open. One that both sides refuse alike shows nothing of the service; but where the reference refused it in the same way
 * when the finding was recorded, the finding was about that answer, and is gone.
 */
function openCases(report: ReportDocument, record: RunRecord, before: Before['statuses']): number {
  const refused = new Map(
    record.cases.flatMap(({ id, comparisons }) =>
      comparisons.map((one) => [`${id} ${one.candidate}`, one.refused ?? []] as const),
    ),
  );
  const isAsThen = (id: string, candidate: string) => {
    const [then, now] = [before.get(id)?.split(' ') ?? [], (refused.get(`${id} ${candidate}`) ?? []).map(String)];
    return now.length > 0 && then.at(-1) === now.at(-1) && now.every((status) => then.includes(status));
  };
  return report.cases.filter(({ id, candidate, outcome, reason }) => {
    if (outcome === 'match' || outcome === 'divergent' || outcome === 'accepted') return false;
    return !(reason === 'nothing-exercised' && isAsThen(id, candidate));
  }).length;
}

function unknownFinding(id: string, { findings, run }: ReportDocument): ParityError {
  const known = findings.slice(0, 5).map((finding) => finding.id);
  return new ParityError('PX2603', `run ${run.id} has no finding ${id}`, {
    hint:
      known.length > 0
        ? `it has ${known.join(', ')}${findings.length > known.length ? ' …' : ''}`
        : 'it has no findings at all',
  });
}

function nowhere(id: string, out: string, searched: number): ParityError {
  const where = terminalText(out);
  const none =
    searched === 1
      ? `the one run in ${where} does not show`
      : `none of the last ${plural(searched, 'run')} in ${where} shows`;
  return new ParityError('PX2603', `${none} ${terminalText(id)}`, { hint: 'name another with --run' });
}

/** `parity replay ID`: sends the cases of one finding again. 0 fixed, 1 still divergent, 3 inconclusive. The tracker is left alone. */
export async function replayCommand(id: string, options: Options): Promise<number> {
  const config = await readConfig({ ...options, tracker: false });
  const { cases, known, statuses } = await recordedFinding(id, config.out, textOption(options, 'run') ?? null);
  const session = { ...(await openSession(config, cases, options)), replayOf: id.toUpperCase() };
  if (options.unsafe !== true) refuseUnsafe(config.targets, session.selected);
  await askProtected(config, options);
  warnOfConnections(config.targets);
  const { record } = await runSession(session, {
    ...options,
    reporter: options.json === true ? 'json' : 'json,md,html',
  });
  const report = toReportDocument(record);
  const { findings } = report;
  const still = findings.find((finding) => finding.id === id.toUpperCase());
  // A change that replaces one divergence by another is no success: it is named, and the exit code is 1.
  const isNews = (shown: ReportFinding) => shown.cases.some((name) => known.get(shown.id)?.includes(name) !== true);
  const others = findings.filter((one) => one !== still && isNews(one));
  const open = openCases(report, record, statuses) > 0;
  const word = still !== undefined ? 'STILL DIVERGENT' : open ? 'INCONCLUSIVE' : 'FIXED';
  const exitCode = still !== undefined || others.length > 0 ? 1 : open ? 3 : 0;
  const shown = `${still?.cases.length ?? 0} of ${plural(cases.length, 'case')} ${cases.length === 1 ? 'shows' : 'show'} it`;
  if (options.json !== true) await print(`${word}  ${id.toUpperCase()}  ${shown}${otherFindings(others)}`);
  return exitCode;
}

const maxOthers = 5;

/** `; shop/a now shows another finding, P-F787122B (cosmetic)`: what the cases did not show before; empty if there is nothing. */
function otherFindings(others: readonly ReportFinding[]): string {
  if (others.length === 0) return '';
  const cases = new Set(others.flatMap((one) => one.cases));
  const [first] = cases;
  const names = others.map(({ id, severity }) => `${id} (${severity})`);
  const who = cases.size === 1 ? `${terminalText(first!)} now shows` : `${cases.size} cases now show`;
  return `; ${who} ${others.length === 1 ? 'another finding' : 'other findings'}, ${someOf(names, maxOthers)}`;
}
