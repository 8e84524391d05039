import type { Command } from 'commander';
import { collect } from '../flags.ts';
import { type Exit, helpExamples } from '../help.ts';

/** The options of the gate. */
export function addGateOptions(command: Command): Command {
  return command
    .option('--min <n>', 'requests that must be compared for each route (default: 1000)')
    .option('--parity <share>', 'what the lower bound of the share that answers alike must reach (default: 0.999)')
    .option('--confidence <share>', 'confidence of the lower bound (default: 0.95)')
    .option('--except <route>', 'a route that the gate leaves out, as the lines name it (repeatable)', collect);
}

/** Commands of the live comparison. */
export function addLive(program: Command, exit: Exit): void {
  addGateOptions(program.command('ready').argument('[run]', 'the run folder of a shadow (default: the newest one)'))
    .option('--config <file>', 'configuration whose case library must be seen (default: the nearest parity.yaml)')
    .option('--out <dir>', 'where run folders are (default: as parity.yaml says, or reports)')
    .option('--json', 'print it as JSON')
    .description('the gate of a cutover: whether enough live traffic was compared, and none of it diverges')
    .addHelpText(
      'before',
      helpExamples([
        'parity ready                                    the newest shadow, 1,000 requests a route, 99.9% alike',
        'parity ready --min 5000 --parity 0.9995 --confidence 0.99',
        'parity ready --except "POST /v1/orders" --json',
      ]),
    )
    .addHelpText('after', '\nExit codes: 0 ready   1 a route diverges or is below the gate   3 too little evidence')
    .action(async (run: string | undefined, options: Record<string, unknown>) =>
      exit(await (await import('./ready.ts')).readyCommand(run, options)),
    );
}
