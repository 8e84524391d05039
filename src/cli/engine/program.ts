import type { Command } from 'commander';
import { ParityError } from '../../errors.ts';
import { addFilterOptions, addRunOptions } from '../flags.ts';
import { type Exit, helpExamples } from '../help.ts';

/** `parity worker`. */
export function addWorker(program: Command, exit: Exit): void {
  addFilterOptions(addRunOptions(program.command('worker')))
    .option('--engine <url>', 'the Redis server that has the queue: redis://HOST:PORT')
    .option('--once', 'end once no run is open')
    .option('--manifest <kind>', 'print a manifest that needs no queue, and end: kubernetes')
    .description('take parts of runs from a queue; needs the case files, configuration and version of the run')
    .addHelpText(
      'before',
      helpExamples([
        'parity worker --engine redis://127.0.0.1:6379          until SIGTERM',
        'parity worker --engine redis://127.0.0.1:6379 --once   until no run is open',
        'parity worker --manifest kubernetes > job.yaml         an Indexed Job of shards',
      ]),
    )
    .action(async (options: Record<string, unknown>) => {
      if (options.manifest === undefined) exit(await (await import('./worker.ts')).workerCommand(options));
      else if (options.manifest === 'kubernetes') exit(await (await import('./manifest.ts')).printManifest());
      else
        throw new ParityError('PX2001', '--manifest takes kubernetes', { hint: 'parity worker --manifest kubernetes' });
    });
}
