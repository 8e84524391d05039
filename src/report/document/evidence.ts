import type { RecordedEvidence, RecordedRule } from '../../record/evidence.ts';
import { matchingWithout } from './coverage-gaps.ts';
import type { ReportDocument } from './document.ts';
import { plural } from './wording.ts';

/** Why no mutation was seeded. */
const unseeded = (report: ReportDocument): string => {
  const { match } = report.counts;
  if (match === 0) return 'no matched answer to seed mutations into';
  return matchingWithout('value', report) === match
    ? 'no mutation seeded: every case that matched has bodies that differ'
    : 'no mutation seeded: the answers of every case that matched are too large';
};

/** `self-check: 40/40 seen`, or what hid the rest. */
const selfCheckPhrase = (
  { seeded, seen, hidden, missed }: RecordedEvidence['selfCheck'],
  report: ReportDocument,
): string => {
  if (seeded === 0) return `self-check: ${unseeded(report)}`;
  const parts = hidden.map(({ rule, count }) => `${count} hidden by ${rule}`);
  const lost = missed.length > 0 ? [`${missed.length} MISSED, which is a bug of parity`] : [];
  return [`self-check: ${seen}/${seeded} seen`, ...parts, ...lost].join(', ');
};

/** `12 routes, 3 with one status only; 4 lists and 2 members were empty in every sample`. */
const coveragePhrase = ({ routes, emptyArrays, emptyFields }: RecordedEvidence['coverage']): string => {
  const answers = routes.reduce((sum, one) => sum + one.statuses.length, 0);
  const empty = emptyArrays.count + emptyFields.count;
  const nothing = empty === 0 ? '' : `; equal over nothing at ${plural(empty, 'place')}: empty or null in every sample`;
  return `coverage: ${plural(routes.length, 'route')}, ${plural(answers, 'pair')} of route and status${nothing}`;
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
  const hidden = mutated === 0 ? '' : `, hides ${unseen} of ${mutated} seeded drifts`;
  const known = touched === 0 ? 'no value stands under it' : `${touched} of ${leaves} values (${percent}%)${hidden}`;
  const unknown = `not counted in ${plural(unread, 'answer')} that ${unread === 1 ? 'is' : 'are'} neither JSON nor plain text`;
  const parts = [...(leaves === 0 && unread > 0 ? [] : [known]), ...(unread === 0 ? [] : [unknown])];
  return `${isNoise ? 'noise, forgiven as by' : 'rule'} ${rule}${why}: ${parts.join('; ')}`;
};

/** The lines that a reader of the terminal needs; none if the run was cut off. */
export const evidencePhrases = (report: ReportDocument): readonly string[] => {
  const { evidence } = report;
  if (evidence === null) return [];
  const { failed, selfCheck, coverage, rules } = evidence;
  if (failed !== undefined) return [`self-check and coverage: not known; ${failed}`];
  return [selfCheckPhrase(selfCheck, report), coveragePhrase(coverage), ...rules.map(rulePhrase)];
};
