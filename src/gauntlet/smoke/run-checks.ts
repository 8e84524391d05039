import { type CommandResult, runCommand } from '../../processes/run-command.ts';
import type { SmokeCheck } from '../schema.ts';
import { untilState } from '../services/states.ts';

/** What came of one check. */
export interface CheckResult {
  readonly name: string;
  readonly isPass: boolean;
  readonly durationMs: number;
  /** How it ended. */
  readonly how: string;
  /** What it printed: head and tail. */
  readonly output: string;
}

export interface ChecksOptions {
  readonly root: string;
  /** How many are run at a time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Told when a check begins and, so that lines come in the order of the file, when it and all before it have ended. */
  readonly onStart: (name: string) => void;
  readonly onResult: (result: CheckResult) => Promise<void>;
  /** Told how to kill a command at once and without waiting. */
  readonly onStarted: (killNow: () => void) => void;
}

/** Runs checks, in their order or several at a time. One that fails stops none; the signal stops all, and what it stopped has no result. */
export async function runChecks(checks: readonly SmokeCheck[], options: ChecksOptions): Promise<void> {
  const results: (CheckResult | null)[] = [];
  let [next, shown] = [0, 0];
  let showing = Promise.resolve();
  const show = async () => {
    for (let result = results[shown]; result !== undefined && result !== null; result = results[shown]) {
      shown += 1;
      await options.onResult(result);
    }
  };
  const work = async () => {
    while (next < checks.length && !options.signal.aborted) {
      const at = next;
      next += 1;
      options.onStart(checks[at]!.name);
      const result = await runCheck(checks[at]!, options);
      results[at] = options.signal.aborted ? null : result;
      showing = showing.then(show);
      await showing;
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, work));
}

async function runCheck(check: SmokeCheck, { root, signal, onStarted }: ChecksOptions): Promise<CheckResult> {
  const { name, env, wait, timeout: timeoutMs } = check;
  const began = performance.now();
  const shared = { root, signal, ...(env && { env }) };
  const reason = wait && (await untilState(wait.until, { ...shared, forMs: wait.for, everyMs: wait.every }));
  const waitedMs = performance.now() - began;
  if (wait && reason) {
    const how = `was not run: its \`wait\` was not over after ${wait.for / 1000} s: ${reason}`;
    return { name, isPass: false, durationMs: waitedMs, how, output: '' };
  }
  const result: CommandResult = await runCommand(check, {
    ...shared,
    cwd: root,
    timeoutMs,
    onStarted: (group) => onStarted(group.killNow),
  });
  const { isSuccess: isPass, how, output } = result;
  return { name, isPass, durationMs: waitedMs + result.durationMs, how, output };
}
