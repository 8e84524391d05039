import type { FixtureStep, Step, TestCase } from '../cases/case.ts';
import { plainText } from '../cases/placeholder.ts';
import type { Config } from '../config/config.ts';
import { terminalText } from '../json/printable.ts';
import { print, printError } from './console.ts';
import type { EarlierRuns } from './earlier.ts';
import { refuseUnsafe, warnOfConnections } from './harmless.ts';
import { type Options, shardOption, textOption } from './options.ts';
import { askProtected } from './protected.ts';
import { openSession, readConfig, runSession, type Session } from './session.ts';
import type { Ran } from './watch.ts';

/** `parity run`: the exit code of the run, of the last one with `--watch`. */
export async function runCommand(typed: readonly string[], options: Options): Promise<number> {
  const read = () => readConfig(options);
  const run = (config: Config) => runWith(config, typed, options);
  if (options.watch === true) return (await import('./watch.ts')).watchRuns(options, { read, run });
  return (await run(await read())).exitCode;
}

async function runWith(config: Config, typed: readonly string[], options: Options): Promise<Ran> {
  const { limit = null, selectors = typed } =
    options.bail === undefined ? {} : (await import('./bail.ts')).bailOption(options, typed);
  const opened = await openSession(config, selectors, options);
  const bail = limit === null ? {} : { bail: await (await import('./bail.ts')).bailOf(limit, config) };
  const session = { ...opened, ...bail };
  if (options.unsafe !== true) refuseUnsafe(config.targets, session.selected);
  if (options.dryRun === true) {
    for (const testCase of session.selected) await print(planned(testCase));
    return { exitCode: 0, isStopped: false };
  }
  await askProtected(config, options);
  warnOfConnections(config.targets);
  if (options.engine !== undefined) {
    const { runOnEngine } = await import('./engine/run.ts');
    return { exitCode: await runOnEngine(session, selectors, options), isStopped: false };
  }
  const { record, exitCode } = await runSession(session, options, await earlierOf(options, session));
  const isStopped = record.footer === null || record.footer.interrupted;
  if (isStopped) printError(`resume with: ${resumeCommand(record.header.id)}\n`);
  return { exitCode, isStopped };
}

/** The run to go on with, if one is named. */
async function earlierOf(options: Options, session: Session): Promise<EarlierRuns | undefined> {
  const name = textOption(options, 'resume');
  if (name === undefined) return undefined;
  const { resumeFrom } = await import('./earlier.ts');
  return resumeFrom(name, session, shardOption(options, process.env));
}

/** The command line as it was typed, with the run to go on with. */
function resumeCommand(id: string): string {
  const typed = process.argv
    .slice(2)
    .filter((word, at, all) => word !== '--resume' && word !== '--watch' && all[at - 1] !== '--resume');
  const quoted = typed.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`));
  return terminalText(['parity', ...quoted, '--resume', id].join(' '));
}

/** The requests of a case, a line each. */
export function planned(testCase: TestCase): string {
  const { before = [], steps, after = [] } = testCase;
  return [
    testCase.id,
    ...before.map((step) => plannedStep(step, `before${onlyOn(step)}`)),
    ...steps.map((step) => plannedStep(step, '')),
    ...after.map((step) => plannedStep(step, `after${onlyOn(step)}`)),
  ].join('\n');
}

function plannedStep({ request, parallel, repeat }: Step, place: string): string {
  const notes = [
    ...(place === '' ? [] : [place]),
    ...(parallel > 1 ? [`${parallel} at the same moment`] : []),
    ...(repeat === undefined ? [] : [`at most ${repeat.atMost} times`]),
  ];
  const told = notes.length === 0 ? '' : `  (${notes.join(', ')})`;
  return `  ${request.method} ${terminalText(plainText(request.path))}${told}`;
}

function onlyOn({ target }: FixtureStep): string {
  return target === null ? '' : ` on ${terminalText(target)}`;
}
