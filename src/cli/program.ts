import { Command } from 'commander';
import { type Exit, shown } from './help.ts';
import { addHistory, addTracker } from './program-tracker.ts';
import { version } from './version.ts';

const examples = shown([
  'parity demo                                     the whole job on two embedded twins, nothing to set up',
  'parity init                                     write a small parity.yaml and a first case',
  'parity run                                      replay the library of parity.yaml',
  'parity run validate --target rust=http://127.0.0.1:3100 --target go=http://127.0.0.1:4110',
  'parity explain enum-external-vs-flat            why runtimes differ there, and how to fix it',
]);

const exitCodes = `
Exit codes:
  0 nothing counts as failed   1 divergent   2 usage, config or case files: nothing was sent
  3 inconclusive   4 results could not be stored   70 a bug in parity   130/143 interrupted`;

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** Options that say what is sent where, and what comes of it. */
function addRunOptions(command: Command): Command {
  return command
    .option('--config <file>', 'configuration (default: the nearest parity.yaml)')
    .option('--target <name=url>', 'define or override a target; the first one is the reference', collect, [])
    .option('--reference <name>', 'the target that the others are compared with')
    .option('--cases <path>', 'case file or folder (repeatable)', collect, [])
    .option('--level <rung>', 'status, shape, value or wire: what a case must hold to match (default: value)')
    .option('--concurrency <n>', 'cases in flight at a time (default: 4)')
    .option('--rate <n/s>', 'at most so many requests a second to each target')
    .option('--timeout <duration>', 'total deadline of one request (default: 10s)')
    .option('--grep <pattern>', 'only cases whose id or title matches')
    .option('--tag <tag>', 'only cases with this tag (repeatable)', collect, [])
    .option('--shard <i/n>', 'only the i-th of n parts of the selection; auto/n: as the environment counts')
    .option('--unsafe', 'send POST, PUT, PATCH and DELETE that are not marked safe to targets that are not loopback')
    .option('--dry-run', 'print the requests, send nothing')
    .option(
      '--noise <n>',
      'how many more times a divergent case is sent to tell noise from divergence (default: 1; 0: off)',
    )
    .option('--seed <n>', 'seed of the order in which targets are asked');
}

function addOutputOptions(command: Command): Command {
  return command
    .option('--out <dir>', 'where run folders go (default: reports)')
    .option('--reporter <list>', 'of terminal,json,md,html,junit,github (default: terminal,json,md,html)')
    .option('--json', 'print exactly the report document on standard output')
    .option('--tracker <file>', 'the Markdown file with the tracker table')
    .option('--no-tracker', 'leave the tracker alone')
    .option('--update-tracker', 'write the tracker even under CI=true')
    .option('--strict', 'rules that matched nothing, and accepted rows whose divergence is gone, fail the run')
    .option('--fail-on <what>', 'any, new or never: which divergences make the exit code 1 (default: any)');
}

function addRun(program: Command, exit: Exit): void {
  const command = program.command('run').argument('[selector...]', 'suites, case ids, globs over ids, or case files');
  addOutputOptions(addRunOptions(command))
    .option('--resume <run>', 'go on with a run that was cut off: what it finished is not sent again')
    .description('replay the case library, compare, report, reconcile the tracker')
    .addHelpText(
      'before',
      shown([
        'parity run                                      everything in parity.yaml',
        'parity run validate storage/put-get             one suite and one case',
        'parity run --level wire --fail-on new           bytes must be equal; only what the tracker does not know fails',
        'parity run --target a=http://127.0.0.1:3100 --target b=http://127.0.0.1:4110 --cases cases --json',
      ]),
    )
    .action(async (selectors: string[], options: Record<string, unknown>) => {
      const { runCommand } = await import('./run.ts');
      exit(await runCommand(selectors, options));
    });
}

function addMerge(program: Command, exit: Exit): void {
  const command = program.command('merge').argument('<run...>', 'the shards: run folders or run ids');
  addOutputOptions(addRunOptions(command))
    .option('--select <list>', 'the selectors that the shards were run with, by commas')
    .description('join the shards of one run: one record, one report, one look at the tracker')
    .addHelpText('before', shown(['parity merge shards/1 shards/2 shards/3', 'parity merge shards/* --update-tracker']))
    .action(async (runs: string[], options: Record<string, unknown>) => {
      const { mergeCommand } = await import('./merge.ts');
      exit(await mergeCommand(runs, options));
    });
}

