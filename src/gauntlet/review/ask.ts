import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { maxAnswerBytes, maxBackoffMs, minBackoffMs } from '../limits.ts';
import type { Reviewer } from '../schema.ts';
import { type Answer, readAnswer } from './answer.ts';
import { type Budget, estimateTokens } from './budget.ts';
import type { Prompt } from './prompt.ts';

/** What became of the question to one reviewer. */
export interface Reply {
  /** Null where none came. */
  readonly answer: Answer | null;
  /** Why there is no answer: `answered 500 (…)`; null where there is one. */
  readonly failure: string | null;
  readonly attempts: number;
  /** From the first request to the answer, in milliseconds. */
  readonly latencyMs: number;
  readonly date: Date;
  /** Why it was asked once more, and what came of it; null if it was not. */
  readonly repair: Repair | null;
}

/** A question about an answer that was not in the form. */
export interface Repair {
  /** What was wrong with the first answer, as the end of a sentence. */
  readonly fault: string;
  /** Why there is no second answer; null where there is one. */
  readonly failure: string | null;
  /** The second answer is the one that counts first. */
  readonly isSecond: boolean;
  /** The first answer if `isSecond`, else the second one, if there is one. */
  readonly other: Answer | null;
}

export interface AskOptions {
  readonly dispatcher: Dispatcher;
  readonly budget: Budget;
  /** Deadline of one request. */
  readonly timeoutMs: number;
  readonly retries: number;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
  /** Goes beyond what was planned: it leaves the budget for that. */
  readonly isExtra?: boolean;
}

/** One attempt: an answer, or why there is none and whether another one is of use. */
type Attempt =
  | { readonly answer: Answer }
  | { readonly failure: string; readonly isFinal: boolean; readonly waitMs: number | null };

/** Asks a reviewer, again after pauses that grow where it is overloaded (429), broken (5xx) or cannot be reached. Never throws. */
export async function ask(reviewer: Reviewer, prompt: Prompt, options: AskOptions): Promise<Reply> {
  const body = requestBody(reviewer, prompt);
  const tokens = messagesOf(prompt).reduce((sum, { content }) => sum + estimateTokens(content), 0);
  const { budget, retries, signal, isExtra = false } = options;
  const began = performance.now();
  let attempts = 0;
  const end = (answer: Answer | null, failure: string | null): Reply => {
    return {
      answer,
      failure,
      attempts,
      latencyMs: Math.round(performance.now() - began),
      date: new Date(),
      repair: null,
    };
  };
  let failure = 'was not asked: the review was stopped';
  while (!signal.aborted) {
    const refusal = budget.spend(tokens, isExtra ? 'extra' : attempts === 0 ? 'planned' : 'again');
    if (refusal !== null) return end(null, attempts === 0 ? `was not asked: ${refusal}` : `${failure}; ${refusal}`);
    attempts += 1;
    const attempt = await send(reviewer, body, options);
    if ('answer' in attempt) {
      budget.settle(tokens, attempt.answer);
      return end(attempt.answer, null);
    }
    failure = attempt.failure;
    const waitMs = Math.max(attempt.waitMs ?? 0, Math.min(minBackoffMs * 2 ** (attempts - 1), maxBackoffMs));
    if (attempt.isFinal || attempts > retries || waitMs > Math.max(options.timeoutMs, maxBackoffMs)) break;
    await sleep(waitMs, undefined, { signal }).catch(() => {});
  }
  return end(null, attempts > 1 ? `${failure}, ${attempts} times` : failure);
}

/** Both forms take the same; they differ in how an answer is written, which is read in either way. */
function requestBody({ model }: Reviewer, prompt: Prompt): Buffer {
  return Buffer.from(JSON.stringify({ model, messages: messagesOf(prompt), stream: false }));
}

function messagesOf({ system, user, repair }: Prompt) {
  const first = [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ];
  if (repair === undefined) return first;
  // Some services refuse a message without a text.
  const said = repair.said.trim() === '' ? '(empty)' : repair.said;
  return [...first, { role: 'assistant', content: said }, { role: 'user', content: repair.request }];
}

async function send(reviewer: Reviewer, body: Buffer, options: AskOptions): Promise<Attempt> {
  const { dispatcher, timeoutMs, signal } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  const own = Object.entries(reviewer.headers).map(([name, value]) => [name.toLowerCase(), value]);
  const headers = { 'content-type': 'application/json', accept: 'application/json', ...Object.fromEntries(own) };
  try {
    const { request } = await import('undici');
    const response = await request(reviewer.url, {
      ...{ method: 'POST', headers, body, dispatcher, signal: AbortSignal.any([deadline, signal]) },
    });
    const text = await readBody(response.body);
    if (text === null) return final(`sent an answer of more than ${maxAnswerBytes / 2 ** 20} MiB`);
    const { statusCode: status } = response;
    if (status >= 200 && status < 300) return { answer: readAnswer(text) };
    const failure = `answered ${status}${text.trim() === '' ? '' : ` (${text.trim().slice(0, 200)})`}`;
    if (status !== 429 && status < 500) return final(failure);
    return { failure, isFinal: false, waitMs: askedToWait(response.headers['retry-after']) };
  } catch (error) {
    if (deadline.aborted) return final(`did not answer within ${timeoutMs / 1000} s`);
    if (signal.aborted) return final('was not asked to the end: the review was stopped');
    return { failure: failureOf(error), isFinal: false, waitMs: null };
  }
}

function final(failure: string): Attempt {
  return { failure, isFinal: true, waitMs: null };
}

/** Null for one that is too long. */
async function readBody(body: AsyncIterable<Uint8Array>): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > maxAnswerBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function askedToWait(value: string | string[] | undefined): number | null {
  const text = String(value ?? '').trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : date - Date.now();
}

function failureOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  return `could not be reached: ${code === '' || message.includes(code) ? message : `${message} (${code})`}`;
}
