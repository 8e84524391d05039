import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCases } from '../cases/read/load.ts';
import { ParityError } from '../errors.ts';
import { configOf, type ParityResult, type RunOptions, send } from './parity.ts';

/** A path, a method and a path as `POST /items`, or a case as in a case file, without its id. */
export type CompareRequest = string | Readonly<Record<string, unknown>>;

const caseOf = (request: CompareRequest, at: number): Readonly<Record<string, unknown>> => {
  const id = `request-${at + 1}`;
  if (typeof request !== 'string') return { id, ...request };
  const [, method = 'GET', path] = /^(?:([!#$%&'*+.^_`|~\w-]+) +)?(\/.*)$/s.exec(request) ?? [];
  if (path !== undefined) return { id, request: { method, path } };
  throw new ParityError('PX2905', `${JSON.stringify(request.slice(0, 200))} is not a request`, {
    hint: 'write a path as /v1/items, a method and a path as "POST /v1/items", or a case as in a case file',
  });
};

/** The requests as cases that the reader of case files has checked. */
const casesOf = async (
  requests: readonly CompareRequest[],
  folder: string,
  secrets: Set<string>,
  env: RunOptions['env'],
) => {
  const file = join(folder, 'requests.jsonl');
  const rows = requests.map((one, at) => `${JSON.stringify({ suite: 'compare', ...caseOf(one, at) })}\n`);
  await writeFile(file, rows.join(''));
  return loadCases([file], { root: folder, env: env ?? process.env, secrets });
};

/**
 * Sends requests to two URLs and compares the answers; `GET /` if none are given. Nothing is left behind: `dir` of the result was
 * removed.
 */
export const compare = async (
  [reference, candidate]: readonly [reference: string, candidate: string],
  requests: readonly CompareRequest[] = ['/'],
  options: RunOptions = {},
): Promise<ParityResult> => {
  const folder = await mkdtemp(join(tmpdir(), 'parity-compare-'));
  try {
    const secrets = new Set<string>();
    const targets = { old: reference, new: candidate };
    const config = await configOf({ ...options, targets, config: false, tracker: false, out: folder }, secrets);
    const { cases } = await casesOf(requests, folder, secrets, options.env);
    return await send({ config, library: cases, selected: cases, secrets }, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
