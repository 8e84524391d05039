import { someOf } from '../../config/some-of.ts';
import { exercisesNothing, remedy } from '../../record/exercise.ts';
import { dayOf } from './build-phrase.ts';
import { parityScope } from './coverage-gaps.ts';
import { digestIn, type ReportDocument } from './document.ts';
import type { ReportCase, ReportFinding } from './report-model.ts';
import type { SilentGroup } from './summary.ts';

/** `1 case`, `2 cases`. */
export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** With a capital at the beginning. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Findings that are there and that nobody has accepted. */
export const openFindings = (report: ReportDocument): readonly ReportFinding[] =>
  report.findings.filter(({ state }) => state !== 'accepted' && state !== 'fixed');

/** So many of some findings, in their order. Where not all have room, what is new or reopened is not left out for what is known. */
export const topFindings = (findings: readonly ReportFinding[], most: number): readonly ReportFinding[] => {
  if (findings.length <= most) return findings;
  const isNews = ({ state }: ReportFinding): boolean => state === 'new' || state === 'reopened';
  const [news, known] = [findings.filter(isNews), findings.filter((one) => !isNews(one))];
  const chosen = new Set([...news, ...known].slice(0, most));
  return findings.filter((one) => chosen.has(one));
};

const states = ['new', 'reopened', 'open', 'accepted', 'fixed'] as const;

/** `1 new, 2 accepted`; states that no finding is in are left out. */
export const statePhrase = (report: ReportDocument): string =>
  states
    .map((state) => [report.findings.filter((finding) => finding.state === state).length, state] as const)
    .filter(([count]) => count > 0)
    .map(([count, state]) => `${count} ${state}`)
    .join(', ');

/** Cases that say nothing, grouped by reason: the largest group first. */
export const silentGroups = (report: ReportDocument): readonly SilentGroup[] => digestIn(report).silent;

/** Why a case says nothing, and one next step where there is one: one line. */
export const silenceOf = ({ message, hint }: Pick<ReportCase, 'message' | 'hint'>): string =>
  hint === null ? (message ?? '') : `${message ?? ''} (try: ${hint})`;

/** What happened to the cases of a group; if not the same to all of them, what happened to the first, by its name. */
export const groupMessage = ({ first, alike }: SilentGroup): string =>
  alike ? (first.message ?? '') : `${first.id}: ${first.message ?? ''}`;

/** As `silenceOf`, of a group. */
export const groupSilence = (group: SilentGroup): string =>
  silenceOf({ message: groupMessage(group), hint: group.first.hint });

/** `6 cases`, or `12 comparisons` where there are several candidates. */
const judged = ({ counts, run }: ReportDocument): string => {
  const all = counts.match + counts.divergent + counts.accepted + counts.flaky + counts.inconclusive + counts.notRun;
  return plural(all, run.targets.length > 2 ? 'comparison' : 'case');
};

/** How many comparisons came to no conclusion. */
export const silentCount = ({ counts }: ReportDocument): number => counts.inconclusive + counts.notRun + counts.flaky;

/** What a run did not exercise, in words: suites of which both sides refused every judged case alike; null if there is none. */
export const unexercisedPhrase = ({ unexercised }: ReportDocument): string | null => {
  const suites = unexercised.filter(exercisesNothing);
  if (suites.length === 0) return null;
  const names = [...new Set(suites.map(({ suite }) => suite))];
  const statuses = [...new Set(suites.flatMap((one) => one.statuses))].sort((a, b) => a - b);
  const cases = suites.reduce((sum, { refused }) => sum + refused, 0);
  const of = `of the ${names.length === 1 ? 'suite' : 'suites'} ${someOf(names, 5)}`;
  const every = cases === 1 ? 'the one judged case' : `all ${cases} judged cases`;
  return `nothing was exercised: both sides refused ${every} ${of} with the same status (${statuses.join(', ')})`;
};

/** What to do where suites exercise nothing. */
export const unexercisedStep = ({ unexercised }: ReportDocument): string => {
  const statuses = unexercised.filter(exercisesNothing).flatMap((one) => one.statuses);
  return `${remedy(statuses)}; if a case tests this answer, add expect: { status: ${statuses[0]} } to it`;
};

const inconclusiveReason = (report: ReportDocument): string => {
  const { run, counts } = report;
  if (run.finishedAt === null) return 'the run was cut off before it could be judged';
  if (counts.total === 0) return 'no request was compared';
  if (counts.selected === 0) return 'no case falls into this shard, so nothing was compared';
  if (run.interrupted) return `the run was interrupted: ${plural(counts.notRun, 'comparison')} did not run`;
  const silent = silentCount(report);
  const unexercised = unexercisedPhrase(report);
  if (unexercised !== null) return unexercised;
  if (silent === 0) return 'the answers match, but they are not evidence about the services: see the notes';
  const reasons = silentGroups(report)
    .map(({ reason }) => reason)
    .slice(0, 3)
    .join(', ');
  return `${silent} of ${judged(report)} could not be compared${reasons === '' ? '' : ` (${reasons})`}`;
};

const parityReason = (report: ReportDocument): string =>
  `${report.counts.match === 1 ? 'the one case matches' : `all ${judged(report)} match`}${parityScope(report)}`;

