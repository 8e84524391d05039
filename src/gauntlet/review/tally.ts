import { maxNotInDiff, minAnswerTokens } from '../limits.ts';
import type { Reviewer, ReviewSettings } from '../schema.ts';
import type { Reply } from './ask.ts';
import { estimateTokens } from './budget.ts';
import type { Bundle } from './bundles.ts';
import type { Review, ReviewFinding } from './findings.ts';
import { type Location, locationText, locator } from './locations.ts';
import { readReply, repairText } from './repair.ts';
import { bySeverity, isBlocking, type Severity, worse } from './severity.ts';

/** What reviewers say about one location. */
export interface TalliedLocation {
  /** `src/a.go:17`: the first line that was named in the hunk. */
  readonly where: string;
  /** The worst that was named. */
  readonly severity: Severity;
  /** Names, in the order of the file. */
  readonly reviewers: readonly string[];
  /** Distinct ones. */
  readonly lineages: readonly string[];
  /** Distinct ones that say BLOCK. */
  readonly blockedBy: readonly string[];
  /** Why it is dismissed; null if it is not. */
  readonly dismissed: string | null;
  /** What each of them says. */
  readonly said: readonly { readonly reviewer: string; readonly what: string }[];
}

/** What one reviewer said about a bundle. */
export interface TalliedReviewer {
  readonly name: string;
  readonly lineage: string;
  readonly model: string;
  /** Why it abstains: no answer, or an empty one; null if it does not. */
  readonly abstention: string | null;
  readonly verdict: Review['verdict'];
  readonly reason: string;
  readonly tokens: number | null;
  /** What is odd about the answer, in words. */
  readonly flags: readonly string[];
  /** What it names that is not in the diff. */
  readonly notInDiff: readonly string[];
}

export interface BundleTally {
  readonly name: string;
  /** Locations that two or more lineages name. */
  readonly convergent: number;
  readonly distinct: number;
  readonly locations: readonly TalliedLocation[];
  readonly reviewers: readonly TalliedReviewer[];
  /** Lineages that answered with something. */
  readonly lineages: readonly string[];
  /** Dismissals whose location is in this bundle. */
  readonly dismissals: readonly string[];
}

/** A reviewer and what became of asking it. */
export interface Asked {
  readonly reviewer: Reviewer;
  readonly reply: Reply;
}

/** Counts by location what reviewers say about a bundle. */
export function tally(
  { name, files }: Bundle,
  asked: readonly Asked[],
  dismiss: ReviewSettings['dismiss'],
): BundleTally {
  const locate = locator(files);
  const reviews = asked.map((one) => ({ ...one, review: readReply(one.reply, locate) }));
  const reasons = dismiss.flatMap(({ where, reason }) => locate(where).map(({ key }) => ({ where, key, reason })));
  const dismissed = new Map(reasons.map(({ key, reason }) => [key, reason]));
  const locations = locationsOf(reviews, dismissed);
  return {
    name,
    convergent: locations.filter(({ lineages }) => lineages.length >= 2).length,
    distinct: locations.length,
    locations,
    reviewers: reviews.map(reviewerOf),
    lineages: distinctLineages(asked.filter(({ reply }) => hasText(reply))),
    dismissals: reasons.map(({ where }) => where),
  };
}

interface Reviewed extends Asked {
  readonly review: Review;
}

interface Mention {
  readonly location: Location;
  readonly finding: ReviewFinding;
  readonly reviewer: Reviewer;
}

function locationsOf(reviews: readonly Reviewed[], dismissed: ReadonlyMap<string, string>): TalliedLocation[] {
  const mentions = reviews.flatMap(({ reviewer, review }) =>
    review.findings.flatMap((finding) => finding.locations.map((location) => ({ location, finding, reviewer }))),
  );
  const groups = groupByKey(mentions);
  const locations = [...groups].map(([key, group]) => locationOf(group, dismissed.get(key) ?? null));
  return locations.toSorted(
    (a, b) =>
      bySeverity(a.severity, b.severity) ||
      b.lineages.length - a.lineages.length ||
      a.where.localeCompare(b.where, 'en', { numeric: true }),
  );
}

function groupByKey(mentions: readonly Mention[]): Map<string, Mention[]> {
  const groups = new Map<string, Mention[]>();
  for (const mention of mentions) {
    const { key } = mention.location;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [mention]);
    else group.push(mention);
  }
  return groups;
}

function locationOf(group: readonly Mention[], dismissed: string | null): TalliedLocation {
  const first = group.reduce((a, b) => ((b.location.line ?? 0) < (a.location.line ?? 0) ? b : a));
  const blocking = group.filter(({ finding }) => isBlocking(finding.severity));
  // A reviewer that repeats itself is shown with its first words.
  const said = new Map(group.toReversed().map(({ reviewer, finding }) => [reviewer.name, finding.what]));
  return {
    where: locationText(first.location),
    severity: group.map(({ finding }) => finding.severity).reduce(worse),
    reviewers: [...new Set(group.map(({ reviewer }) => reviewer.name))],
    lineages: distinctLineages(group),
    blockedBy: distinctLineages(blocking),
    dismissed,
    said: [...said].map(([reviewer, what]) => ({ reviewer, what })).toReversed(),
  };
}

/** However it is capitalised, a lineage is one. */
function distinctLineages(all: readonly Pick<Asked, 'reviewer'>[]): string[] {
  return [...new Set(all.map(({ reviewer }) => reviewer.lineage.toLowerCase()))];
}

function hasText({ answer }: Reply): boolean {
  return answer !== null && answer.text.trim() !== '';
}

function reviewerOf({ reviewer: { name, lineage, model }, reply, review }: Reviewed): TalliedReviewer {
  const { answer, failure } = reply;
  const abstention = failure ?? (hasText(reply) ? null : 'sent an empty answer');
  const tokens = answer === null ? null : (answer.tokensOut ?? estimateTokens(answer.text));
  const notInDiff = review.findings.filter(({ locations }) => locations.length === 0).map(({ where }) => where);
  const flags =
    abstention === null
      ? flagsOf({ review, tokens: tokens ?? 0, isCut: answer?.isCut === true, repair: reply.repair })
      : [];
  const { verdict, reason } = review;
  return {
    name,
    lineage,
    model,
    abstention,
    verdict,
    reason,
    tokens,
    flags,
    notInDiff: [...new Set(notInDiff)].slice(0, maxNotInDiff),
  };
}

interface Flagged {
  readonly review: Review;
  readonly tokens: number;
  readonly isCut: boolean;
  readonly repair: Reply['repair'];
}

function flagsOf({ review, tokens, isCut, repair }: Flagged): string[] {
  const { findings, verdict, isRetracted } = review;
  const outside = findings.filter(({ locations }) => locations.length === 0).length;
  return [
    ...(tokens < minAnswerTokens ? [`thin answer (${tokens} tokens)`] : []),
    ...(isRetracted ? ['the verdict takes back a finding of its own'] : []),
    ...(verdict === null ? ['no verdict'] : []),
    ...(verdict === null && findings.length === 0 ? ['nothing in the answer could be read'] : []),
    ...(outside > 0 ? [`not in diff: ${outside} of ${findings.length} findings`] : []),
    ...(repair === null ? [] : [`asked once more: ${repairText(repair)}`]),
    ...(isCut ? ['the answer was cut at a limit of tokens'] : []),
  ];
}
