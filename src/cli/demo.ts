import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTwin } from '../twins/twin.ts';
import { print } from './console.ts';
import { type Options, textOption } from './options.ts';
import { openSession, readConfig, runSession } from './session.ts';

/** The folder of this package: where its case library is. */
const home = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** In this project the demo keeps the project's own tracker; anywhere else it must not touch one that is real. */
function demoTracker(options: Options): string {
  const out = textOption(options, 'out') ?? 'reports';
  return process.cwd() === home
    ? join('docs', 'ARCHITECTURE_COMPARISON.md')
    : join(out, 'demo', 'ARCHITECTURE_COMPARISON.md');
}

/** The servers of the demo do not change: a run on another day is no reason to change the tracker, which is a file of this project. */
const demoColumns = { 'Last seen': false } as const;

/** `parity demo`: 0 if the job was done, whatever the twins answered. */
export async function demoCommand(selectors: readonly string[], options: Options): Promise<number> {
  const rust = await startTwin('rust');
  const go = await startTwin('go', { serdeErrors: options.serdeErrors === true });
  try {
    const target = [`rust=${rust.url}`, `go=${go.url}`];
    const library = ['validate', 'storage']
      .map((suite) => join(home, 'cases', suite))
      .filter((path) => existsSync(path));
    const flags = { ...options, target, cases: library, config: false };
    const { tracking, ...read } = await readConfig(flags, { tracker: demoTracker(options) });
    const config = { ...read, tracking: { ...tracking, columns: demoColumns } };
    const session = await openSession(config, selectors, { ...options, casesRoot: home });
    const { exitCode } = await runSession(session, options);
    if (options.json !== true && options.quiet !== true)
      await print(`demo: on your own targets, parity run would end with exit code ${exitCode} here`);
    return exitCode === 1 ? 0 : exitCode;
  } finally {
    await Promise.all([rust.close(), go.close()]);
  }
}
