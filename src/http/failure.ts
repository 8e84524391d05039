import type { Failure } from './exchange.ts';

/** A failure of family `down`: nobody could be reached. `message` is one sentence, `hint` one next step. */
export function down(reason: string, message: string, hint: string | null = null): Failure {
  return { kind: 'failure', family: 'down', reason, message, hint };
}

/** A failure of family `lost`: the connection ended or stalled. */
export function lost(reason: string, message: string, hint: string | null = null): Failure {
  return { kind: 'failure', family: 'lost', reason, message, hint };
}

/** A failure of family `broken`: what came is not valid HTTP, or over a limit. */
export function broken(reason: string, message: string, hint: string | null = null): Failure {
  return { kind: 'failure', family: 'broken', reason, message, hint };
}

/** A failure of family `request`: this request could not be sent, whatever the target is. */
export function unsendable(reason: string, message: string, hint: string | null = null): Failure {
  return { kind: 'failure', family: 'request', reason, message, hint };
}

/** The outcome of a request that was stopped from outside. */
export function aborted(target: string): Failure {
  return unsendable('aborted', `the request to ${target} was stopped before its answer was complete`);
}

/** The code of a Node or undici error (`ECONNREFUSED`), or an empty string. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** `1 byte`, `2 bytes`. */
export function bytes(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`;
}
