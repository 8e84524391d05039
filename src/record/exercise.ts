import { type Check, isNumber, isString, listOf, shapeOf } from './validators.ts';

/** A suite of which both sides refused half of the judged cases or more alike, on one candidate. */
export interface RecordedExercise {
  readonly suite: string;
  readonly candidate: string;
  /** Cases that matched or diverge. */
  readonly judged: number;
  /** Of these, those that both sides refused alike, and that do not say what they expect. */
  readonly refused: number;
  /** The statuses of the refusals, ascending. */
  readonly statuses: readonly number[];
}

/** Refused suites as they stand in the footer of `run.jsonl`. */
export const isExercise: Check<readonly RecordedExercise[]> = listOf(
  shapeOf({
    suite: isString,
    candidate: isString,
    judged: isNumber,
    refused: isNumber,
    statuses: listOf(isNumber),
  }),
);

/** Every judged case of the suite was refused alike: it shows nothing of the services. */
export function exercisesNothing({ judged, refused }: RecordedExercise): boolean {
  return judged > 0 && refused === judged;
}

/** What is recorded of a case on a candidate. */
interface Refusable {
  readonly outcome: string;
  readonly refused?: readonly number[];
}

/** Both sides refused a case alike, and nothing else came of it. */
export function isRefusedMatch({ outcome, refused }: Refusable): boolean {
  return outcome === 'match' && refused !== undefined;
}

const remedies: readonly (readonly [isMeant: (status: number) => boolean, remedy: string])[] = [
  [(status) => [401, 403, 407].includes(status), 'check the credentials of the targets'],
  [(status) => [404, 405, 421].includes(status), 'check the base path in the URLs of the targets'],
  [(status) => status === 429, 'set --rate'],
  [(status) => status >= 500, 'bring the targets into service'],
];

/** What to do about refusals. */
export function remedy(statuses: readonly number[]): string {
  return remedies
    .filter(([isMeant]) => statuses.some(isMeant))
    .map(([, text]) => text)
    .join(', ');
}
