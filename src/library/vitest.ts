import { expect } from 'vitest';
import { openFindings, verdictReason } from '../report/document/wording.ts';
import type { ParityResult } from './parity.ts';

declare module 'vitest' {
  interface Matchers<T> {
    /** Every selected case ran on every target, and every divergence was accepted. */
    toHaveParity(): T;
  }
}

const shownFindings = 10;

/** Not the exit code alone: `failOn: 'never'` makes it 0 whatever differs. */
const hasParity = ({ exitCode, verdict, report: { counts } }: ParityResult): boolean =>
  exitCode === 0 &&
  verdict !== 'inconclusive' &&
  counts.divergent + counts.flaky + counts.inconclusive + counts.notRun === 0;

const isResult = (value: unknown): value is ParityResult =>
  typeof value === 'object' && value !== null && 'report' in value && 'exitCode' in value && 'verdict' in value;

const messageOf = ({ report, verdict, dir }: ParityResult): string => {
  const open = openFindings(report);
  const rest = open.length - shownFindings;
  return [
    `${verdict.toUpperCase()} ${verdictReason(report)}`,
    ...open.slice(0, shownFindings).map(({ id, severity, title }) => `  ${id}  ${severity}  ${title}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    `run folder: ${dir}`,
  ].join('\n');
};

expect.extend({
  toHaveParity(received: unknown) {
    if (!isResult(received))
      return { pass: false, message: () => 'toHaveParity takes what parity() or compare() gives' };
    return { pass: hasParity(received), message: () => messageOf(received) };
  },
});
