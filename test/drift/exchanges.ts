import { compareCase } from '../../src/compare/compare-case.ts';
import { defaultCompare, type Rung } from '../../src/config/rules.ts';
import { type RecognisedBehaviour, recognise } from '../../src/drift/recognise.ts';
import type { ComparedCase } from '../../src/findings/kept-case.ts';
import type { Exchange, Failure, Response, SentRequest, TargetReplay } from '../../src/http/exchange.ts';

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
  // Bytes that are not UTF-8 are written as \xff.
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

/** A case of one exchange, compared as a run does it, every header that one of the answers has included. */
export function toldCase(id: string, told: Told, level: Rung = 'value'): ComparedCase {
  const request = requestOf(told.request);
  const outcomes = [outcomeOf(told.reference), outcomeOf(told.candidate)] as const;
  const names = outcomes.flatMap((one) => (one.kind === 'failure' ? [] : one.headers.map(([name]) => name)));
  const replay = (target: string, outcome: Response | Failure): TargetReplay => {
    const exchange: Exchange = { target, step: 0, request, outcome, durationMs: 1 };
    return { target, exchanges: [exchange], captured: {} };
  };
  const [reference, candidate] = [replay('rust', outcomes[0]), replay('go', outcomes[1])];
  const options = { ...defaultCompare, level, headers: names };
  const origins = ['http://rust.test', 'http://go.test'] as const;
  const comparison = compareCase(
    { replay: reference, origin: origins[0] },
    { replay: candidate, origin: origins[1] },
    options,
  );
  return { testCase: { id, routes: [], steps: [] }, reference, candidate, comparison, options, origins };
}

/** The exchange of a vector, and in what its sides differ. */
export function compared(told: Told) {
  const { reference, candidate, comparison } = toldCase('s/a', told);
  const [a, b] = [reference.exchanges[0]!, candidate.exchanges[0]!];
  return { request: a.request, reference: a.outcome, candidate: b.outcome, divergences: comparison.divergences };
}

/** What is recognised in the exchange of a vector, and the divergences that nothing speaks for. */
export function recognised(
  told: Told,
  names = { reference: 'rust', candidate: 'go' },
): { found: RecognisedBehaviour[]; rest: string[] } {
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
