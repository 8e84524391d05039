import type { TestCase } from '../../cases/case.ts';
import { type FilledRequest, fillRequest, namesIn } from '../../cases/variables.ts';
import { ParityError } from '../../errors.ts';
import { maxBodyLength } from '../limits.ts';
import { type JsonBody, readBodyPlaces } from './body.ts';
import type { ProbeOptions } from './probe.ts';

/** The valid request that probes are derived from. */
export interface Seed extends ProbeOptions {
  readonly testCase: TestCase;
  readonly request: FilledRequest;
  /** Path without the query, and the query without `?`, or null if there is none. */
  readonly path: string;
  readonly query: string | null;
  /** The places of its body, or null if that is not JSON or absent. */
  readonly json: JsonBody | null;
}

/** Takes a valid case; returns what its probes are derived from. Throws PX2604 for a scenario, a request that needs captured values, or a body over 64 KiB. */
export function readSeed(testCase: TestCase, options: ProbeOptions): Seed {
  const [step, second] = testCase.steps;
  if (step === undefined || second !== undefined || step.parallel > 1)
    throw unfit(testCase, 'has several requests', 'name a case with one request, which is sent once');
  const { path } = step.request;
  const names = namesIn(step.request);
  if (names.length > 0)
    throw unfit(testCase, `holds {{${names[0]}}}, which is filled in only when a case is sent`, 'write the value out');
  const request = fillRequest(step.request, {});
  if ((request.body?.length ?? 0) > maxBodyLength)
    throw unfit(testCase, `has a body of over ${maxBodyLength} bytes`, 'name a case with a small body');
  const mark = path.indexOf('?');
  return {
    ...options,
    testCase,
    request,
    path: mark < 0 ? path : path.slice(0, mark),
    query: mark < 0 ? null : path.slice(mark + 1),
    json: request.body === null ? null : readBodyPlaces(request.body),
  };
}

function unfit({ id, location }: TestCase, why: string, hint: string): ParityError {
  const message = `nothing can be derived from ${id} (${location.file}:${location.line}): it ${why}`;
  return new ParityError('PX2604', message, { hint });
}

/** The headers without those of a name, and further ones behind them. */
export function withHeader(
  seed: Seed,
  name: string,
  ...values: readonly string[]
): { readonly headers: FilledRequest['headers'] } {
  const kept = seed.request.headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return { headers: [...kept, ...values.map((value) => [name, value] as const)] };
}
