import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ParityError } from '../errors.ts';
import type { RunRecord } from '../record/run-record.ts';
import { type NamedReporter, type Reporter, sendEvents } from '../report/reporter.ts';
import { printProblem } from './errors.ts';

const isReporter = (value: unknown): value is Reporter => typeof value === 'function';

async function loadReporter(name: string): Promise<NamedReporter> {
  const hint = 'it must be a JavaScript module whose default export is a function that takes an event';
  const loaded: unknown = await import(pathToFileURL(resolve(name)).href).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ParityError('PX2021', `the reporter ${name} cannot be loaded: ${reason}`, { cause, hint });
  });
  const reporter: unknown = typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, 'default') : null;
  if (isReporter(reporter)) return { name, reporter };
  throw new ParityError('PX2021', `the reporter ${name} has no default export that is a function`, { hint });
}

/** The modules that `--reporter` names, paths from the working directory. Throws ParityError PX2021 before anything is sent. */
export const loadReporters = (names: readonly string[]): Promise<NamedReporter[]> =>
  Promise.all(names.map(loadReporter));

/** Gives a run to these reporters, one after the other; the exit code with what failed in them. */
export async function callReporters(
  reporters: readonly NamedReporter[],
  { record, dir, exitCode }: { readonly record: RunRecord; readonly dir: string; readonly exitCode: number },
): Promise<number> {
  let code = exitCode;
  for (const reporter of reporters)
    try {
      await sendEvents(record, dir, reporter);
    } catch (error) {
      if (!(error instanceof ParityError)) throw error;
      printProblem(error);
      if (code < 4) code = error.exitCode;
    }
  return code;
}
