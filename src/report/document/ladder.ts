import type { Rung } from '../../config/rules.ts';
import type { ReportSuite } from './report-model.ts';
import type { SuiteDigest } from './summary.ts';

/** A piece of what is said of the ladder of a suite. */
export interface LadderPhrase {
  readonly text: string;
  /** It says why the suite is what it is, and is left out nowhere. */
  readonly changesSomething: boolean;
}

const shapePhrase = (held: number, all: number): string => {
  if (held < all) return `${all - held}/${all} body shapes diverge`;
  return all === 1 ? 'the one body has the same shape' : `all ${all} bodies have the same shape`;
};

const partPhrases = ({ conclusive: all, ladder, headers }: ReportSuite): readonly [Rung | 'headers', string][] => [
  ['shape', shapePhrase(ladder.shape, all)],
  ...(headers < all ? [['headers', `${all - headers}/${all} headers diverge`] as ['headers', string]] : []),
  ['value', `${ladder.value}/${all} same value`],
  ['wire', `${ladder.wire}/${all} same bytes`],
];

/**
 * The ladder of a suite in words, or of several that are taken for one: the status codes, then what broke, what of it is accepted and
 * what was not compared, and at last what held. `digests` are those of the suites.
 */
export const ladderPhrases = (suite: ReportSuite, digests: readonly SuiteDigest[]): readonly LadderPhrase[] => {
  const { conclusive: all, cases, ladder } = suite;
  const telling = (text: string): LadderPhrase => ({ text, changesSomething: true });
  const silent = cases > all ? [telling(`${cases - all} of ${cases} not compared`)] : [];
  if (all === 0) return silent;
  const accepted = digests.reduce((sum, { outcomes }) => sum + outcomes.accepted, 0);
  const isBroken = (part: Rung | 'headers'): boolean => digests.some(({ broken }) => broken.has(part));
  const parts = partPhrases(suite);
  return [
    telling(`${ladder.status}/${all} status codes match`),
    ...parts.filter(([part]) => isBroken(part)).map(([, text]) => telling(text)),
    ...(accepted > 0 ? [telling(`${accepted} accepted`)] : []),
    ...silent,
    ...parts.filter(([part]) => !isBroken(part)).map(([part, text]) => ({ text, changesSomething: part === 'shape' })),
  ];
};

/** What must be said of the ladder of a suite, on one line. */
export const ladderWithReasons = (suite: ReportSuite, digests: readonly SuiteDigest[]): string =>
  ladderPhrases(suite, digests)
    .filter(({ changesSomething }) => changesSomething)
    .map(({ text }) => text)
    .join(' · ');

/** The digest of a suite; none where all its cases matched and are only counted. */
export const digestsOf = ({ name, candidate }: ReportSuite, all: readonly SuiteDigest[]): readonly SuiteDigest[] =>
  all.filter((one) => one.name === name && one.candidate === candidate);
