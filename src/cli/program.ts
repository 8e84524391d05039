import { Command, CommanderError } from 'commander';
import { printError } from './console.ts';
import { addWorker } from './engine/program.ts';
import { addOutputOptions, addRunOptions, collect } from './flags.ts';
import { addGauntlet } from './gauntlet/program.ts';
import { type Exit, helpExamples } from './help.ts';
import { addImport } from './import/program.ts';
import { addLive } from './live/program.ts';
import { addRecord } from './record/program.ts';
import { addHistory, addTracker } from './tracker/program.ts';
import { version } from './version.ts';

const examples = helpExamples([
  'parity demo                                     the whole job on two embedded twins, nothing to set up',
  'parity init                                     write a small parity.yaml and a first case',
  'parity compare http://127.0.0.1:3100 http://127.0.0.1:4110 /v1/items      two URLs, no files',
  'parity run                                      replay the library of parity.yaml',
  'parity run validate --target rust=http://127.0.0.1:3100 --target go=http://127.0.0.1:4110',
  'parity explain enum-external-vs-flat            why runtimes differ there, and how to fix it',
]);

const exitCodes = `
Exit codes:
  0 nothing counts as failed   1 divergent   2 usage, config or case files: nothing was sent
  3 inconclusive   4 results could not be stored   70 a bug in parity   129/130/143 interrupted
  parity help exit-codes says more, parity explain PX2103 what an error code means`;

function addRun(program: Command, exit: Exit): void {
  const command = program.command('run').argument('[selector...]', 'suites, case ids, globs over ids, or case files');
  addOutputOptions(addRunOptions(command))
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
    .addHelpText(
      'before',
      helpExamples(['parity merge shards/1 shards/2 shards/3', 'parity merge shards/* --update-tracker']),
    )
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
      helpExamples(['parity demo', 'parity demo validate', 'parity demo --serde-errors   the Go twin after the fix']),
    )
    .action(async (selectors: string[], options: Record<string, unknown>) => {
      const { demoCommand } = await import('./demo.ts');
      exit(await demoCommand(selectors, options));
    });
}

function addSmallCommands(program: Command, exit: Exit): void {
  program
    .command('init [url...]')
    .option('--gauntlet', 'write a commented gauntlet.yaml instead')
    .description('ask two URLs, if given, and write a small commented parity.yaml and a first case; never overwrites')
    .addHelpText(
      'before',
      helpExamples([
        'parity init http://127.0.0.1:3100 http://127.0.0.1:4110',
        'parity init',
        'parity init --gauntlet',
      ]),
    )
    .action(async (urls: string[], options: { gauntlet?: boolean }) =>
      exit(await (await import('./init.ts')).initCommand(urls, options)),
    );
  program
    .command('report <run>')
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
      exit(await (await import('./report.ts')).reportCommand(name, options)),
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
      exit(await (await import('./explain.ts')).explainCommand(name, options.list === true)),
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
      exit(await (await import('./doctor.ts')).doctorCommand(options)),
    );
}

function addReplay(program: Command, exit: Exit): void {
  addRunOptions(program.command('replay <id>'))
    .option('--run <run>', 'the run that has the finding (default: the newest that has it)')
    .option('--out <dir>', 'where run folders go (default: reports)')
    .option('--json', 'print exactly the report document on standard output')
    .description('send the cases of one finding again: FIXED, STILL DIVERGENT or INCONCLUSIVE')
    .addHelpText('before', helpExamples(['parity replay P-3F2A9C1D']))
    .action(async (id: string, options: Record<string, unknown>) =>
      exit(await (await import('./replay.ts')).replayCommand(id, options)),
    );
}

