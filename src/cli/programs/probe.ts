import type { Command } from 'commander';
import { addOutputOptions, addRunOptions, collect } from '../flags.ts';
import { type Exit, helpExamples } from '../help.ts';

/** `probe` */
export function addProbe(program: Command, exit: Exit): void {
  const command = program.command('probe');
  addOutputOptions(addRunOptions(command))
    .requiredOption('--from <case>', 'full id of a valid case: what the requests are derived from')
    .option('--route <route>', 'method and path template of that case; its {name} segments are probed too')
    .option('--only <group>', 'only this group of probes (repeatable)', collect)
    .option('--heavy', 'also a body of 10 MiB')
    .option('--list', 'list the probes, send nothing')
    .option('--write <file>', 'also write the probes as a case file (.jsonl or .yaml)')
    .description('derive from one valid case the requests that make runtimes disagree, and send them')
    .addHelpText(
      'before',
      helpExamples([
        'parity probe --from validate/accepted --route "POST /v1/validate"',
        'parity probe --from validate/accepted --only missing --only null --list',
        'parity probe --from validate/accepted --write cases/probes/validate.jsonl --dry-run',
      ]),
    )
    .action(async (options: Record<string, unknown>) =>
      exit(await (await import('../probe/probe.ts')).probeCommand(options)),
    );
}
