import { rmSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestCase } from '../cases/case.ts';
import { loadCases } from '../cases/read/load.ts';
import type { ConnectionKeys } from '../config/config-flags.ts';
import { quoteForMessage } from '../config/source/did-you-mean.ts';
import { ParityError } from '../errors.ts';
import { caseTitle, newCaseId } from '../import/case-id.ts';
import { caseRowOf } from '../import/curl/case-row.ts';
import { hideCredentials } from '../import/curl/credentials.ts';
import type { CurlPart, CurlRequest } from '../import/curl/request.ts';
import { encodePath } from '../import/curl/url.ts';
import { connectionFlags, refuseVainTls } from './connection-flags.ts';
import { secrets, short, warnOfShort } from './console.ts';
import { requestsOf } from './curl-requests.ts';
import { refuseUnsafe, warnOfConnections } from './harmless.ts';
import type { Options } from './options.ts';
import { type Forced, readConfig, runSession } from './session.ts';
import { stopOnSignals } from './signals.ts';

/** `parity compare OLD NEW [REQ…]`: the exit code of the run. Without `--out` nothing is left behind. */
export async function compareCommand(
  urls: readonly [string, string],
  words: readonly string[],
  options: Options,
): Promise<number> {
  const stopping = stopOnSignals();
  const folder = await mkdtemp(join(tmpdir(), 'parity-compare-'));
  stopping.atLast(() => rmSync(folder, { recursive: true, force: true }));
  try {
    const requests = words[0] === 'curl' ? requestsOf(words) : (words.length === 0 ? ['/'] : words).flatMap(requestOf);
    const keepsNothing = typeof options.out !== 'string';
    const target = [`old=${urls[0]}`, `new=${urls[1]}`];
    const flags = { ...options, target, config: false, tracker: false, ...(keepsNothing ? { out: folder } : {}) };
    const config = await readConfig(flags, connectionOf(requests, options));
    refuseVainTls(config.targets, options);
    const cases = await casesOf(requests, folder);
    if (options.unsafe !== true) refuseUnsafe(config.targets, cases);
    warnOfConnections(config.targets);
    const reporter = keepsNothing ? 'terminal' : 'terminal,json,md,html';
    const session = {
      config,
      library: cases,
      selected: cases,
      secrets: [...secrets],
      marks: {},
      keepsNothing,
      stopping,
    };
    return (await runSession(session, { ...options, reporter, tracker: false })).exitCode;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    stopping.forget();
  }
}

/** How both targets are connected to: as the curl commands say, and the flags above them. */
function connectionOf(requests: readonly CurlRequest[], options: Options): Forced {
  const connection: ConnectionKeys = Object.assign(
    {},
    ...requests.map((one) => one.connection),
    connectionFlags(options),
  );
  return Object.keys(connection).length === 0 ? {} : { connection };
}

/** The requests of the command line as cases that the reader of case files has checked: their credentials are variables that are set for it alone. */
async function casesOf(requests: readonly CurlRequest[], folder: string): Promise<TestCase[]> {
  const taken = new Set<string>();
  const env: Record<string, string | undefined> = { ...process.env };
  let values: ReadonlyMap<string, string> = new Map();
  const lines: string[] = [];
  for (const one of requests) {
    const hidden = hideCredentials(await withContents(one), values);
    values = hidden.values;
    const { method, path } = hidden.request;
    const row = caseRowOf(hidden.request, { id: newCaseId(method, path, taken), title: caseTitle(method, path) });
    lines.push(JSON.stringify({ suite: 'compare', ...row }));
  }
  const file = join(folder, 'requests.jsonl');
  await writeFile(file, `${lines.join('\n')}\n`);
  const { cases } = await loadCases([file], {
    root: folder,
    env: { ...env, ...Object.fromEntries(values) },
    secrets,
    short,
  });
  warnOfShort();
  return cases.map((one) => ({ ...one, location: { ...one.location, file: 'command line' } }));
}

/** A path, a method and a path, or a curl command. */
function requestOf(written: string): CurlRequest[] {
  if (/^\s*(?:\S*\/)?curl\s/.test(written)) return requestsOf([written]);
  const [, method = 'GET', path] = /^(?:([!#$%&'*+\-.^_`|~0-9A-Za-z]+) +)?(\/.*)$/s.exec(written) ?? [];
  if (path === undefined)
    throw new ParityError('PX2905', `${quoteForMessage(written)} is not a request`, {
      hint: 'write a path as /v1/items, a method and a path as "POST /v1/items", or a curl command in quotes',
    });
  return [{ method, path: encodePath(path), headers: [], body: null, notes: [] }];
}

/** Files that a command names are read now, since nothing of it is left to be read later. */
async function withContents(request: CurlRequest): Promise<CurlRequest> {
  const { body } = request;
  if (body?.kind === 'file') return { ...request, body: { kind: 'bytes', base64: await base64Of(body.file) } };
  if (body?.kind !== 'multipart') return request;
  const parts: CurlPart[] = [];
  for (const part of body.parts)
    parts.push('file' in part.content ? { ...part, content: { base64: await base64Of(part.content.file) } } : part);
  return { ...request, body: { ...body, parts } };
}

async function base64Of(file: string): Promise<string> {
  try {
    return (await readFile(file)).toString('base64');
  } catch (cause) {
    const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
    throw new ParityError('PX2906', `the file ${quoteForMessage(file)} of the curl command cannot be read (${code})`, {
      cause,
    });
  }
}
