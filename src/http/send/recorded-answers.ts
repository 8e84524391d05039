import { bodyBytes, type RecordedAnswer } from '../../recorded/format.ts';
import type { RecordedPlace, Recording } from '../../recorded/read-recording.ts';
import type { Failure, Response, SentRequest } from '../exchange.ts';
import { unsendable } from '../failure.ts';
import type { SendOptions } from './pool.ts';

/** Takes requests of cases, and gives the recorded answers to them. */
export type AnswerFromRecording = (request: SentRequest, options: SendOptions) => RecordedOutcome;

/** What a recording gives for a request. */
export interface RecordedOutcome {
  readonly outcome: Response | Failure;
  readonly durationMs: number;
  /** How many answers to this request were recorded, one after the other. */
  readonly recordedAnswers?: number;
}

/** Where a case is in the recording. */
interface Cursor {
  /** How many times the case was sent before. */
  readonly visit: number;
  /** The exchange that answered its last step; -1 before the first. */
  last: number;
}

/**
 * Answers from a recording. The steps of a case are looked for one behind the other, so that a flow gets the answers of its own time; a
 * case that is sent again gets the answers that were recorded again, or else the same ones.
 */
export function answersFrom(target: string, recording: Recording): AnswerFromRecording {
  const visits = new Map<string, number>();
  const cursors = new WeakMap<object, Cursor>();
  const cursorOf = ({ visit, caseId = '' }: SendOptions): Cursor => {
    const known = visit && cursors.get(visit);
    if (known !== undefined) return known;
    const cursor = { visit: visits.get(caseId) ?? 0, last: -1 };
    visits.set(caseId, cursor.visit + 1);
    if (visit !== undefined) cursors.set(visit, cursor);
    return cursor;
  };
  return (request, options) => {
    const cursor = cursorOf(options);
    const place = chosen(recording.find(request), cursor, options.accepts ?? null);
    if (place === null) return { outcome: notRecorded(target, request), durationMs: 0 };
    cursor.last = place.index;
    const { answers } = recording.read(place);
    const answer = answers[Math.min(cursor.visit, answers.length - 1)]!;
    return { outcome: outcomeOf(target, answer), durationMs: 0, recordedAnswers: answers.length };
  };
}

/** The next one behind the last step, and one with the status that the case expects before any other. */
function chosen(places: readonly RecordedPlace[], { last }: Cursor, accepts: number | null): RecordedPlace | null {
  const expected = accepts === null ? [] : places.filter(({ statuses }) => statuses[0] === accepts);
  const among = expected.length > 0 ? expected : places;
  return among.find(({ index }) => index > last) ?? among[0] ?? null;
}

function notRecorded(target: string, { method, path }: SentRequest): Failure {
  const message = `the recording of ${target} has no answer to ${method} ${JSON.stringify(path)} with this body`;
  return unsendable('not-recorded', message, 'record this request, or leave the case out');
}

function outcomeOf(target: string, { status, statusText, headers, body }: RecordedAnswer): Response | Failure {
  const bytes = bodyBytes(body);
  if (bytes !== null) return { kind: 'response', status, statusText, headers, body: bytes };
  const message = `the recording of ${target} has this answer without its body, which was over the cap`;
  return unsendable('recorded-in-part', message, 'record it again with a larger --max-body');
}
