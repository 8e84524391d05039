import type { Command } from 'commander';
import { addRunOptions } from '../flags.ts';
import { type Exit, helpExamples } from '../help.ts';

/** `replay` */
export function addReplay(program: Command, exit: Exit): void {
  addRunOptions(program.command('replay <id>'))
    .option('--run <run>', 'the run that has the finding (default: the newest that has it)')
    .option('--out <dir>', 'where run folders go (default: reports)')
    .option('--json', 'print exactly the report document on standard output')
    .description('send the cases of one finding again: FIXED, STILL DIVERGENT or INCONCLUSIVE')
    .addHelpText('before', helpExamples(['parity replay P-3F2A9C1D']))
    .action(async (id: string, options: Record<string, unknown>) =>
      exit(await (await import('../replay.ts')).replayCommand(id, options)),
    );
}

/** `noise` */
export function addNoise(program: Command, exit: Exit): void {
  addRunOptions(program.command('noise').argument('[selector...]', 'suites, case ids, globs over ids, or case files'))
    .option('--runs <n>', 'how many times each case is asked', '5')
    .description('what each target shows against itself, with a block of rules to paste')
    .addHelpText('before', helpExamples(['parity noise', 'parity noise users --runs 10']))
    .action(async (selectors: string[], options: Record<string, unknown>) =>
      exit(await (await import('../noise.ts')).noiseCommand(selectors, options)),
    );
}
