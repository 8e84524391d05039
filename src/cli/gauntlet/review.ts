import { ParityError } from '../../errors.ts';
import type { GauntletFile } from '../../gauntlet/gauntlet-file.ts';
import { checkReports } from '../../gauntlet/gauntlet-folder.ts';
import { maxNamedFiles } from '../../gauntlet/limits.ts';
import { writePhase } from '../../gauntlet/phase-results.ts';
import { readProjectState } from '../../gauntlet/project-state.ts';
import { type Cost, estimateCost } from '../../gauntlet/review/budget.ts';
import { planReview, type ReviewPlan } from '../../gauntlet/review/plan.ts';
import { type ReviewResult, runReview } from '../../gauntlet/review/run-review.ts';
import type { BundleTally } from '../../gauntlet/review/tally.ts';
import { tallyLine } from '../../gauntlet/review/verdict-files.ts';
import { terminalText } from '../../json/printable.ts';
import { plural } from '../../report/document/wording.ts';
import { stopCodes } from '../../run/verdict.ts';
import { print, printError, secrets } from '../console.ts';
import type { Options } from '../options.ts';
import { shorter } from '../shorter.ts';
import { liveLine } from './live-line.ts';
import { amongServices, beginGauntlet, openGauntlet, reportsOf, type Surroundings } from './open.ts';

/** `parity review`: 0 if enough lineages answered about every bundle, 3 if not. */
export async function reviewCommand(options: Options): Promise<number> {
  const gauntlet = await openGauntlet(options);
  const plan = await openReview(gauntlet.file, options);
  await checkReports(gauntlet.reports);
  return amongServices(gauntlet.file, async (surroundings) => {
    const { folder } = await beginGauntlet(gauntlet, ['review']);
    return reviewPhase({ plan, folder }, surroundings);
  });
}

/** Reads the diff that is reviewed and checks its size; sends nothing. Throws PX2801 to PX2803, and PX3202 where there is nothing to review. */
export async function openReview(file: GauntletFile, options: Options): Promise<ReviewPlan> {
  const { review, root, path, problemAt } = file;
  if (review === undefined) {
    const hint = 'add review: { diff: …, bundles: …, reviewers: … }';
    const problems = [problemAt([], 'there is no key `review`')];
    throw new ParityError('PX3202', `${shorter(path)} has no review`, { problems, hint });
  }
  const plan = await planReview(review, { root, problemAt, forceOversize: options.forceOversize === true, warn });
  if (typeof review.diff !== 'string' && review.diff.head === 'HEAD') await warnOfUncommitted(file, options);
  return plan;
}

/** A diff of commits leaves out what somebody has just written and means to have reviewed. */
async function warnOfUncommitted(file: GauntletFile, options: Options): Promise<void> {
  const { files } = await readProjectState(file, reportsOf(file, options));
  if (files.size === 0) return;
  const named = [...files.keys()].slice(0, maxNamedFiles).join(', ');
  const more = files.size > maxNamedFiles ? ` and ${files.size - maxNamedFiles} more files` : '';
  warn(`warning: changes that are not committed are not reviewed: ${named}${more}`);
}

interface ReviewPhase {
  readonly plan: ReviewPlan;
  /** Of the gauntlet. */
  readonly folder: string;
}

/** Asks the reviewers, prints a line a bundle and writes all into the folder; returns the exit code. */
export async function reviewPhase({ plan, folder }: ReviewPhase, { stopping }: Surroundings): Promise<number> {
  const { bundles, settings } = plan;
  const asked = bundles.filter(({ size }) => size > 0).length * settings.reviewers.length;
  warnOfLineages(plan);
  const { requests, tokensIn } = estimateCost(plan);
  warn(`cost of the review: ${plural(requests, 'request')}, about ${tokensIn} tokens to send${budgetText(plan)}`);
  const live = liveLine(asked);
  const onBundle = async (bundle: BundleTally) => {
    live.clear();
    await print(tallyLine(bundle));
    for (const line of bundleNotes(bundle)) warn(line);
  };
  const { signal } = stopping;
  const result = await runReview(plan, {
    ...{ folder, secrets, signal, onStart: live.begin, onEnd: live.end, onBundle },
  }).finally(live.close);
  warn(`cost of the review: ${costText(result.cost)}${budgetText(plan)}`);
  if (signal.aborted) return stopCodes[signal.reason] ?? 130;
  warnOfDismissals(plan, result);
  await writePhase(folder, 'review', { ...result, bundles: [...result.bundles], blocked: [...result.blocked] });
  return conclude(result, folder);
}

function conclude({ bundles, quorum, hasQuorum, blocked }: ReviewResult, folder: string): 0 | 3 {
  for (const where of blocked) warn(`two or more lineages say BLOCK: ${where}`);
  for (const { name, lineages, reviewers } of bundles)
    if (reviewers.length > 0 && lineages.length < quorum)
      warn(`${name}: ${lineages.length} of ${quorum} lineages answered; the quorum is not met`);
  warn(`answers and tallies: ${shorter(folder)}/verdicts`);
  return hasQuorum ? 0 : 3;
}

function bundleNotes({ name, reviewers }: BundleTally): string[] {
  return reviewers.flatMap(({ name: reviewer, abstention, flags }) => [
    ...(abstention === null ? [] : [`warning: ${name}: ${reviewer} abstains: ${abstention}`]),
    ...flags.map((flag) => `warning: ${name}: ${reviewer}: ${flag}`),
  ]);
}

/** What makes the count of lineages doubtful. */
function warnOfLineages({ settings: { quorum, reviewers } }: ReviewPlan): void {
  const lineages = new Set(reviewers.map(({ lineage }) => lineage.toLowerCase()));
  if (lineages.size < quorum) warn(`warning: the quorum is ${quorum} lineages, the reviewers have ${lineages.size}`);
  for (const [i, { name, lineage, model, url }] of reviewers.entries()) {
    const twin = reviewers.slice(0, i).find((one) => one.model === model && one.url === url && one.lineage !== lineage);
    if (twin !== undefined) warn(`warning: ${twin.name} and ${name} are one model, but count as two lineages`);
  }
}

function warnOfDismissals({ settings: { dismiss } }: ReviewPlan, { bundles }: ReviewResult): void {
  const found = new Set(bundles.flatMap(({ dismissals }) => dismissals));
  for (const { where } of dismiss) if (!found.has(where)) warn(`warning: dismiss: ${where} is not in the diff`);
}

function costText({ requests, tokensIn, tokensOut }: Cost): string {
  return `${plural(requests, 'request')}, ${tokensIn} tokens sent, ${tokensOut} received`;
}

function budgetText({ settings: { budget } }: ReviewPlan): string {
  const { requests, tokens } = budget;
  const limits = [
    ...(requests === undefined ? [] : [plural(requests, 'request')]),
    ...(tokens === undefined ? [] : [`${tokens} tokens`]),
  ];
  return limits.length === 0 ? '' : ` (budget: ${limits.join(', ')})`;
}

function warn(line: string): void {
  printError(`${terminalText(line)}\n`);
}
