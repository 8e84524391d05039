import { ParityError } from '../../errors.ts';
import type { RecordedFault } from '../../record/types.ts';
import { maxMessage, maxNoted } from '../limits.ts';

/** A bug of the tool that a run came across: it costs what it is about, and nothing else. */
export interface InternalFault {
  /** What was being done: `comparing`, `the self-check`. */
  readonly what: string;
  /** The case that it costs; null where it costs none. */
  readonly caseId: string | null;
  readonly error: unknown;
}

/** The faults of a run. */
export interface Faults {
  add(fault: InternalFault): void;
  /** Does something that a run can do without; where it fails, that is noted and `otherwise` is what came of it. */
  guard<T>(about: Omit<InternalFault, 'error'>, act: () => T, otherwise: T): T;
  all(): readonly InternalFault[];
}

/** No fault yet. */
export function gatherFaults(): Faults {
  const faults: InternalFault[] = [];
  return {
    add: (fault) => void faults.push(fault),
    guard(about, act, otherwise) {
      try {
        return act();
      } catch (error) {
        faults.push({ ...about, error: internalOnly(error) });
        return otherwise;
      }
    },
    all: () => faults,
  };
}

/** Thrown where a run that was stopped does not wait for its findings: its record has no footer then, and can be resumed. */
export class GivenUp extends Error {}

/** Throws what is not a bug: a full disk, for example. */
export function internalOnly(error: unknown): unknown {
  if (error instanceof ParityError || error instanceof GivenUp) throw error;
  return error;
}

/** Why a case was not judged that a bug of the tool ended. */
export const internalReason = 'internal';

/** `parity has a bug: comparing s/a failed: x is not a function`. */
export function faultText({ what, caseId, error }: InternalFault): string {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `parity has a bug: ${what}${caseId === null ? '' : ` ${caseId}`} failed: ${said.slice(0, maxMessage)}`;
}

/** Sentences on the faults of a run. */
export function faultNotes(faults: readonly InternalFault[]): string[] {
  const rest = faults.length - maxNoted;
  return [
    ...faults.slice(0, maxNoted).map(faultText),
    ...(rest > 0 ? [`${rest} more bugs of parity of this kind`] : []),
  ];
}

export const nextStep = 'run this case alone with PARITY_DEBUG=1, and report what that shows';

/** What is recorded of a case on a candidate that a bug ended. */
export function recordedFault(candidate: string, fault: InternalFault & { readonly caseId: string }): RecordedFault {
  return { case: fault.caseId, candidate, message: faultText(fault), hint: nextStep };
}