function addCompare(program: Command, exit: Exit): void {
  program
    .command('compare <old> <new> [req...]')
    .option('--level <rung>', 'status, shape, value or wire: what must be equal (default: value)')
    .option('--noise <n>', 'how many more times a divergent request is sent to tell noise from divergence (default: 1)')
    .option('--timeout <duration>', 'total deadline of one request (default: 10s)')
    .option('--unsafe', 'send what may change something to targets that are not loopback')
    .option('--out <dir>', 'write a run folder with the reports there (default: none is written)')
    .option('--json', 'print exactly the report document on standard output')
    .description('compare two URLs without any files; a request is a path, "METHOD /path" or a curl command')
    .addHelpText(
      'before',
      helpExamples([
        'parity compare http://127.0.0.1:3100 http://127.0.0.1:4110',
        'parity compare http://127.0.0.1:3100 http://127.0.0.1:4110 /v1/items "DELETE /v1/items/7"',
        `parity compare http://127.0.0.1:3100 http://127.0.0.1:4110 "curl 'https://shop.example/v1/items' -H 'accept: text/csv'"`,
        'parity compare http://127.0.0.1:3100 http://127.0.0.1:4110 -- curl http://shop.example/v1/items -d kind=fill',
      ]),
    )
    .action(async (reference: string, candidate: string, requests: string[], options: Record<string, unknown>) =>
      exit(await (await import('./compare.ts')).compareCommand([reference, candidate], requests, options)),
    );
}

function addAdd(program: Command, exit: Exit): void {
  program
    .enablePositionalOptions()
    .command('add <curl...>')
    .passThroughOptions()
    .option('--to <file>', 'the case file; it is made if it is not there (default: cases/added.yaml)')
    .description('make a case of a curl command line, as browsers copy it; credentials become variables')
    .addHelpText(
      'before',
      helpExamples([
        "parity add -- curl 'https://shop.example/v1/items' -H 'accept: application/json'",
        'parity add --to cases/orders.yaml -- curl -X POST https://shop.example/v1/orders --json \'{"id":1}\'',
        'parity add - < copied.txt                       command lines of standard input',
      ]),
    )
    .action(async (words: string[], options: Record<string, unknown>) =>
      exit(await (await import('./add.ts')).addCommand(words, options)),
    );
}

function addNoise(program: Command, exit: Exit): void {
  addRunOptions(program.command('noise').argument('[selector...]', 'suites, case ids, globs over ids, or case files'))
    .option('--runs <n>', 'how many times each case is asked', '5')
    .description('what each target shows against itself, with a block of rules to paste')
    .addHelpText('before', helpExamples(['parity noise', 'parity noise users --runs 10']))
    .action(async (selectors: string[], options: Record<string, unknown>) =>
      exit(await (await import('./noise.ts')).noiseCommand(selectors, options)),
    );
}

function addProbe(program: Command, exit: Exit): void {
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
      exit(await (await import('./probe/probe.ts')).probeCommand(options)),
    );
}

/** In the order of the help. */
const commands: readonly (readonly [names: readonly string[], add: (program: Command, exit: Exit) => void])[] = [
  [['demo'], addDemo],
  [['run'], addRun],
  [['init', 'report', 'explain', 'doctor'], addSmallCommands],
  [['compare'], addCompare],
  [['add'], addAdd],
  [['merge'], addMerge],
  [['replay'], addReplay],
  [['noise'], addNoise],
  [['probe'], addProbe],
  [['record'], addRecord],
  [['import'], addImport],
  [['shadow', 'ready'], addLive],
  [['worker'], addWorker],
  [['gauntlet', 'smoke', 'review', 'assess'], addGauntlet],
  [['tracker'], addTracker],
  [['runs', 'open', 'trend', 'diff', 'adr'], addHistory],
];

/** The command line, or what of it is needed where it begins with the name `asked`. What is heavy is imported only by the command that needs it. */
export function makeProgram(exit: Exit, asked = ''): Command {
  const program = new Command('parity')
    .description('Replays identical requests to two or more implementations and proves why their answers differ.')
    .version(version, '-V, --version')
    .addHelpText('before', examples)
    .addHelpText('after', exitCodes)
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({ showGlobalOptions: false });
  const needed = commands.filter(([names]) => names.includes(asked));
  for (const [, add] of needed.length === 0 ? commands : needed) add(program, exit);
  return program;
}

/** Runs one command line; returns its exit code. Throws ParityError. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = makeProgram((code) => {
    exitCode = code;
  }, argv[0]);
  const [first, topic] = argv;
  if (first === 'help' && topic !== undefined && (await (await import('./hints.ts')).printTopic(topic, program)))
    return 0;
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    const { commandLineHint } = await import('./hints.ts');
    const hint = commandLineHint(error.message, program, argv);
    if (hint !== null) printError(`  try: ${hint}\n`);
    return 2;
  }
}
