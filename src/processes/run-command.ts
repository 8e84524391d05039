import { setTimeout as sleep } from 'node:timers/promises';
import { type ProcessGroup, type StartOptions, startGroup } from './process-group.ts';

/** A command without a shell, or a line for one. */
export interface Command {
  readonly command?: readonly string[] | undefined;
  readonly shell?: string | undefined;
}

export interface RunOptions extends StartOptions {
  /** When it is asked to end, with all that it started, in milliseconds. */
  readonly timeoutMs: number;
  /** How long it may then take before it is killed; 1,000 ms if absent. */
  readonly graceMs?: number;
  /** Ends it before its time. */
  readonly signal?: AbortSignal | undefined;
  /** Told how to kill it at once and without waiting. */
  readonly onStarted?: (group: ProcessGroup) => void;
}

/** How a command that was run to its end ended. */
export interface CommandResult {
  /** It ended by itself with exit code 0. */
  readonly isSuccess: boolean;
  /** Completes a sentence: `exited with code 1`, `was ended by SIGSEGV`, `was killed after 5 s`. */
  readonly how: string;
  /** From its start to its end, or to the deadline, in milliseconds. */
  readonly durationMs: number;
  /** Head and tail of what it printed, control characters shown as `\xNN`. */
  readonly output: string;
}

/** The words of a command; a shell only for a line that is written for one. */
export function wordsOf({ command, shell }: Command): readonly string[] {
  return shell === undefined ? (command ?? []) : ['/bin/sh', '-c', shell];
}

/** Runs a command to its end or its deadline; nothing that it started outlives it. Whatever goes wrong is in the result. */
export async function runCommand(command: Command, options: RunOptions): Promise<CommandResult> {
  const { timeoutMs, graceMs = 1000, signal } = options;
  const began = performance.now();
  const group = startGroup(wordsOf(command), options);
  options.onStarted?.(group);
  const ending = await Promise.race([group.end, deadline(timeoutMs, group, signal)]);
  const durationMs = performance.now() - began;
  await group.stop(graceMs);
  const isStopped = signal?.aborted === true && ending === null;
  const how = ending?.text ?? (isStopped ? 'was stopped' : `was killed after ${seconds(timeoutMs)}`);
  return { isSuccess: ending?.exitCode === 0, how, durationMs, output: group.output.text() };
}

/** Null at the deadline, or when the signal comes; ends with the group. */
async function deadline(timeoutMs: number, group: ProcessGroup, signal?: AbortSignal): Promise<null> {
  const over = new AbortController();
  void group.end.then(() => over.abort());
  const either = signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]);
  await sleep(timeoutMs, undefined, { signal: either }).catch(() => {});
  return null;
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}
