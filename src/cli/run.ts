import type { TestCase } from '../cases/case.ts';
import { terminalText } from '../report/escape.ts';
import { print } from './console.ts';
import { refuseUnsafe } from './harmless.ts';
import type { Options } from './options.ts';
import { openSession, readConfig, runSession } from './session.ts';

/** `parity run`: the exit code of the run. */
export async function runCommand(selectors: readonly string[], options: Options): Promise<number> {
  const config = await readConfig(options);
  const session = await openSession(config, selectors, options);
  if (options.unsafe !== true) refuseUnsafe(config.targets, session.selected);
  if (options.dryRun === true) {
    await print(session.selected.map(planned).join('\n'));
    return 0;
  }
  return (await runSession(session, options)).exitCode;
}

function planned(testCase: TestCase): string {
  const requests = testCase.steps.map(({ request, parallel }) => {
    const times = parallel > 1 ? `  (${parallel} at the same moment)` : '';
    return `  ${request.method} ${terminalText(request.path)}${times}`;
  });
  return [testCase.id, ...requests].join('\n');
}
