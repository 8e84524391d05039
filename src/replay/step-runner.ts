import type { AnswerCondition, Capture, RequestTemplate, Step } from '../cases/case.ts';
import { isSecretName } from '../config/secret-name.ts';
import { ParityError } from '../errors.ts';
import type { CookieJar } from '../http/cookies.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { Exchange, Failure, Response, SentRequest } from '../http/exchange.ts';
import { unsendable } from '../http/failure.ts';
import type { Sent, Transport } from '../http/send/transport.ts';
import { learnSecret, type Values } from '../http/session-secrets.ts';
import { type Captured, captured, describeCapture, type ReadPointer } from './middleware/capture.ts';
import { compareExchanges } from './order.ts';

/** A request from its template and the values captured so far; `literals` are those that are JSON, but no string; `self` is the target. Throws a ParityError where no request comes of it. */
export type Fill = (
  template: RequestTemplate,
  variables: Readonly<Record<string, string>>,
  filling: { readonly literals: ReadonlySet<string>; readonly self: Endpoint },
) => SentRequest;

/** One case under way on one target. */
export interface Visit {
  readonly target: string;
  /** The target itself: its origin and its base path. */
  readonly self: Endpoint;
  readonly transport: Transport;
  readonly sending: { readonly repeatable: boolean; readonly fresh: boolean; readonly caseId: string };
  readonly fill: Fill;
  readonly readPointer: ReadPointer;
  /** Null if cookies are not sent back. */
  readonly jar: CookieJar | null;
  /** Captured so far. */
  readonly variables: Values;
  /** See `TargetReplay`. */
  readonly capturedFrom: Readonly<Record<string, string>>;
  readonly literals: Set<string>;
  /** Captured values that are credentials by their names. */
  readonly secrets: Set<string>;
  /** Ends the pauses between attempts; no further step is sent then. */
  readonly signal: AbortSignal | undefined;
}

/** What a step came to: its exchanges (more than one if parallel), a failure behind them if the case cannot go on. */
export interface Played {
  readonly exchanges: readonly Exchange[];
  /** The first answer, or null if the case cannot go on. */
  readonly response: Response | null;
}

/** Sends a step, again and again if it is repeated, and captures what it names. */
export function playStep(step: Step, index: number, visit: Visit): Promise<Played> {
  const request = fillStep(step, visit);
  const { target } = visit;
  if ('kind' in request) return Promise.resolve(ended([], { target, step: index, request: unfilled(step) }, request));
  const place = { target, step: index, request };
  if (step.repeat === undefined)
    return sendOnce(step, { place, visit }, (exchanges) => played(step, { exchanges, failure: null }, visit));
  const once = (attempt: number) => sendOnce(step, { place: { ...place, attempt }, visit }, asTheyAre);
  return sendUntil(step.repeat, once, visit).then((attempted) => played(step, attempted, visit));
}

/** A step that is not sent any more, since the run was stopped. */
export function unsentStep(step: Step, index: number, { target }: Visit): Played {
  const outcome = unsendable('aborted', `the run was stopped before step ${index + 1} was sent to ${target}`);
  return ended([], { target, step: index, request: unfilled(step) }, outcome);
}

const asTheyAre = (exchanges: Exchange[]) => exchanges;

/** Captures what a step names in what was answered to it. */
function played(step: Step, { exchanges, failure }: Attempted, visit: Visit): Played {
  const response = failure === null ? responseOf(exchanges) : null;
  const missing = response === null ? failure : captureAll(step, response, visit);
  return missing === null ? { exchanges, response } : ended(exchanges, exchanges[0]!, missing);
}

interface Place extends Pick<Exchange, 'target' | 'step' | 'request'> {
  /** Of a step that is repeated: which time it is, from 1. */
  readonly attempt?: number;
}

function ended(exchanges: readonly Exchange[], place: Place, outcome: Failure): Played {
  const { target, step, request } = place;
  return { exchanges: [...exchanges, { target, step, request, outcome, durationMs: 0 }], response: null };
}

/** What cannot be filled in says nothing of the target: it is a failure of the request, not of the run. */
function fillStep({ request }: Step, { fill, variables, literals, self, jar }: Visit): SentRequest | Failure {
  try {
    const filled = fill(request, variables, { literals, self });
    const cookies = jar?.header(filled.path) ?? null;
    const own = filled.headers.some(([name]) => name.toLowerCase() === 'cookie');
    return cookies === null || own ? filled : { ...filled, headers: [...filled.headers, ['cookie', cookies]] };
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    return unsendable('refused-request', error.message, error.hint ?? null);
  }
}

function unfilled({ request: { method, path, headers } }: Step): SentRequest {
  return { method, path, headers, body: null };
}

interface Attempted {
  readonly exchanges: readonly Exchange[];
  readonly failure: Failure | null;
}