function addDemo(program: Command, exit: Exit): void {
  const command = program.command('demo').argument('[selector...]', 'suites, case ids or globs over ids');
  addOutputOptions(command)
    .option('--serde-errors', 'start the Go twin with its error type fixed')
    .description('the same on two embedded twin servers, with nothing to set up')
    .addHelpText(
      'before',
      shown(['parity demo', 'parity demo validate', 'parity demo --serde-errors   the Go twin after the fix']),
    )
    .action(async (selectors: string[], options: Record<string, unknown>) => {
      const { demoCommand } = await import('./demo.ts');
      exit(await demoCommand(selectors, options));
    });
}

function addSmallCommands(program: Command, exit: Exit): void {
  program
    .command('init')
    .description('write a small commented parity.yaml and a first case; never overwrites')
    .addHelpText('before', shown(['parity init', 'parity init && parity doctor']))
    .action(async () => exit(await (await import('./init.ts')).initCommand()));
  program
    .command('report <run>')
    .description('render a recorded run again (a run folder, a run id, or "latest")')
    .option('--out <dir>', 'where run folders are', 'reports')
    .option('--reporter <list>', 'of terminal,json,md,html,junit,github', 'terminal')
    .option('--json', 'print exactly the report document on standard output')
    .addHelpText(
      'before',
      shown(['parity report latest', 'parity report latest --reporter html,junit', 'parity report latest --json']),
    )
    .action(async (name: string, options: Record<string, unknown>) =>
      exit(await (await import('./report.ts')).reportCommand(name, options)),
    );
  program
    .command('explain [class]')
    .description('what a drift class is, why it happens, how to fix it on each side')
    .option('--list', 'list the drift classes that this version knows')
    .addHelpText('before', shown(['parity explain enum-external-vs-flat', 'parity explain --list']))
    .action(async (name: string | undefined, options: { list?: boolean }) =>
      exit(await (await import('./explain.ts')).explainCommand(name, options.list === true)),
    );
  addRunOptions(program.command('doctor'))
    .option('--tracker <file>', 'the Markdown file with the tracker table')
    .option('--out <dir>', 'where run folders go (default: reports)')
    .description('check Node, config, case files, targets, tracker and write access')
    .addHelpText(
      'before',
      shown(['parity doctor', 'parity doctor --target a=http://127.0.0.1:3100 --target b=http://127.0.0.1:4110']),
    )
    .action(async (options: Record<string, unknown>) =>
      exit(await (await import('./doctor.ts')).doctorCommand(options)),
    );
}

function addReplay(program: Command, exit: Exit): void {
  addRunOptions(program.command('replay <id>'))
    .option('--run <run>', 'the run that has the finding', 'latest')
    .option('--out <dir>', 'where run folders go (default: reports)')
    .option('--json', 'print exactly the report document on standard output')
    .description('send the cases of one finding again: FIXED, STILL DIVERGENT or INCONCLUSIVE')
    .addHelpText('before', shown(['parity replay P-3F2A9C1D']))
    .action(async (id: string, options: Record<string, unknown>) =>
      exit(await (await import('./replay.ts')).replayCommand(id, options)),
    );
}

function addNoise(program: Command, exit: Exit): void {
  addRunOptions(program.command('noise').argument('[selector...]', 'suites, case ids, globs over ids, or case files'))
    .option('--runs <n>', 'how many times each case is asked', '5')
    .description('what each target shows against itself, with a block of rules to paste')
    .addHelpText('before', shown(['parity noise', 'parity noise users --runs 10']))
    .action(async (selectors: string[], options: Record<string, unknown>) =>
      exit(await (await import('./noise.ts')).noiseCommand(selectors, options)),
    );
}

/** The command line. What is heavy is imported only by the command that needs it. */
export function makeProgram(exit: Exit): Command {
  const program = new Command('parity')
    .description('Replays identical requests to two or more implementations and proves why their answers differ.')
    .version(version, '-V, --version')
    .addHelpText('before', examples)
    .addHelpText('after', exitCodes)
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({ showGlobalOptions: false });
  addDemo(program, exit);
  addRun(program, exit);
  addSmallCommands(program, exit);
  addMerge(program, exit);
  addReplay(program, exit);
  addNoise(program, exit);
  addTracker(program, exit);
  addHistory(program, exit);
  return program;
}
