import type { Unsent } from '../replay/unsent.ts';

/** Ends the sending of a run early. */
export interface Bail {
  /** Takes note of a case that is finished, and of the candidates on which it diverges. */
  count(caseId: string, divergentOn: readonly string[]): void;
  /** Why nothing more is sent, or null. */
  open(): Unsent | null;
}

/** Stops after `limit` divergent cases; one counts where it diverges on a candidate on which no accepted row lists it. */
export function bailAfter(limit: number, isAccepted: (caseId: string, candidate: string) => boolean): Bail {
  let found = 0;
  return {
    count(caseId, divergentOn) {
      if (divergentOn.some((candidate) => !isAccepted(caseId, candidate))) found += 1;
    },
    open() {
      if (found < limit) return null;
      const cases = limit === 1 ? 'the first divergent case' : `${limit} divergent cases`;
      return {
        reason: 'bail',
        message: `nothing more was sent after ${cases} (--bail ${limit})`,
        hint: 'leave out --bail to run all cases',
      };
    },
  };
}
