import { join } from 'node:path';
import type { Dispatcher } from 'undici';
import { minSecretLength } from '../../config/limits.ts';
import { isSecretName } from '../../config/secret-name.ts';
import { type Mask, maskOf } from '../../redact/redact.ts';
import { maskMembers, namesSecret } from '../../redact/redact-members.ts';
import { makeFolder } from '../new-file.ts';
import type { Reviewer, ReviewSettings } from '../schema.ts';
import type { Reply } from './ask.ts';
import { type Budget, budgetOf, type Cost, estimateCost } from './budget.ts';
import type { Bundle } from './bundles.ts';
import { type Locate, locator } from './locations.ts';
import type { ReviewPlan } from './plan.ts';
import { type Prompt, promptOf } from './prompt.ts';
import { askForForm } from './repair.ts';
import { type Asked, type BundleTally, tally } from './tally.ts';
import { writeTally, writeVerdict } from './verdict-files.ts';

/** What a review found; `review.json` of a gauntlet is this. */
export interface ReviewResult {
  readonly bundles: readonly BundleTally[];
  /** Locations at which two or more distinct lineages say BLOCK and that are not dismissed. */
  readonly blocked: readonly string[];
  /** In every bundle as many lineages as the quorum answered. */
  readonly hasQuorum: boolean;
  readonly quorum: number;
  readonly cost: Readonly<Cost>;
}

export interface ReviewOptions {
  /** Of the gauntlet; the answers go to `verdicts` in it. */
  readonly folder: string;
  /** What is never sent or written; more may be added. */
  readonly secrets: Set<string>;
  /** Ends what is under way: its reviewers abstain. */
  readonly signal: AbortSignal;
  readonly onStart?: (name: string) => void;
  readonly onEnd?: (name: string) => void;
  /** Given each bundle once all its reviewers have answered, in order. */
  readonly onBundle: (bundle: BundleTally) => void | Promise<void>;
}

interface Surroundings {
  readonly settings: ReviewSettings;
  readonly options: ReviewOptions;
  readonly dispatcher: Dispatcher;
  readonly budget: Budget;
  readonly mask: Mask;
  /** Does something as soon as one of the slots is free. */
  readonly inSlot: <Result>(act: () => Promise<Result>) => Promise<Result>;
  /** `verdicts` of the gauntlet. */
  readonly folder: string;
}

/** Asks every reviewer about every bundle, writes what they answer as it comes, and counts it. */
export async function runReview(plan: ReviewPlan, options: ReviewOptions): Promise<ReviewResult> {
  const { settings, bundles } = plan;
  const folder = join(options.folder, 'verdicts');
  await makeFolder(folder);
  for (const { headers } of settings.reviewers) noteSecrets(headers, options.secrets);
  const { Agent } = await import('undici');
  // One deadline bounds a whole request.
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const [budget, mask, inSlot] = [
    budgetOf(settings.budget, estimateCost(plan)),
    maskOf(options.secrets),
    slots(settings.concurrency),
  ];
  const review = { settings, options, dispatcher, budget, mask, inSlot, folder };
  try {
    const tallies = await Promise.all(inOrder(bundles, review));
    return resultOf(tallies, settings, budget.cost);
  } finally {
    await dispatcher.destroy();
  }
}

/** All bundles are asked about at once, and counted one after the other. */
function inOrder(bundles: readonly Bundle[], review: Surroundings): Promise<BundleTally>[] {
  let before: Promise<unknown> = Promise.resolve();
  return bundles.map((bundle) => {
    const asked = askAll(bundle, review);
    const tallied = Promise.all([asked, before]).then(([replies]) => count(bundle, replies, review));
    before = tallied;
    return tallied;
  });
}

async function count(bundle: Bundle, asked: readonly Asked[], { settings, options, folder }: Surroundings) {
  const counted = tally(bundle, asked, settings.dismiss);
  await writeTally(folder, counted);
  await options.onBundle(counted);
  return counted;
}

function askAll(bundle: Bundle, review: Surroundings): Promise<Asked[]> {
  // Nobody is asked about nothing.
  const reviewers = bundle.size === 0 ? [] : review.settings.reviewers;
  let prompt: Prompt | null = null;
  const locate = locator(bundle.files);
  return Promise.all(
    reviewers.map((reviewer) =>
      review.inSlot(async () => {
        prompt ??= promptOf(bundle, (diff) => review.mask(redactLines(diff)));
        const asked = {
          reviewer,
          reply: await reply(reviewer, prompt, { ...review, locate, label: `${bundle.name} ${reviewer.name}` }),
        };
        await writeVerdict(review.folder, bundle, asked);
        return asked;
      }),
    ),
  );
}

interface Labelled extends Surroundings {
  readonly label: string;
  readonly locate: Locate;
}

async function reply(
  reviewer: Reviewer,
  prompt: Prompt,
  { settings, options, label, ...review }: Labelled,
): Promise<Reply> {
  const { mask, ...how } = review;
  const { timeout: timeoutMs = settings.timeout } = reviewer;
  options.onStart?.(label);
  const { signal } = options;
  const got = await askForForm(reviewer, prompt, { ...how, mask, timeoutMs, retries: settings.retries, signal });
  options.onEnd?.(label);
  return { ...got, answer: mask(got.answer), failure: mask(got.failure), repair: mask(got.repair) };
}

/** Credentials that the file itself holds are none of the reviewers' business, either: the file may be in the diff. */
function noteSecrets(headers: Reviewer['headers'], secrets: Set<string>): void {
  for (const [name, value] of Object.entries(headers)) {
    const words = [value, value.replace(/^[A-Za-z]{1,20} +/, '')].filter(({ length }) => length >= minSecretLength);
    if (isSecretName(name)) for (const word of words) secrets.add(word);
  }
}

/** What is a credential by its name is redacted line by line: nothing of a diff may hide the lines below it. */
function redactLines(diff: string): string {
  return namesSecret(diff) ? diff.split('\n').map(maskMembers).join('\n') : diff;
}

/** At most so many at a time, in the order in which they come. */
function slots(count: number): Surroundings['inSlot'] {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

function resultOf(bundles: readonly BundleTally[], { quorum }: ReviewSettings, cost: Readonly<Cost>): ReviewResult {
  const open = bundles.flatMap(({ locations }) => locations).filter(({ dismissed }) => dismissed === null);
  return {
    bundles,
    blocked: open.filter(({ blockedBy }) => blockedBy.length >= 2).map(({ where }) => where),
    hasQuorum: bundles.every((bundle) => bundle.reviewers.length === 0 || bundle.lineages.length >= quorum),
    quorum,
    cost,
  };
}
