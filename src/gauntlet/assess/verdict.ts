/** What an assessment may end with, the strictest first. */
export const verdicts = ['hold', 'inconclusive', 'ship-with-known-gap', 'ship'] as const;
export type Verdict = (typeof verdicts)[number];

export const verdictCodes: Readonly<Record<Verdict, number>> = {
  hold: 1,
  inconclusive: 3,
  'ship-with-known-gap': 0,
  ship: 0,
};

/** A divergence between the targets that is not fixed. */
export interface KnownGap {
  readonly id: string;
  readonly title: string;
  /** Null for an open row of the tracker that the run neither showed nor closed. */
  readonly severity: 'breaking' | 'risky' | 'cosmetic' | null;
  /** `new`: without a row from before this gauntlet. */
  readonly state: 'new' | 'reopened' | 'open' | 'accepted';
  /** What people wrote under Decision; null if nothing. */
  readonly decision: string | null;
}

/** What the verdict is computed from. Nothing in it is an opinion but `blocked`, which can only hold. */
export interface Findings {
  readonly failedChecks: readonly string[];
  readonly failedGates: readonly { readonly id: string; readonly title: string }[];
  readonly gaps: readonly KnownGap[];
  /** Locations at which two or more distinct lineages say BLOCK and that are not dismissed. */
  readonly blocked: readonly string[];
  /** Why a phase could not be judged, a sentence each. */
  readonly unjudged: readonly string[];
  /** Ids of risks that are not closed. */
  readonly openRisks: readonly string[];
  /** Claims that are not held. */
  readonly unprovedClaims: readonly string[];
  /** A parity run is part of the gauntlet. */
  readonly hasParity: boolean;
  /** Open risks and unproved claims hold the release. */
  readonly strict: boolean;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** A sentence each, the gravest first. */
  readonly reasons: readonly string[];
}

/** The table of verdicts: the first line that applies decides. */
export function judge(findings: Findings): Judgement {
  const holding = [...holdReasons(findings), ...(findings.strict ? strictReasons(findings) : [])];
  const { unjudged, gaps } = findings;
  if (holding.length > 0) return { verdict: 'hold', reasons: [...holding, ...unjudged] };
  if (unjudged.length > 0) return { verdict: 'inconclusive', reasons: unjudged };
  if (gaps.length > 0) return { verdict: 'ship-with-known-gap', reasons: gaps.map(gapReason) };
  const parity = findings.hasParity ? 'the parity run shows no divergence' : 'no parity run is part of this gauntlet';
  return { verdict: 'ship', reasons: ['no check and no gate fails', parity] };
}

function holdReasons({ failedChecks, failedGates, gaps, blocked }: Findings): string[] {
  return [
    ...failedChecks.map((name) => `smoke check ${name} fails`),
    ...failedGates.map(({ id, title }) => `gate ${id} fails: ${title}`),
    ...gaps.flatMap(regression),
    ...gaps.flatMap(undecided),
    ...blocked.map((where) => `two or more lineages of reviewers say BLOCK at ${where}, and it is not dismissed`),
  ];
}

function regression({ id, title, state }: KnownGap): string[] {
  if (state === 'new') return [`${id} is new: ${title}`];
  return state === 'reopened' ? [`${id} is reopened: ${title}`] : [];
}

/** A new or reopened one is named already. */
function undecided({ id, title, severity, state, decision }: KnownGap): string[] {
  if (severity !== 'breaking' || state !== 'open' || decision !== null) return [];
  return [`${id} is breaking, not accepted, and has nothing under Decision: ${title}`];
}

function strictReasons({ openRisks, unprovedClaims }: Findings): string[] {
  return [
    ...openRisks.map((id) => `risk ${id} is not closed, and the assessment is strict`),
    ...unprovedClaims.map((claim) => `a claim is not proved, and the assessment is strict: ${claim}`),
  ];
}

function gapReason({ id, title, state, decision }: KnownGap): string {
  const known = state === 'accepted' ? 'accepted' : 'documented';
  return `${id} is ${known}${decision === null ? '' : ` (${decision})`}: ${title}`;
}
