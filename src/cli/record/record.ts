import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import type { Target } from '../../config/config.ts';
import { flagConnection } from '../../config/connection.ts';
import { parseSize } from '../../config/units.ts';
import { readTargetUrl } from '../../config/url.ts';
import { ParityError } from '../../errors.ts';
import { endpointOf } from '../../http/endpoint.ts';
import { codeOf } from '../../http/failure.ts';
import { openProxy } from '../../proxy/proxy.ts';
import { recordingPathOf } from '../../recorded/format.ts';
import { makeCases } from '../../recorder/case-file.ts';
import { openRecorder, type Recorder, type RecordingCounts } from '../../recorder/recorder.ts';
import { makeFolders } from '../../structures/make-folders.ts';
import { connectionFlags, refuseVainTls } from '../connection-flags.ts';
import { print, printError, secrets } from '../console.ts';
import { warnOfConnections } from '../harmless.ts';
import { type Options, textOption } from '../options.ts';
import { shorter } from '../shorter.ts';
import { stopOnSignals } from '../signals.ts';

/** How long requests under way may take once the proxy is to end, in milliseconds. */
const graceMs = 2000;

/** `parity record`: listens until a signal ends it, then writes cases of what went through. */
export async function recordCommand(options: Options): Promise<number> {
  const plan = await planOf(options);
  warnOfConnections([plan.target]);
  const recorder = await openFile(plan);
  const stopping = stopOnSignals('requests under way have two seconds, then cases are written');
  const endpoint = endpointOf({ ...plan.target, name: 'the target' });
  const { listen, tls, capBytes, keepsHost } = plan;
  const proxy = await openProxy({ endpoint, listen, tap: recorder.tap, capBytes, keepsHost, ...(tls && { tls }) });
  await print(`listening on ${proxy.url}`);
  try {
    await new Promise<void>((ended) => stopping.signal.addEventListener('abort', () => ended()));
    await proxy.close(graceMs);
    return await finish(plan, await recorder.close().catch(notStored));
  } finally {
    stopping.forget();
  }
}

interface Plan {
  readonly target: Target;
  readonly listen: { readonly host: string; readonly port: number };
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** Absolute path of the case file. */
  readonly to: string;
  readonly twice: boolean;
  readonly keepsHost: boolean;
  readonly capBytes: number;
}

async function planOf(options: Options): Promise<Plan> {
  const read = readTargetUrl(textOption(options, 'target') ?? '');
  if (!('url' in read)) throw wrongFlag(`--target ${read.fault}`, read.hint);
  const target = targetOf(read.url, options);
  const to = resolve(textOption(options, 'to') ?? '');
  if (!/^\.(?:ya?ml|jsonl)$/.test(extname(to)))
    throw wrongFlag('--to names no case file', 'let it end with .yaml, .yml or .jsonl');
  const taken = [to, recordingPathOf(to)].filter((file) => existsSync(file));
  if (taken.length > 0 && options.force !== true)
    throw wrongFlag(`${shorter(taken[0]!)} is there already`, 'name another file, or overwrite it with --force');
  await Promise.all(taken.map((file) => rm(file)));
  return {
    ...{ target, to, listen: listenOption(textOption(options, 'listen') ?? ''), tls: await tlsOption(options) },
    twice: options.twice === true,
    keepsHost: options.keepHost === true,
    capBytes: parseSize(textOption(options, 'maxBody') ?? '1MiB'),
  };
}

function targetOf(url: string, options: Options): Target {
  refuseVainTls(
    [{ url }],
    options,
    'write it with https://; for TLS to clients there are --listen-cert and --listen-key',
  );
  const expander = { env: process.env, secrets, complain: () => {} };
  const connection = flagConnection(connectionFlags(options), { url, root: process.cwd(), expander });
  return { name: 'target', url, role: 'reference', headers: [], command: null, ready: null, ...connection };
}

function wrongFlag(message: string, hint: string): ParityError {
  return new ParityError('PX2001', message, { hint });
}

/** `8080`, `0.0.0.0:8080`, `[::1]:8080`. */
function listenOption(text: string): Plan['listen'] {
  const [, bracketed, host = bracketed ?? '127.0.0.1', port = ''] =
    /^(?:(?:\[([0-9a-f:.]+)\]|([\w.-]+)):)?(\d{1,5})$/i.exec(text) ?? [];
  if (port === '' || Number(port) > 65_535) throw wrongFlag(`--listen is "${text}"`, 'write a port, or HOST:PORT');
  return { host, port: Number(port) };
}

async function tlsOption(options: Options): Promise<Plan['tls']> {
  const [cert, key] = [textOption(options, 'listenCert'), textOption(options, 'listenKey')];
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined)
    throw wrongFlag('--listen-cert and --listen-key go with each other', 'give both');
  const [certText, keyText] = await Promise.all([readPem(cert), readPem(key)]);
  return { cert: certText, key: keyText };
}

async function readPem(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ParityError('PX2012', `${shorter(file)} cannot be read (${codeOf(cause)})`, {
      hint: 'name a PEM file',
      cause,
    });
  });
}

async function openFile({ to, target, twice, capBytes }: Plan): Promise<Recorder> {
  try {
    await makeFolders(dirname(to));
    return await openRecorder({ file: recordingPathOf(to), target, twice, capBytes, now: () => new Date() });
  } catch (cause) {
    return notStored(cause);
  }
}

function notStored(cause: unknown): never {
  throw new ParityError('PX4203', `the recording could not be stored (${codeOf(cause) || 'unknown error'})`, {
    hint: 'make room, or name a file where it may be written',
    cause,
  });
}

async function finish({ to }: Plan, counts: RecordingCounts): Promise<number> {
  const { exchanges, recorded, twice, variables } = counts;
  for (const [reason, count] of [...counts.leftOut].sort()) await print(`left out ${count}: ${reason}`);
  await print(`recorded ${recorded} answers, ${twice} of them twice, in ${shorter(recordingPathOf(to))}`);
  if (recorded === 0) {
    printError('nothing was recorded: send requests to the address that it listens on\n');
    return 3;
  }
  const made = makeCases(exchanges, basename(to, extname(to)), extname(to) === '.jsonl');
  await writeFile(to, made.text, { flag: 'wx' }).catch(notStored);
  if (variables.length > 0) await print(`credentials are read from the environment: ${variables.join(', ')}`);
  await print(
    `wrote ${made.cases} cases, merged ${made.merged}, left out ${made.leftOut} of ${recorded}, in ${shorter(to)}`,
  );
  return 0;
}
