import { compareCase } from '../../src/compare/compare-case.ts';
import { defaultCompare } from '../../src/config/rules.ts';
import { type Recognition, recognise } from '../../src/drift/recognise.ts';
import type { Exchange, Failure, Response, SentRequest } from '../../src/http/exchange.ts';

/**
 * A request and both answers in the notation of the pages: first line, headers, an empty line, the body; ␊ is a newline. An answer
 * that is the one word `closed` is none.
 */
export interface Told {
  readonly request: string;
  readonly reference: string;
  readonly candidate: string;
}

function parts(text: string): { first: string; headers: (readonly [string, string])[]; body: Buffer } {
  const [head = '', ...rest] = text.split('␊␊');
  const [first = '', ...lines] = head.split('␊');
  const headers = lines.map((line) => {
    const at = line.indexOf(': ');
    return [line.slice(0, at), line.slice(at + 2)] as const;
  });
  // Bytes that are no UTF-8 are written as \xff.
  const body = rest.join('␊␊').replaceAll('␊', '\n');
  const bytes = body.split(/(\\x[0-9a-f]{2})/).map((part) => {
    return /^\\x[0-9a-f]{2}$/.test(part) ? Buffer.from(part.slice(2), 'hex') : Buffer.from(part);
  });
  return { first, headers, body: Buffer.concat(bytes) };
}

export function requestOf(text: string): SentRequest {
  const { first, headers, body } = parts(text);
  const [method = '', path = ''] = first.split(' ');
  return { method, path, headers, body: body.length === 0 ? null : body };
}

const closed: Failure = {
  kind: 'failure',
  family: 'lost',
  reason: 'closed-early',
  message: 'it closed the connection before sending anything',
  hint: null,
};

function outcomeOf(text: string): Response | Failure {
  if (text === 'closed') return closed;
  const { first, headers, body } = parts(text);
  return { kind: 'response', status: Number(first), statusText: '', headers, body };
}

export function swapped({ request, reference, candidate }: Told): Told {
  return { request, reference: candidate, candidate: reference };
}

/** The exchange of a vector, compared as a run does it, every header that one of the answers has included. */
export function compared(told: Told) {
  const request = requestOf(told.request);
  const outcomes = [outcomeOf(told.reference), outcomeOf(told.candidate)] as const;
  const names = outcomes.flatMap((one) => (one.kind === 'failure' ? [] : one.headers.map(([name]) => name)));
  const side = (target: string, outcome: Response | Failure) => {
    const exchange: Exchange = { target, step: 0, request, outcome, durationMs: 1 };
    return { replay: { target, exchanges: [exchange], captured: {} }, origin: `http://${target}.test` };
  };
  const [reference, candidate] = [side('rust', outcomes[0]), side('go', outcomes[1])];
  const { divergences } = compareCase(reference, candidate, { ...defaultCompare, headers: names });
  return { request, reference: outcomes[0], candidate: outcomes[1], divergences };
}

/** What is recognised in the exchange of a vector, and the divergences that nothing speaks for. */
export function recognised(
  told: Told,
  names = { reference: 'rust', candidate: 'go' },
): { found: Recognition[]; rest: string[] } {
  const { divergences, ...exchange } = compared(told);
  const all = [...divergences.entries()];
  // What shows in the bytes alone counts where it is all there is.
  const above = all.filter(([, one]) => one.rung !== 'wire');
  const counting = above.length > 0 ? above : all;
  const found = recognise({ ...exchange, open: counting }, names);
  const taken = new Set(found.flatMap((one) => one.divergences));
  const rest = counting.filter(([index]) => !taken.has(index)).map(([, one]) => `${one.facet}${one.pointer}`);
  return { found, rest };
}
