import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '../../config/config.ts';
import { openSocket } from '../../http/connection/connect.ts';
import { connectFailure } from '../../http/connection/connect-failure.ts';
import { endpointOf } from '../../http/endpoint.ts';
import { openTransport } from '../../http/send/transport.ts';
import { runCommand } from '../../processes/run-command.ts';
import { readPointer } from '../../xml/body-pointer.ts';
import { maxStateBytes } from '../limits.ts';
import type { HttpState, State } from '../schema.ts';

export interface StateOptions {
  /** Folder that paths begin at and commands run in. */
  readonly root: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** How long a state is waited for, and how often it is asked for, in milliseconds. */
export interface Waiting extends StateOptions {
  readonly forMs: number;
  readonly everyMs: number;
  /** Ends the waiting: why it is in vain, or null. */
  readonly isInVain?: () => string | null;
}

/** Null once the state is so; else why it was not in time. */
export async function untilState(state: State, waiting: Waiting): Promise<string | null> {
  const { forMs, everyMs, signal, isInVain = () => null } = waiting;
  const deadline = performance.now() + forMs;
  let reason: string | null = null;
  for (let left = forMs; left > 0 && signal?.aborted !== true; left = deadline - performance.now()) {
    const inVain = isInVain();
    if (inVain !== null) return inVain;
    const found = await probeState(state, waiting, left);
    if (found === null) return isInVain();
    // A probe that the deadline cut off says less than the one before.
    if (reason === null || performance.now() < deadline) reason = found;
    await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
  return reason ?? 'there was no time to ask';
}

/** Null if the state is so now; else why not. */
export async function probeState(state: State, options: StateOptions, timeoutMs: number): Promise<string | null> {
  if (typeof state === 'string') return probeAddress(state, options, timeoutMs);
  if ('url' in state) return probeHttp(state, timeoutMs);
  const { root: cwd, env, signal } = options;
  const result = await runCommand(state, { cwd, timeoutMs, signal, ...(env && { env }) });
  return result.isSuccess ? null : `the command ${state.command[0]} ${result.how}`;
}

function probeAddress(
  address: string,
  { root }: StateOptions,
  timeoutMs: number,
): Promise<string | null> | string | null {
  if (address.startsWith('file:')) {
    const path = address.slice('file:'.length);
    return existsSync(resolve(root, path)) ? null : `there is no file ${path}`;
  }
  if (address.startsWith('tcp://')) return probeTcp(`http${address.slice('tcp'.length)}`, timeoutMs);
  return probeHttp({ url: address }, timeoutMs);
}

function probeTcp(url: string, timeoutMs: number): Promise<string | null> {
  const endpoint = endpointOf(targetAt(url));
  return new Promise((settle) => {
    const socket = openSocket(endpoint, (error) => {
      clearTimeout(timer);
      socket.destroy();
      settle(error === null ? null : connectFailure(error, endpoint).message);
    });
    const timer = setTimeout(() => {
      settle(`no connection within ${Math.round(timeoutMs)} ms`);
      socket.destroy();
    }, timeoutMs);
  });
}

async function probeHttp(state: HttpState, timeoutMs: number): Promise<string | null> {
  const { origin, pathname, search } = new URL(state.url);
  const target = targetAt(origin);
  const transport = openTransport([target], { connections: 1, timeoutMs, maxBodyBytes: maxStateBytes, rate: null });
  const request = { method: 'GET', path: `${pathname}${search}`, headers: [], body: null };
  const { outcome } = await transport.send(target.name, request);
  await transport.close();
  if (outcome.kind === 'failure') return outcome.message;
  const isStatus = state.status === undefined ? outcome.status < 400 : outcome.status === state.status;
  if (!isStatus) return `${state.url} answers ${outcome.status}`;
  return state.pointer === undefined ? null : wrongValue(state, outcome.body);
}

function wrongValue({ url, pointer = '', value }: HttpState, body: Uint8Array): string | null {
  const found = readPointer(body, pointer);
  if (found === null) return `the body of ${url} has nothing at ${JSON.stringify(pointer)}`;
  const isNumber = typeof value === 'number' && !found.isString && Number(found.text) === value;
  const isSame = found.isString === (typeof value === 'string') && found.text === String(value);
  if (value === undefined || isNumber || isSame) return null;
  return `the body of ${url} has ${JSON.stringify(found.text.slice(0, 80))} at ${JSON.stringify(pointer)}`;
}

function targetAt(url: string): Target {
  return { name: url, url, role: 'reference', headers: [], command: null, ready: null };
}
