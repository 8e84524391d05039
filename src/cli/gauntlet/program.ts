import type { Command } from 'commander';
import { ParityError } from '../../errors.ts';
import { collect } from '../flags.ts';
import { type Exit, helpExamples } from '../help.ts';
import type { Options } from '../options.ts';

/** The commands of the gauntlet. */
export function addGauntlet(program: Command, exit: Exit): void {
  addChain(program, exit);
  addSmoke(program, exit);
  addReview(program, exit);
  addAssess(program, exit);
}

/** Options that every phase has. */
function addFileOptions(command: Command): Command {
  return command
    .option('--config <file>', 'the gauntlet file (default: the nearest gauntlet.yaml)')
    .option(
      '--secrets <file>',
      'read environment variables from lines NAME=value; -: standard input (repeatable)',
      collect,
    )
    .option('--out <dir>', 'whose gauntlet/ the results go to (default: reports beside gauntlet.yaml)');
}

const forceOversize = ['--force-oversize', 'send bundles over the limit, whole'] as const;

function addChain(program: Command, exit: Exit): void {
  addSmokeOptions(addFileOptions(program.command('gauntlet').argument('[action]', 'up or down: only the services')))
    .option('--phase <name>', 'only this phase: smoke, review, parity or assess (repeatable)', collect)
    .option(...forceOversize)
    .option('--update-tracker', 'write the tracker even under CI=true')
    .option('--unsafe', 'as parity run')
    .option('--allow-protected <host>', 'as parity run (repeatable)', collect)
    .description('run the phases of gauntlet.yaml, or start (up) and stop (down) its services')
    .addHelpText('before', helpExamples(['parity gauntlet', 'parity gauntlet --phase smoke', 'parity gauntlet up']))
    .action(async (action: string | undefined, options: Options) => exit(await chainAction(action, options)));
}

async function chainAction(action: string | undefined, options: Options): Promise<number> {
  if (action === undefined) return (await import('./gauntlet.ts')).gauntletCommand(options);
  const { downCommand, upCommand } = await import('./stack.ts');
  if (action === 'up') return upCommand(options);
  if (action === 'down') return downCommand(options);
  throw new ParityError('PX2001', `${JSON.stringify(action)} is not up or down`, { hint: 'parity gauntlet up' });
}

function addSmokeOptions(command: Command): Command {
  return command
    .option('--concurrency <n>', 'how many smoke checks run at a time (default: 1)')
    .option('--reporter <list>', 'of terminal,junit: also smoke checks as JUnit XML (default: terminal)');
}

function addSmoke(program: Command, exit: Exit): void {
  addSmokeOptions(addFileOptions(program.command('smoke')))
    .description('start the services of gauntlet.yaml and run its smoke checks')
    .addHelpText('before', helpExamples(['parity smoke', 'parity smoke --concurrency 4 --reporter terminal,junit']))
    .action(async (options: Options) => exit(await (await import('./smoke.ts')).smokeCommand(options)));
}

function addReview(program: Command, exit: Exit): void {
  addFileOptions(program.command('review'))
    .option(...forceOversize)
    .description('send each bundle of the diff to each reviewer of gauntlet.yaml, and count where they agree')
    .addHelpText('before', helpExamples(['parity review', 'parity review --force-oversize']))
    .action(async (options: Options) => exit(await (await import('./review.ts')).reviewCommand(options)));
}

function addAssess(program: Command, exit: Exit): void {
  addFileOptions(program.command('assess'))
    .description('judge the newest evidence of every phase: ship, ship-with-known-gap, hold or inconclusive')
    .option(
      '--check [gauntlet]',
      'compute the newest assessment, or the one of this folder, again and compare; write nothing',
    )
    .addHelpText('before', helpExamples(['parity assess', 'parity assess --check']))
    .action(async (options: Options) => {
      if (options.check !== undefined) return exit(await (await import('./check.ts')).checkCommand(options));
      exit(await (await import('./assess.ts')).assessCommand(options));
    });
}
