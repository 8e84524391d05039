import type { Command } from 'commander';
import { addDetailOptions, addFilterOptions, addOutputOptions, addRunOptions } from '../flags.ts';
import { type Exit, helpExamples } from '../help.ts';

/** `run` */
export function addRun(program: Command, exit: Exit): void {
  const command = program.command('run').argument('[selector...]', 'suites, case ids, globs over ids, or case files');
  addOutputOptions(addDetailOptions(addFilterOptions(addRunOptions(command))))
    .option('--last-failed', 'only cases that diverged or were inconclusive in the newest run')
    .option('--bail [n]', 'send nothing more after n divergent cases (default: 1)')
    .option('--watch', 'run again when a case file or the configuration changes, or a target comes back')
    .option('--resume <run>', 'go on with a run that was cut off: what it finished is not sent again')
    .option('--engine <url>', 'put the cases on a queue in parts, for workers on several machines: redis://HOST:PORT')
    .option('--chunk <n>', 'with --engine: cases in a part (default: 1000)')
    .option('--workers-only', 'with --engine: leave all parts to workers')
    .description('replay the case library, compare, report, reconcile the tracker')
    .addHelpText(
      'before',
      helpExamples([
        'parity run                                      everything in parity.yaml',
        'parity run validate storage/put-get             one suite and one case',
        'parity run --last-failed -v                     what failed last time, with every detail',
        'parity run --route /v1/items --method POST --bail    a part, up to the first case that diverges',
        'parity run --level wire --fail-on new           bytes must be equal; only what the tracker does not know fails',
        'parity run --target a=http://127.0.0.1:3100 --target b=http://127.0.0.1:4110 --cases cases --json',
      ]),
    )
    .action(async (selectors: string[], options: Record<string, unknown>) => {
      const { runCommand } = await import('../run.ts');
      exit(await runCommand(selectors, options));
    });
}

/** `merge` */
export function addMerge(program: Command, exit: Exit): void {
  const command = program.command('merge').argument('<run...>', 'the shards: run folders or run ids');
  addOutputOptions(addDetailOptions(addFilterOptions(addRunOptions(command))))
    .option('--select <list>', 'the selectors that the shards were run with, by commas')
    .description('join the shards of one run: one record, one report, one look at the tracker')
    .addHelpText(
      'before',
      helpExamples(['parity merge shards/1 shards/2 shards/3', 'parity merge shards/* --update-tracker']),
    )
    .action(async (runs: string[], options: Record<string, unknown>) => {
      const { mergeCommand } = await import('../merge.ts');
      exit(await mergeCommand(runs, options));
    });
}
