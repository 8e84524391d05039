import type { RecordedDocumented, RecordedEvidence, RecordedRule } from '../../record/evidence.ts';
import { matchingWithout } from './coverage-gaps.ts';
import type { ReportDocument } from './document.ts';
import { plural } from './wording.ts';

/** Why no mutation was seeded. */
const unseeded = (report: ReportDocument): string => {
  const { match } = report.counts;
  if (match === 0) return 'skipped, no case matched';
  return matchingWithout('value', report) === match
    ? 'skipped, every matching case has bodies that differ'
    : 'skipped, the answers of every matching case are too large';
};

/** `self-check: 40 of 40 deliberate changes were detected`, or what hid the rest. */
const selfCheckPhrase = (
  { seeded, seen, hidden, missed }: RecordedEvidence['selfCheck'],
  report: ReportDocument,
): string => {
  if (seeded === 0) return `self-check: ${unseeded(report)}`;
  const parts = hidden.map(({ rule, count }) => `${count} hidden by ${rule}`);
  const lost = missed.length > 0 ? [`${missed.length} MISSED, which is a bug in parity`] : [];
  return [`self-check: ${seen} of ${seeded} deliberate changes were detected`, ...parts, ...lost].join(', ');
};

/** `12 routes, 3 with one status only; 4 lists and 2 members were empty in every sample`. */
const coveragePhrase = ({ routes, emptyArrays, emptyFields }: RecordedEvidence['coverage']): string => {
  const answers = routes.reduce((sum, one) => sum + one.statuses.length, 0);
  const empty = emptyArrays.count + emptyFields.count;
  const nothing =
    empty === 0 ? '' : `; ${plural(empty, 'location')} ${empty === 1 ? 'was' : 'were'} empty or null in every sample`;
  return `coverage: ${plural(routes.length, 'route')}, ${plural(answers, 'pair')} of route and status${nothing}`;
};

const namedGaps = 3;

/** `GET /pets/{id} (200, 404)`, or without its statuses where no request came to it. */
export const gapText = ({ operation, isExercised, statuses }: RecordedDocumented['gaps'][number]): string =>
  isExercised ? `${operation} (${statuses.join(', ')})` : operation;

/** `OpenAPI: 12 of 30 operations and 14 of 72 documented answers were exercised on both sides`, and the largest gaps. */
const documentedPhrase = ({ operations, exercised, answers, answered, gaps }: RecordedDocumented): string => {
  const named = gaps.slice(0, namedGaps).map(gapText).join(', ');
  const counts = `OpenAPI: ${exercised} of ${plural(operations, 'operation')} and ${answered} of ${plural(answers, 'documented answer')} were exercised on both sides`;
  return named === '' ? counts : `${counts}; largest gaps: ${named}`;
};

/** One line for each rule: what it touched, and what it would hide. */
const rulePhrase = ({
  rule,
  reason,
  isNoise = false,
  touched,
  leaves,
  share,
  mutated,
  unseen,
  unread,
}: RecordedRule): string => {
  const percent = Math.round(share * 1000) / 10;
  const why = reason === null ? '' : ` (${reason})`;
  const hidden = mutated === 0 ? '' : `, hides ${unseen} of ${mutated} deliberate changes`;
  const known = touched === 0 ? 'matches no value' : `${touched} of ${leaves} values (${percent}%)${hidden}`;
  const unknown = `not counted in ${plural(unread, 'answer')} that ${unread === 1 ? 'is' : 'are'} neither JSON nor plain text`;
  const parts = [...(leaves === 0 && unread > 0 ? [] : [known]), ...(unread === 0 ? [] : [unknown])];
  return `${isNoise ? 'noise, suppressed like' : 'rule'} ${rule}${why}: ${parts.join('; ')}`;
};

/** The lines that a reader of the terminal needs; none if the run was cut off. */
export const evidencePhrases = (report: ReportDocument): readonly string[] => {
  const { evidence } = report;
  if (evidence === null) return [];
  const { failed, selfCheck, coverage, rules } = evidence;
  if (failed !== undefined) return [`self-check and coverage: not available; ${failed}`];
  const documented = coverage.documented === undefined ? [] : [documentedPhrase(coverage.documented)];
  return [selfCheckPhrase(selfCheck, report), coveragePhrase(coverage), ...documented, ...rules.map(rulePhrase)];
};
