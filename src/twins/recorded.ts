import { createHash } from 'node:crypto';
import recorded from './recorded.json' with { type: 'json' };

/** The status and the body of an answer to `POST /v1/validate`. */
export type ValidateAnswer = readonly [status: number, body: string];

/** The services that were recorded; `go-serde` is the Go service that prints refusals as serde does. */
export type RecordedService = 'rust' | 'go' | 'go-serde';

/** What the real services answered, by `bodyKey`; `go-serde` has only what is not in `go`. */
const answers = recorded as unknown as Readonly<Record<RecordedService, Readonly<Record<string, ValidateAnswer>>>>;

/** The key of a request body among the recorded answers. */
export function bodyKey(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 16);
}

/** What the real service answered to this body, or null if it was not recorded. */
export function recordedAnswer(service: RecordedService, body: Buffer): ValidateAnswer | null {
  const key = bodyKey(body);
  return answers[service][key] ?? (service === 'go-serde' ? answers.go[key] : null) ?? null;
}