const diverging = (count: number, report: ReportDocument): string =>
  `${count} of ${judged(report)} ${count === 1 ? 'diverges' : 'diverge'}`;

/** `49 were not run (interrupted)`: what a run that diverges did not judge; empty if it judged everything. */
export const unjudgedText = (report: ReportDocument): readonly string[] => {
  const bailed = silentGroups(report).find(({ reason }) => reason === 'bail')?.count ?? 0;
  const unrun = report.run.interrupted ? report.counts.notRun : bailed;
  const silent = silentCount(report) - unrun;
  const why = report.run.interrupted ? 'interrupted' : '--bail';
  return [
    ...(unrun > 0 ? [`${unrun} ${unrun === 1 ? 'was' : 'were'} not run (${why})`] : []),
    ...(silent > 0 ? [`${silent} could not be compared`] : []),
  ];
};

/** `: 2 findings (1 open, 1 accepted)`; what is not known without a tracker is not said. */
const causes = (report: ReportDocument): string => {
  if (report.findings.length === 0) return '';
  const states = report.tracker === null ? '' : ` (${statePhrase(report)})`;
  return `: ${plural(report.findings.length, 'finding')}${states}`;
};

const divergentReason = (report: ReportDocument): string => {
  const { divergent, accepted } = report.counts;
  if (divergent > 0) return [`${diverging(divergent, report)}${causes(report)}`, ...unjudgedText(report)].join(', ');
  const found = accepted === 0 ? 'all divergences are accepted' : `${diverging(accepted, report)}, all accepted`;
  return [found, ...unjudgedText(report)].join(', ');
};

/** How a verdict looks: where all that diverges is accepted and nothing is left open, it is no alarm. */
export const verdictLook = (report: ReportDocument): ReportDocument['verdict'] | 'accepted' => {
  const isSettled = report.counts.divergent === 0 && silentCount(report) === 0;
  return report.verdict === 'divergent' && isSettled ? 'accepted' : report.verdict;
};

/** Why the verdict is what it is, in one sentence without a full stop. */
export const verdictReason = (report: ReportDocument): string => {
  const days = report.run.targets.flatMap(({ recordedAt }) => (recordedAt === undefined ? [] : [dayOf(recordedAt)]));
  const against = days.length === 0 ? '' : `, against a recording of ${[...new Set(days)].join(' and ')}`;
  return reasonOf(report) + against;
};

const reasonOf = (report: ReportDocument): string => {
  if (report.verdict === 'parity') return parityReason(report);
  return report.verdict === 'divergent' ? divergentReason(report) : inconclusiveReason(report);
};

/** `POST /v1/validate · body /Schema/field`: where a finding stands. */
export const findingPlace = ({ facet, pointer }: Pick<ReportFinding, 'facet' | 'pointer'>): string =>
  facet === 'status' ? facet : `${facet} ${pointer === '' ? '/' : pointer}`;

const namedFindings = 50;

/** The findings that a case shows, at most fifty of them, and `and 3 more` of the others. */
export const foundIn = ({ divergences }: ReportCase): { readonly ids: readonly string[]; readonly more: string } => {
  const all = [...new Set(divergences.map(({ finding }) => finding).filter((id) => id !== null))];
  const rest = all.length - namedFindings;
  return { ids: all.slice(0, namedFindings), more: rest > 0 ? `and ${rest} more` : '' };
};

const namedRoutes = 4;

/** The route of a finding; of one that is about the whole server the routes that show it, at most four of them. */
export const findingRoutes = ({ route, routes }: Pick<ReportFinding, 'route' | 'routes'>): string => {
  if (route !== '*') return route;
  const rest = routes.length - namedRoutes;
  return `${routes.slice(0, namedRoutes).join(', ')}${rest > 0 ? ` and ${plural(rest, 'more route')}` : ''}`;
};

/** Name of the reference. */
export const referenceName = (report: ReportDocument): string =>
  report.run.targets.find(({ role }) => role === 'reference')?.name ?? 'reference';

const shellWord = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** The command that accepts a finding; null where there is no tracker, or nothing to accept. */
export const acceptCommand = ({ id, state }: ReportFinding, { tracker }: ReportDocument): string | null => {
  if (tracker === null || state === 'accepted' || state === 'fixed') return null;
  const named = tracker.named === true ? ` --tracker ${shellWord(tracker.file)}` : '';
  return `parity tracker accept ${id}${named} --reason "…"`;
};

const doubts: Readonly<Record<NonNullable<ReportFinding['doubt']>, string>> = {
  'one-answer': 'likely: seen in one answer only',
  contradicted: 'unsure: other answers contradict it',
  ambiguous: 'unsure: another class explains it as well',
  lossy: 'not equivalent: only one side has all the information',
};

/** How far the cause of a finding is proved, in a few words. */
export const proofWord = ({ class: name, recognised, byTracker, verified, doubt }: ReportFinding): string => {
  if (name === 'unexplained') return 'unexplained';
  if (recognised) return 'recognised';
  if (byTracker === true) return 'known from the tracker';
  if (verified) return 'verified';
  return doubt === undefined ? 'not verified' : doubts[doubt];
};
