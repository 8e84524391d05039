import type { ComparedSide } from '../../src/compare/compare-case.ts';
import { compareCase } from '../../src/compare/compare-case.ts';
import type { CaseComparison } from '../../src/compare/model/divergence.ts';
import { type CompareOptions, defaultCompare } from '../../src/config/rules.ts';
import type { Exchange, Failure, Response } from '../../src/http/exchange.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

/** What a target answers, as short as a test needs it. */
export interface Answer {
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: Pairs;
  readonly body?: string | Uint8Array;
}

/** A response with this status, these headers and this body (text as UTF-8). */
export function response({ status = 200, statusText = '', headers = [], body = '' }: Answer = {}): Response {
  return { kind: 'response', status, statusText, headers, body: Buffer.from(body) };
}

/** A JSON response with this body. */
export function json(body: string | Uint8Array, status = 200): Response {
  return response({ status, headers: [['content-type', 'application/json']], body });
}

/** No response, of this family. */
export function failure(family: Failure['family'], reason: string, message = `it is ${reason}`): Failure {
  return { kind: 'failure', family, reason, message, hint: null };
}

/** What a target called `name` on `http://name.test` answered, step by step; what it captured was from members called `id`. */
export function side(
  name: string,
  outcomes: readonly (Response | Failure)[],
  captured: Readonly<Record<string, string>> = {},
): ComparedSide {
  const request = { method: 'GET', path: '/', headers: [], body: null };
  const exchanges = outcomes.map(
    (outcome, step): Exchange => ({ target: name, step, request, outcome, durationMs: 1 }),
  );
  const capturedFrom = Object.fromEntries(Object.keys(captured).map((each) => [each, 'id']));
  return { replay: { target: name, exchanges, captured, capturedFrom }, origin: `http://${name}.test` };
}

/** Compares the only step of two targets, `rust` the reference and `go` the candidate. */
export function compareOne(
  reference: Response | Failure,
  candidate: Response | Failure,
  options: Partial<CompareOptions> = {},
): CaseComparison {
  return compareCase(side('rust', [reference]), side('go', [candidate]), { ...defaultCompare, ...options });
}
