import type { Command } from 'commander';
import { addConnectionOptions, addDetailOptions, addOutputOptions, addRunOptions } from '../flags.ts';
import { type Exit, helpExamples } from '../help.ts';

/** `demo` */
export function addDemo(program: Command, exit: Exit): void {
  const command = program.command('demo').argument('[selector...]', 'suites, case ids or globs over ids');
  addOutputOptions(addDetailOptions(command))
    .option('--serde-errors', 'start the Go twin with its error type fixed')
    .description('the same on two embedded twin servers, with nothing to set up')
    .addHelpText(
      'before',
      helpExamples(['parity demo', 'parity demo validate', 'parity demo --serde-errors   the Go twin after the fix']),
    )
    .action(async (selectors: string[], options: Record<string, unknown>) => {
      const { demoCommand } = await import('../demo.ts');
      exit(await demoCommand(selectors, options));
    });
}

/** `init`, `report`, `explain` and `doctor` */
export function addSmallCommands(program: Command, exit: Exit): void {
  addConnectionOptions(program.command('init [url...]'))
    .option('--gauntlet', 'write a commented gauntlet.yaml instead')
    .description('ask two URLs, if given, and write a small commented parity.yaml and a first case; never overwrites')
    .addHelpText(
      'before',
      helpExamples([
        'parity init http://127.0.0.1:3100 http://127.0.0.1:4110',
        'parity init https://old.internal https://new.internal --ca pki/ca.pem --cert pki/me.pem --key pki/me.key',
        'parity init',
        'parity init --gauntlet',
      ]),
    )
    .action(async (urls: string[], options: Record<string, unknown>) =>
      exit(await (await import('../init.ts')).initCommand(urls, options)),
    );
  addDetailOptions(program.command('report <run>'))
    .description('render a recorded run again (a run folder, a run id, or "latest")')
    .option('--out <dir>', 'where run folders are (default: as parity.yaml says, or reports)')
    .option('--reporter <list>', 'of terminal,json,md,html,junit,github,sarif,har, or ./MODULE.js', 'terminal')
    .option('--json', 'print exactly the report document on standard output')
    .addHelpText(
      'before',
      helpExamples([
        'parity report latest',
        'parity report latest --reporter html,junit',
        'parity report latest --json',
      ]),
    )
    .action(async (name: string, options: Record<string, unknown>) =>
      exit(await (await import('../report.ts')).reportCommand(name, options)),
    );
  program
    .command('explain [class]')
    .description('what a drift class is, why it happens, how to fix it on each side; or what an error code means')
    .option('--list', 'list the drift classes that this version knows')
    .addHelpText(
      'before',
      helpExamples(['parity explain enum-external-vs-flat', 'parity explain --list', 'parity explain PX2103']),
    )
    .action(async (name: string | undefined, options: { list?: boolean }) =>
      exit(await (await import('../explain.ts')).explainCommand(name, options.list === true)),
    );
  addRunOptions(program.command('doctor'))
    .option('--tracker <file>', 'the Markdown file with the tracker table')
    .option('--out <dir>', 'where run folders go (default: reports)')
    .description('check Node, config, case files, targets, tracker and write access')
    .addHelpText(
      'before',
      helpExamples([
        'parity doctor',
        'parity doctor --target a=http://127.0.0.1:3100 --target b=http://127.0.0.1:4110',
      ]),
    )
    .action(async (options: Record<string, unknown>) =>
      exit(await (await import('../doctor.ts')).doctorCommand(options)),
    );
}

/** `completion` */
export function addCompletion(program: Command, exit: Exit): void {
  program
    .command('completion <shell>')
    .description('print the script by which bash, zsh or fish completes commands and flags')
    .addHelpText(
      'before',
      helpExamples([
        'source <(parity completion bash)',
        'parity completion fish > ~/.config/fish/completions/parity.fish',
      ]),
    )
    .action(async (shell: string) => exit(await (await import('../completion.ts')).completionCommand(shell, program)));
}
