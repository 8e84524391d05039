import type { Login, Target } from '../../config/config.ts';
import { headerValueFault } from '../../config/headers.ts';
import { cookieJar } from '../../http/cookies.ts';
import type { Failure, Response } from '../../http/exchange.ts';
import { down } from '../../http/failure.ts';
import { openTransport } from '../../http/send/transport.ts';
import { visible } from '../../processes/output.ts';
import { maxAnswerBytes } from '../limits.ts';
import type { Preflight } from '../services/preflight.ts';
import type { ReadPointer } from './capture.ts';

export interface LoginOptions {
  /** How long one login may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly readPointer: ReadPointer;
}

/** What logging in came to. */
export interface LoggedIn {
  /** The targets with what they handed out in their headers or query, in their order. */
  readonly targets: readonly Target[];
  /** What they handed out, by their names. */
  readonly handedOut: ReadonlyMap<string, string>;
  /** Those that handed out nothing, and why. */
  readonly failures: readonly Preflight[];
}

/** Asks each target that wants a login for its credential, all at once. */
export async function logIn(targets: readonly Target[], options: LoginOptions): Promise<LoggedIn> {
  const asked = await Promise.all(targets.map((target) => logInto(target, options)));
  return {
    targets: asked.map((one) => one.target),
    handedOut: new Map(asked.flatMap(({ target, token }) => (token === null ? [] : [[target.name, token] as const]))),
    failures: asked.flatMap(({ target, failure }) => (failure === null ? [] : [{ target: target.name, failure }])),
  };
}

interface Asked {
  readonly target: Target;
  readonly token: string | null;
  readonly failure: Failure | null;
}

async function logInto(target: Target, { timeoutMs, readPointer }: LoginOptions): Promise<Asked> {
  const { login } = target;
  if (login === undefined) return { target, token: null, failure: null };
  const transport = openTransport([target], { connections: 1, timeoutMs, maxBodyBytes: maxAnswerBytes, rate: null });
  const { outcome } = await transport.send(target.name, login.request);
  await transport.close();
  const token = outcome.kind === 'failure' ? outcome : tokenOf(target, login, { response: outcome, readPointer });
  if (typeof token !== 'string') return { target, token: null, failure: token };
  return { target: withCredential(target, login, token), token, failure: null };
}

interface Answered {
  readonly response: Response;
  readonly readPointer: ReadPointer;
}

/** The message names no value: it may be a secret that has gone astray. */
function tokenOf(target: Target, { request, token }: Login, { response, readPointer }: Answered): string | Failure {
  const failed = (what: string) =>
    down(
      'login-failed',
      `${target.name} ${what} to ${request.method} ${visible(request.path)}`,
      'check `auth` of the target',
    );
  if (response.status >= 400) return failed(`answered ${response.status}`);
  const found = credentialIn(target, token, { response, readPointer });
  if (found === null || found === '')
    return failed(`gave no ${token.from} ${JSON.stringify(token.name)} in its answer`);
  return headerValueFault(found) === null ? found : failed('gave a credential that cannot be sent in its answer');
}

function credentialIn(
  target: Target,
  { from, name }: Login['token'],
  { response, readPointer }: Answered,
): string | null {
  if (from === 'pointer') return readPointer(response.body, name)?.text ?? null;
  if (from === 'header') return response.headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1] ?? null;
  const jar = cookieJar(target);
  jar.store(response, '/');
  return jar.values[name] ?? null;
}

function withCredential(target: Target, { as }: Login, token: string): Target {
  const pair = [as.name, as.prefix + token] as const;
  if (as.in === 'query') return { ...target, query: [...(target.query ?? []), pair] };
  const others = target.headers.filter(([name]) => name.toLowerCase() !== as.name);
  return { ...target, headers: [...others, pair] };
}