/** The last attempt counts, and says which it was. */
async function sendUntil(
  { until, atMost, everyMs }: NonNullable<Step['repeat']>,
  once: (attempt: number) => Promise<Exchange[]>,
  { target, signal, readPointer }: Visit,
): Promise<Attempted> {
  for (let attempt = 1; ; attempt += 1) {
    const exchanges = await once(attempt);
    const response = responseOf(exchanges);
    if (response === null || holds(until, response, readPointer)) return { exchanges, failure: null };
    if (attempt === atMost || signal?.aborted === true)
      return { exchanges, failure: exhausted(target, until, attempt) };
    await pause(everyMs, signal);
  }
}

interface Sending {
  readonly place: Place;
  readonly visit: Visit;
}

/** What is made of the exchanges of a step that is sent once, sorted; one promise and no `async`, for all that is sent goes through here. */
function sendOnce<T>(step: Step, { place, visit }: Sending, make: (exchanges: Exchange[]) => T): Promise<T> {
  const { holdMs, chunkBytes, withoutAuth } = step.request;
  const { repeatable, fresh, caseId } = visit.sending;
  const accepts = step.expect?.status ?? step.repeat?.until.status ?? null;
  const options = { repeatable, fresh, caseId, visit: visit.sending, holdMs, chunkBytes, withoutAuth, accepts };
  const { target, transport } = visit;
  if (step.parallel === 1)
    return transport
      .send(target, place.request, options)
      .then((sent) => make(stored([exchangeOf(place, sent)], visit)));
  const together = transport.sendTogether(target, place.request, { ...options, copies: step.parallel });
  return together.then((all) => make(stored(all.map((sent) => exchangeOf(place, sent)).sort(compareExchanges), visit)));
}

/** The exchanges, whose cookies are kept. */
function stored(exchanges: Exchange[], { jar }: Visit): Exchange[] {
  const response = jar === null ? null : responseOf(exchanges);
  if (response !== null) jar?.store(response, exchanges[0]!.request.path);
  return exchanges;
}

function exchangeOf({ target, step, request, attempt }: Place, sent: Sent): Exchange {
  const { outcome, durationMs, recordedAnswers } = sent;
  const attempts = attempt ?? sent.attempts;
  const recorded = recordedAnswers === undefined ? {} : { recordedAnswers };
  const exchange = { target, step, request, outcome, durationMs, ...recorded };
  return attempts === undefined ? exchange : { ...exchange, attempts };
}

function holds({ status, value, equals }: AnswerCondition, response: Response, readPointer: ReadPointer): boolean {
  if (status !== null && response.status !== status) return false;
  if (value === null) return true;
  const found = captured(value, response, readPointer);
  return found !== null && (equals === null || found.text === equals);
}

function exhausted(target: string, { status, value, equals }: AnswerCondition, attempts: number): Failure {
  const wanted = [
    ...(status === null ? [] : [`status ${status}`]),
    ...(value === null
      ? []
      : [`a ${describeCapture(value)}${equals === null ? '' : ` that is ${JSON.stringify(equals)}`}`]),
  ];
  const message = `${target} gave no answer with ${wanted.join(' and ')} in ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;
  return unsendable('repeat-exhausted', message, 'raise `atMost` or `every`, or look at its last answer');
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    function end(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    }
    if (signal?.aborted === true) end();
    else signal?.addEventListener('abort', end);
  });
}

/** The first response in their order; null if one of them failed. */
function responseOf(exchanges: readonly Exchange[]): Response | null {
  if (exchanges.some(({ outcome }) => outcome.kind === 'failure')) return null;
  const outcome = exchanges[0]?.outcome;
  return outcome?.kind === 'response' ? outcome : null;
}

/** What is captured under such a name, or from a place of such a name, is not to be shown. */
function isCredential(name: string, capture: Capture): boolean {
  const place = capture.from === 'header' ? capture.name : capture.from === 'pointer' ? capture.pointer : '';
  return isSecretName(name) || isSecretName(place.slice(place.lastIndexOf('/') + 1));
}

/** Stores all that a step captures, so that what is there counts as captured; null, or what is said of the first value that is not there. */
function captureAll(step: Step, response: Response, visit: Visit): Failure | null {
  let missing: Failure | null = null;
  for (const name in step.capture) {
    const capture = step.capture[name]!;
    const value: Captured | null = captured(capture, response, visit.readPointer);
    if (value === null) {
      missing ??= notThere(name, describeCapture(capture), { target: visit.target, response });
      continue;
    }
    learnSecret(visit.variables, name, value.text);
    if (isCredential(name, capture)) visit.secrets.add(value.text);
    if (value.literal) visit.literals.add(name);
    else visit.literals.delete(name);
  }
  return missing;
}

function notThere(
  name: string,
  place: string,
  { target, response }: { readonly target: string; readonly response: Response },
): Failure {
  const message = `${target} gave no value for ${name}: the answer with status ${response.status} has no ${place}`;
  return unsendable('capture-missing', message, 'look at the answer of this step');
}
