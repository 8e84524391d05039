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

function addChain(program: Command, exit: Exit): void {
  addFileOptions(program.command('gauntlet').argument('<action>', 'up or down'))
    .description('start the services of gauntlet.yaml and leave them running, or stop them')
    .addHelpText('before', helpExamples(['parity gauntlet up', 'parity gauntlet down']))
    .action(async (action: string, options: Options) => {
      const { downCommand, upCommand } = await import('./gauntlet.ts');
      if (action === 'up') exit(await upCommand(options));
      else if (action === 'down') exit(await downCommand(options));
      else
        throw new ParityError('PX2001', `${JSON.stringify(action)} is not up or down`, { hint: 'parity gauntlet up' });
    });
}

function addSmoke(program: Command, exit: Exit): void {
  addFileOptions(program.command('smoke'))
    .option('--concurrency <n>', 'how many checks run at a time (default: 1)')
    .option('--reporter <list>', 'of terminal,junit (default: terminal)')
    .description('start the services of gauntlet.yaml and run its smoke checks')
    .addHelpText('before', helpExamples(['parity smoke', 'parity smoke --concurrency 4 --reporter terminal,junit']))
    .action(async (options: Options) => exit(await (await import('./smoke.ts')).smokeCommand(options)));
}

function addReview(program: Command, exit: Exit): void {
  addFileOptions(program.command('review'))
    .option('--force-oversize', 'send bundles over the limit, whole')
    .description('send each bundle of the diff to each reviewer of gauntlet.yaml, and count where they agree')
    .addHelpText('before', helpExamples(['parity review', 'parity review --force-oversize']))
    .action(async (options: Options) => exit(await (await import('./review.ts')).reviewCommand(options)));
}

function addAssess(program: Command, exit: Exit): void {
  addFileOptions(program.command('assess'))
    .description('judge the newest evidence of every phase: ship, ship-with-known-gap, hold or inconclusive')
    .addHelpText('before', helpExamples(['parity assess']))
    .action(async (options: Options) => exit(await (await import('./assess.ts')).assessCommand(options)));
}
